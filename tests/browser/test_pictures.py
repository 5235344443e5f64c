"""Every screen at 1280 x 800, light and dark: nothing overflows, nothing fails axe, a picture to look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.confirm import confirm
from core.drafts.open import open_blank
from core.drafts.tables import Draft, DraftLine
from core.lessons.tables import Lesson
from core.values import utc_now
from tests.browser.conftest import ROOT, Desk, picture
from tests.builders import an_act
from tests.review_app.firm import Firm, an_order_mail
from tests.steps import delivered, released

AXE = ROOT / "node_modules/axe-core/axe.min.js"
SCREENS = {
    "queue": "/queue",
    "queue-empty": "/queue?text=nothing-like-this",
    "lane": "/lane/status_question",
    "document": "/document/{question}",
    "workbench": "/draft/{draft}",
    "workbench-blank": "/draft/{blank}",
    "find-item": "/draft/{blank_free}/line/{line}/item?q=box",
    "orders": "/orders",
    "order": "/order/{order}",
    "warehouse": "/warehouse",
    "backorders": "/warehouse/backorders",
    "shipment": "/shipment/{shipment}",
    "returns": "/returns",
    "return-new": "/returns/new?order={delivered}",
    "outbox": "/outbox",
    "insight": "/insight",
    "customers": "/customers",
    "customer": "/customer/{customer}",
    "items": "/items",
    "item": "/item/{item}",
    "stock": "/stock",
    "tables": "/master",
    "table": "/master/items",
    "table-empty": "/master/quotes",
    "row": "/master/items/row/BX-40",
    "row-new": "/master/customers/new",
    "import": "/master/items/import",
    "changes": "/master/items/changes",
    "api-settings": "/settings/api",
    "api": "/api",
    "learned": "/learned",
    "learned-empty": "/learned?draft=999999",
    "settings": "/settings",
    "company": "/master/company/row/own",
    "limits": "/master/limits/row/own",
    "holds": "/settings/holds",
    "hold": "/settings/holds/credit",
    "mailboxes": "/settings/mailboxes",
    "mailbox": "/settings/mailboxes/0",
    "letters": "/settings/mails",
    "search": "/search?q=box",
    "not-found": "/order/999999",
}


@pytest.fixture
def places(desk: Desk) -> dict[str, int]:
    """A firm in the middle of its day."""
    firm = desk.firm
    with desk.database.begin() as session:
        order = confirm(
            session,
            session.get_one(Draft, firm.draft_id),
            version=session.get_one(Draft, firm.draft_id).version,
            act=an_act("user:1"),
        )
        shipment = released(session, order)
        _, second = an_order_mail(session, po="NG-4712")
        _, third = an_order_mail(session, po="NG-4713", sku="WHAT-IS-THIS")
        _, fourth = an_order_mail(session, po="NG-4714")
        other = confirm(
            session,
            session.get_one(Draft, fourth),
            version=session.get_one(Draft, fourth).version,
            act=an_act("user:1"),
        )
        delivered(session, other)
        blank = open_blank(session, act=an_act("user:1"))
        line = session.scalar(select(DraftLine.id).where(DraftLine.draft_id == third))
        lessons_of(session, firm, third)
    assert second is not None and third is not None and line is not None
    return {
        "question": firm.question_id,
        "draft": third,
        "blank": blank.id,
        "blank_free": third,
        "line": line,
        "order": order.id,
        "delivered": other.id,
        "shipment": shipment.id,
        "customer": firm.customer_id,
        "item": firm.item_ids[0],
    }


def lessons_of(session: Session, firm: Firm, draft_id: int | None) -> None:
    """What a few corrections taught: in use, asleep, revoked."""
    cells = [
        {"field": "quantity", "column": 2, "title": "wieviel", "piece": "whole", "per": 1},
        {"field": "unit_price", "column": 4, "title": "euro", "piece": "number", "per": 100},
    ]
    told: tuple[dict[str, Any], ...] = (
        {"kind": "label", "field": "po_number", "words": "beleg", "where": "right"},
        {"kind": "table", "field": "", "cells": cells},
        {"kind": "constant", "field": "payment_terms", "value": "30 days net"},
        {"kind": "never", "field": "requested_date", "words": "due", "where": "label"},
    )
    for number, content in enumerate(told):
        session.add(
            Lesson(
                customer_id=firm.customer_id,
                sender="@customer.example",
                address="ana@customer.example",
                key=f"k{number}",
                kind=content["kind"],
                field=content["field"],
                content=content,
                draft_id=draft_id,
                learned_by="user:1",
                learned_at=utc_now(),
                right=12 - number,
                wrong=9 if number == 2 else 0,
                revoked_by="user:1" if number == 3 else "",
                revoked_at=utc_now() if number == 3 else None,
            )
        )


def violations(page: Any) -> list[str]:
    # The page's own policy forbids inline scripts; the browser's isolated evaluation does not need them.
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']}: {v['help']}: {[n['target'] for n in v['nodes']][:3]}"
        for v in found["violations"]
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_screen_fits_and_is_accessible(
    visit: Callable[..., Any], places: dict[str, int], dark: bool
) -> None:
    if not Path(AXE).is_file():
        pytest.skip("no axe-core: run `npm ci`")
    page = visit("admin", dark=dark)
    wrong: dict[str, list[str]] = {}
    for name, path in SCREENS.items():
        page.goto(path.format(**places))
        page.wait_for_load_state("load")
        picture(page, f"{name}-{'dark' if dark else 'light'}")
        wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        problems = violations(page) + ([f"{wide} px too wide"] if wide > 0 else [])
        if problems:
            wrong[name] = problems
    assert wrong == {}


def test_a_tablet_shows_the_floor_without_overflow(
    visit: Callable[..., Any], places: dict[str, int]
) -> None:
    page = visit("warehouse")
    page.set_viewport_size({"width": 800, "height": 1100})
    for name in ("warehouse", "shipment"):
        page.goto(SCREENS[name].format(**places))
        picture(page, f"{name}-tablet")
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )


CLIPPED = """els => els.filter(el => el.scrollWidth > el.clientWidth + 1).map(el => el.textContent.trim())"""


def test_days_and_figures_are_never_clipped(
    visit: Callable[..., Any], places: dict[str, int]
) -> None:
    page = visit("admin")
    page.goto("/queue")
    seen = page.locator(".queue td:is(:nth-child(1), :nth-child(5), :nth-child(6), :nth-child(7))")
    assert seen.count() >= 8
    assert seen.evaluate_all(CLIPPED) == []
    page.goto(SCREENS["workbench"].format(**places))
    assert page.locator(".lines .total, .lines .promise span").evaluate_all(CLIPPED) == []
    page.set_viewport_size({"width": 820, "height": 1180})
    for name in ("queue", "workbench", "order", "outbox", "items"):
        page.goto(SCREENS[name].format(**places))
        picture(page, f"{name}-tablet")
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), name
    page.goto("/queue")
    assert page.locator(".queue td:nth-child(8)").evaluate_all(CLIPPED) == []


def test_twice_the_size_loses_nothing(visit: Callable[..., Any], places: dict[str, int]) -> None:
    """Zoom to 200 % is the same as half the window."""
    page = visit("admin")
    page.set_viewport_size({"width": 640, "height": 400})
    for name in ("queue", "workbench", "order"):
        page.goto(SCREENS[name].format(**places))
        picture(page, f"{name}-zoomed")
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), name


FILL = """value => { for (const el of document.querySelectorAll('.lines input.number')) {
  el.value = value; el.className = 'number' + (value.length > 7 ? ' longer' : value.length > 5 ? ' long' : ''); } }"""
APART = """() => { const boxes = [...document.querySelectorAll('.top nav a, .top .find, .top .menu')].map(e => e.getBoundingClientRect());
  return boxes.every((a, i) => boxes.every((b, j) => j <= i || a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1)); }"""


@pytest.mark.parametrize("role", ["admin", "planner"])
def test_a_window_of_1024_shows_everything(
    visit: Callable[..., Any], places: dict[str, int], role: str
) -> None:
    page = visit(role)
    page.set_viewport_size({"width": 1024, "height": 768})
    for name in ("queue", "workbench", "orders", "order", "table", "backorders", "insight"):
        page.goto(SCREENS[name].format(**places))
        picture(page, f"{name}-1024")
        fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert page.evaluate(fits), name
        assert page.evaluate(APART), name
    page.goto(SCREENS["workbench"].format(**places))
    figures = page.locator(".lines input.number")
    cut = "els => els.filter(el => el.scrollWidth > el.clientWidth).map(el => el.value)"
    for figure in ("60000", "1234.50", "123456.78"):
        page.evaluate(FILL, figure)
        assert figures.evaluate_all(cut) == []
    page.goto("/queue")
    shown = page.locator(".queue td:is(:nth-child(2), :nth-child(6), :nth-child(7))")
    assert shown.evaluate_all("els => els.every(el => el.clientWidth > 80)")
    assert shown.evaluate_all(CLIPPED) == []
