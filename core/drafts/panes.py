"""What the workbench shows, as frozen values: core.drafts.workbench fills them, the screen only prints them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.orders.days_ahead import DaysAhead


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that may be chosen in a match: its id, what to print, and why it is offered ("" when only listed)."""

    id: int
    label: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a name on the document was matched to.

    id None: nothing matched. sentence: why ("matched by VAT number"). options: pick list, best first.
    """

    id: int | None
    label: str
    code: str
    sentence: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that lost against the one shown, with its place as in FieldView."""

    value: str
    confidence: float
    evidence: dict[str, Any]
    where: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field: `value` as it stands, `read_value` as the machine read it; id None: not on the document and not entered.

    evidence: {"part", "page", "box": [x0, top, x1, bottom], "span": [start, end], "at", "text"}, keys absent when unknown.
    doubtful: confidence under the limit and nobody accepted or corrected it. where: the place in words when no page
    or text of the document shows it ("the mail's subject").
    """

    id: int | None
    name: str
    label: str
    value: str = ""
    read_value: str = ""
    confidence: float = 0.0
    source: str = ""
    doubtful: bool = False
    accepted: bool = False
    corrected: bool = False
    evidence: dict[str, Any] | None = None
    alternatives: tuple[Reading, ...] = ()
    problem_ids: tuple[int, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class PegView:
    """From what a promise lives: words, its span of days, and how deep in the recipe it stands (1: the item itself).

    number: of the lot, receipt, work centre or supplier.
    """

    kind: str
    words: str
    begins: date
    ends: date
    level: int
    late: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True)
class PromiseView:
    """One promised part of a line, in stock units, with its reason in a sentence and all that it lives from."""

    quantity: Decimal
    unit: str
    promised_date: date
    ship_date: date
    site: str
    late_days: int
    sentence: str
    pegs: tuple[PegView, ...] = ()


@dataclass(frozen=True, slots=True)
class TermsView:
    """How the order (group "") or a group of its lines is to be delivered.

    agreed: here, by `by` for `reason`, and not only the customer's usual terms; texts: of what was agreed, by term. waits:
    by how much and because of which line all of it waits, "" when it does not.
    """

    group: str
    sentence: str
    agreed: bool = False
    by: str = ""
    reason: str = ""
    texts: dict[str, str] | None = None
    positions: tuple[int, ...] = ()
    waits: str = ""


@dataclass(frozen=True, slots=True)
class LineView:
    """One line. fields: by LINE_FIELDS name, all of them. unit_sentence: "3 CS = 36 EA" or "".

    group: of lines under the same terms. taken: the other way that a person took, in words; ordered_as: what was ordered
    when a substitute is promised. missed: parts that would come too late for the customer.

    can_remember: the clerk mapped this customer part number by hand, so "always for this customer" is offered.
    """

    id: int
    position: int
    removed: bool
    fields: dict[str, FieldView]
    item: Choice
    unit: Choice
    unit_sentence: str
    quantity: Decimal | None
    stock_quantity: Decimal | None
    stock_unit: str
    unit_price: Decimal | None
    agreed_price: Decimal | None
    price_sentence: str
    amount: Decimal | None
    requested_date: date | None
    promises: tuple[PromiseView, ...] = ()
    problem_ids: tuple[int, ...] = ()
    can_remember: bool = False
    group: str = ""
    taken: str = ""
    ordered_as: str = ""
    missed: tuple[PromiseView, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether another way is worth a look: it comes later than wanted, in parts, or a part is missed."""
        late = any(part.late_days for part in self.promises)
        return late or len(self.promises) > 1 or bool(self.missed)


@dataclass(frozen=True, slots=True)
class Fix:
    """One way out of a problem.

    kind: "edit" (correct() with line_id, name, value), "focus" (put the cursor into that field), "accept"
    (accept_problem), "customer" and "item" (open that master data), "ask" (question to the customer), "remove" (remove_line), "link" (open order `value`), "draft" (open draft `value`),
    "add" (add_line), "withdraw", "remember".
    """

    kind: str
    label: str
    line_id: int | None = None
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class ProblemView:
    """severity: "blocking", "hold", "warning", with what that means in why_severity. may_pass: roles and duties that may
    let it pass, who_may the same in words, i_may: the person who looks is one of them; by_me: they let it pass; two_people: then somebody else has
    to confirm. quick: it is let pass by a key, without a reason of one's own.
    """

    id: int
    code: str
    line_id: int | None
    position: int | None
    field: str
    blocking: bool
    sentence: str
    question: str
    fixes: tuple[Fix, ...] = ()
    accepted: bool = False
    accepted_by: str = ""
    accepted_reason: str = ""
    accepted_until: datetime | None = None
    severity: str = "warning"
    why_severity: str = ""
    hold: str = ""
    may_pass: tuple[str, ...] = ()
    who_may: str = ""
    two_people: bool = False
    by_me: bool = False
    i_may: bool = True
    quick: bool = True
    facts: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PartView:
    """One body or attachment; text only of text parts; pages: (width, height) in points."""

    id: int
    number: int
    kind: str
    content_type: str
    filename: str
    size: int
    parent: int
    text: str | None
    pages: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentPane:
    id: int
    channel: str
    lane: str
    subject: str
    sender_name: str
    sender_address: str
    received_at: datetime
    authentication: str
    source_name: str
    parts: tuple[PartView, ...] = ()


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another draft of the same document."""

    draft_id: int
    ordinal: int
    po_number: str
    status: str


@dataclass(frozen=True, slots=True)
class SlipView:
    """An earlier promise that comes later for this draft, or sooner."""

    order_id: int
    order_number: str
    customer: str
    position: int
    from_date: date
    to_date: date | None
    days: int


@dataclass(frozen=True, slots=True)
class OrderLink:
    """A booked order that this draft repeats, revises or became; differences: (what, there, here).

    consequences: what confirming does to goods that are allocated, picked, shipped or billed: (sentence, must be
    cleared first). days: what it does to promised days, while it can be confirmed.
    """

    order_id: int
    number: str
    po_number: str
    status: str
    booked_at: datetime
    differences: tuple[tuple[str, str, str], ...] = ()
    consequences: tuple[tuple[str, bool], ...] = ()
    days: tuple[DaysAhead, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """kind: "question" (ours; who: the actor) or "answer" (who: the sender's address; document_id: the mail)."""

    kind: str
    at: datetime
    who: str
    text: str
    document_id: int | None


@dataclass(frozen=True, slots=True)
class ClaimView:
    user_id: int
    name: str
    until: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class Workbench:
    """Everything that the workbench shows of one draft.

    version: send it back with every correction. confirm_sentence: what Confirm will do; why_not: what still stands
    in its way, in sentences (empty: it may be confirmed). previous_id / next_id: neighbours in the queue.
    reply_to: the address that the acknowledgement goes to. promise_age: when the shown promise was calculated.
    onlookers: names of others who have it on the screen. terms: the order's first. held_until: until then the promise
    holds its supply. slips: earlier promises that give way to it when it is confirmed.
    """

    draft_id: int
    version: int
    status: str
    kind: str
    ordinal: int
    created_at: datetime
    document: DocumentPane | None
    siblings: tuple[Sibling, ...]
    customer: Choice
    ship_to: Choice
    bill_to: Choice
    contact: str
    reply_to: str
    po_number: str
    currency: str
    order_date: date | None
    requested_date: date | None
    fields: dict[str, FieldView]
    lines: tuple[LineView, ...]
    problems: tuple[ProblemView, ...]
    total: Decimal | None
    promised_at: datetime | None
    duplicate_of: OrderLink | None
    revision_of: OrderLink | None
    order: OrderLink | None
    conversation: tuple[Remark, ...]
    claim: ClaimView | None
    onlookers: tuple[str, ...]
    parked_until: datetime | None
    legal_verbs: tuple[str, ...]
    confirm_sentence: str
    why_not: tuple[str, ...]
    can_undo: bool
    doubtful_count: int
    previous_id: int | None
    next_id: int | None
    place: int
    queue_length: int
    terms: tuple[TermsView, ...] = ()
    held_until: datetime | None = None
    slips: tuple[SlipView, ...] = ()
