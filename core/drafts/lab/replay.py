"""The mapping lab: a rule that is proposed is tried on past drafts as they came, and says what it would have done.

Nothing is changed and nothing is written: give it a session that is thrown away (Database.read). What people did about
a draft in the end tells true alarms from false ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.agreements.strictness import Rules, Strictness, rules_for
from core.drafts.case import Case
from core.drafts.checks.values import ProblemFound
from core.drafts.lab.outcomes import Done, Place, Verdict, done_about, verdict
from core.drafts.lab.recall import logged_hits, recall
from core.drafts.rate import Rated, rate
from core.drafts.reasons import problem_sentence
from core.drafts.rules import check
from core.drafts.tables import Draft
from core.parties.tables import Customer

RANK = {"": 0, "off": 0, "warning": 1, "hold": 2, "blocking": 3}
STOPS = 2
"""From this rank on a problem stops something."""
AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Would:
    """One problem of one past draft that would have been told in another way; before, after: severities, "" untold."""

    draft_id: int
    po_number: str
    customer: str
    opened_at: datetime
    position: int | None
    sentence: str
    before: str
    after: str
    verdict: Verdict

    @property
    def way(self) -> str:
        """ "caught": stopped now and not before; "let go": the reverse; "other": in another way that stops nothing."""
        stopped, stops = RANK[self.before] >= STOPS, RANK[self.after] >= STOPS
        return "other" if stopped == stops else "caught" if stops else "let go"


@dataclass(frozen=True, slots=True)
class Alarms:
    """How many places a rule stops, by whether that was right; open: nobody decided yet."""

    right: int = 0
    wrong: int = 0
    open: int = 0

    def plus(self, found: Verdict) -> Alarms:
        if found.right is None:
            return replace(self, open=self.open + 1)
        right, wrong = self.right + found.right, self.wrong + (not found.right)
        return replace(self, right=right, wrong=wrong)

    @property
    def precision(self) -> int | None:
        """Per cent of its alarms that were right; None without any that was decided."""
        decided = self.right + self.wrong
        return round(100 * self.right / decided) if decided else None


@dataclass(frozen=True, slots=True)
class Replay:
    """looked of total drafts since that day. today, proposed: what the rule stops; known: right ones that either tells.

    after: go on with drafts below this id; None: all were looked at.
    """

    total: int
    since: datetime
    looked: int = 0
    drafts: int = 0
    caught: int = 0
    let_go: int = 0
    other: int = 0
    today: Alarms = field(default_factory=Alarms)
    proposed: Alarms = field(default_factory=Alarms)
    known: int = 0
    after: int | None = None
    rows: tuple[Would, ...] = ()

    def recall_of(self, alarms: Alarms) -> int | None:
        """Per cent of what was known to be wrong that is stopped."""
        return round(100 * alarms.right / self.known) if self.known else None


def replay_rule(
    session: Session,
    proposal: Strictness,
    *,
    customer_id: int | None = None,
    now: datetime,
    days: int = 90,
    so_far: Replay | None = None,
    most: int = AT_ONCE,
) -> Replay:
    """What one check would have stopped or let go, had it been as proposed: severity and limits, by code or code/case.

    Looks at the next `most` drafts, the newest first; give it the Replay so far to go on.
    """
    since = so_far.since if so_far else now - timedelta(days=days)
    past = [Draft.created_at >= since, Draft.customer_id.is_not(None)]
    past += [Draft.customer_id == customer_id] if customer_id is not None else []
    if so_far is None:
        count = session.scalar(select(func.count()).select_from(Draft).where(*past))
        so_far = Replay(count or 0, since)
    below = [Draft.id < so_far.after] if so_far.after is not None else []
    query = select(Draft.id).where(*past, *below).order_by(Draft.id.desc()).limit(most)
    ids = list(session.scalars(query))
    done = done_about(session, ids)
    found = replace(so_far, rows=(), after=ids[-1] if len(ids) == most else None)
    for draft_id in ids:
        found = _with(found, session, draft_id, proposal, done[draft_id])
        session.expunge_all()  # what was tried on the rows is never written
    return found


def _with(
    so_far: Replay, session: Session, draft_id: int, proposal: Strictness, done: Done
) -> Replay:
    draft = session.get_one(Draft, draft_id)
    customer = session.scalar(select(Customer.name).where(Customer.id == draft.customer_id)) or ""
    opened, po_number = draft.created_at, draft.po_number
    code, _, kind = proposal.code.partition("/")
    case = recall(session, draft)
    old, new = _told(session, case, code, proposal)
    positions = {line.id: line.position for line in case.lines}
    today, proposed, known, rows = so_far.today, so_far.proposed, so_far.known, []
    for place in {**old, **new}:
        told = (old.get(place), new.get(place))
        if kind and all(row is None or row.found.case != kind for row in told):
            continue  # a case that the proposal does not speak of
        before, after = (row.rule.severity if row else "" for row in told)
        found = verdict(done, code, *place)
        today = today.plus(found) if RANK[before] >= STOPS else today
        proposed = proposed.plus(found) if RANK[after] >= STOPS else proposed
        known += found.right is True
        if before != after:
            one = told[1] or told[0]
            assert one is not None
            sentence = problem_sentence(code, one.facts)
            rows.append(Would(draft_id, po_number, customer, opened, positions.get(place[0] or 0), sentence, before, after, found))  # fmt: skip
    ways = [row.way for row in rows]
    return replace(
        so_far,
        looked=so_far.looked + 1,
        drafts=so_far.drafts + bool(rows),
        caught=so_far.caught + ways.count("caught"),
        let_go=so_far.let_go + ways.count("let go"),
        other=so_far.other + ways.count("other"),
        today=today,
        proposed=proposed,
        known=known,
        rows=(*so_far.rows, *rows),
    )


Told = dict[Place, Rated]


def _told(session: Session, case: Case, code: str, proposal: Strictness) -> tuple[Told, Told]:
    """What is told under today's rules and under the proposal; other limits find anew."""
    rules = rules_for(session, case.draft.customer_id)
    proposed = rules.with_row(proposal)
    name = proposal.code.partition("/")
    same = rules.of(name[0], name[2]).limits == proposal.limits
    found = _found(session, case, code, rules)
    anew = found if same else _found(session, case, code, proposed)
    return _rated(found, rules), _rated(anew, proposed)


def _found(session: Session, case: Case, code: str, rules: Rules) -> list[ProblemFound]:
    case.rules = rules
    if code == "restricted-party":
        logged_hits(session, case, rules.limit(code, "score"))
    return [problem for problem in check(case) if problem.code == code]


def _rated(found: Iterable[ProblemFound], rules: Rules) -> Told:
    return {(r.found.line_id, r.found.field): r for r in rate(found, rules)}
