"""The workbench in a browser: saved as made, nothing lost, stale pages refused, without JavaScript too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from core.drafts.correct import Edit, correct
from core.drafts.tables import Draft, DraftField
from core.journal import history
from tests.browser.conftest import Desk, picture
from tests.builders import an_act
from tests.review_app.firm import an_order_mail

Visit = Callable[..., Any]


def opened(page: Any, desk: Desk) -> Any:
    with page.expect_response("**/look"):
        page.goto(f"/draft/{desk.firm.draft_id}")
    expect(page.locator(".bench-head")).to_contain_text("free")
    return page


def edit(page: Any, field: str, text: str) -> None:
    page.focus(field)
    page.keyboard.press("e")
    page.keyboard.type(text)


def value(desk: Desk, name: str) -> str:
    with desk.database.read() as session:
        return (
            session.scalar(
                select(DraftField.value).where(
                    DraftField.draft_id == desk.firm.draft_id,
                    DraftField.name == name,
                    DraftField.line_id.is_(None),
                )
            )
            or ""
        )


def test_two_quick_edits_are_both_kept(visit: Visit, desk: Desk) -> None:
    page = opened(visit(), desk)
    page.route("**/save", lambda route: (page.wait_for_timeout(150), route.continue_()))
    edit(page, "#f-h-po_number", "NG-1")
    edit(page, "#f-h-payment_terms", "10 days")
    edit(page, "#f-h-requested_date", "2027-03-01")
    page.keyboard.press("Tab")
    expect(page.locator(".corrected")).to_have_count(3)
    assert value(desk, "po_number") == "NG-1"
    assert value(desk, "payment_terms") == "10 days"
    assert value(desk, "requested_date") == "2027-03-01"


def test_escape_drops_what_was_typed(visit: Visit, desk: Desk) -> None:
    page = opened(visit(), desk)
    edit(page, "#f-h-po_number", "WRONG")
    page.keyboard.press("Escape")
    assert page.input_value("#f-h-po_number") == "NG-4711"


def test_a_stale_page_shows_what_changed(visit: Visit, desk: Desk) -> None:
    page = opened(visit(), desk)
    with desk.database.begin() as session:
        draft = session.get_one(Draft, desk.firm.draft_id)
        edits = (Edit(None, "po_number", "NG-9"),)
        correct(session, draft, edits, version=draft.version, act=an_act("user:2"))
    edit(page, "#f-h-po_number", "NG-1")
    page.keyboard.press("Tab")
    expect(page.locator("#notice")).to_contain_text("Somebody changed this")
    expect(page.locator("#notice")).to_contain_text("NG-9")
    picture(page, "stale")
    assert value(desk, "po_number") == "NG-9"


def test_words_selected_on_the_mail_fill_the_field(visit: Visit, desk: Desk) -> None:
    page = opened(visit(), desk)
    page.focus("#f-h-payment_terms")
    page.locator(".mailtext").scroll_into_view_if_needed()
    page.locator(".mailtext mark").dblclick(position={"x": 4, "y": 8})
    expect(page.locator("#walking")).to_contain_text("w fills Terms with “NG”")
    page.keyboard.press("w")
    expect(page.locator("#f-h-payment_terms")).to_have_value("NG-4711")
    expect(page.locator("mark.lit")).to_have_text("NG-4711")
    page.locator(".mailtext mark").first.click()
    expect(page.locator("#f-h-po_number")).to_be_focused()


def on_page(page: Any, x: float, y: float) -> tuple[float, float]:
    """A point of the drawn page, given in points of the paper, as one of the window."""
    box = page.locator("figure.page img").bounding_box()
    return box["x"] + x * box["width"] / 595, box["y"] + y * box["height"] / 842


def test_words_dragged_over_on_the_page_fill_the_field_with_their_place(
    visit: Visit, desk: Desk
) -> None:
    page = opened(visit(), desk)
    page.focus("#f-h-payment_terms")
    page.mouse.move(*on_page(page, 74, 296))
    page.mouse.down()
    page.mouse.move(*on_page(page, 130, 318), steps=4)
    picture(page, "picking")
    page.mouse.up()
    expect(page.locator("#f-h-payment_terms")).to_have_value("NET 30")
    expect(page.locator("rect.lit")).to_have_count(1)
    expect(page.locator("#f-h-payment_terms")).to_be_focused()
    with desk.database.read() as session:
        row = session.scalars(
            select(DraftField).where(
                DraftField.draft_id == desk.firm.draft_id, DraftField.name == "payment_terms"
            )
        ).one()
        place = {"part": 2, "page": 1, "box": [80.0, 300.0, 122.0, 314.0], "text": "NET 30"}
        assert row.evidence == place
        events = history(session, "draft", desk.firm.draft_id)
        assert [e.facts["places"] for e in events if e.name == "draft.corrected"] == [[place]]
    page.keyboard.press("u")
    expect(page.locator("#f-h-payment_terms")).to_have_value("")


def test_words_are_walked_over_by_keyboard(visit: Visit, desk: Desk) -> None:
    page = opened(visit(), desk)
    page.focus("#f-h-payment_terms")
    for key in ("w", "End", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page.locator("#walking")).to_contain_text("“Incoterms”")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#walking")).to_contain_text("“NET 30” · Enter fills Terms")
    picture(page, "walking")
    page.keyboard.press("Escape")
    expect(page.locator("#f-h-payment_terms")).to_be_focused()
    expect(page.locator("#walking")).to_be_hidden()


def test_another_reading_is_one_key_away(visit: Visit, desk: Desk) -> None:
    page = opened(visit(), desk)
    page.focus("#f-h-po_number")
    expect(page.locator("[data-other-place]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.locator("rect.lit[data-other-place]")).to_have_count(1)
    picture(page, "other-reading")
    page.keyboard.press("1")
    expect(page.locator("#f-h-po_number")).to_have_value("NG-4711-B")
    expect(page.locator("rect.lit")).to_have_count(1)
    expect(page.locator("#f-h-po_number-else")).to_contain_text("NG-4711")
    page.keyboard.press("u")
    expect(page.locator("#f-h-po_number")).to_have_value("NG-4711")
    expect(page.locator("mark.lit")).to_have_count(1)


def test_the_next_draft_is_fetched_ahead(visit: Visit, desk: Desk) -> None:
    with desk.database.begin() as session:
        _, following = an_order_mail(session, po="NG-4712", drawn="")
    page = visit()
    with page.expect_request(f"**/draft/{following}") as ahead:
        opened(page, desk)
    assert ahead.value.headers["sec-purpose"] == "prefetch"
    page.keyboard.press("j")
    expect(page.locator("h1")).to_contain_text("NG-4712")


def test_the_document_grows_and_shrinks(visit: Visit, desk: Desk) -> None:
    page = opened(visit(), desk)
    width = page.locator("figure.page").bounding_box()["width"]
    page.keyboard.press("z")
    assert page.locator("figure.page").bounding_box()["width"] == pytest.approx(width * 1.25, 0.01)
    page.keyboard.press("d")
    page.keyboard.press("-")
    assert page.locator("figure.page").bounding_box()["width"] == pytest.approx(width, 0.01)


def test_on_a_tablet_the_document_is_a_drawer(visit: Visit, desk: Desk) -> None:
    page = visit()
    page.set_viewport_size({"width": 820, "height": 1180})
    opened(page, desk)
    expect(page.locator("#paper")).to_be_visible()
    page.focus("#f-h-requested_date")
    expect(page.locator("rect.lit")).to_be_in_viewport()
    picture(page, "drawer")
    page.keyboard.press("d")
    expect(page.locator("#paper")).to_be_hidden()


def test_looking_is_no_claim_and_working_is(visit: Visit, desk: Desk) -> None:
    mine = opened(visit("clerk"), desk)
    other = opened(visit("admin"), desk)
    other.goto(f"/draft/{desk.firm.draft_id}")
    expect(other.locator(".bench-head")).to_contain_text("Mara looks at it too")
    edit(mine, "#f-h-payment_terms", "10 days")
    mine.keyboard.press("Tab")
    expect(mine.locator(".bench-head")).to_contain_text("claimed by you")
    other.goto(f"/draft/{desk.firm.draft_id}")
    expect(other.locator(".bench-head")).to_contain_text("Mara works on it")
    picture(other, "claimed")
    mine.keyboard.press("c")
    expect(mine.locator(".bench-head")).to_contain_text("free")


def test_the_desk_works_without_javascript(visit: Visit, desk: Desk) -> None:
    page = visit("admin", java_script_enabled=False)
    page.goto(f"/draft/{desk.firm.draft_id}")
    page.fill("#f-h-payment_terms", "14 days net")
    page.click("text=Save changes")
    assert page.input_value("#f-h-payment_terms") == "14 days net"
    page.click("#f-h-po_number-else button")
    assert page.input_value("#f-h-po_number") == "NG-4711-B"
    page.click("text=Confirm")
    expect(page.locator(".flash")).to_contain_text("is booked")
    page.click(".flash a")
    page.click("text=Allocate")
    expect(page.locator(".flash")).to_contain_text("allocated")


def test_a_value_of_an_order_leads_to_its_place(visit: Visit, desk: Desk) -> None:
    page = opened(visit("admin"), desk)
    page.keyboard.press("Control+Enter")
    page.click(".flash a")
    page.click("a.proof:has-text('300 EA')")
    page.wait_for_url("**/draft/*")
    expect(page.locator("rect.lit")).to_have_count(1)
    picture(page, "proof")


def test_offline_says_so_and_keeps_the_text(visit: Visit, desk: Desk) -> None:
    page = opened(visit(), desk)
    page.context.set_offline(True)
    edit(page, "#f-h-po_number", "NG-1")
    page.keyboard.press("Tab")
    expect(page.locator("#notice")).to_contain_text("does not answer")
    picture(page, "offline")
    page.context.set_offline(False)
    page.focus("#f-h-po_number")
    assert page.input_value("#f-h-po_number") == "NG-1"
    page.keyboard.press("Tab")
    expect(page.locator(".corrected")).to_have_count(1)
