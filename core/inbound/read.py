"""A document was read: its headers, parts, reading and lane are stored."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.inbound.blobs import store_blob
from core.inbound.lanes import quarantine
from core.inbound.reading import LANES, Extraction, PageWords
from core.inbound.tables import InboundDocument, PageImage, PageText, Part
from core.inbound.values import Finding, Message
from core.journal import Event


def store_reading(
    session: Session,
    document: InboundDocument,
    message: Message,
    extraction: Extraction,
    *,
    rule_lane: str = "",
    held: tuple[str, str] | None = None,
    act: Act,
) -> Event:
    """Keeps what the limited child read. A mailbox rule's lane, when there is one, decides over the classifier's.

    held: reason code and sentence when all of it is set aside; it is then kept in quarantine.
    """
    taken = journal.done_under(session, document, "read", act.key)
    if taken is not None:
        return taken
    journal.check(document, "read")
    _headers(document, message)
    _parts(session, document, message, extraction)
    _words(session, document, extraction.words)
    document.rule_lane = rule_lane if rule_lane in LANES else ""
    document.lane = document.rule_lane or extraction.lane
    document.lane_reasons = list(extraction.lane_reasons)
    document.language = extraction.language or message.language
    document.findings = [_finding(f) for f in (*message.findings, *extraction.findings)]
    document.reading = {**extraction.as_json(), "texts": []}  # kept with the parts
    document.read_at = act.at
    if held is not None:
        return quarantine(session, document, *held, act=act)
    document.reason = document.reason_text = ""
    return journal.advance(
        session,
        document,
        "read",
        act=act,
        facts={
            "lane": document.lane,
            "orders": len(extraction.orders),
            "format": extraction.format,
        },
    )


def _headers(document: InboundDocument, message: Message) -> None:
    document.subject_line = message.subject
    document.sender_name = message.sender.name
    document.sender_address = message.sender.address[:255]
    document.recipients = [m.address for m in (*message.to, *message.cc)][:100]
    document.sent_at = message.date
    document.message_id = message.message_id
    document.in_reply_to = message.in_reply_to
    document.references = list(message.references)
    document.automatic = message.automatic
    document.bounce_of = message.bounce_of
    document.authentication = message.authentication.verdict


def _parts(
    session: Session,
    document: InboundDocument,
    message: Message,
    extraction: Extraction,
) -> None:
    pages, texts = dict(extraction.pages), dict(extraction.texts)
    old = select(Part.id).where(Part.document_id == document.id)
    session.execute(delete(PageImage).where(PageImage.part_id.in_(old)))
    session.execute(delete(PageText).where(PageText.part_id.in_(old)))
    session.execute(delete(Part).where(Part.document_id == document.id))
    for part in message.parts:
        session.add(
            Part(
                document_id=document.id,
                number=part.number,
                kind=part.kind,
                content_type=part.content_type[:255],
                filename=part.filename,
                size=len(part.content),
                sha256=store_blob(session, part.content),
                text=texts.get(part.number) if part.text is None else part.text,
                parent=part.parent,
                pages=[list(size) for size in pages.get(part.number, ())],
            )
        )
    session.flush()


def _words(session: Session, document: InboundDocument, found: tuple[PageWords, ...]) -> None:
    ids = {
        number: part_id
        for part_id, number in session.execute(
            select(Part.id, Part.number).where(Part.document_id == document.id)
        )
    }
    session.add_all(
        PageText(part_id=ids[page.part], page=page.page, words=[list(w) for w in page.words])
        for page in found
        if page.part in ids
    )


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "place": finding.place,
        "text": finding.text,
    }


def store_page_image(
    session: Session, part: Part, page: int, png: bytes, width: int, height: int
) -> None:
    """Keeps a rendered page; the same page again changes nothing."""
    known = session.scalar(
        select(PageImage.id).where(PageImage.part_id == part.id, PageImage.page == page)
    )
    if known is None:
        session.add(
            PageImage(
                part_id=part.id,
                page=page,
                sha256=store_blob(session, png),
                width=width,
                height=height,
            )
        )
