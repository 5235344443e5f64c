"""What we asked the customer about a draft and what came back."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.panes import Remark
from core.drafts.tables import Draft
from core.inbound.tables import InboundDocument, Part
from core.journal import Event

LONGEST = 4000
_QUOTE_BEGINS = re.compile(
    r"^\s*(On .{4,200} wrote:|Am .{4,200} schrieb.*:|Le .{4,200} a écrit :|-{2,} ?(Original Message|Ursprüngliche Nachricht).*|_{10,})\s*$",
    re.IGNORECASE,
)


def conversation(session: Session, draft: Draft) -> tuple[Remark, ...]:
    """Questions and answers, oldest first."""
    events = session.scalars(
        select(Event)
        .where(
            Event.subject == Draft.SUBJECT,
            Event.subject_id == draft.id,
            Event.name.in_(("draft.question_asked", "draft.question_answered")),
        )
        .order_by(Event.sequence)
    ).all()
    ids = [e.facts.get("document_id") for e in events if "document_id" in e.facts]
    texts = _texts(session, ids)
    senders = _senders(session, ids)
    return tuple(
        _question(e)
        if e.name == "draft.question_asked"
        else Remark(
            "answer",
            e.at,
            senders.get(e.facts.get("document_id", 0), ""),
            texts.get(e.facts.get("document_id", 0), ""),
            e.facts.get("document_id"),
        )
        for e in events
    )


def _question(event: Event) -> Remark:
    rows = [*event.facts.get("questions", ()), event.facts.get("text", "")]
    return Remark("question", event.at, event.actor, "\n".join(r for r in rows if r), None)


def _texts(session: Session, ids: list[int | None]) -> dict[int, str]:
    """The first text body of each document, without what it quotes."""
    rows = session.execute(
        select(Part.document_id, Part.text)
        .where(Part.document_id.in_(ids), Part.kind == "body-text", Part.text.is_not(None))
        .order_by(Part.document_id, Part.number)
    )
    found: dict[int, str] = {}
    for document_id, text in rows:
        found.setdefault(document_id, own_words(text or ""))
    return found


def _senders(session: Session, ids: list[int | None]) -> dict[int, str]:
    rows = session.execute(
        select(InboundDocument.id, InboundDocument.sender_address).where(
            InboundDocument.id.in_(ids)
        )
    )
    return {row[0]: row[1] for row in rows}


def own_words(text: str) -> str:
    """A reply without the mail that it quotes."""
    rows = []
    for row in text.splitlines():
        if _QUOTE_BEGINS.match(row):
            break
        if not row.lstrip().startswith(">"):
            rows.append(row)
    return "\n".join(rows).strip()[:LONGEST]
