"""Likeness of names and loading of lists."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from core.database import Database
from core.errors import BadInput
from core.screening.list_screen import ListScreen
from core.screening.load import load_list
from core.screening.names import in_country, likeness, words
from core.screening.published import read_list
from core.screening.tables import ListedParty, ListedWord, PartyList
from core.screening.values import Asked
from tests import builders as make

HIGH = Decimal("0.88")


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("Almaz-Antey", "АО Концерн Алмаз-Антей"),
        ("ALMAZ ANTEY CORP.", "Almaz-Antey Corporation"),
        ("Müller Maschinenbau GmbH", "Muller Maschinenbau"),
        ("Petrov, Ivan Sergeevich", "Ivan Sergejevich Petrov"),
        ("Acme Precison Tools Ltd", "Acme Precision Tools"),
        ("NordLicht Pumpen", "Nord-Licht Pumpen OOO"),
    ],
)
def test_the_same_party_in_another_spelling(asked: str, listed: str) -> None:
    assert likeness(asked, listed) >= HIGH


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("Nordlicht Pumpen GmbH", "Nordlicht Reederei GmbH"),
        ("Aurora Backwaren GmbH", "Aurora"),
        ("Schmidt GmbH", "Schmitz & Partner Handel"),
        ("International Trading Company", "Ocean Trading Company"),
        ("", "Anybody"),
    ],
)
def test_another_party(asked: str, listed: str) -> None:
    assert likeness(asked, listed) < HIGH


def test_legal_forms_do_not_tell_and_letters_are_respelled() -> None:
    assert words("ООО «Нордлихт»") == ("nordlikht",)
    assert words("GmbH") == ("gmbh",)


def test_another_country_lowers_and_never_drops() -> None:
    assert in_country(Decimal(1), "DE", ["RU"]) == Decimal("0.94")
    assert in_country(Decimal(1), "RU", ["RU"]) == Decimal(1)
    assert in_country(Decimal(1), "", ["RU"]) == Decimal(1)


def test_files_with_tabs_semicolons_and_commas() -> None:
    for mark in "\t;,":
        text = (
            mark.join(("Full name", "AKA", "Country")) + "\n" + mark.join(("A B", "C D|E F", "de"))
        )
        (entry,) = read_list(text.encode("utf-8-sig")).entries
        assert (entry.name, entry.aliases, entry.countries) == ("A B", ["C D", "E F"], ["DE"])


def test_a_file_without_names_changes_nothing(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        load_list(session, "L", "a.csv", b"name\nAcme Tools\n", act=make.an_act())
        for content in (b"other\nx\n", b"name\n", b""):
            with pytest.raises(BadInput):
                load_list(session, "L", "a.csv", content, act=make.an_act())
        assert session.scalar(select(func.count()).select_from(ListedParty)) == 1


def test_loading_anew_replaces(database: Database) -> None:
    with database.begin() as session:
        load_list(session, "L", "a.csv", b"name\nAcme Tools\nOther One\n", act=make.an_act())
        load_list(session, "L", "b.csv", b"name\nThird Works\n", act=make.an_act())
        assert session.scalars(select(ListedParty.name)).all() == ["Third Works"]
        assert set(session.scalars(select(ListedWord.word))) == {"thir", "work"}
        (row,) = session.scalars(select(PartyList))
        assert (row.entries, row.source_name) == (1, "b.csv")


def test_a_long_list_is_looked_up_by_words_in_two_queries(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        rows = "\n".join(f"Company{n:05d} Works{n % 97}" for n in range(5000))
        load_list(session, "L", "a.csv", f"name\n{rows}\nZebra Forge\n".encode(), act=make.an_act())
        hits = ListScreen().look(session, [Asked("customer", "Zebra Forge Ltd")], Decimal("0.8"))
        assert [hit.listed for hit in hits] == ["Zebra Forge"]
