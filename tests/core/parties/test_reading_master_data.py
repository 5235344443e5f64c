"""Customers and items as the desk looks them up."""

from __future__ import annotations

import pytest

from core.catalogue.read import item_page, item_view
from core.database import Database
from core.errors import NotFound
from core.parties.read import customer_page, customer_view
from tests.builders import (
    a_contact,
    a_customer,
    a_customer_item,
    a_list_price,
    a_price_agreement,
    an_address,
    an_item,
)


def test_a_customer_with_all_that_hangs_on_it(database: Database) -> None:
    with database.begin() as session:
        customer = a_customer(session, name="Northgate 100 % Foods")
        a_customer(session, name="Southgate")
        an_address(session, customer)
        a_contact(session, customer, email="ana@customer.example")
        item = an_item(session, number="BX-40")
        a_customer_item(session, customer, item, "77120")
        a_price_agreement(session, customer, item, "4.24")
        found = customer_view(session, customer.id)
        assert found.contacts[0].email == "ana@customer.example"
        assert found.part_numbers[0].customer_sku == "77120"
        assert found.prices[0].item_number == "BX-40"
        assert len(found.addresses) == 1
        assert [row.id for row in customer_page(session, "NORTH").rows] == [customer.id]
        assert [row.id for row in customer_page(session, "100 %").rows] == [customer.id]
        assert customer_page(session, "%%%").total == 0
        with pytest.raises(NotFound):
            customer_view(session, 999)


def test_items_are_found_by_every_word(database: Database) -> None:
    with database.begin() as session:
        bolt = an_item(
            session,
            number="HB-1",
            description="Hexagon bolt M10",
            description_de="Sechskantschraube",
        )
        an_item(session, number="HN-1", description="Hexagon nut M10")
        a_list_price(session, bolt, "4.10")
        assert [row.number for row in item_page(session, "m10 bolt").rows] == ["HB-1"]
        assert [row.number for row in item_page(session, "sechskant").rows] == ["HB-1"]
        assert item_page(session, "").total == 2
        assert item_page(session, "_").total == 0
        view = item_view(session, bolt.id)
        assert view.units[0].unit == "EA"
        assert view.prices[0][0] == "EUR"
        with pytest.raises(NotFound):
            item_view(session, 999)
