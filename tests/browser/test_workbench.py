"""The workbench in a browser: saved as made, nothing lost, stale pages refused, without JavaScript too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect
from sqlalchemy import select

from core.drafts.correct import Edit, correct
from core.drafts.tables import Draft, DraftField
from tests.browser.conftest import Desk, picture
from tests.builders import an_act

Visit = Callable[..., Any]


def opened(page: Any, desk: Desk) -> Any:
    page.goto(f"/draft/{desk.firm.draft_id}")
    expect(page.locator(".bench-head")).to_contain_text("claimed by you")
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
    expect(page.locator("#f-h-payment_terms")).to_have_value("NG")
    page.locator(".mailtext mark").click()
    expect(page.locator("#f-h-po_number")).to_be_focused()


def test_somebody_elses_claim_is_seen(visit: Visit, desk: Desk) -> None:
    opened(visit("clerk"), desk)
    other = visit("admin")
    other.goto(f"/draft/{desk.firm.draft_id}")
    expect(other.locator(".bench-head")).to_contain_text("Mara works on it")
    picture(other, "claimed")


def test_the_desk_works_without_javascript(visit: Visit, desk: Desk) -> None:
    page = visit("admin", java_script_enabled=False)
    page.goto(f"/draft/{desk.firm.draft_id}")
    page.fill("#f-h-payment_terms", "14 days net")
    page.click("text=Save changes")
    assert page.input_value("#f-h-payment_terms") == "14 days net"
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
