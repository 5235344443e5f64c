"""Which mail goes out, to whom, and which stays here with its reason."""

import email
import email.policy
from datetime import timedelta

import pytest
from sqlalchemy import select

from core import outbox
from core.correspondence import outbox_page
from core.correspondence.compose import Outgoing, compose, preview_acknowledgement
from core.correspondence.gate import Suppressed
from core.correspondence.order_facts import order_facts
from core.errors import IllegalStep, NotFound
from core.inbound.blobs import store_blob
from core.inbound.tables import InboundDocument
from core.outbox import OutboxItem
from tests import builders
from tests.builders import NOW, an_act

SECRET = "a secret for tests"


def a_mail_document(session, **changes):
    facts = {
        "channel": "mail",
        "raw_sha256": store_blob(session, b"raw"),
        "size": 3,
        "received_at": NOW,
        "subject_line": "PO 4711",
        "message_id": "<in@customer.example>",
        "sender_address": "ana@customer.example",
        "sender_name": "Ana",
        "authentication": "pass",
    }
    document = InboundDocument(**{**facts, **changes})
    session.add(document)
    session.flush()
    return document


@pytest.fixture
def session(database):
    with database.begin() as session:
        builders.a_company(session)
        yield session


@pytest.fixture
def customer(session):
    customer = builders.a_customer(session)
    builders.a_contact(session, customer, email="ana@customer.example", name="Ana")
    return customer


def owed(session, task, subject, subject_id, **facts):
    return outbox.put(
        session,
        task,
        subject=subject,
        subject_id=subject_id,
        key=f"{task}:{subject_id}:{len(facts)}",
        facts=facts,
    )


def a_receipt(session, customer, **document):
    found = a_mail_document(session, **document)
    draft = builders.a_draft(session, customer=customer, document_id=found.id, po_number="4711")
    return owed(session, "receipt-note", "draft", draft.id)


def an_order(session, customer):
    wanted = builders.Wanted(builders.an_item(session), "12")
    return builders.an_order(session, customer, [wanted], contact_email="ana@customer.example")


def composed(session, item):
    return compose(session, item, now=NOW, secret_key=SECRET)


def test_a_verified_known_contact_gets_a_receipt_note_in_the_thread(session, customer):
    result = composed(session, a_receipt(session, customer))
    assert isinstance(result, Outgoing)
    mail = email.message_from_bytes(result.raw, policy=email.policy.default)
    assert mail["In-Reply-To"] == "<in@customer.example>"
    assert result.recipient == "ana@customer.example"
    assert "4711" in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"authentication": "fail"}, "sender-not-verified"),
        ({"authentication": "none"}, "sender-not-verified"),
        ({"sender_address": "stranger@customer.example"}, "sender-not-verified"),
        ({"automatic": "auto-submitted"}, "automatic-sender"),
        ({"sender_address": "orders@probe.example"}, "own-address"),
        ({"sender_address": ""}, None),
    ],
)
def test_others_wait_for_the_clerk(session, customer, document, reason):
    result = composed(session, a_receipt(session, customer, **document))
    if reason is None:
        assert result.recipient == "ana@customer.example"
    else:
        assert isinstance(result, Suppressed)
        assert result.reason == reason


def test_a_clerk_may_send_what_the_gate_held(session, customer):
    item = a_receipt(session, customer, authentication="fail")
    outbox.settle(item, "suppressed", NOW, reason="sender-not-verified")
    outbox_page.resend(session, item.id, act=an_act())
    assert item.state == "due"
    assert isinstance(composed(session, item), Outgoing)


def test_the_fuse_against_loops(session, customer):
    for number in range(5):
        item = owed(session, "receipt-note", "draft", 1000 + number)
        item.recipient = "ana@customer.example"
        outbox.settle(item, "done", NOW - timedelta(minutes=5))
    session.flush()
    assert composed(session, a_receipt(session, customer)).reason == "too-many"


def test_a_stranger_and_no_customer_is_never_answered(session):
    assert composed(session, a_receipt(session, None)).reason == "sender-not-verified"


def test_a_newer_acknowledgement_overtakes(session, customer):
    order = an_order(session, customer)
    first = owed(session, "order-acknowledgement", "order", order.id)
    second = owed(session, "order-acknowledgement", "order", order.id, again="yes")
    assert composed(session, first).reason == "overtaken"
    result = composed(session, second)
    mail = email.message_from_bytes(result.raw, policy=email.policy.default)
    assert order.number in mail["Subject"]
    assert [a.get_filename() for a in mail.iter_attachments()] == [f"{order.number}.pdf"]


def test_the_message_id_stays_the_same_when_composed_again(session, customer):
    item = a_receipt(session, customer)
    assert composed(session, item).message_id == composed(session, item).message_id


def test_a_draft_previews_the_mail_that_confirming_sends(session, customer):
    draft = builders.a_draft(session, customer=customer, po_number="4711")
    recipient, rendered = preview_acknowledgement(session, draft.id)
    assert recipient.email == "ana@customer.example"
    assert "4711" in rendered.subject
    with pytest.raises(NotFound):
        preview_acknowledgement(session, 999)


def test_what_people_may_do_with_each_state(session, customer):
    item = a_receipt(session, customer)
    with pytest.raises(IllegalStep):
        outbox_page.resend(session, item.id, act=an_act())
    with pytest.raises(NotFound):
        outbox_page.sent_mail(session, item.id)
    outbox.settle(item, "uncertain", NOW)
    outbox_page.mark_sent(session, item.id, act=an_act())
    assert item.state == "done"
    with pytest.raises(IllegalStep):
        outbox_page.cancel_mail(session, item.id, act=an_act())
    page = outbox_page.outbox_page(session)
    assert (page.total, page.counts) == (1, {"done": 1})


def test_work_that_failed_is_listed_with_what_to_do_next(session, customer):
    a_receipt(session, customer)
    for n, state in enumerate(("done", "failed"), start=1):
        facts = {"failed": 5}
        work = outbox.put(
            session, "check-promises", subject="night", subject_id=n, key=f"n{n}", facts=facts
        )
        outbox.settle(work, state, NOW, reason="not-checked", reason_text="it broke")
    page = outbox_page.outbox_page(session, state="failed")
    (row,) = page.rows
    assert (row.task, row.may_resend, row.may_cancel) == ("check-promises", True, True)
    assert "next night" in row.next and page.counts == {"due": 1, "failed": 1}
    assert outbox_page.resend(session, row.id, act=an_act()).facts["failed"] == 0
    outbox.settle(outbox_page._item(session, row.id), "failed", NOW)
    outbox_page.cancel_mail(session, row.id, act=an_act())
    assert outbox_page.outbox_page(session).counts == {"due": 1}


def test_claims_are_taken_once_and_the_dot_makes_them_uncertain(session, customer):
    item = a_receipt(session, customer)
    later = NOW + timedelta(days=400)
    assert outbox.claim(session, item.id, "a", later) is not None
    assert outbox.claim(session, item.id, "b", later) is None
    after = later + outbox.LEASE + timedelta(seconds=1)
    assert [row[0] for row in outbox.due(session, after)] == [item.id]
    item.phase = "dot"
    session.flush()
    assert outbox.due(session, after) == []
    assert outbox.claim(session, item.id, "b", after) is None
    assert outbox.sweep_uncertain(session, after) == 1
    session.refresh(item)
    assert item.state == "uncertain"
    assert session.scalar(select(OutboxItem.attempts)) == 1


def test_days_are_told_as_booked(session, customer):
    order = an_order(session, customer)
    facts = order_facts(session, order.id)
    assert facts.po_number == order.po_number
    assert [(p.quantity, p.promised_date) for p in facts.lines[0].parts] == [(12, builders.TODAY)]
