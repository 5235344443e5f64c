"""Rows of an interchange's groups and messages, by their numbers in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.exchange.kept import kept, line, word
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage
from core.inbound.envelopes import Envelopes, Fault, MessageEntry, MessageGroup


def keep(session: Session, row: ExchangeInterchange, tree: Envelopes) -> None:
    """Groups and messages by their numbers; what a second reading does not find any more goes."""
    (interchange,) = tree.interchanges
    row.verdict, row.faults = interchange.verdict, faults_json(interchange.faults)
    groups = _groups(session, row, tree)
    old = {
        m.ordinal: m
        for m in session.scalars(
            select(ExchangeMessage).where(ExchangeMessage.interchange_id == row.id)
        )
    }
    for n, entry in enumerate(tree.messages):
        message = old.pop(n, None) or ExchangeMessage(interchange_id=row.id, ordinal=n)
        message.group_id = groups[entry.group].id if entry.group >= 0 else None
        fill_message(message, entry)
        session.add(message)
    for gone in old.values():
        session.delete(gone)
    session.flush()


def _groups(session: Session, row: ExchangeInterchange, tree: Envelopes) -> list[ExchangeGroup]:
    old = {
        g.ordinal: g
        for g in session.scalars(
            select(ExchangeGroup).where(ExchangeGroup.interchange_id == row.id)
        )
    }
    found = []
    for n, entry in enumerate(tree.groups):
        group = old.get(n) or ExchangeGroup(interchange_id=row.id, ordinal=n)
        fill_group(group, entry)
        session.add(group)
        found.append(group)
    session.flush()
    return found


def fill_message(message: ExchangeMessage, entry: MessageEntry) -> None:
    message.format, message.lane = word(entry.format), word(entry.lane)
    message.purpose, message.control = word(entry.purpose), line(entry.control)
    message.message_version = word(entry.version)
    message.declared, message.counted = word(entry.declared), entry.counted
    message.place = line(entry.place)
    message.verdict, message.faults = entry.verdict, faults_json(entry.faults)
    message.told = kept(entry.told or {})


def fill_group(group: ExchangeGroup, entry: MessageGroup) -> None:
    group.kind, group.control = word(entry.kind), line(entry.control)
    group.message_version, group.agency = word(entry.version), word(entry.agency)
    group.sender_id, group.receiver_id = line(entry.sender.id), line(entry.receiver.id)
    group.declared, group.counted = word(entry.declared), entry.counted
    group.place = line(entry.place)
    group.verdict, group.faults = entry.verdict, faults_json(entry.faults)


def faults_json(faults: Iterable[Fault]) -> list[Any]:
    return [kept(asdict(fault)) for fault in faults]
