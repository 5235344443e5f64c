"""The promise watch by keyboard alone: a date is accepted, another one kept, customers are told in one batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect
from sqlalchemy import select

from core.outbox import OutboxItem
from core.watch.tables import PromiseSlip
from tests.browser.conftest import Desk, picture
from tests.browser.test_keyboard_journey import press, said
from tests.review_app.test_watch import three_slips


def statuses(desk: Desk) -> list[str]:
    with desk.database.read() as session:
        return list(session.scalars(select(PromiseSlip.status).order_by(PromiseSlip.id)))


def test_slips_are_decided_and_told_by_keyboard(visit: Callable[..., Any], desk: Desk) -> None:
    three_slips(desk.database)
    page = visit("admin")
    press(page, "g", "p")
    expect(page.locator("h1")).to_contain_text("Promise watch")
    picture(page, "promise-watch")
    press(page, "j", "a")
    said(page, "The new date is promised")
    assert statuses(desk) == ["accepted", "open", "open"]
    press(page, "j", "x")
    page.keyboard.type("by air")
    press(page, "Enter")
    said(page, "The date stays")
    assert statuses(desk) == ["accepted", "refused", "open"]
    press(page, "j", "a")
    said(page, "The new date is promised")
    page.goto("/promises?tab=mails")
    picture(page, "promise-watch-mails")
    press(page, "Control+Enter")
    said(page, "2 customers are told")
    with desk.database.read() as session:
        mails = session.scalars(select(OutboxItem).where(OutboxItem.task == "promise-notice"))
        assert [mail.state for mail in mails] == ["due", "due"]


def test_the_screens_in_the_dark_and_on_a_tablet(visit: Callable[..., Any], desk: Desk) -> None:
    three_slips(desk.database)
    page = visit("planner", dark=True)
    for path, name in (
        ("/promises", "slips"),
        ("/promises?tab=sooner", "sooner"),
        ("/promises/lead-times", "lead-times"),
        ("/promises/scarce", "scarce"),
    ):
        page.goto(path)
        picture(page, f"promise-watch-{name}-dark")
    page.locator("tr[data-row] a").first.click()
    expect(page.locator("h1")).to_contain_text("WATCHED")
    picture(page, "promise-watch-share-dark")
    page.set_viewport_size({"width": 834, "height": 1112})
    for path in ("/promises", "/promises/scarce", page.url):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 834, path
