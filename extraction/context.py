"""What the reader may know beforehand: who we are and how our customers write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from extraction.memory.lesson import Lesson


@dataclass(frozen=True, slots=True)
class OwnCompany:
    """The supplier: never the buyer. All empty when unknown."""

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    mail_domains: tuple[str, ...] = ()
    tax_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What is known before reading; everything may be empty.

    known_skus: own item numbers as printed. received: when the message arrived.
    language: ISO 639-1 hint, "" when unknown. day_first: how to read 03/04/2026 where the document does not say.
    lessons: what corrections of this sender's earlier documents taught.
    """

    own: OwnCompany = OwnCompany()
    known_skus: frozenset[str] = frozenset()
    received: datetime | None = None
    language: str = ""
    day_first: bool | None = None
    lessons: tuple[Lesson, ...] = ()
