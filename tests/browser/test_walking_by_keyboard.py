"""From the queue into a draft, on to the next ones in the same order, and back to the row; news covers nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from core.act import Act
from core.drafts.correct import Edit, correct
from core.drafts.tables import Draft
from core.values import utc_now
from tests.browser.conftest import Desk, picture
from tests.browser.test_keyboard_journey import focused, press
from tests.review_app.firm import an_order_mail

Visit = Callable[..., Any]

COVERED = """el => {
  const box = el.getBoundingClientRect();
  const seen = other => {
    const b = other.getBoundingClientRect(), x = b.left + b.width / 2, y = b.top + b.height / 2;
    for (let around = other.parentElement; around; around = around.parentElement) {
      const edge = around.getBoundingClientRect(), style = getComputedStyle(around);
      if (style.overflowY !== "visible" && around !== document.body && (y < edge.top || y > edge.bottom)) return null;
    }
    return x > 0 && y > 0 && x < innerWidth && y < innerHeight ? [x, y] : null;
  };
  return [...document.querySelectorAll("input:not([type=hidden]), textarea, button, a, summary")]
    .filter(other => !el.contains(other) && other.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }))
    .filter(other => { const at = seen(other); return at && el.contains(document.elementFromPoint(...at)); })
    .map(other => other.id || other.textContent.trim());
}"""


ON_TOP = """el => {
  const b = el.getBoundingClientRect();
  return el.contains(document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2));
}"""


@pytest.fixture
def ids(desk: Desk) -> list[int]:
    with desk.database.begin() as session:
        more = [an_order_mail(session, po=f"NG-500{n}")[1] for n in range(1, 4)]
    return [desk.firm.draft_id, *(draft_id for draft_id in more if draft_id)]


def test_drafts_are_walked_newest_first_and_back_is_the_row(
    visit: Visit, desk: Desk, ids: list[int]
) -> None:
    page = visit("clerk")
    page.goto("/queue")
    page.locator("[name=sort]").select_option("newest")
    page.wait_for_url("**/queue?*sort=newest*")
    expect(page.locator("[data-row] a").first).to_have_id(f"draft-{ids[3]}")
    press(page, "Escape", "j", "j", "Enter")
    page.wait_for_url(f"**/draft/{ids[2]}?sort=newest")
    page.wait_for_load_state("networkidle")
    page.locator("#f-h-payment_terms").focus()
    press(page, "e")
    page.keyboard.type("14 days")
    press(page, "Tab")
    expect(page.locator(".corrected")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    press(page, "Escape", "j")
    page.wait_for_url(f"**/draft/{ids[1]}?sort=newest")
    press(page, "k")
    page.wait_for_url(f"**/draft/{ids[2]}?sort=newest")
    press(page, "b")
    page.wait_for_url(f"**/queue?sort=newest#draft-{ids[2]}")
    page.wait_for_load_state("networkidle")
    assert focused(page) == f"draft-{ids[2]}"
    press(page, "j", "Enter")
    page.wait_for_url(f"**/draft/{ids[1]}?sort=newest")
    page.go_back()
    page.wait_for_url("**/queue?*sort=newest*")
    page.wait_for_load_state("networkidle")
    assert focused(page) == f"draft-{ids[1]}"


def test_rows_that_come_leave_the_chosen_row_chosen(
    visit: Visit, desk: Desk, ids: list[int]
) -> None:
    page = visit("clerk")
    page.goto("/queue?sort=newest")
    page.wait_for_load_state("networkidle")
    press(page, "j", "j")
    assert focused(page) == f"draft-{ids[2]}"
    with desk.database.begin() as session:
        _, new = an_order_mail(session, po="NG-6000")
    expect(page.locator(f"#draft-{new}")).to_be_visible(timeout=15_000)
    assert focused(page) == f"draft-{ids[2]}"


@pytest.mark.parametrize("size", [(1280, 800), (1024, 768), (768, 1024)], ids=str)
def test_news_of_a_draft_covers_nothing(visit: Visit, desk: Desk, size: tuple[int, int]) -> None:
    page = visit("clerk")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"/draft/{desk.firm.draft_id}")
    page.wait_for_load_state("networkidle")
    page.locator("#f-h-ship_to_id").focus()
    at = page.locator("#f-h-ship_to_id").bounding_box()
    with desk.database.begin() as session:
        draft = session.get_one(Draft, desk.firm.draft_id)
        edit = Edit(None, "payment_terms", "7 days")
        correct(session, draft, (edit,), version=draft.version, act=Act("user:4", utc_now()))
    expect(page.locator("#news .says")).to_be_visible(timeout=15_000)
    picture(page, f"news-{size[0]}")
    assert page.locator("#news").evaluate(COVERED) == []
    assert page.locator("#news .says").evaluate(ON_TOP)
    assert page.locator("#f-h-ship_to_id").bounding_box() == at
    press(page, "n")
    expect(page.locator("#f-h-payment_terms")).to_have_value("7 days")
    expect(page.locator("#news .says")).to_have_count(0)


def test_brackets_go_from_view_to_view(visit: Visit) -> None:
    page = visit("admin")
    page.goto("/settings/checks")
    press(page, "[")
    page.wait_for_url("**/master/limits/row/own")
    expect(page.locator(".top nav a[aria-current]")).to_have_text("Settings")
    press(page, "]")
    page.wait_for_url("**/settings/checks")
