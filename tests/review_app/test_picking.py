"""Words that a person picked become the value of a field, as the field keeps it, with their place."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from core.database import Database
from core.drafts.tables import DraftField
from review_app.desk.picked import as_value
from tests.review_app.conftest import Browser
from tests.review_app.firm import PO, TERMS, Firm
from tests.review_app.test_desk_views import HTMX, draft_page, form_of

NEAR = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("name", "picked", "beside", "value"),
    [
        ("po_number", " PO  4711 ", (), "PO 4711"),
        ("quantity", "12 pcs", (), "12"),
        ("unit_price", "EUR 1.234,50", ("17,25",), "1234.50"),
        ("total", "1,234.50 USD", (), "1234.50"),
        ("total", "1.234", ("17,25", "3,10"), "1234"),
        ("requested_date", "by 3 December", (), "2026-12-03"),
        ("requested_date", "04/03/2027", ("25/12/2026",), "2027-03-04"),
        ("requested_date", "04/03/2027", ("12/25/2026",), "2027-04-03"),
        ("requested_date", "soon", (), "soon"),
        ("ship_to", "Dock 14\n12 Mill Road\n\nLeeds", (), "Dock 14, 12 Mill Road, Leeds"),
        ("description", "Box\nwith lid", (), "Box with lid"),
    ],
)
def test_words_are_written_as_the_field_keeps_them(
    name: str, picked: str, beside: tuple[str, ...], value: str
) -> None:
    assert as_value(name, picked, beside, NEAR) == value


def row(database: Database, firm: Firm, name: str) -> tuple[str, dict[str, object]]:
    with database.read() as session:
        found = session.scalars(
            select(DraftField).where(
                DraftField.draft_id == firm.draft_id,
                DraftField.name == name,
                DraftField.line_id.is_(None),
            )
        ).one()
        return found.value, found.evidence


def test_a_pick_brings_its_place_and_the_document_with_it(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    words = {"field": "h.payment_terms", "words": "NET 30", "part": "2", "page": "1"}
    form = {**form_of(draft_page(clerk, firm)), **words, "box": "80.0 300.0 122.0 314.0"}
    text = clerk.post(f"/draft/{firm.draft_id}/pick", form, **HTMX).get_data(as_text=True)
    assert 'id="bench"' in text and 'id="paper"' in text and 'hx-swap-oob="morph"' in text
    value, evidence = row(sqlite_database, firm, "payment_terms")
    assert value == "NET 30"
    assert evidence["box"] == [80.0, 300.0, 122.0, 314.0]


@pytest.mark.parametrize(
    "place",
    [
        {"part": "2", "page": "9", "box": "1 2 3 4"},
        {"part": "2", "page": "1", "box": "1 2 3"},
        {"part": "2", "page": "1", "box": "nan nan nan nan"},
        {"part": "2", "span": "9 3"},
        {"part": "99", "page": "1", "box": "1 2 3 4"},
    ],
)
def test_a_place_that_is_none_is_not_kept(
    sqlite_database: Database, firm: Firm, clerk: Browser, place: dict[str, str]
) -> None:
    form = {**form_of(draft_page(clerk, firm)), "field": "h.payment_terms", "words": "X", **place}
    assert clerk.post(f"/draft/{firm.draft_id}/pick", form).status_code == 303
    value, evidence = row(sqlite_database, firm, "payment_terms")
    assert value == "X"
    assert "box" not in evidence and "span" not in evidence


def test_no_field_or_no_words_is_said(firm: Firm, clerk: Browser) -> None:
    form = {**form_of(draft_page(clerk, firm)), "part": "2", "page": "1"}
    for more in ({"field": "po", "words": "X"}, {"field": "h.po_number", "words": " "}):
        assert clerk.post(f"/draft/{firm.draft_id}/pick", {**form, **more}).status_code == 422


def test_the_words_of_a_page_are_there_to_pick_from(firm: Firm, clerk: Browser) -> None:
    found = clerk.get(f"/words/{firm.part_id}/1").get_json()
    assert found == [list(word) for word in TERMS]
    assert clerk.get(f"/words/{firm.part_id}/9").get_json() == []


def test_another_reading_is_taken_by_number(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    form = form_of(draft_page(clerk, firm))
    assert clerk.post(f"/draft/{firm.draft_id}/field/1/take/1", form).status_code == 303
    assert row(sqlite_database, firm, "po_number")[0] == f"{PO}-B"
    later = form_of(draft_page(clerk, firm))
    assert clerk.post(f"/draft/{firm.draft_id}/field/1/take/9", later).status_code == 409
