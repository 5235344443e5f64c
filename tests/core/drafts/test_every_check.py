"""Every check of the list, each in all its strictnesses: it stops, it is let pass for a time, it warns, it holds, it is off.

And what it says is a whole sentence, and each fix that it offers mends it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.defaults import DEFAULTS
from core.agreements.strictness import rules_for
from core.agreements.tables import CheckRule
from core.database import Database
from core.drafts import checks
from core.drafts.accept import accept_problem, can_pass
from core.drafts.checks.reading import DOUBT
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, correct
from core.drafts.fixes.find import MOST_PICKS
from core.drafts.overrides import case_of
from core.drafts.reasons import problem_sentence, question_sentence
from core.drafts.tables import Draft, Problem
from core.drafts.workbench import workbench
from core.errors import Blocked, NotAllowed, OrderclerkError
from core.orders.tables import Hold
from tests import builders as make
from tests.core.drafts.checked import Desk
from tests.core.drafts.scenes import Scene
from tests.core.drafts.scenes_of_days import scene as of_days
from tests.core.drafts.scenes_of_goods import scene as of_goods
from tests.core.drafts.scenes_of_money import scene as of_money
from tests.core.drafts.scenes_of_parties import scene as of_parties

HOUR = timedelta(hours=1)
SCENES: dict[str, Scene] = {**of_parties, **of_money, **of_goods, **of_days}


def fixed(name: str) -> bool:
    """Whether policy cannot change how strict the check is."""
    rule = DEFAULTS.get(name.partition("/")[0])
    return rule is not None and bool(rule.fixed)


PASSING = [name for name in SCENES if not fixed(name)]


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Desk]:
    with sqlite_database.begin() as session:
        yield Desk(session)


def strict(desk: Desk, code: str, severity: str) -> None:
    """Policy wants this code so, in every case of it, and all that is found beside it left out."""
    rows = desk.session.scalars(select(CheckRule)).all()
    known = {row.code: row for row in rows}
    for name in {code, *(c for c in (*DEFAULTS, *known) if c.partition("/")[0] == code)}:
        base = rules_for(desk.session, desk.customer.id).of(*name.split("/", 1))
        row = known.get(name) or CheckRule(code=name, roles=list(base.roles), limits={})
        row.severity = severity
        desk.session.add(row)
    desk.session.flush()


def alone(desk: Desk, draft: Draft, code: str) -> None:
    for other in set(desk.codes(draft)) - {code}:
        strict(desk, other, "off")


def found(desk: Desk, draft: Draft, code: str) -> Problem | None:
    query = select(Problem).where(Problem.draft_id == draft.id, Problem.code == code)
    return desk.session.scalars(query).first()


def lapses(session: Session, draft: Draft, clerk: str) -> None:
    """When its time is over it stops again."""
    with session.begin_nested() as trial:
        late = make.an_act(clerk, at=make.NOW + 2 * HOUR)
        with pytest.raises(Blocked):
            confirm(session, draft, version=draft.version, act=late)
        trial.rollback()
    session.expire_all()


@pytest.mark.parametrize("name", PASSING)
def test_in_every_strictness(desk: Desk, name: str) -> None:
    code, session = name.partition("/")[0], desk.session
    draft = SCENES[name](desk)
    alone(desk, draft, code)
    problem = found(desk, draft, code)
    assert problem is not None, desk.codes(draft)
    clerk, boss = f"user:{desk.clerk.id}", f"user:{desk.boss.id}"

    strict(desk, code, "off")
    desk.again(draft)
    assert found(desk, draft, code) is None

    strict(desk, code, "warning")
    desk.again(draft)
    problem = found(desk, draft, code)
    assert problem is not None and not problem.blocking and draft.blocking_count == 0

    strict(desk, code, "hold")
    desk.again(draft)
    before = session.scalars(select(Hold.id)).all()
    with session.begin_nested() as trial:
        confirm(session, draft, version=draft.version, act=make.an_act(clerk))
        held = session.scalars(select(Hold).where(Hold.id.not_in(before))).all()
        assert {hold.code for hold in held} == {code}
        trial.rollback()
    session.expire_all()

    strict(desk, code, "blocking")
    desk.again(draft)
    problem = found(desk, draft, code)
    assert problem is not None and problem.blocking
    said = problem_sentence(problem.code, problem.facts)
    with pytest.raises(Blocked) as caught:
        confirm(session, draft, version=draft.version, act=make.an_act(clerk))
    assert said in caught.value.reasons

    rule = rules_for(session, desk.customer.id).of(code, case_of(problem))
    assert can_pass(rule, problem.facts)
    with pytest.raises(NotAllowed):
        accept_problem(
            session, draft, problem.id, "why not", act=make.an_act("policy:auto-confirm")
        )
    accept_problem(
        session, draft, problem.id, "Asked", until=make.NOW + HOUR, act=make.an_act(boss)
    )
    if code != DOUBT:  # what somebody looked at is not doubted again
        lapses(session, draft, clerk)
    assert confirm(session, draft, version=draft.version, act=make.an_act(clerk)).number


@pytest.mark.parametrize("name", [name for name in SCENES if fixed(name)])
def test_what_nobody_can_let_pass_stops_whatever_policy_says(desk: Desk, name: str) -> None:
    session, draft = desk.session, SCENES[name](desk)
    alone(desk, draft, name)
    for severity in ("off", "warning", "hold"):
        strict(desk, name, severity)
        desk.again(draft)
        problem = found(desk, draft, name)
        assert problem is not None and problem.blocking
        boss = make.an_act(f"user:{desk.boss.id}")
        with pytest.raises((Blocked, NotAllowed)):
            accept_problem(session, draft, problem.id, "Asked", act=boss)
        with pytest.raises(Blocked) as caught:
            confirm(session, draft, version=draft.version, act=boss)
        assert problem_sentence(problem.code, problem.facts) in caught.value.reasons


@pytest.mark.parametrize("name", SCENES)
def test_it_says_a_whole_sentence_and_its_fixes_mend_it(desk: Desk, name: str) -> None:
    code, session = name.partition("/")[0], desk.session
    draft = SCENES[name](desk)
    problem = found(desk, draft, code)
    assert problem is not None
    asked = question_sentence(problem.code, problem.facts)
    for text in (problem_sentence(problem.code, problem.facts), asked):
        assert not re.search(r"[{}]|  |\bNone\b|\(\)|“”|: \.|\s[.,]", text), text
        assert not text or text[-1] in ".?", text
    (view,) = [p for p in workbench(session, draft.id).problems if p.id == problem.id]
    assert view.fixes, "there is a way out"
    assert len([f for f in view.fixes if f.kind == "edit"]) <= MOST_PICKS + 1
    for fix in (f for f in view.fixes if f.kind == "edit" and f.name != "kind"):
        with session.begin_nested() as trial:
            edit = Edit(fix.line_id, fix.name, fix.value)
            correct(session, draft, (edit,), version=draft.version, act=make.an_act())
            left = found(desk, draft, code)
            assert left is None or left.facts != problem.facts, fix
            trial.rollback()
        session.expire_all()


def test_every_code_has_its_scene() -> None:
    raised = {
        node.args[0].value
        for module in Path(checks.__path__[0]).glob("*.py")
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ProblemFound"
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    kept = {code.partition("/")[0] for code in DEFAULTS}
    assert raised <= kept
    assert {name.partition("/")[0] for name in SCENES} == kept


def test_nothing_but_the_gate_raises(desk: Desk) -> None:
    draft = desk.draft()
    assert desk.codes(draft) == {}
    try:
        confirm(desk.session, draft, version=draft.version, act=make.an_act())
    except OrderclerkError as error:
        pytest.fail(error.sentence)
