"""The screen stands still under the eye: while it loads, under the mouse, from field to field; Enter goes where a decision waits."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from core.act import Act
from core.drafts.correct import Edit, correct
from core.drafts.tables import Draft
from core.values import utc_now
from tests.browser.conftest import Desk
from tests.review_app.test_promising_desk import second_line, short_of_boxes

Visit = Callable[..., Any]
SHIFTS = """new PerformanceObserver(list => {
  window.shifts = (window.shifts || []).concat(list.getEntries().map(e => e.value));
}).observe({type: 'layout-shift', buffered: true})"""


def shifted(page: Any) -> float:
    page.wait_for_timeout(100)
    return float(page.evaluate("(window.shifts || []).reduce((a, b) => a + b, 0)"))


def test_lines_stand_still_while_loaded_and_pointed_at(visit: Visit, desk: Desk) -> None:
    short_of_boxes(desk.database, desk.firm)
    page = visit()
    page.add_init_script(SHIFTS)
    page.goto(f"/draft/{desk.firm.draft_id}")
    page.wait_for_load_state("networkidle")
    for n in (1, 0, 1):
        page.locator("tbody.line").nth(n).hover()
    for _ in range(12):
        page.keyboard.press("Tab")
    assert shifted(page) == 0


def test_sections_keep_their_places(visit: Visit) -> None:
    page = visit("admin")
    places = set()
    for path in ("/queue", "/orders", "/settings/checks"):
        page.goto(path)
        places.add(
            str(page.locator(".top nav a").evaluate_all("els => els.map(e => e.offsetLeft)"))
        )
    assert len(places) == 1
    expect(page.locator(".top nav a[aria-current]")).to_have_text("Settings")


def test_enter_goes_to_what_stops_the_draft_and_keys_decide_it(visit: Visit, desk: Desk) -> None:
    with desk.database.begin() as session:
        draft = session.get_one(Draft, desk.firm.draft_id)
        line_id = second_line(desk.database, desk.firm)
        edit = Edit(line_id, "unit_price", "1.00")
        correct(session, draft, (edit,), version=draft.version, act=Act("user:1", utc_now()))
    page = visit()
    page.goto(f"/draft/{desk.firm.draft_id}")
    stop = page.locator("[data-stop]")
    expect(stop).to_have_count(1)
    expect(page.locator(".decide")).to_contain_text("Then it books 2 lines")
    page.keyboard.press("Enter")  # the doubtful field comes first on the screen
    page.keyboard.press("Enter")
    expect(stop).to_be_focused()
    page.keyboard.press("q")
    expect(page.locator("#question-text")).to_be_focused()
    expect(page.locator("#question-text")).to_have_value(re.compile("1.00"))
    page.keyboard.press("Escape")


def test_ones_own_change_is_no_news(visit: Visit, desk: Desk) -> None:
    """While a slow answer is under way the draft has its new version already; nobody is told of their own step."""
    page = visit()
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if "/news" in r.url else None)

    def slowly(route: Any) -> None:
        answer = route.fetch()
        time.sleep(4)
        route.fulfill(response=answer)

    def late(route: Any) -> None:
        page.wait_for_timeout(500)
        route.fulfill(response=route.fetch())

    page.route("**/save", slowly)
    page.route("**/news*", late)
    page.goto(f"/draft/{desk.firm.draft_id}")
    page.wait_for_load_state("networkidle")
    page.focus("#f-h-payment_terms")
    page.keyboard.press("e")
    page.keyboard.type("14 days")
    with page.expect_response("**/save"):
        page.keyboard.press("Tab")
    expect(page.locator(".corrected")).to_have_count(1)
    before = len(asked)
    while len(asked) == before:
        page.wait_for_timeout(200)
    expect(page.locator("#news > span")).to_have_count(0)
    page.unroute_all(behavior="ignoreErrors")


def test_a_silent_desk_is_told_once_and_not_for_ever(visit: Visit, desk: Desk) -> None:
    page = visit()
    page.goto(f"/draft/{desk.firm.draft_id}")
    page.wait_for_load_state("networkidle")
    page.evaluate(
        """() => { window.told = 0; new MutationObserver(() => window.told++)
          .observe(document.getElementById('notice'), {childList: true}); }"""
    )
    page.context.set_offline(True)
    notice = page.locator("#notice")
    expect(notice).to_contain_text("does not answer", timeout=15_000)
    page.wait_for_timeout(7000)
    assert page.evaluate("window.told") == 1
    page.context.set_offline(False)
    expect(notice).to_be_empty(timeout=15_000)
