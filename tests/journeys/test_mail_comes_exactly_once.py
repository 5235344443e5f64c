"""Exactly-once mail is hard (lesson 3): a UID repeats after a move, polls overlap, mails without an order are settled too."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.open import open_drafts
from core.drafts.tables import Draft
from core.inbound.reading import Extraction
from core.inbound.receive import Arrival, Received, Transport, receive
from core.inbound.tables import InboundDocument, Mailbox
from core.outbox import OutboxItem
from tests import builders as make
from tests.core.drafts.checked import BUYER, NAME, Desk
from tests.core.drafts.test_open import reading


def a_box(session: Session) -> int:
    box = Mailbox(name="orders", host="mail.example", username="u")
    session.add(box)
    session.flush()
    return box.id


def arrive(
    session: Session, box: int, uid: int, text: str, *, folder: str = "INBOX", validity: int = 7
) -> Received:
    raw = f"From: {BUYER}\r\nSubject: {text}\r\n\r\n{text}\r\n".encode()
    place = Transport(box, folder, validity, uid)
    return receive(session, Arrival("mail", raw, make.NOW, place), act=make.an_act("system:intake"))


def reads_owed(session: Session) -> int:
    return (
        session.scalar(
            select(func.count()).select_from(OutboxItem).where(OutboxItem.task == "read-document")
        )
        or 0
    )


def test_two_polls_that_overlap_take_a_mail_once(database: Database) -> None:
    with database.begin() as session:
        Desk(session)
        box = a_box(session)
        assert arrive(session, box, 1, "PO 1").is_new
    with database.begin() as session:
        assert not arrive(session, box, 1, "PO 1").is_new
        assert reads_owed(session) == 1


def test_a_uid_that_comes_again_elsewhere_is_another_mail(database: Database) -> None:
    """paperless-ngx skipped new mail, since it knew mails by their UID alone."""
    with database.begin() as session:
        Desk(session)
        box = a_box(session)
        arrive(session, box, 5, "PO 1")
        assert arrive(session, box, 5, "PO 2", folder="Archive").is_new
        assert arrive(session, box, 5, "PO 3", validity=8).is_new
        assert reads_owed(session) == 3


def test_a_mailbox_whose_uids_are_counted_anew_brings_copies_and_no_second_order(
    database: Database,
) -> None:
    with database.begin() as session:
        Desk(session)
        box = a_box(session)
        first = arrive(session, box, 1, "PO 1")
        again = arrive(session, box, 9, "PO 1", validity=8)
        assert (again.is_new, again.copy_of) == (True, first.document_id)
        assert reads_owed(session) == 1
        assert session.get_one(InboundDocument, again.document_id).status == "copy"


def test_a_mail_without_an_order_is_settled_and_not_fetched_for_ever(database: Database) -> None:
    with database.begin() as session:
        Desk(session)
        box = a_box(session)
        got = arrive(session, box, 1, "Summer party")
        document = session.get_one(InboundDocument, got.document_id)
        extraction = Extraction("other", 0.9)
        document.lane = "other"
        assert open_drafts(session, document, extraction, act=make.an_act()) == []
    with database.begin() as session:
        assert not arrive(session, box, 1, "Summer party").is_new
        assert session.scalars(select(Draft)).all() == []


def test_reading_a_mail_twice_opens_its_drafts_once(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        document = make.a_document(session, sender_address=BUYER, authentication="pass")
        found = reading({"buyer_sku": "77120", "quantity": "3"}, po_number="4711", buyer_name=NAME)
        first = open_drafts(session, document, found, act=make.an_act())
        second = open_drafts(session, document, found, act=make.an_act())
        assert [d.id for d in first] == [d.id for d in second]
        assert desk.session.scalar(select(func.count()).select_from(Draft)) == 1
