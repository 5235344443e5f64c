"""A draft on the table: its rows and the master data that its matching and checks need, loaded in few queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.strictness import Rules
from core.catalogue.tables import Item
from core.company.calendar import Calendar
from core.company.policy import Policy, company_calendar, company_zone, policy_of
from core.company.tables import Company
from core.drafts.known import Known
from core.drafts.noticed import noticed_in
from core.drafts.tables import Draft, DraftField, DraftLine
from core.inbound.tables import InboundDocument
from core.orders.amendment import wished
from core.orders.restated import Restated
from core.orders.tables import Order, OrderLine
from core.parties.tables import Customer, CustomerAddress
from core.promising.ask import Answer

FieldKey = tuple[int | None, str]


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """One unit of an item: it holds numerator/denominator stock units."""

    unit: str
    numerator: int
    denominator: int
    gtin: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """What this draft repeats: an order or an earlier draft.

    outcome: "same", "other-channel", "revision", "call-off", "same-content" (no or another number) or
    "reused-number" (the number was used long ago for other goods).
    """

    outcome: str
    order: Order | None = None
    draft: Draft | None = None
    channel: str = ""


@dataclass(slots=True)
class Case:
    """lines: the ones not removed; items and item_units: by item id; meant_units: by line id.

    choices: by line id the other ways that were taken, of the draft or those that count in this study of it.
    group: ids of the customer and the others of their group.
    revised: the order that a change or cancellation is about; awaited: the draft on the desk that would become it. ours: by
    draft line id the order line that it changes; others: order lines that the change leaves as they are; moved: it names
    another place. restated: how it answers our offer, None when none waits for an answer. exposure: what the customer owes without this draft, None when no limit is set. sender_known: a
    contact or a mail domain of the matched customer sent it.
    """

    draft: Draft
    lines: list[DraftLine]
    fields: dict[FieldKey, DraftField]
    document: InboundDocument | None
    company: Company | None
    policy: Policy
    now: datetime
    today: date
    customer: Customer | None = None
    addresses: list[CustomerAddress] = field(default_factory=list)
    items: dict[int, Item] = field(default_factory=dict)
    item_units: dict[int, tuple[UnitFacts, ...]] = field(default_factory=dict)
    meant_units: dict[int, str] = field(default_factory=dict)
    choices: dict[str, Any] = field(default_factory=dict)
    answer: Answer = field(default_factory=Answer)
    exposure: Decimal | None = None
    group: tuple[int, ...] = ()
    repeat: Repeat | None = None
    revised: Order | None = None
    awaited: Draft | None = None
    ours: dict[int, OrderLine] = field(default_factory=dict)
    others: list[OrderLine] = field(default_factory=list)
    moved: bool = False
    restated: Restated | None = None
    findings: tuple[dict[str, Any], ...] = ()
    sender_known: bool = False
    rules: Rules = field(default_factory=Rules)
    known: Known = field(default_factory=Known)
    calendar: Calendar = field(default_factory=Calendar)

    def text(self, name: str, line: DraftLine | None = None) -> str:
        found = self.fields.get((line.id if line else None, name))
        return found.value.strip() if found else ""

    def limit(self, code: str, name: str, case: str = "") -> Decimal:
        """A limit of a check as policy has it for this customer."""
        return self.rules.limit(code, name, case)

    def factor_of(self, item_id: int, unit: str) -> Fraction | None:
        """How many stock units one `unit` of the item holds; None when the item has no such unit."""
        item = self.items.get(item_id)
        if item is not None and unit == item.stock_unit:
            return Fraction(1)
        for known in self.item_units.get(item_id, ()):
            if known.unit == unit:
                return Fraction(known.numerator, known.denominator)
        return None

    def wish(self, line: DraftLine) -> date | None:
        """The day on which the line is wanted; where a change says none, as it is agreed."""
        if self.revised is None:
            return line.requested_date or self.draft.requested_date
        return wished(line, self.ours.get(line.id), self.revised, self.draft)

    def ship_to(self) -> CustomerAddress | None:
        return next((a for a in self.addresses if a.id == self.draft.ship_to_id), None)


def load(session: Session, draft: Draft, now: datetime) -> Case:
    lines = session.scalars(
        select(DraftLine)
        .where(DraftLine.draft_id == draft.id, DraftLine.removed.is_(False))
        .order_by(DraftLine.position)
    )
    fields = session.scalars(select(DraftField).where(DraftField.draft_id == draft.id))
    company = session.scalars(select(Company)).first()
    document = session.get(InboundDocument, draft.document_id) if draft.document_id else None
    return Case(
        draft=draft,
        lines=list(lines),
        fields={(f.line_id, f.name): f for f in fields},
        document=document,
        company=company,
        policy=policy_of(company),
        now=now,
        today=now.astimezone(company_zone(company)).date(),
        choices=dict(draft.choices),
        findings=noticed_in(session, draft, document),
        calendar=company_calendar(company),
    )
