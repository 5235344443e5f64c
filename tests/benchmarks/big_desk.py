"""What arrived at a big firm and what became of it: documents, drafts, interchanges, outbox, journal, history."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from core.drafts.tables import Draft, DraftField, DraftLine, Problem
from core.exchange.tables import ExchangeInterchange, ExchangeMessage, Partner
from core.inbound.tables import Blob, InboundDocument, Part
from core.journal import Event
from core.masterdata.tables import MasterChange
from core.orders.tables import Order
from core.outbox import OutboxItem
from core.values import utc_now
from tests.benchmarks.big_book import LINES_OF_AN_ORDER, Row, customers_of, items_of, rows
from tests.benchmarks.test_promise_growth import in_bulk

LINES_OF_A_DRAFT = 5
DRAFT_EVERY = 10
WAITING_EVERY = 20
"""Of the drafts."""
NAMES = ("line_no", "buyer_sku", "description", "quantity", "uom", "unit_price")


def a_big_desk(session: Session, size: int) -> None:
    """One draft for ten open lines, of which every twentieth waits; over all as much as the year brought."""
    now, drafts = utc_now(), size // DRAFT_EVERY
    _documents(session, drafts, now)
    _drafts(session, size, now)
    _journal(session, size, now)
    _interchanges(session, size // 2, now)
    _outbox(session, size // 2, now)
    _history(session, size // 2, now)


def waits(n: int) -> bool:
    return n % WAITING_EVERY == 0


def _documents(session: Session, count: int, now: datetime) -> None:
    numbers = range(1, count + 1)
    in_bulk(
        session,
        Blob,
        rows(numbers, lambda n: {"sha256": _hash(n), "size": 40, "content": b"Please send." * 3}),
    )
    in_bulk(
        session,
        InboundDocument,
        rows(
            numbers,
            lambda n: {
                "id": n,
                "status": "read",
                "channel": "mail",
                "raw_sha256": _hash(n),
                "size": 40,
                "received_at": now - timedelta(days=n % 360, minutes=n % 1000),
                "message_id": f"<m{n}@customer.example>",
                "subject_line": f"Order PO-{n}",
                "sender_address": f"buyer@customer{n % 20 + 1}.example",
                "lane": "order",
                "reading": {"lane": "order", "orders": [{"fields": {}, "lines": [{}] * 5}]},
            },
        ),
    )
    in_bulk(
        session,
        Part,
        rows(
            numbers,
            lambda n: {
                "document_id": n,
                "number": 1,
                "kind": "body-text",
                "content_type": "text/plain",
                "size": 40,
                "sha256": _hash(n),
                "text": f"Please send order PO-{n}.\n" * 20,
            },
        ),
    )


def _hash(n: int) -> str:
    return sha256(f"document {n}".encode()).hexdigest()


def _drafts(session: Session, size: int, now: datetime) -> None:
    numbers, customers = range(1, size // DRAFT_EVERY + 1), customers_of(size)
    in_bulk(
        session,
        Draft,
        rows(
            numbers,
            lambda n: {
                "id": n,
                "status": "open" if waits(n) else "confirmed",
                "document_id": n,
                "customer_id": n % customers + 1,
                "po_number": f"PO-D{n}",
                "po_key": f"POD{n}",
                "currency": "EUR",
                "created_at": now
                - timedelta(days=n % 360 // (20 if waits(n) else 1), minutes=n % 997),
                "promised_at": now - timedelta(hours=1),
                "blocking_count": n % 2,
                "order_id": None if waits(n) else n,
            },
        ),
    )
    line_ids = {
        (n, p): (n - 1) * LINES_OF_A_DRAFT + p
        for n in numbers
        for p in range(1, LINES_OF_A_DRAFT + 1)
    }
    in_bulk(
        session,
        DraftLine,
        [
            {
                "id": line_id,
                "draft_id": n,
                "position": p,
                "item_id": _item(n, p, size),
                "unit": "EA",
                "quantity": 10,
                "stock_quantity": 10,
                "unit_price": 1,
                "agreed_price": 2,
            }
            for (n, p), line_id in line_ids.items()
        ],
    )
    fields = [
        _field(n, None, name, value)
        for n in numbers
        for name, value in (
            ("po_number", f"PO-D{n}"),
            ("buyer_name", f"Customer {n % customers + 1}"),
            ("buyer_id", f"C{n % customers + 1:05d}"),
            ("currency", "EUR"),
            ("requested_date", (now + timedelta(days=14)).date().isoformat()),
        )
    ]
    fields += [
        _field(n, line_id, name, value)
        for (n, p), line_id in line_ids.items()
        for name, value in zip(
            NAMES,
            (str(p), f"I{_item(n, p, size):06d}", "Bolt", "10", "EA", "1.50"),
            strict=True,
        )
    ]
    in_bulk(session, DraftField, fields)
    in_bulk(
        session,
        Problem,
        [
            {
                "draft_id": n,
                "line_id": line_ids[n, 1],
                "field": "unit_price",
                "code": "price-differs",
                "severity": "blocking",
                "blocking": True,
                "facts": {"ordered": "1", "agreed": "2", "customer_id": str(n % customers + 1)},
                "accepted_by": "" if waits(n) else "user:1",
            }
            for n in numbers
        ],
    )


def _item(draft: int, position: int, size: int) -> int:
    return (draft * 7 + position) % items_of(size) + 1


def _field(draft_id: int, line_id: int | None, name: str, value: str) -> Row:
    column = NAMES.index(name) if name in NAMES else 0
    return {
        "draft_id": draft_id,
        "line_id": line_id,
        "name": name,
        "value": value,
        "read_value": value,
        "confidence": 0,
        "source": "table",
        "evidence": {"part": 1, "span": [column, column + 8], "text": value},
    }


def _journal(session: Session, size: int, now: datetime) -> None:
    """Three rows for each open line: of orders and of what people did about drafts."""
    found: list[Row] = []
    for n in range(1, size // DRAFT_EVERY + 1):
        facts = {"code": "price-differs", "line_id": (n - 1) * LINES_OF_A_DRAFT + 1}
        about: dict[str, Any] = {"customer_id": str(n % customers_of(size) + 1), "item": "I000001"}
        touched = {"edits": [[facts["line_id"], "quantity", "1", "10"]]}
        for sequence, (verb, name, told) in enumerate(
            (
                ("open", "draft.opened", {}),
                ("correct", "draft.corrected", touched),
                ("accept", "draft.problem_accepted", {**facts, "facts": about}),
                ("confirm", "draft.confirmed", {}),
            ),
            start=1,
        ):
            found.append(
                _event("draft", n, sequence, verb, name, now - timedelta(days=n % 360), told)
            )
    orders = 2 * size // LINES_OF_AN_ORDER
    each = -(-(3 * size - len(found)) // orders)
    for n in range(1, orders + 1):
        for sequence in range(1, each + 1):
            name = "order.booked" if sequence == 1 else "order.acknowledged"
            at = now - timedelta(days=n % 360)
            found.append(_event("order", n, sequence, f"v{sequence}", name, at, {}))
    in_bulk(session, Event, found)


def _event(
    subject: str, number: int, sequence: int, verb: str, name: str, at: datetime, facts: Row
) -> Row:
    return {
        "subject": subject,
        "subject_id": number,
        "sequence": sequence,
        "verb": verb,
        "name": name,
        "at": at,
        "actor": "user:1",
        "key": f"{subject}-{number}-{sequence}",
        "from_status": "",
        "to_status": "",
        "facts": facts,
    }


def _interchanges(session: Session, count: int, now: datetime) -> None:
    session.add(Partner(id=1, code="P1", name="Partner 1", status="active"))
    session.flush()
    numbers = range(1, count + 1)
    in_bulk(
        session,
        ExchangeInterchange,
        rows(
            numbers,
            lambda n: {
                "id": n,
                "status": "held" if n % 5000 == 0 else "taken" if n % 2 else "delivered",
                "created_at": now - timedelta(minutes=10 * n),
                "direction": "in" if n % 2 else "out",
                "partner_id": 1,
                "standard": "x12",
                "syntax": "00401",
                "sender_id": f"SENDER{n % 50}",
                "sender_qualifier": "ZZ",
                "receiver_id": "US",
                "receiver_qualifier": "ZZ",
                "control": f"{n:09d}",
                "size": 900,
                "answer_state": "accepted" if n % 4000 else "overdue",
            },
        ),
    )
    in_bulk(
        session,
        ExchangeMessage,
        rows(
            numbers,
            lambda n: {
                "interchange_id": n,
                "ordinal": 1,
                "format": "x12-850" if n % 2 else "x12-855",
                "lane": "order",
                "control": f"{n:04d}",
                "subject": "order",
                "subject_id": n,
                "answer_state": "accepted",
            },
        ),
    )


def _outbox(session: Session, count: int, now: datetime) -> None:
    in_bulk(
        session,
        OutboxItem,
        rows(
            range(1, count + 1),
            lambda n: {
                "id": n,
                "key": f"order-acknowledgement:order:{n}:1",
                "task": "order-acknowledgement",
                "subject": Order.SUBJECT,
                "subject_id": n,
                "state": "failed" if n % 5000 == 0 else "done",
                "recipient": f"buyer@customer{n % 20 + 1}.example",
                "subject_line": f"Order PO-{n}",
                "message_id": f"<out{n}@probe.example>",
                "created_at": now - timedelta(minutes=10 * n),
                "due_at": now - timedelta(minutes=10 * n),
                "settled_at": now - timedelta(minutes=10 * n),
            },
        ),
    )


def _history(session: Session, count: int, now: datetime) -> None:
    in_bulk(
        session,
        MasterChange,
        rows(
            range(1, count + 1),
            lambda n: {
                "table_name": "items" if n % 2 else "customers",
                "row_id": n % 1000 + 1,
                "row_key": f"I{n % 1000 + 1:06d}",
                "action": "changed",
                "at": now - timedelta(minutes=n),
                "actor": "user:1",
                "door": "screen",
                "changes": {"lead_days": [1, 2]},
            },
        ),
    )
