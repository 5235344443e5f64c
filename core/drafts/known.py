"""Facts that only the checks need, beside the draft itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.agreements.tables import (
    AgreedCharge,
    Blanket,
    BlanketLine,
    Certificate,
    ExportControl,
    ItemApproval,
    Quote,
    QuoteLine,
    RequiredPaper,
    TaxExemption,
)
from core.catalogue.tables import ItemFeature, ItemHazard, ItemRevision
from core.company.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Correspondents:
    """domains: of the customer and their contacts, of every customer while nobody was matched; never public ones.

    namesake: the known address of the contact whose name the sender uses, from an address that is not known.
    thread: with whom the mail says that it goes on talking, when none of them writes from the sender's domain.
    """

    domains: frozenset[str] = frozenset()
    namesake: str = ""
    thread: str = ""


@dataclass(slots=True)
class Known:
    """By item id: revisions, features, hazards, approvals, called (stock units called off), ordered (stock quantities of
    this customer's earlier orders, the newest first). quote, blanket: what the draft is ordered under.

    orders: how many this customer has placed; to_place: how many of them went to the ship-to; values: what they were
    worth. place_waits: the ERP does not have the ship-to yet. taking: when the ship-to takes goods in. words: what the
    sender wrote in the mail itself; paper: the text of its attachments. substitutes: by item id what the customer wants of that item
    (CustomerItem.substitutes).
    """

    revisions: dict[int, list[ItemRevision]] = field(default_factory=dict)
    features: dict[int, list[ItemFeature]] = field(default_factory=dict)
    hazards: dict[int, ItemHazard] = field(default_factory=dict)
    approvals: dict[int, list[ItemApproval]] = field(default_factory=dict)
    papers: Sequence[RequiredPaper] = ()
    certificates: Sequence[Certificate] = ()
    exemptions: Sequence[TaxExemption] = ()
    charges: Sequence[AgreedCharge] = ()
    controls: Sequence[ExportControl] = ()
    quote: Quote | None = None
    quote_lines: dict[int, list[QuoteLine]] = field(default_factory=dict)
    blanket: Blanket | None = None
    blanket_lines: dict[int, BlanketLine] = field(default_factory=dict)
    called: dict[int, Decimal] = field(default_factory=dict)
    ordered: dict[int, list[Decimal]] = field(default_factory=dict)
    substitutes: dict[int, str] = field(default_factory=dict)
    values: list[Decimal] = field(default_factory=list)
    orders: int = 0
    to_place: int = 0
    place_waits: bool = False
    sites: dict[int, str] = field(default_factory=dict)
    taking: Calendar = field(default_factory=Calendar)
    words: str = ""
    paper: str = ""
    correspondents: Correspondents = field(default_factory=Correspondents)
    hits: Sequence[dict[str, Any]] = ()
    screened: bool = False
