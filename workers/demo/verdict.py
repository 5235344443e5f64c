"""What became of each sample mail, against what should have."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from core.catalogue.tables import Item
from core.drafts.tables import Draft
from core.inbound.tables import InboundDocument
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.outbox import OutboxItem
from core.parties.tables import Customer
from core.shipping.tables import Shipment
from core.values import exact
from fixtures.sample import SampleMail
from workers.demo.messages import answers_to


@dataclass(frozen=True, slots=True)
class Row:
    """One message. wrong: what differs from the expected outcome, each in a few words. messages: format and file of each
    electronic answer."""

    name: str
    lane: str
    draft: str
    order: str
    promise: str
    acknowledgement: str
    shipment: str
    wrong: tuple[str, ...]
    messages: tuple[str, ...] = ()


def judge(session: Session, samples: list[SampleMail], arrived: dict[str, int]) -> list[Row]:
    """arrived: how often each Message-ID reached the mail sink."""
    documents = {s.name: _documents(session, s) for s in samples}
    return [_row(session, s, documents, arrived) for s in samples]


def _documents(session: Session, sample: SampleMail) -> list[InboundDocument]:
    """Those that were read; copies are never read and so have no Message-ID."""
    by = (
        InboundDocument.source_name == sample.filename
        if sample.channel == "drop"
        else InboundDocument.message_id == _message_id(sample.raw)
    )
    return list(session.scalars(select(InboundDocument).where(by).order_by(InboundDocument.id)))


def _message_id(raw: bytes) -> str:
    return str(message_from_bytes(raw)["Message-ID"] or "").strip()


def _row(
    session: Session,
    sample: SampleMail,
    documents: dict[str, list[InboundDocument]],
    arrived: dict[str, int],
) -> Row:
    found = documents[sample.name]
    expected = sample.expected
    if "same_bytes_as" in expected:
        return _copy_row(session, sample, documents[expected["same_bytes_as"]])
    if len(found) != 1:
        return Row(sample.name, "-", "-", "", "", "", "", (f"{len(found)} documents",))
    document = found[0]
    wrong = []
    lanes = (expected["lane"], *expected.get("lane_also", ()))
    if document.status == "quarantined":
        wrong.append(f"quarantined: {document.reason}")
    elif document.lane not in lanes:
        wrong.append(f"lane {document.lane} instead of {expected['lane']}")
    drafts = _drafts(session, document)
    orders = [d for d in drafts if d.kind == "order"]
    if len(orders) != len(expected["drafts"]):
        wrong.append(f"{len(orders)} drafts instead of {len(expected['drafts'])}")
    for draft, wanted in zip(orders, expected["drafts"], strict=False):
        wrong += _draft_differences(session, draft, wanted, set(expected.get("also_possible", ())))
    wrong += _answer_differences(session, orders, expected)
    booked = [session.get_one(Order, d.order_id) for d in orders if d.order_id]
    if "messages" in expected:
        numbers = [draft["po_number"] for draft in expected["drafts"]]
        messages, more = answers_to(session, document, expected["messages"], numbers)
        acknowledged = ", ".join(one.partition(" ")[0] for one in messages)
    else:
        messages = ()
        acknowledged, more = _acknowledgements(session, booked, arrived)
    return Row(
        name=sample.name,
        lane=document.lane or document.status,
        draft=", ".join(f"{d.kind} {d.id} {d.status}" for d in drafts),
        order=", ".join(o.number for o in booked),
        promise=_promises(session, booked),
        acknowledgement=acknowledged,
        shipment=_shipments(session, booked),
        wrong=(*wrong, *more),
        messages=messages,
    )


def _copy_row(session: Session, sample: SampleMail, first: list[InboundDocument]) -> Row:
    copies = [
        c
        for f in first
        for c in session.scalars(select(InboundDocument).where(InboundDocument.copy_of_id == f.id))
    ]
    wrong = () if len(copies) == 1 else (f"{len(copies)} copies instead of 1",)
    return Row(sample.name, "copy", "", "", "", "", "", wrong)


def _drafts(session: Session, document: InboundDocument) -> list[Draft]:
    return list(
        session.scalars(
            select(Draft)
            .where(Draft.document_id == document.id)
            .options(selectinload(Draft.lines), selectinload(Draft.problems))
            .order_by(Draft.ordinal)
        )
    )


def _draft_differences(
    session: Session, draft: Draft, wanted: dict[str, Any], also_possible: set[str]
) -> list[str]:
    wrong = []
    customer = session.get(Customer, draft.customer_id) if draft.customer_id else None
    facts = {
        "customer": (customer.number if customer else None, wanted["customer"]),
        "PO number": (draft.po_number, wanted["po_number"]),
    }
    wrong += [f"{k} {is_!r} instead of {be!r}" for k, (is_, be) in facts.items() if is_ != be]
    wrong += _line_differences(session, draft, wanted["lines"])
    blocking = {p.code for p in draft.problems if p.blocking}
    missing = set(wanted["blocking"]) - blocking
    extra = blocking - set(wanted["blocking"]) - also_possible
    wrong += [f"not blocked by {code}" for code in sorted(missing)]
    wrong += [f"blocked by {code}" for code in sorted(extra)]
    if wanted["confirmable"] and draft.status != "confirmed":
        wrong.append("not confirmed")
    if not wanted["confirmable"] and draft.status == "confirmed":
        wrong.append("confirmed")
    return wrong


def _line_differences(session: Session, draft: Draft, wanted: list[dict[str, Any]]) -> list[str]:
    lines = [line for line in draft.lines if not line.removed]
    if len(lines) != len(wanted):
        return [f"{len(lines)} lines instead of {len(wanted)}"]
    wrong = []
    for number, (line, want) in enumerate(zip(lines, wanted, strict=True), 1):
        item = session.get(Item, line.item_id) if line.item_id else None
        quantity = exact(want["quantity"]) if want["quantity"] else None
        is_ = (item.number if item else None, line.quantity, line.unit or None)
        be = (want["item"], quantity, want["unit"])
        if is_ != be:
            wrong.append(f"line {number} {_shown(is_)} instead of {_shown(be)}")
    return wrong


def _shown(line: tuple[Any, Any, Any]) -> str:
    return " ".join(str(part) for part in line)


def _answer_differences(
    session: Session, drafts: list[Draft], expected: dict[str, Any]
) -> list[str]:
    items = session.scalars(
        select(OutboxItem).where(
            OutboxItem.task == "receipt-note",
            OutboxItem.subject == "draft",
            OutboxItem.subject_id.in_([d.id for d in drafts]),
        )
    )
    sent = sum(1 for i in items if i.state == "done")
    wanted = 1 if expected["answer"] == "receipt_note" else 0
    return [] if sent == wanted else [f"{sent} receipt notes instead of {wanted}"]


def _acknowledgements(
    session: Session, orders: list[Order], arrived: dict[str, int]
) -> tuple[str, list[str]]:
    shown, wrong = [], []
    for order in orders:
        items = session.scalars(
            select(OutboxItem).where(
                OutboxItem.task == "order-acknowledgement",
                OutboxItem.subject == "order",
                OutboxItem.subject_id == order.id,
            )
        ).all()
        reached = sum(arrived.get(i.message_id, 0) for i in items)
        shown.append("sent" if reached == 1 else ", ".join(i.state for i in items))
        if reached != 1:
            wrong.append(f"{order.number} acknowledged {reached} times")
    return ", ".join(shown), wrong


def _promises(session: Session, orders: list[Order]) -> str:
    days = session.scalars(
        select(ScheduleLine.promised_date)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .where(OrderLine.order_id.in_([o.id for o in orders]))
    ).all()
    known = sorted(d for d in days if d is not None)
    if not known:
        return ""
    return f"{known[0]}" if known[0] == known[-1] else f"{known[0]} to {known[-1]}"


def _shipments(session: Session, orders: list[Order]) -> str:
    found = session.scalars(select(Shipment).where(Shipment.order_id.in_([o.id for o in orders])))
    return ", ".join(f"{s.number} {s.status}" for s in found)
