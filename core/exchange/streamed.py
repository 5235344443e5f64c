"""A long file's messages as they come: kept in batches, their orders admitted before the file ends, judged at its end.

An order that came under a number of its own may be looked at at once, but not confirmed: whether its interchange is whole,
only the trailer says (core.drafts.confirm asks). What turns out refused is taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.act import Act
from core.exchange import twins
from core.exchange.admit import Admitted
from core.exchange.keep import fill_group, fill_message
from core.exchange.kept import kept
from core.exchange.partners import profile_of
from core.exchange.profile_values import Profile
from core.exchange.receive import described, was_released
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage, Partner
from core.exchange.tolerance import judged
from core.exchange.understood import understood
from core.inbound.envelopes import Envelopes, Interchange, MessageEntry, MessageGroup
from core.inbound.reading import Extraction, ReadOrder
from core.inbound.tables import InboundDocument


@dataclass(frozen=True, slots=True)
class Come:
    """One message as it came. at: its number in its interchange; group: in the file, -1 for none.

    header, group_header: with the first message of an interchange or group that is told.
    """

    interchange: int
    at: int
    group: int
    entry: MessageEntry
    order: ReadOrder | None = None
    header: Interchange | None = None
    group_header: MessageGroup | None = None
    findings: tuple[dict[str, Any], ...] = ()

    @staticmethod
    def of_json(found: dict[str, Any]) -> Come:
        header, group, order = found["header"], found["group_header"], found["order"]
        entry = MessageEntry.of_json(found["entry"])
        return Come(
            int(found["interchange"]),
            int(found["at"]),
            int(found["group"]),
            entry,
            Extraction.of_json({"lane": entry.lane, "orders": [order]}).orders[0]
            if order
            else None,
            Interchange.of_json(header) if header else None,
            MessageGroup.of_json(group) if group else None,
            tuple({str(k): str(v) for k, v in one.items()} for one in found["findings"]),
        )


@dataclass(frozen=True, slots=True)
class Order:
    """An order that may become a draft now. is_back: a person took its interchange on after it had been taken back."""

    admitted: Admitted
    order: ReadOrder
    is_back: bool = False


@dataclass(slots=True)
class Known:
    """What one walk through the file has met already: ids of rows by their numbers in the file."""

    rows: dict[int, int] = field(default_factory=dict)
    groups: dict[tuple[int, int], int] = field(default_factory=dict)
    profiles: dict[int, Profile | None] = field(default_factory=dict)

    def copy(self) -> Known:
        return Known(dict(self.rows), dict(self.groups), dict(self.profiles))

    def take(self, met: Known) -> None:
        """What a transaction met that was committed; what lies behind is forgotten, so that it does not grow."""
        newest = max(met.rows, default=0)
        self.rows = {n: row_id for n, row_id in met.rows.items() if n == newest}
        kept_ids = set(self.rows.values())
        self.groups = {key: v for key, v in met.groups.items() if key[0] in kept_ids}
        self.profiles = met.profiles


def take_some(
    session: Session, document: InboundDocument, come: Sequence[Come], known: Known, *, act: Act
) -> list[Order]:
    """Keeps some messages, each once; the orders among them that may become drafts."""
    ordinal = _last_ordinal(session, document)
    found = []
    for one in come:
        row = _row(session, document, one, known, act)
        profile = _profile(session, row, known)
        entry = judged(Envelopes((), (), (one.entry,)), profile).messages[0]
        message = _message(session, row, one, known)
        fill_message(message, entry)
        message.findings = kept(list(one.findings))
        session.add(message)
        if one.order is None or not _goes_on(session, row, entry):
            continue
        if not message.order_ordinal:
            ordinal += 1
            message.order_ordinal = ordinal
        order = understood(Extraction(entry.lane, orders=(one.order,)), profile).orders[0]
        back = row.status == "received"
        found.append(Order(Admitted(0, message.order_ordinal, entry.lane), order, back))
    session.flush()
    return found


def _last_ordinal(session: Session, document: InboundDocument) -> int:
    return (
        session.scalar(
            select(func.max(ExchangeMessage.order_ordinal))
            .join(ExchangeInterchange, ExchangeInterchange.id == ExchangeMessage.interchange_id)
            .where(ExchangeInterchange.document_id == document.id)
        )
        or 0
    )


def _row(
    session: Session, document: InboundDocument, one: Come, known: Known, act: Act
) -> ExchangeInterchange:
    if one.interchange in known.rows:
        return session.get_one(ExchangeInterchange, known.rows[one.interchange])
    header = one.header or Interchange(one.entry.format.partition("/")[0])
    row = interchange_row(session, document, one.interchange, header, act)
    known.rows[one.interchange] = row.id
    return row


def interchange_row(
    session: Session, document: InboundDocument, number: int, header: Interchange, act: Act
) -> ExchangeInterchange:
    """The interchange's row; a new one is not received yet: status "new" until its end was met."""
    row = session.scalar(
        select(ExchangeInterchange).where(
            ExchangeInterchange.document_id == document.id, ExchangeInterchange.ordinal == number
        )
    )
    if row is not None:
        return row
    row = ExchangeInterchange(
        direction="in", document_id=document.id, ordinal=number, created_at=act.at
    )
    described(session, document, row, Envelopes((header,)))
    with session.no_autoflush:
        first = twins.earlier(session, row)
    if first is not None and twins.used_its_number(session, first):
        row.copy_of_id = first.id  # its content will say whether it is a copy
    elif first is not None:
        twins.give_up_number(session, first, act)
    session.add(row)
    session.flush()
    return row


def _profile(session: Session, row: ExchangeInterchange, known: Known) -> Profile | None:
    if row.partner_id is None:
        return None
    if row.partner_id not in known.profiles:
        known.profiles[row.partner_id] = profile_of(session.get(Partner, row.partner_id))
    return known.profiles[row.partner_id]


def _message(
    session: Session, row: ExchangeInterchange, one: Come, known: Known
) -> ExchangeMessage:
    message = session.scalar(
        select(ExchangeMessage).where(
            ExchangeMessage.interchange_id == row.id, ExchangeMessage.ordinal == one.at
        )
    )
    if message is None:
        message = ExchangeMessage(interchange_id=row.id, ordinal=one.at)
    message.group_id = _group_id(session, row, one, known) if one.group >= 0 else None
    return message


def _group_id(session: Session, row: ExchangeInterchange, one: Come, known: Known) -> int:
    key = (row.id, one.group)
    if key not in known.groups:
        header = one.group_header or MessageGroup("", "")
        known.groups[key] = group_row(session, row, one.group, header).id
    return known.groups[key]


def group_row(
    session: Session, row: ExchangeInterchange, number: int, header: MessageGroup
) -> ExchangeGroup:
    """Groups of a long file are numbered through the file: their order is all that counts."""
    group = session.scalar(
        select(ExchangeGroup).where(
            ExchangeGroup.interchange_id == row.id, ExchangeGroup.ordinal == number
        )
    )
    if group is None:
        group = ExchangeGroup(interchange_id=row.id, ordinal=number)
        fill_group(group, header)
        session.add(group)
        session.flush()
    return group


def _goes_on(session: Session, row: ExchangeInterchange, entry: MessageEntry) -> bool:
    if row.test or (entry.verdict == "rejected" and not _released(session, row)):
        return False
    if row.copy_of_id is not None or row.verdict == "rejected":
        return _released(session, row)
    return row.status in ("new", "received", "quarantined")


def _released(session: Session, row: ExchangeInterchange) -> bool:
    return row.status == "received" and was_released(session, row)
