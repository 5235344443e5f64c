"""Rows of what arrived: raw bytes, documents, parts, mailboxes, drop folders."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Instant, Key, Line, Prose, Subject, Word
from core.values import utc_now


class Blob(Base):
    """Bytes by their SHA-256 (hex), written once, never changed. pieces: how many hold them; 0 when `content` does."""

    __tablename__ = "blob"

    sha256: Mapped[Word] = mapped_column(primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    pieces: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Instant] = mapped_column(default=utc_now)


class BlobPiece(Base):
    """A piece of bytes that are too long to be held whole, numbered from 0. Written ahead of its blob."""

    __tablename__ = "blob_piece"

    sha256: Mapped[Word] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Mailbox(Base):
    """An IMAP folder that we watch. secrets: sealed password and OAuth2 secrets (see core.inbound.mailboxes).

    after: "move" (to processed_folder), "keyword" (sets `keyword`), "leave". tls: "tls", "starttls", "none".
    rules: ordered [{"name", "from", "to", "subject", "attachment", "lane", "stop"}].
    """

    __tablename__ = "mailbox"

    id: Mapped[Key]
    name: Mapped[Line] = mapped_column(unique=True)
    host: Mapped[Line]
    port: Mapped[int] = mapped_column(default=993)
    tls: Mapped[Word] = mapped_column(default="tls")
    username: Mapped[Line]
    secrets: Mapped[Prose] = mapped_column(default="")
    oauth: Mapped[dict[str, Any]] = mapped_column(default=dict)
    folder: Mapped[Line] = mapped_column(default="INBOX")
    after: Mapped[Word] = mapped_column(default="move")
    processed_folder: Mapped[Line] = mapped_column(default="Processed")
    keyword: Mapped[Word] = mapped_column(default="$OrderclerkStored")
    authserv_id: Mapped[Line] = mapped_column(default="")
    own_addresses: Mapped[list[Any]] = mapped_column(default=list)
    rules: Mapped[list[Any]] = mapped_column(default=list)
    enabled: Mapped[bool] = mapped_column(default=True)
    poll_seconds: Mapped[int] = mapped_column(default=30)
    uid_validity: Mapped[int | None] = mapped_column(BigInteger)  # 32 bits without a sign
    polled_at: Mapped[Instant | None]
    succeeded_at: Mapped[Instant | None]
    last_error: Mapped[Prose] = mapped_column(default="")


class DropFolder(Base):
    """A folder into which partners or an EDI network drop files.

    answers_path: where electronic answers to senders without a profile go, "" for "out" inside the folder.
    """

    __tablename__ = "drop_folder"

    id: Mapped[Key]
    name: Mapped[Line] = mapped_column(unique=True)
    path: Mapped[Prose]
    pattern: Mapped[Line] = mapped_column(default="*")
    settle_seconds: Mapped[int] = mapped_column(default=2)
    done_suffix: Mapped[Word] = mapped_column(default="")
    answers_path: Mapped[Prose] = mapped_column(default="")
    enabled: Mapped[bool] = mapped_column(default=True)
    polled_at: Mapped[Instant | None]
    last_error: Mapped[Prose] = mapped_column(default="")


class InboundDocument(Subject, Base):
    """One mail, file or EDI transaction as it arrived, immutable but for its status and reading.

    Transport identity: mailbox, folder, UIDVALIDITY, UID. Content identity: raw_sha256 (exact bytes) and relay_sha256
    (without headers that relays add). copy_of_id: the first document with the same content.
    lane: one of core.inbound.reading.LANES, "" until read. reading: the Extraction as JSON.
    edits: what a person corrected before it was read again: number of the part ("0": the file itself) -> SHA-256.
    """

    SUBJECT = "document"
    __tablename__ = "inbound_document"
    __table_args__ = (
        UniqueConstraint("mailbox_id", "folder", "uid_validity", "uid"),
        Index("ix_inbound_document_lane_status", "lane", "status"),
    )

    channel: Mapped[Word]
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey("mailbox.id"))
    folder: Mapped[Line | None]
    uid_validity: Mapped[int | None] = mapped_column(BigInteger)
    uid: Mapped[int | None] = mapped_column(BigInteger)
    drop_folder_id: Mapped[int | None] = mapped_column(ForeignKey("drop_folder.id"))
    source_name: Mapped[Line] = mapped_column(default="")
    raw_sha256: Mapped[Word] = mapped_column(ForeignKey("blob.sha256"), index=True)
    relay_sha256: Mapped[Word] = mapped_column(default="", index=True)
    size: Mapped[int]
    received_at: Mapped[Instant] = mapped_column(default=utc_now, index=True)
    copy_of_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_document.id"))
    rule_lane: Mapped[Word] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[Word] = mapped_column(default="")
    reason_text: Mapped[Prose] = mapped_column(default="")
    message_id: Mapped[Prose] = mapped_column(default="", index=True)
    in_reply_to: Mapped[Prose] = mapped_column(default="")
    references: Mapped[list[Any]] = mapped_column(default=list)
    subject_line: Mapped[Prose] = mapped_column(default="")
    sender_name: Mapped[Prose] = mapped_column(default="")
    sender_address: Mapped[Line] = mapped_column(default="", index=True)
    recipients: Mapped[list[Any]] = mapped_column(default=list)
    sent_at: Mapped[Instant | None]
    language: Mapped[Word] = mapped_column(default="")
    automatic: Mapped[Word] = mapped_column(default="")
    bounce_of: Mapped[Prose] = mapped_column(default="")
    authentication: Mapped[Word] = mapped_column(default="none")
    lane: Mapped[Word] = mapped_column(default="")
    lane_reasons: Mapped[list[Any]] = mapped_column(default=list)
    findings: Mapped[list[Any]] = mapped_column(default=list)
    reading: Mapped[dict[str, Any]] = mapped_column(default=dict)
    edits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    read_at: Mapped[Instant | None]

    parts: Mapped[list[Part]] = relationship(order_by="Part.number", lazy="raise")


class Part(Base):
    """One body or attachment of a document; `pages` [[width, height], ...] in points when it has pages."""

    __tablename__ = "part"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[Key]
    document_id: Mapped[int] = mapped_column(ForeignKey("inbound_document.id"))
    number: Mapped[int]
    kind: Mapped[Word]
    content_type: Mapped[Line]
    filename: Mapped[Prose] = mapped_column(default="")
    size: Mapped[int]
    sha256: Mapped[Word] = mapped_column(ForeignKey("blob.sha256"))
    text: Mapped[Prose | None]
    parent: Mapped[int] = mapped_column(default=0)
    pages: Mapped[list[Any]] = mapped_column(default=list)


class PageImage(Base):
    """A rendered page (PNG) of a part, made once in the limited child."""

    __tablename__ = "page_image"
    __table_args__ = (UniqueConstraint("part_id", "page"),)

    id: Mapped[Key]
    part_id: Mapped[int] = mapped_column(ForeignKey("part.id"))
    page: Mapped[int]
    sha256: Mapped[Word] = mapped_column(ForeignKey("blob.sha256"))
    width: Mapped[int]
    height: Mapped[int]


class PageText(Base):
    """The words of a page for a person to pick from: [[x0, top, x1, bottom, text], ...] in points, reading order."""

    __tablename__ = "page_text"
    __table_args__ = (UniqueConstraint("part_id", "page"),)

    id: Mapped[Key]
    part_id: Mapped[int] = mapped_column(ForeignKey("part.id"))
    page: Mapped[int]
    words: Mapped[list[Any]] = mapped_column(default=list)


class Heartbeat(Base):
    """When each loop last ran, for the doctor and the health page."""

    __tablename__ = "heartbeat"

    name: Mapped[Line] = mapped_column(primary_key=True)
    at: Mapped[Instant]
    detail: Mapped[Prose] = mapped_column(default="")
