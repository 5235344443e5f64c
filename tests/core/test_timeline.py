"""One list tells the order's story."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from core.database import Database
from core.drafts.tables import DraftLine
from core.orders.book import book
from core.orders.timeline import timeline
from core.promising.ask import Answer, Promised
from core.values import Parameters
from tests.builders import (
    NOW,
    TODAY,
    Wanted,
    a_company,
    a_customer,
    a_document,
    a_draft,
    a_lot,
    a_site,
    a_user,
    an_act,
    an_item,
)
from tests.steps import delivered, lines


def test_from_the_raw_mail_to_the_last_event(database: Database) -> None:
    with database.begin() as session:
        a_company(session)
        site, item = a_site(session), an_item(session)
        a_lot(session, site, item, 50)
        clerk = a_user(session, name="Mara Lind")
        document = a_document(
            session,
            sender_name="Ana Buyer",
            sent_at=NOW - timedelta(minutes=3),
            subject_line="PO 77",
        )
        draft = a_draft(
            session, a_customer(session), [Wanted(item, 5)], document_id=document.id, po_number="77"
        )
        line = session.scalars(select(DraftLine.id)).one()
        part = Promised(Decimal(5), TODAY, TODAY, site.id, Parameters("from-stock", {}))
        order = book(session, draft, Answer({line: (part,)}), act=an_act(f"user:{clerk.id}"))
        assert lines(session, order)[0].price == 10
        delivered(session, order)
        rows = timeline(session, order.id)
    names = [row.name for row in rows]
    assert names[0] == "document.sent" and rows[0].sentence == "Ana Buyer sent “PO 77”"
    told = [n for n in names if not n.startswith("outbox")]
    assert told == [
        "document.sent",
        "document.received",
        "draft.opened",
        "order.booked",
        "order.allocated",
        "shipment.released",
        "shipment.picked",
        "shipment.packed",
        "shipment.shipped",
        "invoice.issued",
        "order.closed",
        "shipment.delivered",
    ]
    booked = next(row for row in rows if row.name == "order.booked")
    assert booked.by == "Mara Lind" and "purchase order 77" in booked.sentence
    closed = next(row for row in rows if row.name == "order.closed")
    assert (closed.actor, closed.by) == ("policy:close-order", "Orderclerk (by rule)")
    assert {"outbox.due"} == {n for n in names if n.startswith("outbox")}
