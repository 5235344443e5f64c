"""Rows of trading partners, and of interchanges, groups and messages in both directions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Instant, Key, Line, Prose, Subject, Word

HOLDS_ITS_NUMBER = "copy_of_id IS NULL AND control <> '' AND NOT superseded"


class Partner(Subject, Base):
    """Whom we exchange electronic messages with. profile_text: the TOML as written; profile: the same, checked.

    secrets: sealed passwords and shared secrets (core.exchange.secrets). polled_at, last_error: of the look into the
    partner's SFTP inbox.
    """

    SUBJECT = "partner"
    __tablename__ = "partner"

    code: Mapped[Word] = mapped_column(unique=True)
    name: Mapped[Line]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    profile_text: Mapped[Prose] = mapped_column(default="")
    profile: Mapped[dict[str, Any]] = mapped_column(default=dict)
    secrets: Mapped[Prose] = mapped_column(default="")
    enabled: Mapped[bool] = mapped_column(default=True)
    polled_at: Mapped[Instant | None]
    last_error: Mapped[Prose] = mapped_column(default="")

    identities: Mapped[list[PartnerIdentity]] = relationship(
        order_by="PartnerIdentity.id", lazy="raise"
    )


class PartnerIdentity(Base):
    """An identifier under which a partner sends. standard: "x12", "edifact", "peppol", "cxml", "opentrans" ..."""

    __tablename__ = "partner_identity"
    __table_args__ = (UniqueConstraint("standard", "qualifier", "identifier"),)

    id: Mapped[Key]
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), index=True)
    standard: Mapped[Word]
    qualifier: Mapped[Word] = mapped_column(default="")
    identifier: Mapped[Line]


class ExchangeInterchange(Subject, Base):
    """One envelope, in or out. XML documents without an envelope have a row of their own too.

    direction: "in", "out". ordinal: its number in its document from 0 (in); part: the part of it, 0 for the file itself. sha256: hash of its own bytes (in), its
    stored bytes (out, a blob). copy_of_id: the interchange that had this control number first; a copy is never
    processed. superseded: it was refused whole, and a corrected one came under its number. verdict and faults: core.inbound.envelopes. answer_state: "" (none is expected), "waiting", "accepted",
    "accepted-with-faults", "partly-accepted", "rejected", "overdue": what the other side said of it, or (in) whether
    our technical answer went. answered_by_id: the interchange that carries the answer. carrier: "drop", "sftp", "mail",
    "https", "exchange". separators: as in core.inbound.envelopes. Statuses: see core.lifecycle, subject "interchange".
    """

    SUBJECT = "interchange"
    __tablename__ = "exchange_interchange"
    __table_args__ = (
        UniqueConstraint("document_id", "ordinal"),
        Index(
            "ux_exchange_interchange_control",
            "direction",
            "standard",
            "sender_qualifier",
            "sender_id",
            "receiver_qualifier",
            "receiver_id",
            "test",
            "control",
            unique=True,
            sqlite_where=text(HOLDS_ITS_NUMBER),
            postgresql_where=text(HOLDS_ITS_NUMBER),
        ),
        Index("ix_exchange_interchange_direction_created_at", "direction", "created_at"),
        Index("ix_exchange_interchange_status", "status"),
        Index("ix_exchange_interchange_answer_state", "answer_state", "answer_due_at"),
        Index(
            "ix_exchange_interchange_copy_of",
            "copy_of_id",
            sqlite_where=text("copy_of_id IS NOT NULL"),
            postgresql_where=text("copy_of_id IS NOT NULL"),
        ),
        Index(
            "ix_exchange_interchange_test",
            "test",
            sqlite_where=text("test IS 1"),
            postgresql_where=text("test IS true"),
        ),
    )

    direction: Mapped[Word]
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_document.id"))
    ordinal: Mapped[int] = mapped_column(default=0)
    part: Mapped[int] = mapped_column(default=0)
    standard: Mapped[Word]
    syntax: Mapped[Word] = mapped_column(default="")
    separators: Mapped[Word] = mapped_column(default="")
    sender_id: Mapped[Line] = mapped_column(default="")
    sender_qualifier: Mapped[Word] = mapped_column(default="")
    receiver_id: Mapped[Line] = mapped_column(default="")
    receiver_qualifier: Mapped[Word] = mapped_column(default="")
    control: Mapped[Line] = mapped_column(default="")
    test: Mapped[bool] = mapped_column(default=False)
    prepared: Mapped[Word] = mapped_column(default="")
    wants_answer: Mapped[bool] = mapped_column(default=False)
    declared: Mapped[Word] = mapped_column(default="")
    counted: Mapped[int] = mapped_column(default=0)
    place: Mapped[Line] = mapped_column(default="")
    verdict: Mapped[Word] = mapped_column(default="accepted")
    faults: Mapped[list[Any]] = mapped_column(default=list)
    sha256: Mapped[Word] = mapped_column(default="", index=True)
    size: Mapped[int] = mapped_column(default=0)
    copy_of_id: Mapped[int | None] = mapped_column(ForeignKey("exchange_interchange.id"))
    superseded: Mapped[bool] = mapped_column(default=False)
    answers_id: Mapped[int | None] = mapped_column(
        ForeignKey("exchange_interchange.id"), index=True
    )
    answer_state: Mapped[Word] = mapped_column(default="")
    answer_due_at: Mapped[Instant | None]
    answered_at: Mapped[Instant | None]
    carrier: Mapped[Word] = mapped_column(default="")
    file_name: Mapped[Line] = mapped_column(default="")

    groups: Mapped[list[ExchangeGroup]] = relationship(
        order_by="ExchangeGroup.ordinal", lazy="raise"
    )
    messages: Mapped[list[ExchangeMessage]] = relationship(
        order_by="ExchangeMessage.ordinal", lazy="raise"
    )


class ExchangeGroup(Base):
    """A functional group of an interchange; numbers as of the interchange."""

    __tablename__ = "exchange_group"
    __table_args__ = (UniqueConstraint("interchange_id", "ordinal"),)

    id: Mapped[Key]
    interchange_id: Mapped[int] = mapped_column(ForeignKey("exchange_interchange.id"))
    ordinal: Mapped[int]
    kind: Mapped[Word] = mapped_column(default="")
    control: Mapped[Line] = mapped_column(default="")
    message_version: Mapped[Word] = mapped_column(default="")
    agency: Mapped[Word] = mapped_column(default="")
    sender_id: Mapped[Line] = mapped_column(default="")
    receiver_id: Mapped[Line] = mapped_column(default="")
    declared: Mapped[Word] = mapped_column(default="")
    counted: Mapped[int] = mapped_column(default=0)
    place: Mapped[Line] = mapped_column(default="")
    verdict: Mapped[Word] = mapped_column(default="accepted")
    faults: Mapped[list[Any]] = mapped_column(default=list)
    answer_state: Mapped[Word] = mapped_column(default="")


class ExchangeMessage(Base):
    """One message of an interchange. order_ordinal: the draft that it became has this ordinal in the document, 0 none.

    subject, subject_id: what an outgoing message is about ("order", "shipment", "invoice", "interchange").
    told: what a partner's acknowledgement or return message says. findings: what reading noticed in it, of long files
    (else they are the document's).
    """

    __tablename__ = "exchange_message"
    __table_args__ = (
        UniqueConstraint("interchange_id", "ordinal"),
        Index("ix_exchange_message_subject", "subject", "subject_id"),
    )

    id: Mapped[Key]
    interchange_id: Mapped[int] = mapped_column(ForeignKey("exchange_interchange.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("exchange_group.id"), index=True)
    ordinal: Mapped[int]
    format: Mapped[Word]
    lane: Mapped[Word] = mapped_column(default="")
    purpose: Mapped[Word] = mapped_column(default="")
    control: Mapped[Line] = mapped_column(default="")
    message_version: Mapped[Word] = mapped_column(default="")
    declared: Mapped[Word] = mapped_column(default="")
    counted: Mapped[int] = mapped_column(default=0)
    place: Mapped[Line] = mapped_column(default="")
    verdict: Mapped[Word] = mapped_column(default="accepted")
    faults: Mapped[list[Any]] = mapped_column(default=list)
    order_ordinal: Mapped[int] = mapped_column(default=0)
    subject: Mapped[Word] = mapped_column(default="")
    subject_id: Mapped[int | None]
    told: Mapped[dict[str, Any]] = mapped_column(default=dict)
    findings: Mapped[list[Any]] = mapped_column(default=list)
    answer_state: Mapped[Word] = mapped_column(default="")
