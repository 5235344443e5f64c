"""Rows of one inbound interchange -> the values that a technical answer is written from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage
from core.inbound.envelopes import (
    Endpoint,
    Envelopes,
    Fault,
    Interchange,
    MessageEntry,
    MessageGroup,
)

_COLUMNS = (
    ExchangeMessage.format, ExchangeMessage.lane, ExchangeMessage.purpose, ExchangeMessage.control,
    ExchangeMessage.message_version, ExchangeMessage.group_id, ExchangeMessage.place, ExchangeMessage.order_ordinal,
    ExchangeMessage.declared, ExchangeMessage.counted, ExchangeMessage.faults, ExchangeMessage.told,
)  # fmt: skip
"""Of messages only what an answer says: there may be a hundred thousand of them."""


def envelopes_of(session: Session, row: ExchangeInterchange) -> Envelopes:
    """The tree with this interchange as its only one, number 0."""
    groups = list(
        session.scalars(
            select(ExchangeGroup)
            .where(ExchangeGroup.interchange_id == row.id)
            .order_by(ExchangeGroup.ordinal)
        )
    )
    messages = session.execute(
        select(*_COLUMNS)
        .where(ExchangeMessage.interchange_id == row.id)
        .order_by(ExchangeMessage.ordinal)
        .execution_options(yield_per=1000)
    )
    place = {group.id: n for n, group in enumerate(groups)}
    return Envelopes(
        (interchange_of(row),),
        tuple(_group(group) for group in groups),
        tuple(_message(message, place.get(message.group_id or 0, -1)) for message in messages),
    )


def interchange_of(row: ExchangeInterchange) -> Interchange:
    return Interchange(
        standard=row.standard,
        version=row.syntax,
        sender=Endpoint(row.sender_id, row.sender_qualifier),
        receiver=Endpoint(row.receiver_id, row.receiver_qualifier),
        control=row.control,
        test=row.test,
        prepared=row.prepared,
        wants_answer=row.wants_answer,
        declared=row.declared,
        counted=row.counted,
        place=row.place,
        faults=_faults(row.faults),
        separators=row.separators,
    )


def _group(row: ExchangeGroup) -> MessageGroup:
    return MessageGroup(
        kind=row.kind,
        control=row.control,
        version=row.message_version,
        agency=row.agency,
        sender=Endpoint(row.sender_id),
        receiver=Endpoint(row.receiver_id),
        declared=row.declared,
        counted=row.counted,
        place=row.place,
        faults=_faults(row.faults),
    )


def _message(row: Any, group: int) -> MessageEntry:
    return MessageEntry(
        format=row.format,
        lane=row.lane,
        purpose=row.purpose,
        control=row.control,
        version=row.message_version,
        group=group,
        place=row.place,
        order=row.order_ordinal - 1,
        declared=row.declared,
        counted=row.counted,
        faults=_faults(row.faults),
        told=row.told or None,
    )


def _faults(kept: list[dict[str, object]]) -> tuple[Fault, ...]:
    return tuple(Fault.of_json(one) for one in kept)
