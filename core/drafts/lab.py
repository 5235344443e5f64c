"""The mapping lab: a rule or a mapping that is proposed is tried on past drafts, and says what it would have done.

Nothing is changed and nothing is written: give it a session that is thrown away (Database.read).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.strictness import Rules, Strictness, rules_for
from core.catalogue.tables import Item
from core.drafts.case import Case
from core.drafts.overrides import case_of
from core.drafts.rate import rate
from core.drafts.reasons import problem_sentence
from core.drafts.recall import logged_hits, recall
from core.drafts.rules import check
from core.drafts.tables import Draft, DraftField, DraftLine, Problem
from core.parties.tables import Customer
from core.values import plain

RANK = {"": 0, "off": 0, "warning": 1, "hold": 2, "blocking": 3}
STOPS = 2
"""From this rank on a problem stops something."""


@dataclass(frozen=True, slots=True)
class Would:
    """One problem of one past draft that would have been told in another way.

    before, after: severities, "" when it is not told. passed: a person had let it pass, so stopping it would have been
    for nothing, or letting it go would have saved that person a look.
    """

    draft_id: int
    po_number: str
    customer: str
    opened_at: datetime
    position: int | None
    sentence: str
    before: str
    after: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Replay:
    """looked: drafts that were looked at, since that day. caught: stopped now and not before; let_go: the reverse;
    other: told in another way that stops nothing.
    """

    looked: int
    since: datetime
    caught: tuple[Would, ...] = ()
    let_go: tuple[Would, ...] = ()
    other: tuple[Would, ...] = ()

    @property
    def drafts(self) -> int:
        """How many drafts would have gone another way."""
        return len({w.draft_id for w in (*self.caught, *self.let_go, *self.other)})


Place = tuple[int | None, str]
Told = dict[Place, tuple[str, str]]


def replay_rule(
    session: Session,
    proposal: Strictness,
    *,
    customer_id: int | None = None,
    now: datetime,
    days: int = 90,
    most: int = 200,
) -> Replay:
    """What one check would have caught or let go, had it been as proposed: severity and limits, by code or code/case."""
    since = now - timedelta(days=days)
    rows = _past(session, since, customer_id, most)
    found = [
        would
        for draft, customer in rows
        for would in _differences(session, draft, customer, proposal)
    ]
    caught = tuple(w for w in found if RANK[w.before] < STOPS <= RANK[w.after])
    let_go = tuple(w for w in found if RANK[w.after] < STOPS <= RANK[w.before])
    other = tuple(w for w in found if w not in caught and w not in let_go)
    return Replay(len(rows), since, caught, let_go, other)


def _past(
    session: Session, since: datetime, customer_id: int | None, most: int
) -> Sequence[tuple[Draft, str]]:
    query = (
        select(Draft, Customer.name)
        .join(Customer, Customer.id == Draft.customer_id)
        .where(Draft.created_at >= since)
        .order_by(Draft.id.desc())
        .limit(most)
    )
    if customer_id is not None:
        query = query.where(Draft.customer_id == customer_id)
    return [(draft, name) for draft, name in session.execute(query)]


def _differences(
    session: Session, draft: Draft, customer: str, proposal: Strictness
) -> list[Would]:
    code, _, _ = proposal.code.partition("/")
    rules = rules_for(session, draft.customer_id)
    problems = session.scalars(
        select(Problem).where(Problem.draft_id == draft.id, Problem.code == code)
    ).all()
    old, new = _told(session, draft, code, rules, proposal, problems)
    passed = {(p.line_id, p.field) for p in problems if p.accepted_by}
    positions = {
        row.id: row.position
        for row in session.execute(
            select(DraftLine.id, DraftLine.position).where(DraftLine.draft_id == draft.id)
        )
    }
    return [
        Would(
            draft_id=draft.id,
            po_number=draft.po_number,
            customer=customer,
            opened_at=draft.created_at,
            position=positions.get(place[0] or 0),
            sentence=new.get(place, old.get(place, ("", "")))[1],
            before=old.get(place, ("", ""))[0],
            after=new.get(place, ("", ""))[0],
            passed=place in passed,
        )
        for place in {**old, **new}
        if old.get(place, ("", ""))[0] != new.get(place, ("", ""))[0]
    ]


def _told(
    session: Session,
    draft: Draft,
    code: str,
    rules: Rules,
    proposal: Strictness,
    problems: Sequence[Problem],
) -> tuple[Told, Told]:
    """What is told under today's rules and under the proposal.

    When only the severity differs, what was found then is told anew; other limits find anew.
    """
    today, proposed = rules.of(*_names(proposal.code)), rules.with_row(proposal)
    if today.limits == proposal.limits and today.severity != "off":
        return _stored(problems, rules), _stored(problems, proposed)
    case = recall(session, draft)
    return _found(session, case, code, rules), _found(session, case, code, proposed)


def _names(code: str) -> tuple[str, str]:
    name, _, case = code.partition("/")
    return name, case


def _stored(problems: Sequence[Problem], rules: Rules) -> Told:
    told = {}
    for problem in problems:
        severity = rules.of(problem.code, case_of(problem)).severity
        if severity != "off":
            sentence = problem_sentence(problem.code, problem.facts)
            told[problem.line_id, problem.field] = severity, sentence
    return told


def _found(session: Session, case: Case, code: str, rules: Rules) -> Told:
    case.rules = rules
    if code == "restricted-party":
        logged_hits(session, case, rules.limit(code, "score"))
    return {
        (r.found.line_id, r.found.field): (
            r.rule.severity,
            problem_sentence(r.found.code, r.facts),
        )
        for r in rate((p for p in check(case) if p.code == code), rules)
    }


@dataclass(frozen=True, slots=True)
class Mapped:
    """A past line with the customer's part number that is proposed, and what it was then."""

    draft_id: int
    po_number: str
    position: int
    quantity: str
    was: str
    same: bool


def replay_mapping(
    session: Session,
    customer_id: int,
    customer_sku: str,
    item_id: int,
    *,
    now: datetime,
    days: int = 365,
    most: int = 200,
) -> tuple[Mapped, ...]:
    """Past lines of this customer with this part number: which of them would mean another item, the newest first."""
    rows = session.execute(
        select(DraftLine, Draft, Item.number)
        .join(Draft, Draft.id == DraftLine.draft_id)
        .join(DraftField, DraftField.line_id == DraftLine.id)
        .outerjoin(Item, Item.id == DraftLine.item_id)
        .where(
            Draft.customer_id == customer_id,
            Draft.created_at >= now - timedelta(days=days),
            DraftLine.removed.is_(False),
            DraftField.name == "buyer_sku",
            DraftField.value == customer_sku,
        )
        .order_by(Draft.id.desc(), DraftLine.position)
        .limit(most)
    )
    return tuple(
        Mapped(
            draft.id,
            draft.po_number,
            line.position,
            f"{plain(line.quantity or Decimal(0))} {line.unit}",
            number or "",
            line.item_id == item_id,
        )
        for line, draft, number in rows
    )
