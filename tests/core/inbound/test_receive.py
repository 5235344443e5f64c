"""Each arrival is stored once, under its transport identity; identical content is linked, never read twice."""

import threading

import pytest
from sqlalchemy import func, select

from core.errors import BadInput, IllegalStep, NotFound
from core.inbound import documents, lanes
from core.inbound.blobs import load_blob, store_blob
from core.inbound.read import store_page_image, store_reading
from core.inbound.reading import Candidate, Evidence, Extraction, ReadOrder
from core.inbound.receive import Arrival, Transport, known_uids, receive
from core.inbound.tables import Blob, InboundDocument, Mailbox, Part
from core.inbound.values import Authentication, Finding, Message
from core.inbound.values import Mailbox as Address
from core.inbound.values import Part as MailPart
from core.outbox import OutboxItem
from tests.builders import NOW, an_act


@pytest.fixture
def mailbox_id(database):
    with database.begin() as session:
        mailbox = Mailbox(name="orders", host="h", username="u")
        session.add(mailbox)
        session.flush()
        return mailbox.id


def arrival(mailbox_id, uid=7, raw=b"raw mail", validity=1, relay=""):
    return Arrival("mail", raw, NOW, Transport(mailbox_id, "INBOX", validity, uid), "", relay)


def take(database, *args, **kwargs):
    with database.begin() as session:
        return receive(session, arrival(*args, **kwargs), act=an_act("system:intake"))


def count(database, table):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_a_new_mail_is_stored_and_reading_it_is_owed(database, mailbox_id):
    got = take(database, mailbox_id)
    with database.read() as session:
        document = session.get(InboundDocument, got.document_id)
        assert document.status == "received"
        assert load_blob(session, document.raw_sha256) == b"raw mail"
        owed = session.scalar(select(OutboxItem))
        assert (owed.task, owed.subject_id, owed.state) == ("read-document", document.id, "due")
        assert known_uids(session, mailbox_id, "INBOX", 1) == {7}
        assert known_uids(session, mailbox_id, "INBOX", 2) == set()


def test_the_same_uid_again_is_the_same_document(database, mailbox_id):
    first, second = take(database, mailbox_id), take(database, mailbox_id)
    assert (second.document_id, second.is_new) == (first.document_id, False)
    assert count(database, InboundDocument) == count(database, OutboxItem) == 1


def test_the_same_uid_under_a_new_validity_is_another_mail(database, mailbox_id):
    take(database, mailbox_id)
    other = take(database, mailbox_id, raw=b"another mail", validity=2)
    assert (other.is_new, other.copy_of) == (True, None)


@pytest.mark.parametrize("changes", [{"uid": 8}, {"validity": 2}])
def test_identical_bytes_elsewhere_become_a_linked_copy(database, mailbox_id, changes):
    first = take(database, mailbox_id)
    second = take(database, mailbox_id, **changes)
    assert second.copy_of == first.document_id
    assert count(database, Blob) == 1
    with database.read() as session:
        assert session.get(InboundDocument, second.document_id).status == "copy"
        assert documents.document_view(session, first.document_id).copies == (second.document_id,)
    assert count(database, OutboxItem) == 1


def test_a_relayed_copy_is_known_by_its_relay_hash(database, mailbox_id):
    first = take(database, mailbox_id, raw=b"Received: a\r\n\r\nx", relay="r1")
    second = take(database, mailbox_id, uid=8, raw=b"Received: b\r\n\r\nx", relay="r1")
    assert second.copy_of == first.document_id


def test_two_pollers_at_once_make_one_document(database, mailbox_id):
    errors = []

    def poll():
        try:
            take(database, mailbox_id)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=poll) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(database, InboundDocument) == 1
    assert count(database, OutboxItem) == 1
    assert all(
        "unique" in str(error).lower() or "duplicate" in str(error).lower() for error in errors
    )


def test_what_was_too_large_is_quarantined_with_its_reason(database, mailbox_id):
    with database.begin() as session:
        got = receive(
            session,
            Arrival("mail", b"head", NOW, unreadable="too-large", unreadable_text="45 MB"),
            act=an_act("system:intake"),
        )
    with database.read() as session:
        document = session.get(InboundDocument, got.document_id)
        assert (document.status, document.reason) == ("quarantined", "too-large")
        assert documents.lane_page(session, "quarantine").total == 1


def a_message():
    return Message(
        "mail",
        subject="PO 4711",
        sender=Address("Ana", "ana@customer.example"),
        message_id="<1@customer.example>",
        authentication=Authentication("pass"),
        parts=(
            MailPart(1, "body-text", "text/plain", "", b"hello", "hello"),
            MailPart(2, "attachment", "application/pdf", "po.pdf", b"%PDF"),
        ),
        findings=(Finding("charset-guessed", "info", "Charset guessed."),),
    )


def a_reading(lane="order"):
    candidate = Candidate("4711", 0.9, Evidence(2, 1, text="4711"))
    return Extraction(
        lane,
        0.9,
        ("a table with quantities",),
        "en",
        "application/pdf",
        (ReadOrder({"po_number": candidate}),),
        pages=((2, ((595.0, 842.0),)),),
    )


def read_once(database, mailbox_id, rule_lane=""):
    got = take(database, mailbox_id)
    with database.begin() as session:
        document = session.get(InboundDocument, got.document_id)
        store_reading(
            session, document, a_message(), a_reading(), rule_lane=rule_lane, act=an_act()
        )
    return got.document_id


def test_a_reading_is_kept_with_its_parts_and_found_in_its_lane(database, mailbox_id):
    number = read_once(database, mailbox_id)
    with database.begin() as session:
        part = session.scalar(select(Part).where(Part.number == 2))
        for _ in range(2):
            store_page_image(session, part, 1, b"png", 10, 20)
    with database.read() as session:
        view = documents.document_view(session, number)
        assert view.row.lane == "order"
        assert view.row.attachments == ("po.pdf",)
        assert view.parts[1].pages == ((595.0, 842.0),)
        assert view.parts[1].images == (1,)
        assert Extraction.of_json(view.reading) == a_reading()
        assert {c.lane: c.open for c in documents.lane_counts(session)}["order"] == 1


def test_a_mailbox_rule_decides_over_the_classifier(database, mailbox_id):
    number = read_once(database, mailbox_id, rule_lane="return_request")
    with database.read() as session:
        assert documents.document_view(session, number).row.lane == "return_request"


def test_a_person_moves_closes_reopens_and_replays(database, mailbox_id):
    number = read_once(database, mailbox_id)
    with database.begin() as session:
        document = session.get(InboundDocument, number)
        event = lanes.relane(session, document, "other", act=an_act())
        assert event.changes == {"lane": ["order", "other"]}
        with pytest.raises(BadInput):
            lanes.relane(session, document, "nowhere", act=an_act())
        lanes.close(session, document, "answered by phone", act=an_act())
        with pytest.raises(IllegalStep, match="relane, reopen"):
            lanes.close(session, document, "again", act=an_act())
        lanes.reopen(session, document, act=an_act())
        lanes.replay(session, document, act=an_act())
        assert document.status == "received"
        lanes.quarantine(session, document, "time-limit", "took too long", act=an_act())
        assert document.reason == "time-limit"
    assert count(database, OutboxItem) == 2


def test_the_same_key_relanes_once(database, mailbox_id):
    number = read_once(database, mailbox_id)
    act = an_act()
    with database.begin() as session:
        document = session.get(InboundDocument, number)
        first = lanes.relane(session, document, "other", act=act)
        lanes.relane(session, document, "order", act=an_act())
        assert lanes.relane(session, document, "other", act=act) is first
        assert document.lane == "order"


def test_missing_bytes_say_what_to_do(database):
    with database.begin() as session:
        assert store_blob(session, b"x") == store_blob(session, b"x")
        with pytest.raises(NotFound, match="backup"):
            load_blob(session, "0" * 64)
