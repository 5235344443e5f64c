"""The read model of one interchange: its tree, what became of its messages, what it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from core.billing.tables import Invoice
from core.drafts.tables import Draft
from core.errors import NotFound
from core.exchange.listing import end_of, rows_of
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage
from core.exchange.view_values import (
    MOST_MESSAGES,
    Became,
    GroupView,
    InterchangeView,
    MessageView,
    RelatedInterchange,
)
from core.inbound.envelopes import Fault
from core.inbound.tables import InboundDocument, Part
from core.lifecycle import legal_verbs
from core.orders.tables import Order
from core.shipping.tables import Shipment


def interchange_view(session: Session, interchange_id: int) -> InterchangeView:
    """Everything about one interchange; raises NotFound."""
    found = session.get(ExchangeInterchange, interchange_id)
    if found is None:
        raise NotFound(f"There is no interchange {interchange_id}.")
    groups = session.scalars(
        select(ExchangeGroup)
        .where(ExchangeGroup.interchange_id == found.id)
        .order_by(ExchangeGroup.verdict != "rejected", ExchangeGroup.ordinal)
        .limit(MOST_MESSAGES)
    ).all()
    groups = sorted(groups, key=lambda g: g.ordinal)
    messages = session.scalars(
        select(ExchangeMessage)
        .where(ExchangeMessage.interchange_id == found.id)
        .order_by(ExchangeMessage.verdict != "rejected", ExchangeMessage.ordinal)
        .limit(MOST_MESSAGES)
    ).all()
    messages = sorted(messages, key=lambda m: m.ordinal)
    (row,) = rows_of(session, [found])
    became = _became(session, found, messages)
    views = [(m.group_id, _message(m, became.get(m.id))) for m in messages]
    return InterchangeView(
        row=row,
        document_id=found.document_id,
        sender=end_of(found.sender_id, found.sender_qualifier),
        receiver=end_of(found.receiver_id, found.receiver_qualifier),
        syntax=found.syntax,
        prepared=found.prepared,
        wants_answer=found.wants_answer,
        declared=found.declared,
        counted=found.counted,
        place=found.place,
        faults=_faults(found.faults),
        groups=tuple(
            _group(group, tuple(view for group_id, view in views if group_id == group.id))
            for group in groups
        ),
        messages=tuple(view for group_id, view in views if group_id is None),
        further=row.messages - len(messages),
        related=_related(session, found),
        content_sha256=_content(session, found),
        size=found.size,
        answer_due_at=found.answer_due_at,
        answered_at=found.answered_at,
        legal_verbs=legal_verbs(found.SUBJECT, found.status),
    )


def _faults(found: list[dict[str, object]]) -> tuple[Fault, ...]:
    return tuple(Fault.of_json(one) for one in found)


def _message(message: ExchangeMessage, became: Became | None) -> MessageView:
    return MessageView(
        id=message.id,
        ordinal=message.ordinal,
        format=message.format,
        lane=message.lane,
        purpose=message.purpose,
        control=message.control,
        version=message.message_version,
        declared=message.declared,
        counted=message.counted,
        place=message.place,
        verdict=message.verdict,
        answer_state=message.answer_state,
        faults=_faults(message.faults),
        told=message.told,
        became=became,
    )


def _group(group: ExchangeGroup, messages: tuple[MessageView, ...]) -> GroupView:
    return GroupView(
        id=group.id,
        kind=group.kind,
        control=group.control,
        version=group.message_version,
        sender_id=group.sender_id,
        receiver_id=group.receiver_id,
        declared=group.declared,
        counted=group.counted,
        verdict=group.verdict,
        answer_state=group.answer_state,
        faults=_faults(group.faults),
        messages=messages,
    )


_SUBJECTS: dict[str, Callable[[Collection[int]], Select[int, str, str]]] = {
    "order": lambda ids: select(Order.id, Order.number, Order.status).where(Order.id.in_(ids)),
    "shipment": lambda ids: select(Shipment.id, Shipment.number, Shipment.status).where(
        Shipment.id.in_(ids)
    ),
    "invoice": lambda ids: select(Invoice.id, Invoice.number, Invoice.status).where(
        Invoice.id.in_(ids)
    ),
}


def _became(
    session: Session, found: ExchangeInterchange, messages: Iterable[ExchangeMessage]
) -> dict[int, Became]:
    """By message id."""
    messages = list(messages)
    drafts = (
        {
            draft.ordinal: draft
            for draft in session.scalars(
                select(Draft).where(
                    Draft.document_id == found.document_id,
                    Draft.ordinal.in_({m.order_ordinal for m in messages}),
                )
            )
        }
        if found.document_id
        else {}
    )
    subjects = {
        (kind, row.id): Became(kind, row.id, row.number, row.status)
        for kind, query in _SUBJECTS.items()
        for row in session.execute(
            query({m.subject_id for m in messages if m.subject == kind and m.subject_id})
        )
    }
    made: dict[int, Became] = {}
    for message in messages:
        draft = drafts.get(message.order_ordinal)
        known = subjects.get((message.subject, message.subject_id or 0))
        if draft is not None:
            made[message.id] = Became("draft", draft.id, draft.po_number, draft.status)
        elif known is not None:
            made[message.id] = known
        elif message.subject and message.subject_id:
            made[message.id] = Became(message.subject, message.subject_id, "")
    return made


def _related(session: Session, found: ExchangeInterchange) -> tuple[RelatedInterchange, ...]:
    wanted: list[tuple[str, ColumnElement[bool]]] = [
        ("answered by", ExchangeInterchange.answers_id == found.id),
        ("copy", ExchangeInterchange.copy_of_id == found.id),
    ]
    if found.answers_id:
        wanted.append(("answers", ExchangeInterchange.id == found.answers_id))
    if found.copy_of_id:
        wanted.append(("copy of", ExchangeInterchange.id == found.copy_of_id))
    made = []
    for how, rule in wanted:
        rows = session.scalars(
            select(ExchangeInterchange).where(rule).order_by(ExchangeInterchange.id).limit(20)
        ).all()
        made += [RelatedInterchange(how, row) for row in rows_of(session, rows)]
    return tuple(made)


def _content(session: Session, found: ExchangeInterchange) -> str:
    """The bytes that hold it: what we wrote, or the part or file that it came in."""
    if found.direction == "out" or found.document_id is None:
        return found.sha256
    document = session.get_one(InboundDocument, found.document_id)
    part = session.scalar(
        select(Part.sha256).where(Part.document_id == document.id, Part.number == found.part)
    )
    return part or document.raw_sha256


def content_of(session: Session, interchange_id: int) -> str:
    """The hash of the stored bytes that hold it, "" when nothing is stored yet."""
    return _content(session, session.get_one(ExchangeInterchange, interchange_id))
