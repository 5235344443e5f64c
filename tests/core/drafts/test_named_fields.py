"""Fields of a draft that name a customer, a place or an item: what they say, what is offered, what a text means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.database import Database
from core.drafts.bench.named import meant, offered, said
from core.drafts.correct import Edit
from core.drafts.tables import Draft, DraftLine
from core.errors import BadInput, NotFound
from core.parties.tables import Customer, CustomerAddress
from tests.builders import Wanted, a_company, a_customer, a_draft, an_address, an_item


@dataclass
class Desk:
    draft: Draft
    line: DraftLine
    customer: Customer
    other: Customer
    place: CustomerAddress
    item: Item


def a_desk(session: Session) -> Desk:
    a_company(session)
    customer = a_customer(session, number="C1", name="Northgate Foods")
    other = a_customer(session, number="C2", name="Southgate Foods")
    place = an_address(session, customer, "ship_to", code="DC2", street="Dock Road 9")
    an_address(session, customer, "ship_to", code="DC3", street="Mill Lane 4")
    item = an_item(session, number="BX 40", description="Box  40 mm")
    an_item(session, number="BX", description="Box, any")
    an_item(session, number="BX-60", description="Box 60 mm", sale_state="blocked")
    draft = a_draft(session, customer, [Wanted(item, 1)], ship_to_id=place.id)
    line = session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id)).one()
    return Desk(draft, line, customer, other, place, item)


def labels(session: Session, desk: Desk, name: str, text: str = "", **more: Any) -> list[str]:
    line = desk.line if name == "item_id" else None
    return [o.label for o in offered(session, desk.draft, line, name, text, more.get("most", 9))]


def test_what_a_field_says_means_what_is_chosen(database: Database) -> None:
    with database.begin() as session:
        desk = a_desk(session)
        told = said(session, desk.draft)
        assert told[None, "customer_id"] == "Northgate Foods (C1)"
        assert told[desk.line.id, "item_id"] == "BX 40 Box 40 mm"
        for (line_id, name), text in told.items():
            held = getattr(desk.line if line_id else desk.draft, name)
            assert meant(session, desk.draft, Edit(line_id, name, text)).value == str(held)


def test_every_label_that_is_offered_means_its_own_row(database: Database) -> None:
    with database.begin() as session:
        desk = a_desk(session)
        for name in ("customer_id", "ship_to_id", "item_id"):
            line = desk.line if name == "item_id" else None
            found = offered(session, desk.draft, line, name, "", 9)
            assert len(found) > 1
            for option in found:
                edit = Edit(line.id if line else None, name, option.label)
                assert meant(session, desk.draft, edit).value == str(option.id)


def test_a_line_with_an_item_offers_its_kin(database: Database) -> None:
    with database.begin() as session:
        desk = a_desk(session)
        an_item(session, number="AA-1", description="Anchor")
        numbers = [label.split(" Box")[0] for label in labels(session, desk, "item_id")]
        assert numbers == ["BX", "BX 40", "BX-60"]
        desk.line.item_id = None
        assert "AA-1 Anchor" in labels(session, desk, "item_id")


def test_a_search_finds_what_was_never_a_suggestion(database: Database) -> None:
    with database.begin() as session:
        desk = a_desk(session)
        assert labels(session, desk, "customer_id", "south") == ["Southgate Foods (C2)"]
        (place,) = labels(session, desk, "ship_to_id", "mill dc3")
        assert "Mill Lane 4" in place
        (blocked,) = offered(session, desk.draft, desk.line, "item_id", "60 mm", 9)
        assert (blocked.label, blocked.why) == ("BX-60 Box 60 mm", "blocked")
        assert labels(session, desk, "item_id", "no such thing") == []
        assert len(labels(session, desk, "item_id", "box", most=2)) == 2


def test_the_likely_ones_come_first_once(database: Database) -> None:
    with database.begin() as session:
        desk = a_desk(session)
        desk.draft.customer_reason = {
            "code": "ambiguous",
            "options": [{"id": desk.other.id, "label": "as it was called then"}],
        }
        assert labels(session, desk, "customer_id") == [
            "Southgate Foods (C2)",
            "Northgate Foods (C1)",
        ]
        assert labels(session, desk, "customer_id", "Northgate Foods (C1)")[0].startswith("South")


@pytest.mark.parametrize(
    ("name", "text"),
    [("customer_id", "Foods"), ("customer_id", "nobody"), ("ship_to_id", "DC"), ("item_id", "box")],
)
def test_a_text_that_names_none_or_several_is_refused(
    database: Database, name: str, text: str
) -> None:
    with database.begin() as session:
        desk = a_desk(session)
        line_id = desk.line.id if name == "item_id" else None
        with pytest.raises(BadInput, match="Choose one of the list") as caught:
            meant(session, desk.draft, Edit(line_id, name, text))
        assert caught.value.field == name


def test_a_place_of_another_customer_means_nothing(database: Database) -> None:
    with database.begin() as session:
        desk = a_desk(session)
        an_address(session, desk.other, "ship_to", code="FAR")
        with pytest.raises(BadInput):
            meant(session, desk.draft, Edit(None, "ship_to_id", "FAR"))


def test_other_fields_are_left_as_they_are(database: Database) -> None:
    with database.begin() as session:
        desk = a_desk(session)
        for edit in (Edit(None, "po_number", "C1"), Edit(None, "customer_id", "")):
            assert meant(session, desk.draft, edit) is edit
        with pytest.raises(NotFound):
            offered(session, desk.draft, None, "po_number", "", 9)
        with pytest.raises(NotFound):
            offered(session, desk.draft, None, "item_id", "", 9)
