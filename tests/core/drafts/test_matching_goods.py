"""Where to, what, in which unit, at which price."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.correct import Edit, correct
from core.drafts.open import open_drafts
from core.drafts.tables import Draft, DraftLine, Problem
from tests import builders as make
from tests.core.drafts.test_open import codes, reading


@pytest.fixture
def house(sqlite_database: Database) -> Any:
    with sqlite_database.begin() as session:
        yield House(session)


class House:
    """A customer with two places, and items with packs."""

    def __init__(self, session: Session) -> None:
        self.session = session
        make.a_company(session)
        self.customer = make.a_customer(
            session, name="Nordlicht Pumpen GmbH", price_tolerance_percent=2
        )
        self.main = make.an_address(
            session,
            self.customer,
            code="W1",
            street="Am Deichhof 14\nTor 2",
            postal_code="26721",
            city="Emden",
            gln="2978003301012",
        )
        self.second = make.an_address(
            session,
            self.customer,
            code="W2",
            street="Industriering 41",
            postal_code="26789",
            city="Leer",
            is_default=False,
        )
        make.a_contact(session, self.customer, email="buyer@nord.example")
        self.bolt = make.an_item(
            session,
            number="HB-06.020/A2",
            description="Hexagon bolt M6 x 20 stainless",
            gtin="4006381333931",
            units=(("BX", 100, 1), ("KG", 1000, 7)),
        )
        self.valve = make.an_item(session, number="BV-20", description="Ball valve DN20 brass")
        make.a_site(session)

    def draft(self, *lines: dict[str, str], **fields: str) -> Draft:
        document = make.a_document(
            self.session, sender_address="buyer@nord.example", authentication="pass"
        )
        (draft,) = open_drafts(self.session, document, reading(*lines, **fields), act=make.an_act())
        return draft

    def line(self, **texts: str) -> DraftLine:
        draft = self.draft(texts)
        return self.session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id)).one()

    def facts(self, draft: Draft, code: str) -> dict[str, Any]:
        query = select(Problem).where(Problem.draft_id == draft.id, Problem.code == code)
        return self.session.scalars(query).one().facts


@pytest.mark.parametrize(
    ("fields", "place", "code"),
    [
        ({"ship_to_id": "2978003301012"}, "W1", "by-location-number"),
        ({"ship_to_id": "w-2"}, "W2", "by-place-code"),
        ({"ship_to": "Nordlicht, Industriering 41, D-26789 Leer"}, "W2", "by-address"),
        ({"ship_to": "Nordlicht Pumpen, Am Deichhof 14, 26721 Emden, Germany"}, "W1", "by-address"),
        ({"ship_to": "Am Deichhof 15, 26721 Emden"}, None, "ship-to-unknown"),
        ({"ship_to": "Industriering 41, 10115 Berlin"}, None, "ship-to-unknown"),
        ({}, "W1", "ship-to-assumed"),
    ],
)
def test_ship_to(house: House, fields: dict[str, str], place: str | None, code: str) -> None:
    draft = house.draft(**fields)
    wanted = {"W1": house.main.id, "W2": house.second.id}.get(place or "")
    assert (draft.ship_to_id, draft.ship_to_reason["code"]) == (wanted, code)
    assert ("ship-to-unknown" in codes(house.session, draft)) == (place is None)


def test_our_number_in_any_spelling_and_column(house: House) -> None:
    for texts in (
        {"supplier_sku": "hb06020 a2"},
        {"buyer_sku": "HB-06.020/A2"},
        {"manufacturer_sku": "HB-06-020-A2"},
    ):
        line = house.line(quantity="100", **texts)
        assert (line.item_id, line.item_reason["code"]) == (house.bolt.id, "by-our-number")


def test_a_gtin_needs_its_check_digit(house: House) -> None:
    assert house.line(quantity="1", gtin="4006381333931").item_id == house.bolt.id
    assert house.line(quantity="1", gtin="04006381333931").item_id == house.bolt.id
    assert house.line(quantity="1", gtin="4006381333932").item_id is None


def test_numbers_that_disagree_are_a_question(house: House) -> None:
    make.a_customer_item(house.session, house.customer, house.valve, "N-1")
    draft = house.draft({"buyer_sku": "N-1", "supplier_sku": "HB-06020-A2", "quantity": "1"})
    assert "item-ambiguous" in codes(house.session, draft)


def test_a_description_only_suggests(house: House) -> None:
    line = house.line(description="stainless hexagon bolt M6 x 20", quantity="5")
    assert line.item_id is None
    assert [o["id"] for o in line.item_reason["options"]] == [house.bolt.id]
    line = house.line(description="Kugelhahn, your number BV-20", quantity="5")
    assert line.item_reason["options"][0]["why"] == "in-description"


def test_another_customers_number_is_not_ours(house: House) -> None:
    other = make.a_customer(house.session, name="Andere AG")
    make.a_customer_item(house.session, other, house.valve, "N-1")
    assert house.line(buyer_sku="N-1", quantity="1").item_id is None


@pytest.mark.parametrize(
    ("uom", "quantity", "unit", "stock"),
    [
        ("Schachtel", "3", "BX", "300"),
        ("boxes", "2.5", "BX", "250"),
        ("Stck.", "7", "EA", "7"),
        ("ST", "7", "EA", "7"),
        ("C62", "7", "EA", "7"),
        ("kg", "7", "KG", "1000"),
        ("dozen", "2", "DZ", "24"),
        ("", "7", "EA", "7"),
    ],
)
def test_units_are_exact(house: House, uom: str, quantity: str, unit: str, stock: str) -> None:
    line = house.line(supplier_sku="HB-06020-A2", quantity=quantity, uom=uom)
    assert (line.unit, line.stock_quantity) == (unit, Decimal(stock))


def test_what_is_no_exact_number_of_pieces_is_said(house: House) -> None:
    draft = house.draft({"supplier_sku": "HB-06020-A2", "quantity": "1", "uom": "kg"})
    assert house.facts(draft, "quantity-not-pack-multiple")["why"] == "inexact"


def test_a_pallet_of_an_item_without_pallets_is_a_question(house: House) -> None:
    draft = house.draft({"supplier_sku": "HB-06020-A2", "quantity": "1", "uom": "pallet"})
    assert house.facts(draft, "unit-unknown")["units"] == "EA, BX, KG"


def test_the_pack_of_a_gtin_is_meant_when_no_unit_is_written(house: House) -> None:
    row = next(u for u in _units(house) if u.unit == "BX")
    row.gtin = "14006381333938"
    line = house.line(gtin="14006381333938", quantity="2")
    assert (line.unit, line.stock_quantity) == ("BX", Decimal(200))


def _units(house: House) -> Any:
    from core.catalogue.tables import ItemUnit

    return house.session.scalars(select(ItemUnit).where(ItemUnit.item_id == house.bolt.id))


def test_minimum_and_multiple(house: House) -> None:
    house.bolt.minimum_quantity, house.bolt.multiple_quantity = Decimal(200), Decimal(100)
    draft = house.draft({"supplier_sku": "HB-06020-A2", "quantity": "150", "uom": "EA"})
    assert house.facts(draft, "quantity-below-minimum")["minimum"] == "200"
    facts = house.facts(draft, "quantity-not-pack-multiple")
    assert (facts["below"], facts["above"]) == ("100", "200")


def test_what_is_counted_in_pieces_is_not_sold_in_parts_of_one(house: House) -> None:
    part = {"supplier_sku": "HB-06020-A2", "quantity": "2.5", "uom": "EA"}
    facts = house.facts(house.draft(part), "quantity-not-pack-multiple")
    assert (facts["multiple"], facts["below"], facts["above"]) == ("1", "2", "3")
    make.an_item(house.session, number="RESIN", stock_unit="KG")
    draft = house.draft(part | {"supplier_sku": "RESIN", "uom": "KG"})
    codes = select(Problem.code).where(Problem.draft_id == draft.id)
    assert "quantity-not-pack-multiple" not in house.session.scalars(codes).all()


def test_agreement_before_list_and_the_highest_step_reached(house: House) -> None:
    session, bolt = house.session, house.bolt
    make.a_list_price(session, bolt, "0.30")
    for price, least in (("12", 0), ("11", 10)):
        make.a_price_agreement(
            session,
            house.customer,
            bolt,
            price,
            unit="BX",
            minimum_quantity=Decimal(least),
            reference="A-7",
        )
    box = {"supplier_sku": "HB-06020-A2", "uom": "BX"}
    assert house.line(quantity="9", **box).agreed_price == Decimal(12)
    assert house.line(quantity="10", **box).agreed_price == Decimal(11)
    piece = house.line(quantity="500", supplier_sku="HB-06020-A2", uom="EA")
    assert piece.agreed_price == Decimal("0.12")
    assert piece.price_reason["code"] == "agreement"


def test_an_agreement_that_is_over_does_not_count(house: House) -> None:
    make.a_list_price(house.session, house.valve, "30")
    make.a_price_agreement(
        house.session, house.customer, house.valve, "25", valid_to=make.TODAY - timedelta(days=1)
    )
    assert house.line(supplier_sku="BV-20", quantity="1").agreed_price == Decimal(30)


@pytest.mark.parametrize(
    ("price", "found"),
    [("30", None), ("29.4", None), ("29.39", True), ("30.6", None), ("31", False)],
)
def test_tolerance_and_direction(house: House, price: str, found: bool | None) -> None:
    """Two per cent are tolerated; below that it stops, above it is shown. found: is it blocking?"""
    make.a_list_price(house.session, house.valve, "30")
    draft = house.draft({"supplier_sku": "BV-20", "quantity": "1", "unit_price": price})
    query = select(Problem.blocking).where(
        Problem.draft_id == draft.id, Problem.code == "price-differs"
    )
    assert house.session.scalar(query) is found


def test_a_price_per_hundred_is_seen_by_its_amount(house: House) -> None:
    make.a_list_price(house.session, house.valve, "0.12")
    line = {"supplier_sku": "BV-20", "quantity": "250", "unit_price": "12", "amount": "30"}
    draft = house.draft(line)
    found = house.session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id)).one()
    assert found.unit_price == Decimal("0.12")
    assert not {"price-differs", "totals-do-not-add-up"} & set(codes(house.session, draft))


def test_a_price_whose_basis_the_order_names_is_that_of_one(house: House) -> None:
    line = {"supplier_sku": "BV-20", "quantity": "250", "unit_price": "25", "price_basis": "2"}
    draft = house.draft(line)
    found = house.session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id)).one()
    assert found.unit_price == Decimal("12.5")
    edits = (Edit(found.id, "unit_price", "12.60"),)
    correct(house.session, draft, edits, version=draft.version, act=make.an_act())
    assert found.unit_price == Decimal("12.60")


def test_totals(house: House) -> None:
    line = {"supplier_sku": "BV-20", "quantity": "3", "unit_price": "9.99", "amount": "29.97"}
    good = house.draft(line, subtotal="29.97", tax="5.69", total="35.66")
    assert "totals-do-not-add-up" not in codes(house.session, good)
    bad = house.draft(line, total="39.66", tax="5.69")
    assert house.facts(bad, "totals-do-not-add-up")["written"] == "39.66"
    worse = house.draft({**line, "amount": "30.97"})
    assert house.facts(worse, "totals-do-not-add-up")["product"] == "29.97"


def test_credit_counts_what_is_open(house: House) -> None:
    house.customer.credit_limit = Decimal(1000)
    house.customer.open_receivables = Decimal(600)
    make.an_order(house.session, house.customer, [make.Wanted(house.valve, 10, "30")])
    line = {"supplier_sku": "BV-20", "unit_price": "50"}
    small = house.draft({**line, "quantity": "2"})
    assert "credit-exceeded" not in codes(house.session, small)
    big = house.draft({**line, "quantity": "3"})
    facts = house.facts(big, "credit-exceeded")
    assert (facts["exposure"], facts["value"], facts["over"]) == ("900", "150", "50")


def test_what_we_know_settles_a_doubt(house: House) -> None:
    from core.inbound.reading import Candidate, Extraction, ReadOrder

    make.a_list_price(house.session, house.valve, "30")
    unsure = {
        "supplier_sku": Candidate("BV-20", 0.6),
        "unit_price": Candidate("30", 0.6),
        "quantity": Candidate("2", 0.6),
    }
    read = Extraction("order", orders=(ReadOrder({"currency": Candidate("EUR", 0.5)}, (unsure,)),))
    document = make.a_document(house.session, sender_address="buyer@nord.example")
    (draft,) = open_drafts(house.session, document, read, act=make.an_act())
    fields = house.session.scalars(
        select(Problem.field).where(Problem.draft_id == draft.id, Problem.code == "field-doubtful")
    ).all()
    assert list(fields) == ["quantity"]
    assert draft.doubtful_count == 1
