"""A field with a searched list: by keyboard, by pointer, without a script; the same one on every screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect
from sqlalchemy import select

from core.database import Database
from core.drafts.tables import DraftLine
from tests.browser.conftest import Desk, picture
from tests.browser.test_keyboard_journey import press
from tests.builders import a_customer

Visit = Callable[..., Any]


def southgates(database: Database) -> None:
    with database.begin() as session:
        for n in range(20):
            a_customer(session, number=f"S{n}", name=f"Southgate {n:02}")


def test_a_customer_is_found_by_keyboard(visit: Visit, desk: Desk) -> None:
    southgates(desk.database)
    page = visit("clerk")
    page.goto("/queue")
    field, options = page.locator("#customer"), page.locator("#customer-list [role=option]")
    field.focus()
    page.keyboard.type("south")
    expect(options).to_have_count(12)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#customer-box")).to_contain_text("There are more: type on.")
    press(page, "ArrowDown", "ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "customer-option-2")
    picture(page, "combobox")
    press(page, "Enter")
    expect(field).to_have_value("Southgate 01 (S1)")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#rows")).to_contain_text("Nothing fits this filter")
    page.wait_for_url("**/queue?*customer=Southgate*")
    press(page, "Control+a", "Delete")
    page.keyboard.type("north")
    expect(options).to_have_count(1)
    press(page, "Escape")
    expect(page.locator("#customer-box")).to_be_hidden()
    expect(field).to_have_value("north")
    press(page, "Enter")  # what is typed is enough where it means one only
    expect(page.locator("[data-row]")).to_have_count(1)
    press(page, "ArrowDown", "ArrowUp", "Tab")
    expect(page.locator("#customer-box")).to_be_hidden()


def test_a_customer_is_found_by_pointer_and_nothing_moves(visit: Visit, desk: Desk) -> None:
    southgates(desk.database)
    page = visit("clerk")
    page.goto("/orders")
    below = page.locator("#rows").bounding_box()
    page.locator("#customer").click()
    option = page.locator("#customer-list [role=option]").nth(2)
    expect(option).to_be_visible()
    assert page.locator("#rows").bounding_box() == below
    option.click()
    expect(page.locator("#customer")).to_have_value("Southgate 01 (S1)")
    expect(page.locator("#customer-box")).to_be_hidden()
    expect(page.locator("#customer")).to_be_focused()


def test_a_row_of_master_data_names_others_by_the_same_field(visit: Visit, desk: Desk) -> None:
    page = visit("admin")
    page.goto("/master/part-numbers/new")
    page.locator("#f-item").focus()
    page.keyboard.type("60 mm")
    expect(page.locator("#f-item-list [role=option]")).to_have_count(1)
    press(page, "ArrowDown", "Enter")
    expect(page.locator("#f-item")).to_have_value("BX-60")


def test_without_a_script_it_is_a_plain_field(visit: Visit, desk: Desk) -> None:
    page = visit("clerk", java_script_enabled=False)
    page.goto("/queue")
    page.fill("#customer", "northgate")
    page.locator("#customer").press("Enter")
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page.locator("#customer")).to_have_value("northgate")


def test_any_customer_can_be_chosen_for_a_draft(visit: Visit, desk: Desk) -> None:
    """Also one that matching never thought of; Enter takes it, keeps it and goes on."""
    southgates(desk.database)
    page = visit("clerk")
    page.goto(f"/draft/{desk.firm.draft_id}")
    page.wait_for_load_state("networkidle")
    field = page.locator("#f-h-customer_id")
    before = field.input_value()
    field.focus()
    press(page, "s", "x")  # a key is no text before e
    expect(field).to_have_value(before)
    press(page, "e")
    expect(page.locator("#f-h-customer_id-list [role=option]").first).to_be_visible()
    press(page, "Escape")
    expect(page.locator("#f-h-customer_id-box")).to_be_hidden()
    expect(field).to_have_class("editing")
    page.keyboard.type("southgate 07")
    expect(page.locator("#f-h-customer_id-list [role=option]")).to_have_count(1)
    press(page, "ArrowDown", "Enter")
    expect(page.locator(".bench-head h1")).to_contain_text("Southgate 07")
    expect(field).to_have_value("Southgate 07 (S7)")
    page.wait_for_load_state("networkidle")
    press(page, "u")
    expect(field).to_have_value(before)


def test_an_item_is_found_in_its_line(visit: Visit, desk: Desk) -> None:
    page = visit("clerk")
    page.goto(f"/draft/{desk.firm.draft_id}")
    page.wait_for_load_state("networkidle")
    field = page.locator("td.item input").first
    field.focus()
    press(page, "ArrowDown")  # opens the list, as e does
    expect(page.locator("td.item [role=option]").first).to_be_visible()
    page.keyboard.type("60")
    expect(page.locator("td.item [role=option]")).to_have_count(1)
    picture(page, "combobox-item")
    page.locator("td.item [role=option]").click()
    expect(field).to_have_value("BX-60 Box 60 mm")
    expect(page.locator("[data-undo]")).to_be_visible()
    with desk.database.read() as session:
        line = session.scalars(select(DraftLine).order_by(DraftLine.position)).first()
        assert line is not None and line.item_id == desk.firm.item_ids[1]


def test_what_names_nothing_is_refused_and_stays_to_be_mended(visit: Visit, desk: Desk) -> None:
    page = visit("clerk")
    page.goto(f"/draft/{desk.firm.draft_id}")
    page.wait_for_load_state("networkidle")
    field = page.locator("#f-h-customer_id")
    field.focus()
    press(page, "e")
    page.keyboard.type("nobody")
    expect(page.locator("#f-h-customer_id-box")).to_contain_text("Nothing has these words")
    press(page, "Enter")
    expect(page.locator("#notice")).to_contain_text("No customer, or more than one")
    expect(field).to_have_value("nobody")
