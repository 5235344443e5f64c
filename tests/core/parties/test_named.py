"""Customers by what people call them."""

from __future__ import annotations

import pytest

from core.database import Database
from core.parties.named import customer_named, customers_like
from tests.builders import a_customer

NAMES = {"C1": "Nord Pumpen", "C2": "Nordwind (Bremen)", "C10": "Pumpen Nord", "77": "C1"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("C1", "C1"),  # a number counts before a name
        ("Nord Pumpen (C1)", "C1"),
        ("Nordwind (Bremen)", "C2"),
        ("Nordwind (Bremen) (C2)", "C2"),
        ("pumpen nord", "C10"),
        ("wind", "C2"),
        ("nord", None),
        ("Nobody (C99)", None),
        ("", None),
    ],
)
def test_who_is_meant(database: Database, text: str, number: str | None) -> None:
    with database.begin() as session:
        for key, name in NAMES.items():
            a_customer(session, number=key, name=name)
        found = customer_named(session, text)
        assert (found.number if found else None) == number


def test_the_label_of_each_means_just_that_one(database: Database) -> None:
    with database.begin() as session:
        for key, name in NAMES.items():
            a_customer(session, number=key, name=name)
        for called in customers_like(session, "", 9):
            assert customer_named(session, called.label) == called


def test_those_that_begin_so_come_first_and_no_more_than_asked(database: Database) -> None:
    with database.begin() as session:
        for key, name in NAMES.items():
            a_customer(session, number=key, name=name)
        assert [c.number for c in customers_like(session, "pumpen", 9)] == ["C10", "C1"]
        assert [c.number for c in customers_like(session, "nord pum", 9)] == ["C1", "C10"]
        assert len(customers_like(session, "", 2)) == 2
        assert customers_like(session, "100%", 9) == ()
