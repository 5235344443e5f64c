"""A text that a person corrects and has read again; a file that comes once more byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from core.database import Database
from core.drafts.tables import Draft
from core.errors import BadInput, IllegalStep
from core.exchange.tables import ExchangeInterchange, ExchangeMessage
from core.inbound.blobs import load_blob
from core.inbound.edit import replay_edited
from core.inbound.tables import DropFolder, InboundDocument, Part
from core.journal import history
from tests import builders as make
from tests.core.exchange.test_receive_interchanges import (
    BEG,
    answers,
    arrives,
    interchanges,
    is_read,
    numbers,
)
from tests.extraction.test_edi_envelopes import x12
from workers.poll_drops import Drops, poll
from workers.reader.child import edited
from workers.reader.values import Hints

CUT = x12(2).replace("IEA*1*000000123~\n", "")


def test_a_corrected_text_is_read_and_the_original_stays(database: Database) -> None:
    document_id = arrives(database, CUT)
    right = x12(2)
    with database.begin() as session:
        document = session.get_one(InboundDocument, document_id)
        event = replay_edited(session, document, right.encode(), act=make.an_act())
        assert "+IEA*1*000000123~" in event.facts["difference"].split("\n")
        assert load_blob(session, document.raw_sha256) == CUT.encode()
        with pytest.raises(IllegalStep):
            replay_edited(session, document, b"more", act=make.an_act())
    is_read(database, document_id, right)
    with database.read() as session:
        (row,) = interchanges(session)
        assert (row.status, row.verdict) == ("received", "accepted")
        assert numbers(session) == ["K-1", "K-2"]
        assert len(answers(session)) == 1
        document = session.get_one(InboundDocument, document_id)
        assert document.status == "read" and document.raw_sha256 != document.edits["1"]
        part = session.scalars(select(Part)).one()
        assert load_blob(session, part.sha256) == right.encode()


def test_the_sender_may_be_told_anew(database: Database) -> None:
    document_id = arrives(database, CUT)
    with database.begin() as session:
        document = session.get_one(InboundDocument, document_id)
        replay_edited(session, document, x12(2).encode(), answer=True, act=make.an_act())
    is_read(database, document_id, x12(2))
    with database.read() as session:
        (row,) = interchanges(session)
        assert [subject for subject, _ in answers(session)] == [row.id, row.id]


def test_orders_that_went_on_before_keep_their_drafts(database: Database) -> None:
    """The one that was set aside comes last, whatever its place in the file is."""
    document_id = arrives(database, x12(3).replace(BEG, ""))
    right = x12(3)
    with database.begin() as session:
        document = session.get_one(InboundDocument, document_id)
        replay_edited(session, document, right.encode(), act=make.an_act())
    is_read(database, document_id, right)
    with database.read() as session:
        assert numbers(session) == ["K-1", "K-3", "K-2"]
        rows = session.execute(
            select(ExchangeMessage.control, Draft.po_number)
            .join(Draft, Draft.ordinal == ExchangeMessage.order_ordinal)
            .order_by(ExchangeMessage.ordinal)
        ).all()
        assert [tuple(r) for r in rows] == [("0001", "K-1"), ("0002", "K-2"), ("0003", "K-3")]


def test_an_edit_without_a_change_is_refused(database: Database) -> None:
    document_id = arrives(database, CUT)
    with database.begin() as session:
        document = session.get_one(InboundDocument, document_id)
        with pytest.raises(BadInput):
            replay_edited(session, document, CUT.encode(), act=make.an_act())
        with pytest.raises(BadInput):
            replay_edited(session, document, b"x", part=7, act=make.an_act())


def test_the_child_reads_the_edited_part() -> None:
    from core.inbound.values import Message, Part

    message = Message("drop", parts=(Part(1, "attachment", "x", "a", b"old"), Part(2, "body-text", "text/plain", "", b"t", "t")))  # fmt: skip
    hints = Hints.of_json(Hints(edits={1: b"new", 2: b"\xc3\xa9"}).as_json())
    found = edited(message, hints.edits)
    assert [(p.content, p.text) for p in found.parts] == [(b"new", None), (b"\xc3\xa9", "é")]


def test_the_same_file_again_is_answered_again(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    with database.begin() as session:
        session.add(DropFolder(name="EDI", path=str(folder), settle_seconds=0))

    def drop() -> None:
        (folder / "a.edi").write_bytes(x12(2).encode())
        assert poll(database, Drops()) == 1

    drop()
    drop()  # before the first was read
    is_read(database, 1, x12(2))
    drop()
    with database.read() as session:
        found = interchanges(session)
        assert [(r.document_id, r.status, r.copy_of_id) for r in found] == [
            (1, "received", None), (2, "copy", found[0].id), (3, "copy", found[0].id),
        ]  # fmt: skip
        assert numbers(session) == ["K-1", "K-2"]
        assert [subject for subject, _ in answers(session)] == [r.id for r in found]
        messages = session.scalars(
            select(ExchangeMessage).where(ExchangeMessage.interchange_id == found[2].id)
        ).all()
        assert [(m.control, m.order_ordinal) for m in messages] == [("0001", 0), ("0002", 0)]
        assert session.scalars(select(ExchangeInterchange.verdict)).all() == ["accepted"] * 3
        (event,) = history(session, "interchange", found[2].id)
        assert event.name == "interchange.copy_received"
