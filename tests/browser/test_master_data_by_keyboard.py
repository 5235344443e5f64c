"""An item is found, changed, refused, corrected and kept, then one is made: by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect
from sqlalchemy import select

from core.catalogue.tables import Item
from core.masterdata.tables import MasterChange
from tests.browser.conftest import Desk, picture
from tests.browser.test_keyboard_journey import focused, press, said


def test_an_item_is_changed_and_one_is_made(visit: Callable[..., Any], desk: Desk) -> None:
    page = visit("admin")
    page.goto("/master/items")
    press(page, "j", "Enter")
    page.wait_for_url("**/master/items/row/*")
    number = page.locator("h1").inner_text().split()[0]
    page.locator("#f-description").focus()
    press(page, "Control+a")
    page.keyboard.type("Bolt for keyboards")
    press(page, "Tab", "Tab")  # German, then the GTIN: the stock unit is not for changing
    assert focused(page) == "f-gtin"
    press(page, "Control+a")
    page.keyboard.type("123")
    press(page, "Control+Enter")
    expect(page.locator("#f-gtin-problem")).to_contain_text("8, 12, 13 or 14 digits")
    expect(page.locator("#f-gtin")).to_be_focused()
    expect(page.locator("#f-description")).to_have_value("Bolt for keyboards")
    picture(page, "row-refused")
    press(page, "Control+a", "Delete", "Control+Enter")
    said(page, "The item is kept.")
    with desk.database.read() as session:
        assert session.scalar(select(Item.description).where(Item.number == number)) == "Bolt for keyboards"  # fmt: skip

    page.goto("/master/items")
    press(page, "n")
    page.wait_for_url("**/master/items/new*")
    expect(page.locator("#f-number")).to_be_focused()
    page.keyboard.type("KEY-1")
    press(page, "Tab")
    page.keyboard.type("Made by keyboard")
    press(page, "Control+Enter")
    said(page, "The item is made.")
    with desk.database.read() as session:
        kept = session.execute(
            select(MasterChange.action, MasterChange.door).order_by(MasterChange.id)
        )
        assert [tuple(row) for row in kept] == [("changed", "screen"), ("created", "screen")]
