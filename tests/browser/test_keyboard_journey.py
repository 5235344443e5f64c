"""A mail becomes a shipped order and comes back, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect
from sqlalchemy import select

from core.orders.tables import Order
from core.returns.tables import ReturnAuthorization
from core.shipping.tables import Shipment
from tests.browser.conftest import Desk, picture
from tests.review_app.firm import PO


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def said(page: Any, words: str) -> None:
    expect(page.locator(".flash")).to_contain_text(words)
    page.wait_for_load_state("load")


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_from_mail_to_return_by_keyboard(visit: Callable[..., Any], desk: Desk) -> None:
    page = visit("admin")
    page.wait_for_url("**/queue")
    press(page, "j", "Enter")
    expect(page.locator("h1")).to_contain_text(PO)
    page.wait_for_load_state("load")
    press(page, "c")
    expect(page.locator(".bench-head")).to_contain_text("claimed by you")

    press(page, "Enter")  # to the only doubtful field
    assert focused(page) == "f-h-requested_date"
    expect(page.locator("rect.lit")).to_have_count(1)
    press(page, "x")  # a key is no text before e
    press(page, "Space")
    expect(page.locator("[data-doubtful]")).to_have_count(0)
    press(page, "Tab", "e")
    page.keyboard.type("14 days net")
    press(page, "Tab")
    expect(page.locator(".corrected")).to_have_count(1)
    press(page, "u")
    expect(page.locator(".corrected")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    press(page, "v")
    expect(page.locator("#mail-preview")).to_contain_text("BX-60")
    picture(page, "journey-preview")
    press(page, "Escape", "Control+Enter")
    said(page, "is booked")

    press(page, "g", "o")
    page.wait_for_url("**/orders")
    press(page, "j", "Enter")
    page.wait_for_url("**/order/*")
    press(page, "a")
    said(page, "allocated")
    press(page, "l")
    said(page, "Released")
    press(page, "g", "w")
    page.wait_for_url("**/warehouse")
    press(page, "j", "Enter")
    page.wait_for_url("**/shipment/*")
    expect(page.locator("#scan")).to_be_focused()
    page.keyboard.type("nonsense")
    press(page, "Enter")
    expect(page.locator("#scan-wrong")).to_be_visible()
    page.keyboard.type("bx-40")
    press(page, "Enter")
    expect(page.locator(".tile.got")).to_have_count(1)
    press(page, "Control+Enter")
    said(page, "picked")
    press(page, "Control+Enter")
    said(page, "packed")
    expect(page.locator("#carrier")).to_be_focused()
    page.keyboard.type("Parcel Co")
    press(page, "Tab")
    page.keyboard.type("TRK-1")
    press(page, "Control+Enter")
    said(page, "has left")
    expect(page.locator("#received-by")).to_be_focused()
    page.keyboard.type("Gate 2")
    press(page, "Control+Enter")
    said(page, "delivered")

    page.goto("/orders?view=all")
    press(page, "j", "Enter")
    page.wait_for_url("**/order/*")
    picture(page, "journey-order")
    press(page, "n")
    page.wait_for_url("**/returns/new*")
    expect(page.locator("tbody input").first).to_be_focused()
    page.keyboard.type("2")
    page.locator("#reason").focus()
    page.keyboard.type("Damaged")
    press(page, "Control+Enter")
    said(page, "authorised")
    for words in ("arrived", "inspection", "restock", "credited"):
        press(page, "Control+Enter")
        said(page, words)
    picture(page, "journey-return")

    with desk.database.read() as session:
        assert session.scalars(select(Order.status)).all() == ["closed"]
        assert session.scalars(select(Shipment.status)).all() == ["delivered"]
        assert session.scalars(select(ReturnAuthorization.status)).all() == ["closed"]


def test_moving_a_message_is_one_key(visit: Callable[..., Any], desk: Desk) -> None:
    page = visit("clerk")
    page.goto(f"/document/{desk.firm.question_id}")
    press(page, "8")
    said(page, "Moved to Other")
    press(page, "c")
    said(page, "Closed")


def test_every_key_is_listed(visit: Callable[..., Any]) -> None:
    page = visit("clerk")
    press(page, "?")
    expect(page.locator("#keys")).to_be_visible()
    picture(page, "keys")
    press(page, "Escape")
    expect(page.locator("#keys")).to_be_hidden()
