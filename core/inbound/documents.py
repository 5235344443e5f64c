"""Read models of what arrived: the lanes with their counters, one lane's page, one document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, selectinload

from core.errors import NotFound
from core.inbound.reading import LANES
from core.inbound.tables import InboundDocument, PageImage, Part

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class LaneCount:
    """lane: one of LANES, or "quarantine", "copies", "unread". open: documents that still need a person."""

    lane: str
    open: int


@dataclass(frozen=True, slots=True)
class DocumentRow:
    id: int
    channel: str
    lane: str
    status: str
    subject_line: str
    sender_name: str
    sender_address: str
    authentication: str
    automatic: str
    received_at: datetime
    attachments: tuple[str, ...]
    reason: str
    reason_text: str
    lane_reasons: tuple[str, ...]
    copy_of_id: int | None


@dataclass(frozen=True, slots=True)
class LanePage:
    lane: str
    rows: tuple[DocumentRow, ...]
    total: int
    page: int
    page_size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class PartView:
    """text: decoded text of text parts. pages: sizes in points. images: page numbers that are rendered already."""

    id: int
    number: int
    kind: str
    content_type: str
    filename: str
    size: int
    text: str | None
    parent: int
    pages: tuple[tuple[float, float], ...]
    images: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    row: DocumentRow
    message_id: str
    in_reply_to: str
    recipients: tuple[str, ...]
    sent_at: datetime | None
    language: str
    findings: tuple[dict[str, Any], ...]
    reading: dict[str, Any]
    parts: tuple[PartView, ...]
    copies: tuple[int, ...]
    source_name: str
    raw_sha256: str
    size: int


def _lane_filter(lane: str) -> ColumnElement[bool]:
    if lane == "quarantine":
        return InboundDocument.status == "quarantined"
    if lane == "copies":
        return InboundDocument.status == "copy"
    if lane == "unread":
        return InboundDocument.status == "received"
    return and_(InboundDocument.status.in_(("read", "closed")), InboundDocument.lane == lane)


def lane_counts(session: Session) -> tuple[LaneCount, ...]:
    """Every lane with its number of open documents, in the house's order."""
    counted: dict[str, int] = {}
    for status, lane, number in session.execute(
        select(InboundDocument.status, InboundDocument.lane, func.count())
        .where(InboundDocument.status.in_(("received", "read", "quarantined")))
        .group_by(InboundDocument.status, InboundDocument.lane)
    ):
        name = {"received": "unread", "quarantined": "quarantine"}.get(status, lane)
        counted[name] = counted.get(name, 0) + number
    names = (*LANES, "unread", "quarantine")
    return tuple(LaneCount(name, counted.get(name, 0)) for name in names)


def lane_page(session: Session, lane: str, page: int = 1) -> LanePage:
    """One page of a lane, open ones first, newest first."""
    where = _lane_filter(lane)
    total = session.scalar(select(func.count()).select_from(InboundDocument).where(where)) or 0
    documents = session.scalars(
        select(InboundDocument)
        .where(where)
        .options(selectinload(InboundDocument.parts))
        .order_by(InboundDocument.status.desc(), InboundDocument.id.desc())
        .limit(PAGE_SIZE)
        .offset((max(page, 1) - 1) * PAGE_SIZE)
    )
    return LanePage(lane, tuple(map(_row, documents)), total, max(page, 1))


def document_view(session: Session, document_id: int) -> DocumentView:
    """Everything about one document; raises NotFound."""
    document = session.scalar(
        select(InboundDocument)
        .where(InboundDocument.id == document_id)
        .options(selectinload(InboundDocument.parts))
    )
    if document is None:
        raise NotFound(f"There is no document {document_id}.")
    images: dict[int, list[int]] = {}
    for part_id, page in session.execute(
        select(PageImage.part_id, PageImage.page)
        .join(Part, Part.id == PageImage.part_id)
        .where(Part.document_id == document.id)
        .order_by(PageImage.page)
    ):
        images.setdefault(part_id, []).append(page)
    copies = session.scalars(
        select(InboundDocument.id).where(InboundDocument.copy_of_id == document.id)
    )
    return DocumentView(
        row=_row(document),
        message_id=document.message_id,
        in_reply_to=document.in_reply_to,
        recipients=tuple(document.recipients),
        sent_at=document.sent_at,
        language=document.language,
        findings=tuple(document.findings),
        reading=document.reading,
        parts=tuple(
            PartView(
                id=part.id,
                number=part.number,
                kind=part.kind,
                content_type=part.content_type,
                filename=part.filename,
                size=part.size,
                text=part.text,
                parent=part.parent,
                pages=tuple((size[0], size[1]) for size in part.pages),
                images=tuple(images.get(part.id, ())),
            )
            for part in document.parts
        ),
        copies=tuple(copies),
        source_name=document.source_name,
        raw_sha256=document.raw_sha256,
        size=document.size,
    )


def _row(document: InboundDocument) -> DocumentRow:
    return DocumentRow(
        id=document.id,
        channel=document.channel,
        lane=document.lane,
        status=document.status,
        subject_line=document.subject_line or document.source_name,
        sender_name=document.sender_name,
        sender_address=document.sender_address,
        authentication=document.authentication,
        automatic=document.automatic,
        received_at=document.received_at,
        attachments=tuple(
            part.filename or part.content_type
            for part in document.parts
            if part.kind == "attachment"
        ),
        reason=document.reason,
        reason_text=document.reason_text,
        lane_reasons=tuple(document.lane_reasons),
        copy_of_id=document.copy_of_id,
    )
