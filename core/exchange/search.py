"""What interchanges are asked for by: a filter, a partner, a verdict, what the answer says, an age, and any number."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from core.billing.tables import Invoice
from core.drafts.tables import Draft
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage
from core.inbound.envelopes import VERDICTS
from core.orders.tables import Order
from core.shipping.tables import Shipment

QUARANTINED = ExchangeInterchange.status == "quarantined"
ILL_ANSWERED = ExchangeInterchange.answer_state.in_(
    ("rejected", "partly-accepted", "overdue", "failed")
)
TROUBLED = or_(QUARANTINED, ILL_ANSWERED)

FILTERS: dict[str, ColumnElement[bool]] = {
    "in": ExchangeInterchange.direction == "in",
    "out": ExchangeInterchange.direction == "out",
    "trouble": TROUBLED,
    "waiting": and_(
        ExchangeInterchange.direction == "out", ExchangeInterchange.answer_state == "waiting"
    ),
    "test": ExchangeInterchange.test.is_(True),
    "copies": ExchangeInterchange.copy_of_id.is_not(None),
}

ANSWERS = ("none", "waiting", "overdue", "sent", "received", "accepted", "accepted-with-faults", "partly-accepted", "rejected", "failed", "settled")  # fmt: skip
"""Values of answer_state; "none" for those of which no answer is expected."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Each that is given narrows. show: of FILTERS; verdict: of core.inbound.envelopes.VERDICTS, on any level.

    answer: of ANSWERS; days: no older than that; words: part of a control number, an id of an end, a file's name, or of
    the number of an order, delivery or invoice.
    """

    show: str = ""
    partner_id: int | None = None
    verdict: str = ""
    answer: str = ""
    days: int | None = None
    words: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


ALL = Asked()


def rules(asked: Asked, *, now: datetime) -> list[ColumnElement[bool]]:
    """For a WHERE on ExchangeInterchange; a name that is none of the known ones narrows nothing."""
    found: list[ColumnElement[bool]] = []
    if asked.show in FILTERS:
        found.append(FILTERS[asked.show])
    if asked.partner_id is not None:
        found.append(ExchangeInterchange.partner_id == asked.partner_id)
    if asked.verdict in VERDICTS:
        found.append(_judged(asked.verdict))
    if asked.answer in ANSWERS:
        state = "" if asked.answer == "none" else asked.answer
        found.append(ExchangeInterchange.answer_state == state)
    if asked.days:
        found.append(ExchangeInterchange.created_at >= now - timedelta(days=asked.days))
    if asked.words:
        found.append(speaks_of(asked.words))
    return found


def _judged(verdict: str) -> ColumnElement[bool]:
    """The interchange itself, or a group or message in it; accepted is what nothing is said against on any level."""
    if verdict == VERDICTS[0]:
        return ~or_(*map(_judged, VERDICTS[1:]))
    inside = (
        ExchangeInterchange.id.in_(select(level.interchange_id).where(level.verdict == verdict))
        for level in (ExchangeGroup, ExchangeMessage)
    )
    return or_(ExchangeInterchange.verdict == verdict, *inside)


def speaks_of(words: str) -> ColumnElement[bool]:
    """In its envelope, in its groups and messages, or as the number of what a message became or is about."""
    columns = (
        ExchangeInterchange.control,
        ExchangeInterchange.sender_id,
        ExchangeInterchange.receiver_id,
        ExchangeInterchange.file_name,
    )
    drafts = select(Draft.document_id).where(Draft.po_number.icontains(words, autoescape=True))
    groups = select(ExchangeGroup.interchange_id).where(
        ExchangeGroup.control.icontains(words, autoescape=True)
    )
    return or_(
        *(column.icontains(words, autoescape=True) for column in columns),
        ExchangeInterchange.document_id.in_(drafts),
        ExchangeInterchange.id.in_(groups),
        ExchangeInterchange.id.in_(
            select(ExchangeMessage.interchange_id).where(or_(*_of_messages(words)))
        ),
    )


def _of_messages(words: str) -> list[ColumnElement[bool]]:
    told = ExchangeMessage.told["number"].as_string()
    found: list[ColumnElement[bool]] = [
        ExchangeMessage.control.icontains(words, autoescape=True),
        told.icontains(words, autoescape=True),
    ]
    subjects = (
        ("order", select(Order.id), (Order.number, Order.po_number)),
        ("shipment", select(Shipment.id), (Shipment.number,)),
        ("invoice", select(Invoice.id), (Invoice.number,)),
    )
    for kind, ids, columns in subjects:
        named = ids.where(or_(*(column.icontains(words, autoescape=True) for column in columns)))
        found.append(and_(ExchangeMessage.subject == kind, ExchangeMessage.subject_id.in_(named)))
    return found
