"""A file's interchanges are kept with their groups and messages, judged, and owed an answer, in the reading's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.exchange import twins
from core.exchange.admit import Admitted, admit
from core.exchange.heard import take_answers
from core.exchange.keep import keep
from core.exchange.kept import line, word
from core.exchange.owed import owed
from core.exchange.partners import partner_of, profile_of
from core.exchange.tables import ExchangeInterchange, Partner
from core.exchange.tolerance import judged
from core.inbound.envelopes import Envelopes, MessageEntry
from core.inbound.tables import InboundDocument
from core.inbound.values import Finding

UNTOUCHED = "edi-not-supported"
"""A kind of message that nobody here handles: told so, and no work for anybody."""
CARRIERS = {"api": "https"}


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a document's interchanges.

    held: reason code and sentence when all of it was set aside. done: why nothing is left for a person to do, "".
    told: what a person who opens the document should know.
    """

    admitted: tuple[Admitted, ...] = ()
    held: tuple[str, str] | None = None
    done: str = ""
    told: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Arrived:
    """One interchange on its way in. outcome: "received", "copy" or "held"; reason: why it is set aside, ""."""

    row: ExchangeInterchange
    tree: Envelopes
    partner: Partner | None
    is_test: bool = False
    outcome: str = "received"
    reason: str = ""


def receive(
    session: Session,
    document: InboundDocument,
    envelopes: Envelopes,
    *,
    answer_again: bool = False,
    act: Act,
) -> Taken:
    """Keeps every interchange of a document once, however often it is read.

    A number that was there before with the same content is a copy: answered again, never processed; with other content
    it is set aside. So are refused interchanges, groups and messages, while the other messages of the file go on. A test
    opens no draft: a draft is promised, counted and learned from, and a clerk in a hurry would confirm it.
    answer_again: one that was read before is owed an answer once more.
    """
    arrived = [
        _one(session, document, n, tree, answer_again, act.under(f"interchange-{n}"))
        for n, tree in enumerate(apart(envelopes))
    ]
    admitted = tuple(
        a
        for each in arrived
        if each.outcome != "copy"
        for a in admit(session, document, each.row, each.tree)
    )
    told = tuple(finding for each in arrived for finding in _told(each))
    return Taken(admitted, _held(arrived, admitted), _done(arrived, admitted), told)


def apart(envelopes: Envelopes) -> Iterable[Envelopes]:
    """Each interchange as a tree of its own; its groups count from 0 in it."""
    groups: list[list[Any]] = [[] for _ in envelopes.interchanges]
    messages: list[list[Any]] = [[] for _ in envelopes.interchanges]
    place: dict[int, int] = {}
    for n, group in enumerate(envelopes.groups):
        place[n] = len(groups[group.interchange])
        groups[group.interchange].append(replace(group, interchange=0))
    for m in envelopes.messages:
        messages[m.interchange].append(replace(m, interchange=0, group=place.get(m.group, -1)))
    for n, interchange in enumerate(envelopes.interchanges):
        yield Envelopes((interchange,), tuple(groups[n]), tuple(messages[n]))


def _one(
    session: Session,
    document: InboundDocument,
    ordinal: int,
    tree: Envelopes,
    answer_again: bool,
    act: Act,
) -> Arrived:
    known = session.scalar(
        select(ExchangeInterchange).where(
            ExchangeInterchange.document_id == document.id, ExchangeInterchange.ordinal == ordinal
        )
    )
    row = known or ExchangeInterchange(
        direction="in", document_id=document.id, ordinal=ordinal, created_at=act.at
    )
    arrived = described(session, document, row, tree)
    _settle_number(session, arrived, act)
    session.add(row)
    session.flush()
    keep(session, row, arrived.tree)
    owes = known is None or answer_again
    _advance(session, arrived, is_known=known is not None, owes=owes, act=act)
    if arrived.outcome == "received":
        take_answers(session, row, arrived.tree.messages, act=act)
    return arrived


def described(
    session: Session, document: InboundDocument, row: ExchangeInterchange, tree: Envelopes
) -> Arrived:
    """The row's columns from the envelope, its faults as the sender's profile weighs them."""
    (interchange,) = tree.interchanges
    partner = partner_of(session, interchange.standard, interchange.sender)
    profile = profile_of(partner)
    row.partner_id = partner.id if partner else None
    row.part = interchange.part
    row.standard, row.syntax = word(interchange.standard), word(interchange.version)
    row.sender_id, row.sender_qualifier = line(interchange.sender.id), word(interchange.sender.qualifier)  # fmt: skip
    row.receiver_id, row.receiver_qualifier = line(interchange.receiver.id), word(interchange.receiver.qualifier)  # fmt: skip
    row.control, row.prepared = line(interchange.control), word(interchange.prepared)
    row.test = interchange.test or (profile is not None and profile.mode == "test")
    row.wants_answer = interchange.wants_answer
    row.declared, row.counted = word(interchange.declared), interchange.counted
    row.place = line(interchange.place)
    row.sha256, row.size = word(interchange.digest), interchange.size
    row.separators = interchange.separators[:64]
    row.carrier = CARRIERS.get(document.channel, document.channel)
    row.file_name = line(document.source_name)
    own = replace(tree, interchanges=(twins.without_repeat(interchange),))
    return Arrived(row, judged(own, profile), partner, row.test)


def _settle_number(session: Session, arrived: Arrived, act: Act) -> None:
    """Copy, held, or the one that has the number. A row that is known keeps what was decided about it."""
    row = arrived.row
    if row.status not in ("", "new", None) and row.copy_of_id is None:
        return
    with session.no_autoflush:
        first = twins.earlier(session, row)
    if first is None:
        row.copy_of_id = None
        return
    if first.sha256 == row.sha256 and row.sha256:
        row.copy_of_id, arrived.outcome = first.id, "copy"
    elif twins.used_its_number(session, first):
        row.copy_of_id, arrived.outcome = first.id, "held"
        (interchange,) = arrived.tree.interchanges
        arrived.tree = replace(arrived.tree, interchanges=(twins.repeated(interchange),))
    else:
        twins.give_up_number(session, first, act)


def _advance(session: Session, arrived: Arrived, *, is_known: bool, owes: bool, act: Act) -> None:
    row, tree = arrived.row, arrived.tree
    profile = profile_of(arrived.partner)
    kinds = owed(tree, profile.answers.technical if profile else "")
    facts = {
        "control": row.control,
        "sender": arrived.partner.name if arrived.partner else row.sender_id,
        "messages": len(tree.messages),
        "test": "a test" if arrived.is_test else "",
        "copy_of": row.copy_of_id or "",
    }
    copy = arrived.outcome == "copy"
    if is_known and (copy or row.status not in ("received", "quarantined")):
        return  # a copy, or closed by a person: reading it again changes nothing
    released = is_known and was_released(session, row)
    journal.advance(
        session,
        row,
        "reread" if is_known else "receive_copy" if copy else "receive",
        act=act,
        facts=facts,
        tasks={"technical-answer": {"kinds": list(kinds)}},
        without=() if kinds and owes else ("technical-answer",),
    )
    reason = "" if released or copy else reason_of(tree)
    if reason:
        arrived.reason = reason
        facts = {"reason": reason, "place": place_of(tree, reason), "control": row.control}
        journal.advance(session, row, "quarantine", act=act, facts=facts)


def was_released(session: Session, row: ExchangeInterchange) -> bool:
    """A person took it on as it stands, and it stands so still."""
    return row.status == "received" and any(
        event.verb == "release" for event in journal.history(session, "interchange", row.id)
    )


def reason_of(tree: Envelopes) -> str:
    """The first thing for which something of it must be set aside, "" for none."""
    return next(
        (
            f.finding
            for each in tree.levels()
            for f in each.faults
            if f.fatal and f.finding != UNTOUCHED
        ),
        "",
    )


def place_of(tree: Envelopes, reason: str) -> str:
    fault = next(
        f for each in tree.levels() for f in each.faults if f.fatal and f.finding == reason
    )
    return ", ".join(
        text
        for text in (
            f"segment {fault.segment}" if fault.segment else "",
            f"{fault.tag}{fault.element:02}" if fault.tag and fault.element else fault.tag,
            f"{fault.where} {fault.code}".strip(),
        )
        if text
    )


def _told(arrived: Arrived) -> Iterable[Finding]:
    row = arrived.row
    what = f"The interchange {row.control}".strip()
    place = arrived.tree.interchanges[0].place
    if row.status == "copy":
        text = f"{what} came before with the same content (interchange {row.copy_of_id}); nothing of it was opened again."
        yield Finding("edi-copy", "warning", text, place)
    elif row.status == "quarantined" and row.copy_of_id is not None:
        text = f"{what} came before with other content (interchange {row.copy_of_id}); look at both, then take it on or close it."
        yield Finding("edi-held", "error", text, place)
    elif row.test and any(message.order >= 0 for message in arrived.tree.messages):
        text = f"{what} is a test: its orders were read and answered, no draft was opened."
        yield Finding("edi-test-only", "info", text, place)


def _held(arrived: Sequence[Arrived], admitted: Sequence[Admitted]) -> tuple[str, str] | None:
    """All of it stands aside: nothing became a draft or was understood otherwise."""
    aside = [each for each in arrived if each.row.status == "quarantined"]
    if not aside or admitted or len(aside) < len(arrived):
        return None
    others = [m for each in aside for m in _standing(each.tree)]
    if others and all(each.tree.interchanges[0].verdict != "rejected" for each in aside):
        return None
    first = aside[0]
    where = place_of(first.tree, first.reason) if first.reason else ""
    return first.reason or "edi-refused", where


def _standing(tree: Envelopes) -> list[MessageEntry]:
    """The messages that are refused neither by name nor with their group."""
    refused = {n for n, g in enumerate(tree.groups) if g.verdict == "rejected"}
    return [m for m in tree.messages if m.verdict != "rejected" and m.group not in refused]


def _done(arrived: Sequence[Arrived], admitted: Sequence[Admitted]) -> str:
    """Why a file of nothing but electronic messages leaves nothing to do."""
    if admitted or any(each.row.status == "quarantined" for each in arrived):
        return ""
    if all(each.row.status == "copy" for each in arrived):
        return "the same interchange was received before"
    live = [each for each in arrived if each.row.status != "copy"]
    if all(each.row.test for each in live):
        return "a test: nothing live was opened"
    lanes = {m.lane for each in live for m in each.tree.messages}
    return "an acknowledgement of what we sent" if lanes == {"answer"} else ""
