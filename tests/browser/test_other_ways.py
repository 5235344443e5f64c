"""Another way to promise a line without leaving the keyboard: seen, taken, taken back, held, agreed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from core.drafts.tables import Draft, DraftLine
from tests.browser.conftest import Desk, picture
from tests.browser.test_pictures import AXE
from tests.review_app.test_promising_desk import second_line, short_of_boxes

Visit = Callable[..., Any]


def violations(page: Any) -> list[str]:
    """What axe finds wrong on the page as it stands."""
    if not AXE.is_file():
        pytest.skip("no axe-core: run `npm ci`")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{v['id']}: {[n['html'][:90] for n in v['nodes'][:3]]}" for v in found["violations"]]


def taken(desk: Desk) -> int | None:
    with desk.database.read() as session:
        return session.scalar(
            select(DraftLine.ordered_item_id)
            .where(DraftLine.draft_id == desk.firm.draft_id)
            .order_by(DraftLine.position.desc())
        )


def test_a_number_takes_a_way_and_nought_takes_it_back(visit: Visit, desk: Desk) -> None:
    short_of_boxes(desk.database, desk.firm)
    line_id = second_line(desk.database, desk.firm)
    page = visit()
    page.goto(f"/draft/{desk.firm.draft_id}")
    page.focus(f"#f-l-{line_id}-quantity")
    with page.expect_response("**/ways"):
        page.keyboard.press("o")
    expect(page.locator("[data-way]").first).to_contain_text("BX-40 instead")
    assert violations(page) == []
    picture(page, "other-ways")
    with page.expect_response("**/way/substitute/*"):
        page.keyboard.press("1")
    expect(page.locator(f"#line-{line_id}")).to_contain_text("ordered: BX-60")
    expect(page.locator("[data-usual]")).to_be_visible()
    assert taken(desk) == desk.firm.item_ids[1]
    with page.expect_response("**/way/usual/0"):
        page.keyboard.press("0")
    expect(page.locator(f"#line-{line_id}")).not_to_contain_text("ordered: BX-60")
    assert taken(desk) is None


def test_holding_and_terms_by_key(visit: Visit, desk: Desk) -> None:
    page = visit()
    page.goto(f"/draft/{desk.firm.draft_id}")
    with page.expect_response("**/hold"):
        page.keyboard.press("h")
    expect(page.locator(".decide")).to_contain_text("held until")
    page.keyboard.press("t")
    expect(page.locator("#terms-complete")).to_be_focused()
    assert violations(page) == []
    page.select_option("#terms-complete", "yes")
    page.fill("#terms-reason", "Ana by phone")
    picture(page, "terms")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".terms")).to_contain_text("All together. Agreed by Mara: Ana by phone")
    with desk.database.read() as session:
        assert session.get_one(Draft, desk.firm.draft_id).delivery[""]["reason"] == "Ana by phone"
