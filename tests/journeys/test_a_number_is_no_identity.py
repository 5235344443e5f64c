"""A purchase order number is not unique, and alone no duplicate (lesson 1): five outcomes, and only a person decides."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from core.agreements.tables import Blanket, BlanketLine
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.open import open_drafts
from core.drafts.tables import Draft
from core.drafts.withdraw import withdraw
from core.drafts.workbench import workbench
from core.inbound.receive import Arrival, Transport, receive
from core.inbound.tables import InboundDocument, Mailbox
from core.orders.cancel import cancel
from core.orders.tables import Order
from core.outbox import OutboxItem
from tests import builders as make
from tests.core.drafts.checked import BUYER, NAME, Desk
from tests.core.drafts.test_open import reading

DAY = timedelta(days=1)
NUMBER = "4500107186"


def a_line(quantity: str = "3", **texts: str) -> dict[str, str]:
    return {"buyer_sku": "77120", "quantity": quantity, "uom": "EA", "unit_price": "4.10", **texts}


def booked(desk: Desk, *lines: dict[str, str], **fields: str) -> Order:
    draft = desk.draft(*lines, **{"po_number": NUMBER, **fields})
    assert draft.blocking_count == 0, desk.codes(draft)
    return confirm(desk.session, draft, version=draft.version, act=make.an_act())


def test_the_same_message_again_is_dropped_and_nothing_else_is(database: Database) -> None:
    with database.begin() as session:
        Desk(session)
        box = Mailbox(name="orders", host="mail.example", username="u")
        session.add(box)
        session.flush()
        raw = b"Subject: PO 4500107186\r\n\r\n3 x 77120\r\n"

        def arrive(uid: int, content: bytes) -> InboundDocument:
            place = Transport(box.id, "INBOX", 1, uid)
            got = receive(session, Arrival("mail", content, make.NOW, place), act=make.an_act())
            return session.get_one(InboundDocument, got.document_id)

        first, again, edited = arrive(1, raw), arrive(2, raw), arrive(3, raw + b"Thanks\r\n")
        assert (again.status, again.copy_of_id) == ("copy", first.id)
        assert edited.copy_of_id is None
        owed = session.scalars(
            select(OutboxItem.subject_id).where(OutboxItem.task == "read-document")
        )
        assert sorted(owed) == [first.id, edited.id]


def test_the_same_order_by_another_way_is_shown_with_its_evidence_and_withdrawn(
    database: Database,
) -> None:
    with database.begin() as session:
        desk = Desk(session)
        order = booked(desk, a_line(), a_line("5", requested_date="2026-04-01"))
        document = make.a_document(session, channel="upload", sender_address=BUYER)
        rows = (a_line(), a_line("5", requested_date="2026-04-01"))
        (twin,) = open_drafts(
            session,
            document,
            reading(*rows, po_number=f"PO {NUMBER}", buyer_name=NAME),
            act=make.an_act(),
        )
        problem = desk.problem(twin, "duplicate-order")
        assert problem.blocking and problem.facts["outcome"] == "other-channel"
        assert "it came another way (mail). Same: number, 2 of 2 lines; of today." in desk.says(
            twin, "duplicate-order"
        )
        bench = workbench(session, twin.id)
        assert bench.duplicate_of is not None and bench.duplicate_of.number == order.number
        assert [f.kind for f in bench.problems[0].fixes][:2] == ["link", "withdraw"]
        withdraw(session, twin, "It is a duplicate", act=make.an_act())
        assert len(session.scalars(select(Order)).all()) == 1


def test_other_contents_under_the_number_are_a_revision_until_a_person_says_it_is_new(
    database: Database,
) -> None:
    with database.begin() as session:
        desk = Desk(session)
        booked(desk, a_line(), a_line("5"))
        draft = desk.draft(a_line(), a_line("9"), po_number=NUMBER)
        assert desk.codes(draft) == {"revision-of-order": "blocking"}
        assert "Same: number, 1 of 2 lines" in desk.says(draft, "revision-of-order")
        desk.accept(draft, "revision-of-order", desk.clerk)
        assert confirm(session, draft, version=draft.version, act=make.an_act()).po_number == NUMBER


def test_a_cancelled_order_that_is_entered_again_is_new(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        cancel(session, booked(desk), "They enter it anew", act=make.an_act())
        assert desk.codes(desk.draft(po_number=NUMBER)) == {}


def test_call_offs_share_the_number_of_their_blanket(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        blanket = Blanket(
            number="BL-1",
            customer_id=desk.customer.id,
            po_number=NUMBER,
            po_key=NUMBER,
            currency="EUR",
        )
        session.add(blanket)
        session.flush()
        session.add(
            BlanketLine(
                blanket_id=blanket.id,
                item_id=desk.item.id,
                unit="EA",
                price=Decimal("4.10"),
                quantity=Decimal(10),
            )
        )
        session.flush()
        first = booked(desk, a_line("4"))
        second = desk.draft(a_line("5"), po_number=NUMBER)
        assert desk.codes(second) == {"revision-of-order": "warning"}
        assert desk.problem(second, "revision-of-order").facts["outcome"] == "call-off"
        assert (
            confirm(session, second, version=second.version, act=make.an_act()).blanket_id
            == first.blanket_id
        )
        first.booked_at = make.NOW - 30 * DAY
        session.flush()
        third = desk.draft(a_line("4"), po_number=NUMBER)
        assert "duplicate-order" not in desk.codes(third)
        assert "3 too many" in desk.says(third, "blanket-exceeded")


def test_weak_numbers_and_reused_numbers_prove_nothing(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        booked(desk, po_number="verbal")
        assert desk.codes(desk.draft(a_line("8"), po_number="verbal")) == {}
        old = booked(desk)
        old.booked_at = make.NOW - 400 * DAY
        other = make.an_item(session, number="ZZ-9")
        make.a_list_price(session, other, "1")
        make.a_lot(session, desk.site, other, 50)
        draft = desk.draft(
            {"supplier_sku": "ZZ-9", "quantity": "1", "unit_price": "1"}, po_number=NUMBER
        )
        assert desk.codes(draft) == {"revision-of-order": "warning"}
        assert "was used for other goods" in desk.says(draft, "revision-of-order")


def test_another_customer_may_use_the_number_too(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        booked(desk)
        other = make.a_customer(session, name="Suedwind Armaturen AG", domains=["suedwind.example"])
        make.an_address(session, other)
        make.a_contact(session, other, email="buy@suedwind.example")
        document = make.a_document(
            session, sender_address="buy@suedwind.example", authentication="pass"
        )
        line = {"supplier_sku": "BX-40", "quantity": "3", "uom": "EA", "unit_price": "4.10"}
        (draft,) = open_drafts(
            session,
            document,
            reading(line, po_number=NUMBER, buyer_name="Suedwind Armaturen AG"),
            act=make.an_act(),
        )
        assert desk.codes(draft) == {}
        assert session.get_one(Draft, draft.id).customer_id == other.id
