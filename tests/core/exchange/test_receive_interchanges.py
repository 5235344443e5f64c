"""Interchanges that arrive: kept once, judged, answered; copies, held numbers, tests, and what is set aside."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.tables import Draft
from core.exchange.decide import close, release
from core.exchange.partners import save
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage
from core.inbound.lanes import replay
from core.inbound.receive import Arrival
from core.inbound.receive import receive as receive_document
from core.inbound.tables import InboundDocument
from core.journal import history
from core.outbox import OutboxItem
from core.values import utc_now
from extraction.context import Context
from extraction.extract import extract
from intake.edi_message import from_drop
from tests import builders as make
from tests.extraction.test_edi_envelopes import edifact, x12
from workers.extract_document import _store, _Work
from workers.reader.values import Hints, ReadResult

BEG = "BEG*00*SA*K-2**20260914~\n"


def arrives(database: Database, text: str, name: str = "a.edi") -> int:
    """A dropped file that was read and stored, as the worker does it; the document's id."""
    with database.begin() as session:
        raw = text.encode()
        document_id = receive_document(
            session, Arrival("drop", raw, utc_now(), source_name=name), act=make.an_act()
        ).document_id
    is_read(database, document_id, text)
    return document_id


def is_read(database: Database, document_id: int, text: str) -> None:
    with database.begin() as session:
        item = session.scalar(
            select(OutboxItem)
            .where(
                OutboxItem.task == "read-document",
                OutboxItem.subject_id == document_id,
                OutboxItem.state == "due",
            )
            .limit(1)
        )
        if item is None:
            return
        message = from_drop(text.encode(), "a.edi")
        work = _Work(item.id, 1, item.key, document_id, "drop", "a.edi", b"", Hints())
        _store(session, work, ReadResult(message, extract(message, Context())))


def interchanges(session: Session) -> list[ExchangeInterchange]:
    return list(session.scalars(select(ExchangeInterchange).order_by(ExchangeInterchange.id)))


def numbers(session: Session) -> list[str]:
    return list(session.scalars(select(Draft.po_number).order_by(Draft.id)))


def answers(session: Session) -> list[tuple[int, list[str]]]:
    return [
        (item.subject_id, item.facts["kinds"])
        for item in session.scalars(
            select(OutboxItem).where(OutboxItem.task == "technical-answer").order_by(OutboxItem.id)
        )
    ]


def status(session: Session, document_id: int) -> tuple[str, str]:
    document = session.get_one(InboundDocument, document_id)
    return document.status, document.reason


def test_a_file_becomes_a_tree_and_drafts_and_owes_its_answers(database: Database) -> None:
    arrives(database, x12(2))
    with database.read() as session:
        (row,) = interchanges(session)
        (group,) = session.scalars(select(ExchangeGroup)).all()
        messages = session.scalars(select(ExchangeMessage).order_by(ExchangeMessage.id)).all()
        assert (row.direction, row.control, row.status, row.verdict) == (
            "in", "000000123", "received", "accepted",
        )  # fmt: skip
        assert (group.kind, group.counted) == ("PO", 2)
        assert [(m.format, m.order_ordinal, m.group_id) for m in messages] == [
            ("x12/850", 1, group.id), ("x12/850", 2, group.id),
        ]  # fmt: skip
        assert numbers(session) == ["K-1", "K-2"]
        assert answers(session) == [(row.id, ["x12/TA1", "x12/997"])]


def test_the_same_number_and_content_is_answered_again_and_not_processed(
    database: Database,
) -> None:
    arrives(database, x12(2))
    again = arrives(database, x12(2).replace("\n", "\r\n"))
    with database.read() as session:
        first, copy = interchanges(session)
        assert (copy.status, copy.copy_of_id, copy.verdict) == ("copy", first.id, "accepted")
        assert numbers(session) == ["K-1", "K-2"]
        assert [subject for subject, _ in answers(session)] == [first.id, copy.id]
        assert status(session, again)[0] == "closed"


def test_the_same_number_with_other_content_is_set_aside(database: Database) -> None:
    arrives(database, x12(2))
    other = arrives(database, x12(3))
    with database.read() as session:
        first, held = interchanges(session)
        assert (held.status, held.copy_of_id, held.verdict) == ("quarantined", first.id, "rejected")
        assert [f["code"] for f in held.faults] == ["025"]
        assert numbers(session) == ["K-1", "K-2"]
        assert [subject for subject, _ in answers(session)] == [first.id, held.id]
        assert status(session, other) == ("quarantined", "edi-duplicate-number")


def test_a_number_twice_in_one_file(database: Database) -> None:
    arrives(database, x12(1) + x12(1) + x12(2))
    with database.read() as session:
        first, copy, held = interchanges(session)
        assert [r.status for r in (first, copy, held)] == ["received", "copy", "quarantined"]
        assert numbers(session) == ["K-1"]


def test_a_refused_file_may_come_again_corrected_under_its_number(database: Database) -> None:
    cut = x12(2).replace("IEA*1*000000123~\n", "")
    arrives(database, cut)
    arrives(database, x12(2))
    arrives(database, x12(2).replace("\n", ""))
    with database.read() as session:
        refused, right, copy = interchanges(session)
        assert [r.status for r in (refused, right, copy)] == ["closed", "received", "copy"]
        assert copy.copy_of_id == right.id
        assert numbers(session) == ["K-1", "K-2"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (x12(2).replace("IEA*1*000000123~\n", ""), "edi-cut"),
        (x12(2)[:300] + "X" * 250_000, "edi-unreadable"),
        (x12().split("\n", 1)[1], "edi-unreadable"),
        (edifact(2).replace("UNZ+2+701'\n", ""), "edi-cut"),
    ],
)
def test_what_is_refused_is_quarantined_and_opens_nothing(
    database: Database, text: str, reason: str
) -> None:
    document = arrives(database, text)
    with database.read() as session:
        (row,) = interchanges(session)
        assert (row.status, row.verdict) == ("quarantined", "rejected")
        assert status(session, document) == ("quarantined", reason)
        assert numbers(session) == []
        told = answers(session)
        assert len(told) == (1 if row.sender_id else 0)


def test_one_bad_message_is_set_aside_and_the_others_go_on(database: Database) -> None:
    document = arrives(database, x12(3).replace(BEG, ""))
    with database.read() as session:
        (row,) = interchanges(session)
        assert (row.status, row.verdict) == ("quarantined", "accepted")
        (event,) = (e for e in history(session, "interchange", row.id) if e.verb == "quarantine")
        assert event.facts["reason"] == "edi-segment-missing"
        assert event.facts["place"] == "segment 9, BEG, AK304 3"
        assert numbers(session) == ["K-1", "K-3"]
        assert status(session, document) == ("read", "")


def test_a_test_opens_no_draft_and_is_answered(database: Database) -> None:
    document = arrives(database, x12(2).replace("*1*P*>", "*1*T*>"))
    with database.read() as session:
        (row,) = interchanges(session)
        assert row.test and row.status == "received"
        assert numbers(session) == [] and len(answers(session)) == 1
        assert status(session, document)[0] == "closed"


def test_a_test_and_a_live_file_may_have_the_same_number(database: Database) -> None:
    arrives(database, x12(1).replace("*1*P*>", "*1*T*>"))
    arrives(database, x12(1))
    with database.read() as session:
        assert [r.status for r in interchanges(session)] == ["received", "received"]
        assert numbers(session) == ["K-1"]


def test_an_answer_is_never_answered(database: Database) -> None:
    body = ("AK1*PR*77", "AK9*A*1*1*1")
    document = arrives(database, x12(body=body, kind="997").replace("GS*PO*", "GS*FA*"))
    with database.read() as session:
        assert answers(session) == []
        assert status(session, document)[0] == "closed"


@pytest.mark.parametrize(
    ("wish", "asked", "faulty", "owes"),
    [
        ("", 0, 0, 1),
        ("when-asked", 1, 0, 1),
        ("when-asked", 0, 0, 0),
        ("when-asked", 0, 1, 1),
        ("never", 1, 1, 0),
    ],
)
def test_edifact_is_answered_unless_the_profile_wants_less(
    database: Database, wish: str, asked: int, faulty: int, owes: int
) -> None:
    if wish:
        keep_wish(database, wish)
    text = edifact(1).replace("+701+++++1'", "+701++++1'" if asked else "+701'")
    arrives(database, text.replace("UNT+8", "UNT+9") if faulty else text)
    with database.read() as session:
        assert len(answers(session)) == owes


def keep_wish(database: Database, wish: str) -> None:
    """A profile of whoever sends `edifact()`."""
    sender = edifact(1).partition("UNB+")[2].split("+")[1].split(":")[0]
    text = (
        f'code = "them"\nname = "Them"\n[[identity]]\nstandard = "edifact"\nid = "{sender}"\n'
        f'[answers]\ntechnical = "{wish}"\n'
    )
    with database.begin() as session:
        save(session, "", text, act=make.an_act())


def test_a_change_beside_new_orders_goes_its_own_way(database: Database) -> None:
    arrives(database, x12(1))
    mixed = x12(2, number=124).replace("BEG*00*SA*K-1*", "BEG*05*SA*K-1*")
    arrives(database, mixed)
    with database.read() as session:
        kinds = session.execute(select(Draft.po_number, Draft.kind).order_by(Draft.id)).all()
        assert [tuple(k) for k in kinds] == [("K-1", "order"), ("K-1", "change"), ("K-2", "order")]


def test_a_kind_that_nobody_handles_is_told_so_and_makes_no_work(database: Database) -> None:
    document = arrives(database, x12(kind="810", body=("BIG*20260914*1",)))
    with database.read() as session:
        (row,) = interchanges(session)
        (message,) = session.scalars(select(ExchangeMessage)).all()
        assert (row.status, message.verdict, message.lane) == ("received", "rejected", "other")
        assert status(session, document)[0] == "read"
        assert len(answers(session)) == 1


def test_reading_again_changes_nothing(database: Database) -> None:
    text = x12(3).replace(BEG, "")
    document_id = arrives(database, text)
    with database.begin() as session:
        replay(session, session.get_one(InboundDocument, document_id), act=make.an_act())
    is_read(database, document_id, text)
    with database.read() as session:
        (row,) = interchanges(session)
        assert row.status == "quarantined"
        assert numbers(session) == ["K-1", "K-3"]
        assert len(session.scalars(select(ExchangeMessage)).all()) == 3
        assert len(answers(session)) == 1


def test_a_person_takes_on_what_was_set_aside(database: Database) -> None:
    arrives(database, x12(1))
    text = x12(2)
    document_id = arrives(database, text)
    with database.begin() as session:
        _, held = interchanges(session)
        release(session, held, "They number from one every day.", act=make.an_act())
    is_read(database, document_id, text)
    with database.read() as session:
        assert [r.status for r in interchanges(session)] == ["received", "received"]
        assert numbers(session) == ["K-1", "K-1", "K-2"]


def test_a_person_is_done_with_what_was_set_aside(database: Database) -> None:
    arrives(database, x12(2).replace("IEA*1*000000123~\n", ""))
    with database.begin() as session:
        (row,) = interchanges(session)
        close(session, row, "The partner sends it by mail.", act=make.an_act())
        assert row.status == "closed"


def test_who_opens_a_copy_is_told_what_it_is(database: Database) -> None:
    arrives(database, x12(1))
    copy = arrives(database, x12(1).replace("\n", ""))
    held = arrives(database, x12(2))
    with database.read() as session:
        for document_id, code in ((copy, "edi-copy"), (held, "edi-held")):
            document = session.get_one(InboundDocument, document_id)
            (finding,) = (f for f in document.findings if f["code"] == code)
            assert "interchange 1" in finding["text"]


def test_even_a_header_that_cannot_be_read_is_answered(database: Database) -> None:
    """Its separators cannot be told, but its ends can."""
    arrives(database, x12(1).split("\n", 1)[0] + "\n" + "nothing that we know" * 20)
    with database.read() as session:
        (row,) = interchanges(session)
        assert (row.sender_id, row.control, row.status) == ("KESTREL", "000000123", "quarantined")
        assert answers(session) == [(row.id, ["x12/TA1"])]


def test_an_order_in_a_form_that_is_not_read_is_keyed_in(database: Database) -> None:
    document = arrives(database, "EDI_DC40  100" + "another layout" * 30)
    with database.read() as session:
        assert [r.status for r in interchanges(session)] == ["received"]
        assert numbers(session) == [""]
        assert status(session, document) == ("read", "")
        assert answers(session) == []


def test_a_file_whose_only_group_is_refused_stands_aside_as_a_document(database: Database) -> None:
    text = x12()
    cut = text[: text.index("GE*")] + text[text.index("IEA*") :]
    document_id = arrives(database, cut)
    with database.read() as session:
        document = session.get_one(InboundDocument, document_id)
        assert (document.status, document.reason) == ("quarantined", "edi-cut")
        assert session.scalars(select(Draft)).all() == []


def test_an_interchange_of_another_standard_behind_a_copy_is_not_closed_with_it(
    database: Database,
) -> None:
    arrives(database, x12(1, number=601))
    second = arrives(database, x12(1, number=601) + "\n" + edifact(1))
    with database.read() as session:
        rows = session.scalars(
            select(ExchangeInterchange)
            .where(ExchangeInterchange.document_id == second)
            .order_by(ExchangeInterchange.ordinal)
        ).all()
        assert [row.status for row in rows] == ["copy", "quarantined"]
        assert session.get_one(InboundDocument, second).status != "closed"
