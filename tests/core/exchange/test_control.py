"""Control numbers: one unbroken sequence for each pair of ends and level; a rollback gives its number back."""

from __future__ import annotations

import threading

import pytest

from core.database import Database
from core.exchange import control
from core.exchange.control import LARGEST, Numbers, levels_of, take
from core.exchange.tables import ExchangeInterchange
from core.inbound.envelopes import Endpoint
from core.numbers import NumberSequence
from tests.builders import a_document
from tests.exchanged import an_interchange

US, THEM, OTHERS = Endpoint("US", "ZZ"), Endpoint("THEM", "ZZ"), Endpoint("OTHERS", "ZZ")


def test_each_pair_of_ends_and_each_level_counts_for_itself(database: Database) -> None:
    with database.begin() as session:
        assert take(session, "x12", US, THEM) == Numbers(1, 1, 1)
        assert take(session, "x12", US, THEM, levels=("interchange",)) == Numbers(2, 1, 1)
        assert take(session, "x12", US, THEM) == Numbers(3, 2, 2)
        assert take(session, "x12", US, OTHERS) == Numbers(1, 1, 1)
        assert take(
            session, "edifact/ORDRSP", US, THEM, levels=levels_of("edifact/ORDRSP")
        ) == Numbers(1)


def test_a_sequence_may_begin_where_an_older_system_ended(database: Database) -> None:
    with database.begin() as session:
        assert take(session, "x12", US, THEM, first=5001) == Numbers(5001, 5001, 5001)
        assert take(session, "x12", US, THEM, first=9999).interchange == 5002


def test_a_rollback_gives_the_number_back(database: Database) -> None:
    with pytest.raises(RuntimeError), database.begin() as session:
        take(session, "x12", US, THEM)
        raise RuntimeError
    with database.begin() as session:
        assert take(session, "x12", US, THEM).interchange == 1


def test_many_at_once_leave_no_gap(database: Database) -> None:
    found: list[int] = []

    def work() -> None:
        for _ in range(10):
            found.append(
                database.run(
                    lambda s: take(s, "x12", US, THEM, levels=("interchange",))
                ).interchange
            )

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(1, 41))


def test_after_the_largest_comes_one_and_the_old_row_makes_room(database: Database) -> None:
    with database.begin() as session:
        old = an_interchange(
            session, a_document(session), direction="out", control="1", sender_id="US",
            receiver_id="THEM",
        )  # fmt: skip
        take(session, "x12", US, THEM, levels=("interchange",))
        name = control._name("interchange", "x12", US, THEM)
        session.get_one(NumberSequence, name).next_value = LARGEST
        session.flush()
        assert take(session, "x12", US, THEM, levels=("interchange",)).interchange == LARGEST
        assert take(session, "x12", US, THEM, levels=("interchange",)).interchange == 1
        assert session.get_one(ExchangeInterchange, old.id).control.startswith("1 (")
        an_interchange(
            session, a_document(session), direction="out", control="1", sender_id="US",
            receiver_id="THEM",
        )  # fmt: skip
