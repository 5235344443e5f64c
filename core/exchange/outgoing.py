"""What we send: the interchange with its messages and bytes is stored, and sending it is owed, in one transaction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.exchange.formats import GROUP_CODES, family, suffix
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage, Partner
from core.inbound.blobs import store_blob
from core.inbound.envelopes import Endpoint
from core.journal import Event

CONTROL_WIDTH = 9
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class Written:
    """One message in its envelope, ready to go.

    about, about_id: "order", "draft", "shipment", "invoice" or "interchange". answers: the interchange that it answers.
    overdue_hours: until a technical answer of theirs is missed, 0 when none is awaited. number: of the document, as
    people see it.
    """

    format: str
    raw: bytes
    sender: Endpoint
    receiver: Endpoint
    control: int
    group_control: int
    message_control: int
    about: str
    about_id: int
    carrier: str
    file_name: str
    number: str = ""
    version: str = ""
    syntax: str = ""
    separators: str = ""
    group_sender: str = ""
    group_receiver: str = ""
    test: bool = False
    wants_answer: bool = False
    overdue_hours: int = 0
    partner: Partner | None = None
    answers: ExchangeInterchange | None = None


def store(
    session: Session, written: Written, *, act: Act, with_mail: bool = False
) -> ExchangeInterchange:
    """with_mail: it travels with a mail that is owed already, so nothing else is owed."""
    row = ExchangeInterchange(
        direction="out",
        partner_id=written.partner.id if written.partner else None,
        standard=family(written.format),
        syntax=written.syntax,
        separators=written.separators,
        sender_id=written.sender.id,
        sender_qualifier=written.sender.qualifier,
        receiver_id=written.receiver.id,
        receiver_qualifier=written.receiver.qualifier,
        control=str(written.control),
        test=written.test,
        wants_answer=written.wants_answer,
        declared="1",
        counted=1,
        sha256=store_blob(session, written.raw),
        size=len(written.raw),
        answers_id=written.answers.id if written.answers else None,
        answer_state="waiting" if written.overdue_hours else "",
        answer_due_at=act.at + timedelta(hours=written.overdue_hours)
        if written.overdue_hours
        else None,
        carrier=written.carrier,
        file_name=written.file_name,
        created_at=act.at,
    )
    session.add(row)
    session.flush()
    group = _group(session, row, written)
    session.add(
        ExchangeMessage(
            interchange_id=row.id,
            group_id=group.id if group else None,
            ordinal=0,
            format=written.format,
            lane="answer",
            control=str(written.message_control),
            message_version=written.version,
            subject=written.about,
            subject_id=written.about_id,
            told={"number": written.number} if written.number else {},
            answer_state=row.answer_state,
        )
    )
    journal.advance(
        session,
        row,
        "write",
        act=act,
        facts=_facts(written),
        without=("send-interchange",) if with_mail else (),
    )
    return row


def _group(session: Session, row: ExchangeInterchange, written: Written) -> ExchangeGroup | None:
    kind = GROUP_CODES.get(written.format)
    if kind is None:
        return None
    group = ExchangeGroup(
        interchange_id=row.id,
        ordinal=0,
        kind=kind,
        control=str(written.group_control),
        message_version=written.version,
        sender_id=written.group_sender or written.sender.id,
        receiver_id=written.group_receiver or written.receiver.id,
        declared="1",
        counted=1,
        answer_state=row.answer_state,
    )
    session.add(group)
    session.flush()
    return group


def _facts(written: Written) -> dict[str, str]:
    return {
        "format": written.format,
        "partner": written.partner.name if written.partner else written.receiver.id,
        "control": str(written.control),
        "number": written.number,
    }


def file_name(template: str, format: str, control: int, partner: str) -> str:
    """The same for the same message, so that handing it over twice is the same file. partner: code or identifier."""
    name = template.format(
        format=format.rpartition("/")[2],
        control=f"{control:0{CONTROL_WIDTH}d}",
        partner=partner,
        suffix=suffix(format),
    )
    return _UNSAFE.sub("_", name).lstrip(".")[:200] or "message"


def mark_sent(
    session: Session, row: ExchangeInterchange, recipient: str, *, act: Act
) -> Event | None:
    """The carrier took it; told once, also when it is handed over again."""
    if row.status == "sent":
        return None
    facts = {"carrier": row.carrier, "recipient": recipient, "name": row.file_name}
    event = journal.advance(session, row, "send", act=act, facts=facts)
    if row.answers_id is not None and _is_technical(session, row):
        answered = session.get_one(ExchangeInterchange, row.answers_id)
        answered.answered_at = answered.answered_at or act.at
        answered.answer_state = "sent"
    return event


def _is_technical(session: Session, row: ExchangeInterchange) -> bool:
    return bool(
        session.scalar(
            select(ExchangeMessage.id).where(
                ExchangeMessage.interchange_id == row.id, ExchangeMessage.subject == "interchange"
            )
        )
    )


def note_reply(row: ExchangeInterchange, *, accepted: bool, at: datetime) -> None:
    """What the other side said of it in the same call (cXML Response)."""
    row.answer_state = "accepted" if accepted else "rejected"
    row.answered_at = row.answered_at or at
    row.answer_due_at = None


def give_up(session: Session, row: ExchangeInterchange, reason: str, *, act: Act) -> Event | None:
    """The carrier refused it for good; a person decides."""
    if row.status != "written":
        return None
    return journal.advance(session, row, "give_up", act=act, facts={"reason": reason})
