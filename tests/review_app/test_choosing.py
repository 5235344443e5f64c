"""What a combobox lists, and what a form means by what was typed."""

from __future__ import annotations

import re

import pytest

from core.database import Database
from core.parties.tables import Customer
from review_app.choosing import MOST
from tests.builders import a_customer
from tests.review_app.conftest import Browser
from tests.review_app.firm import Firm


def offered(person: Browser, text: str) -> list[str]:
    page = person.get(f"/choose/customer?of=customer&list=customer&customer={text}").text
    return re.findall(r'data-value="([^"]*)"', page)


@pytest.fixture
def label(sqlite_database: Database, firm: Firm) -> str:
    with sqlite_database.begin() as session:
        for n in range(MOST):
            a_customer(session, number=f"S{n}", name=f"Southgate {n:02}")
        return f"Northgate Foods ({session.get_one(Customer, firm.customer_id).number})"


def test_a_list_is_short_and_says_when_there_are_more(clerk: Browser, label: str) -> None:
    assert offered(clerk, "north") == [label]
    assert len(offered(clerk, "south")) == MOST
    assert len(offered(clerk, "")) == MOST
    assert "There are more: type on." in clerk.get("/choose/customer?of=q&q=").text
    assert "There are more" not in clerk.get("/choose/customer?of=q&q=south").text
    assert "Nothing has these words" in clerk.get("/choose/customer?of=q&q=west").text


def test_a_filled_field_offers_the_others_too(clerk: Browser, label: str) -> None:
    assert len(offered(clerk, label)) == MOST


def test_every_screen_takes_what_its_list_offers(clerk: Browser, label: str) -> None:
    """Without a script the field is plain text: a number, a name, or what the list would have put there."""
    for path in ("/queue", "/orders", "/insight", "/learned", "/settings/mapping-lab"):
        page = clerk.get(path).text
        assert 'role="combobox"' in page and 'name="customer"' in page, path
        assert clerk.get(path, query_string={"customer": label}).status_code == 200, path
        assert clerk.get(path, query_string={"customer": "nobody"}).status_code == 422, path
