"""Acknowledgements of what we sent: matched by number, told on the interchange, missed when they do not come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.database import Database
from core.errors import BadInput
from core.exchange.decide import settle
from core.exchange.listing import troubled_count
from core.exchange.overdue import mark_overdue
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage
from core.journal import history
from core.values import utc_now
from tests import builders as make
from tests.core.exchange.test_receive_interchanges import arrives
from tests.extraction.test_edi_envelopes import ISA, edifact, x12


def ours(session: Session, standard: str = "x12", control: str = "31", **facts: object) -> int:
    """An interchange of ours with one group "PR" 77 (X12) and two messages, waiting for their answer."""
    row = ExchangeInterchange(
        direction="out", standard=standard, control=control, status="sent", answer_state="waiting",
        sender_id="OURSELVES", receiver_id="KESTREL" if standard == "x12" else "K", **facts,
    )  # fmt: skip
    session.add(row)
    session.flush()
    group = None
    if standard == "x12":
        group = ExchangeGroup(
            interchange_id=row.id, ordinal=0, kind="PR", control="77", answer_state="waiting"
        )
        session.add(group)
        session.flush()
    for n, number in enumerate(("4", "5")):
        session.add(
            ExchangeMessage(
                interchange_id=row.id, group_id=group.id if group else None, ordinal=n,
                format="x12/855", control=number, answer_state="waiting",
            )
        )  # fmt: skip
    return row.id


def states(database: Database) -> tuple[str, list[str], list[str]]:
    """Of our interchange, its groups, its messages."""
    with database.read() as session:
        row = session.scalars(
            select(ExchangeInterchange).where(ExchangeInterchange.direction == "out")
        ).one()
        groups = session.scalars(
            select(ExchangeGroup.answer_state).where(ExchangeGroup.interchange_id == row.id)
        )
        messages = session.scalars(
            select(ExchangeMessage.answer_state)
            .where(ExchangeMessage.interchange_id == row.id)
            .order_by(ExchangeMessage.ordinal)
        )
        return row.answer_state, list(groups), list(messages)


def x12_answer(*body: str, kind: str = "FA", number: int = 900) -> str:
    return x12(body=body, kind="997", number=number).replace("GS*PO*", f"GS*{kind}*")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (("AK1*PR*77", "AK9*A*2*2*2"), ("accepted", ["accepted"], ["accepted", "accepted"])),
        (
            ("AK1*PR*77", "AK2*855*0004", "AK3*PO1*8**8", "AK5*R*5", "AK2*855*0005", "AK5*A", "AK9*P*2*2*1"),
            ("partly-accepted", ["partly-accepted"], ["rejected", "accepted"]),
        ),
        (("AK1*PR*77", "AK9*R*2*2*0"), ("rejected", ["rejected"], ["rejected", "rejected"])),
        (("AK1*PR*78", "AK9*R*2*2*0"), ("waiting", ["waiting"], ["waiting", "waiting"])),
    ],
)  # fmt: skip
def test_a_functional_acknowledgement(
    database: Database, body: tuple[str, ...], expected: tuple[str, list[str], list[str]]
) -> None:
    with database.begin() as session:
        ours(session)
    arrives(database, x12_answer(*body))
    assert states(database) == expected


def test_it_is_told_in_words_with_its_codes_and_becomes_work(database: Database) -> None:
    with database.begin() as session:
        sent = ours(session)
    arrives(database, x12_answer("AK1*PR*77", "AK2*855*0004", "AK3*PO1*8**8", "AK5*R*5", "AK9*R*2*2*0"))  # fmt: skip
    with database.begin() as session:
        (event,) = history(session, "interchange", sent)
        assert event.name == "interchange.judged"
        assert (event.facts["kind"], event.facts["verdict"]) == ("997", "rejected")
        assert "AK304 8 in PO1 at segment 8" in event.facts["reasons"]
        row = session.get_one(ExchangeInterchange, sent)
        assert row.answered_at is not None and troubled_count(session) == 1
        answer = session.scalars(
            select(ExchangeInterchange).where(ExchangeInterchange.direction == "in")
        ).one()
        assert answer.answers_id == sent
        settle(session, row, "Sent again by mail.", act=make.an_act())
        assert troubled_count(session) == 0
        with pytest.raises(BadInput):
            settle(session, row, "once more", act=make.an_act())


def test_an_interchange_acknowledgement_leaves_the_groups_to_their_own(database: Database) -> None:
    with database.begin() as session:
        ours(session)
    head = ISA.format(number=901)
    arrives(database, f"{head}\nTA1*000000031*260914*0815*A*000~\nIEA*0*000000901~\n")
    assert states(database)[0] == "waiting"
    arrives(database, x12_answer("AK1*PR*77", "AK9*A*2*2*2"))
    assert states(database)[0] == "accepted"


def test_an_envelope_that_they_refuse_is_refused_whole(database: Database) -> None:
    with database.begin() as session:
        ours(session)
    head = ISA.format(number=901)
    arrives(database, f"{head}\nTA1*000000031*260914*0815*R*025~\nIEA*0*000000901~\n")
    assert states(database) == ("rejected", ["rejected"], ["rejected", "rejected"])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (("UCI+31+US:14+K:14+7",), ("accepted", [], ["accepted", "accepted"])),
        (("UCI+31+US:14+K:14+8",), ("received", [], ["received", "received"])),
        (
            ("UCI+31+US:14+K:14+7", "UCM+4+ORDRSP:D:96A:UN+4+13"),
            ("partly-accepted", [], ["rejected", "accepted"]),
        ),
        (("UCI+31+US:14+K:14+4+29",), ("rejected", [], ["rejected", "rejected"])),
    ],
)
def test_a_syntax_acknowledgement(
    database: Database, body: tuple[str, ...], expected: tuple[str, list[str], list[str]]
) -> None:
    with database.begin() as session:
        ours(session, "edifact")
    arrives(database, edifact(body=body, kind="CONTRL"))
    assert states(database) == expected


def test_an_answer_to_nothing_is_told(database: Database) -> None:
    arrives(database, edifact(body=("UCI+31+US:14+K:14+7",), kind="CONTRL"))
    with database.read() as session:
        row = session.scalars(select(ExchangeInterchange)).one()
        names = [event.name for event in history(session, "interchange", row.id)]
    assert names == ["interchange.received", "interchange.answers_nothing"]


def test_one_partner_does_not_judge_what_another_got(database: Database) -> None:
    with database.begin() as session:
        sent = ours(session)
        session.get_one(ExchangeInterchange, sent).receiver_id = "HERON"
    arrives(database, x12_answer("AK1*PR*77", "AK9*R*2*2*0"))
    assert states(database)[0] == "waiting"


def test_a_missing_answer_becomes_work_once(database: Database) -> None:
    now = utc_now()
    with database.begin() as session:
        late = ours(session, answer_due_at=now - timedelta(hours=1))
        session.get_one(ExchangeInterchange, late).created_at = now - timedelta(hours=25)
    with database.begin() as session:
        assert mark_overdue(session, act=Act("system:answers", now, "first")) == 1
    with database.begin() as session:
        assert mark_overdue(session, act=Act("system:answers", now, "second")) == 0
        assert troubled_count(session) == 1
        (event,) = history(session, "interchange", late)
        assert (event.name, event.facts["hours"]) == ("interchange.answer_overdue", 24)
    arrives(database, x12_answer("AK1*PR*77", "AK9*A*2*2*2"))
    assert states(database)[0] == "accepted"
