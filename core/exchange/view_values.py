"""What screens show of interchanges: frozen rows, ready for a template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.inbound.envelopes import Fault

PAGE_SIZE = 50
MOST_MESSAGES = 500
"""Of one interchange; rejected ones are shown before others."""


@dataclass(frozen=True, slots=True)
class InterchangeRow:
    """formats: what its messages are, each once. troubled: somebody should look."""

    id: int
    direction: str
    at: datetime
    partner_id: int | None
    partner: str
    other_end: str
    standard: str
    formats: tuple[str, ...]
    messages: int
    control: str
    test: bool
    status: str
    verdict: str
    answer_state: str
    carrier: str
    file_name: str
    copy_of_id: int | None
    troubled: bool


@dataclass(frozen=True, slots=True)
class InterchangePage:
    """counts: of everything, by name of a filter."""

    rows: tuple[InterchangeRow, ...]
    total: int
    page: int
    counts: dict[str, int]
    page_size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Became:
    """What a message led to or is about. kind: "draft", "order", "shipment", "invoice", "interchange"."""

    kind: str
    id: int
    label: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class MessageView:
    id: int
    ordinal: int
    format: str
    lane: str
    purpose: str
    control: str
    version: str
    declared: str
    counted: int
    place: str
    verdict: str
    answer_state: str
    faults: tuple[Fault, ...]
    told: dict[str, Any]
    became: Became | None


@dataclass(frozen=True, slots=True)
class GroupView:
    id: int
    kind: str
    control: str
    version: str
    sender_id: str
    receiver_id: str
    declared: str
    counted: int
    verdict: str
    answer_state: str
    faults: tuple[Fault, ...]
    messages: tuple[MessageView, ...]


@dataclass(frozen=True, slots=True)
class RelatedInterchange:
    """how: "answers" (this one answers it), "answered by", "copy of", "copy"."""

    how: str
    row: InterchangeRow


@dataclass(frozen=True, slots=True)
class InterchangeView:
    """sender, receiver: "id (qualifier)". messages: those in no group. further: messages that are not shown.
    content_sha256: of the bytes that hold it."""

    row: InterchangeRow
    document_id: int | None
    sender: str
    receiver: str
    syntax: str
    prepared: str
    wants_answer: bool
    declared: str
    counted: int
    place: str
    faults: tuple[Fault, ...]
    groups: tuple[GroupView, ...]
    messages: tuple[MessageView, ...]
    related: tuple[RelatedInterchange, ...]
    content_sha256: str
    size: int
    answer_due_at: datetime | None
    answered_at: datetime | None
    legal_verbs: tuple[str, ...]
    further: int = 0
