"""The end of an interchange in a long file: it is judged, owed its answer, and what its refusal takes back is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.exchange import twins
from core.exchange.heard import take_answers
from core.exchange.keep import faults_json, fill_group
from core.exchange.owed import owed
from core.exchange.partners import profile_of
from core.exchange.receive import described, place_of, reason_of, was_released
from core.exchange.streamed import group_row, interchange_row
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage, Partner
from core.exchange.tolerance import judged
from core.inbound.envelopes import Envelopes, Interchange, MessageEntry, MessageGroup
from core.inbound.tables import InboundDocument

WORST_FEW = 50


def close_some(
    session: Session,
    document: InboundDocument,
    interchanges: Sequence[tuple[int, Interchange]],
    groups: Sequence[tuple[int, MessageGroup]],
    *,
    act: Act,
) -> list[int]:
    """Judges interchanges whose end was met; ids of those with orders that must be taken back."""
    rows: dict[int, ExchangeInterchange] = {}
    for number, one in interchanges:
        rows[number] = interchange_row(session, document, number, one, act)
    for number, group in groups:
        row = rows.get(group.interchange) or interchange_row(
            session, document, group.interchange, Interchange(""), act
        )
        _close_group(session, row, number, group)
    refused = []
    for number, one in interchanges:
        row = rows[number]
        _close(session, document, row, one, act.under(f"close-{number}"))
        if row.status == "quarantined":
            refused.append(row.id)
    return refused


def _close_group(
    session: Session, row: ExchangeInterchange, number: int, group: MessageGroup
) -> None:
    profile = profile_of(session.get(Partner, row.partner_id) if row.partner_id else None)
    found = group_row(session, row, number, group)
    fill_group(found, judged(Envelopes((), (group,), ()), profile).groups[0])
    session.flush()


def _close(
    session: Session,
    document: InboundDocument,
    row: ExchangeInterchange,
    one: Interchange,
    act: Act,
) -> None:
    if row.status != "new":
        if row.status in ("received", "quarantined"):
            _reread(session, row, act)
        return
    first = row.copy_of_id
    own = described(session, document, row, Envelopes((one,)))
    (one,) = own.tree.interchanges
    copy = first is not None and session.get_one(ExchangeInterchange, first).sha256 == row.sha256
    if first is not None and not copy:
        one = twins.repeated(one)
    row.verdict, row.faults = one.verdict, faults_json(one.faults)
    tree = replace(_outline(session, row), interchanges=(one,))
    profile = profile_of(own.partner)
    kinds = owed(tree, profile.answers.technical if profile else "")
    counted = session.scalar(
        select(func.count())
        .select_from(ExchangeMessage)
        .where(ExchangeMessage.interchange_id == row.id)
    )
    facts = {
        "control": row.control,
        "sender": own.partner.name if own.partner else row.sender_id,
        "messages": counted,
        "test": "a test" if row.test else "",
        "copy_of": first or "",
    }
    journal.advance(
        session,
        row,
        "receive_copy" if copy else "receive",
        act=act,
        facts=facts,
        tasks={"technical-answer": {"kinds": list(kinds)}},
        without=() if kinds else ("technical-answer",),
    )
    reason = "" if copy else reason_of(tree)
    if reason:
        facts = {"reason": reason, "place": place_of(tree, reason), "control": row.control}
        journal.advance(session, row, "quarantine", act=act, facts=facts)
    if not copy:
        take_answers(session, row, _answers(session, row), act=act)


def _reread(session: Session, row: ExchangeInterchange, act: Act) -> None:
    """Read again and judged as before, unless a person took it on."""
    held = row.status == "quarantined"
    journal.advance(session, row, "reread", act=act, without=("technical-answer",))
    tree = replace(_outline(session, row), interchanges=(_kept_interchange(row),))
    reason = reason_of(tree)
    if reason and (held or not was_released(session, row)):
        facts = {"reason": reason, "place": place_of(tree, reason), "control": row.control}
        journal.advance(session, row, "quarantine", act=act, facts=facts)


def _outline(session: Session, row: ExchangeInterchange) -> Envelopes:
    """The tree without what is alike: its groups, one message for each lane and verdict, and the first refused ones."""
    groups = session.scalars(
        select(ExchangeGroup)
        .where(ExchangeGroup.interchange_id == row.id)
        .order_by(ExchangeGroup.ordinal)
    )
    alike = (
        select(func.min(ExchangeMessage.id))
        .where(ExchangeMessage.interchange_id == row.id)
        .group_by(ExchangeMessage.lane, ExchangeMessage.verdict)
    )
    refused = (
        select(ExchangeMessage.id)
        .where(ExchangeMessage.interchange_id == row.id, ExchangeMessage.verdict == "rejected")
        .order_by(ExchangeMessage.ordinal)
        .limit(WORST_FEW)
    )
    ids = {*session.scalars(alike), *session.scalars(refused)}
    messages = session.scalars(
        select(ExchangeMessage).where(ExchangeMessage.id.in_(ids)).order_by(ExchangeMessage.ordinal)
    )
    return Envelopes(
        (),
        tuple(
            MessageGroup.of_json({"kind": g.kind, "control": g.control, "faults": g.faults})
            for g in groups
        ),
        tuple(
            MessageEntry.of_json({"format": m.format, "lane": m.lane, "faults": m.faults})
            for m in messages
        ),
    )


def _kept_interchange(row: ExchangeInterchange) -> Interchange:
    return Interchange.of_json(
        {"standard": row.standard, "control": row.control, "faults": row.faults}
    )


def _answers(session: Session, row: ExchangeInterchange) -> list[MessageEntry]:
    found = session.scalars(
        select(ExchangeMessage)
        .where(ExchangeMessage.interchange_id == row.id, ExchangeMessage.lane == "answer")
        .order_by(ExchangeMessage.ordinal)
    )
    return [MessageEntry(m.format, m.lane, told=m.told) for m in found]


def orders_taken_back(row: ExchangeInterchange) -> Select[int]:
    """Ordinals of the drafts that its refusal, or that of a group, takes back; what a message alone lacks was never one."""
    messages = select(ExchangeMessage.order_ordinal).where(
        ExchangeMessage.interchange_id == row.id, ExchangeMessage.order_ordinal > 0
    )
    if row.verdict == "rejected":
        return messages
    groups = select(ExchangeGroup.id).where(
        ExchangeGroup.interchange_id == row.id, ExchangeGroup.verdict == "rejected"
    )
    return messages.where(ExchangeMessage.group_id.in_(groups))
