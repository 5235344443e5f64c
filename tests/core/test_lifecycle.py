"""The table is whole: every status can be reached and left or is an end, every verb has a module that takes the step."""

from __future__ import annotations

import ast
from importlib.util import find_spec
from pathlib import Path

import pytest

from core.events import EVENTS
from core.lifecycle import SAME, TABLE, TASKS, legal_verbs, step
from core.lifecycle_page import MODULES, PAGE, SUBJECTS, page

ROOT = Path(__file__).parents[2]
STEPS = sorted({(row.subject, row.verb) for row in TABLE})


def test_the_page_is_fresh() -> None:
    assert (ROOT / PAGE).read_text("utf-8") == page(), "run python -m core.lifecycle_page"


@pytest.mark.parametrize("subject", list(SUBJECTS))
def test_every_status_is_reachable(subject: str) -> None:
    rows = [row for row in TABLE if row.subject == subject]
    reached = {"new"}
    for _ in rows:
        for row in rows:
            if row.to_status != SAME and reached & set(row.from_statuses):
                reached.add(row.to_status)
    named = {status for row in rows for status in (*row.from_statuses, row.to_status or "new")}
    assert named <= reached


@pytest.mark.parametrize(("subject", "verb"), STEPS)
def test_every_verb_has_a_module_that_takes_its_step(subject: str, verb: str) -> None:
    spec = find_spec(MODULES[subject, verb])
    assert spec is not None and spec.origin is not None
    tree = ast.parse(Path(spec.origin).read_text("utf-8"))
    taken = {
        constant.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for constant in ast.walk(node)
        if isinstance(constant, ast.Constant)
    }
    assert verb in taken, f"{MODULES[subject, verb]} never takes the step {verb}"


def test_no_module_is_named_for_a_step_that_the_table_lacks() -> None:
    assert sorted(MODULES) == STEPS


def test_every_event_has_a_sentence_and_every_task_a_description() -> None:
    assert {row.event for row in TABLE} <= set(EVENTS)
    assert {task for row in TABLE for task in row.tasks} == set(TASKS)


def test_a_status_and_verb_mean_one_step() -> None:
    for row in TABLE:
        for status in row.from_statuses:
            assert step(row.subject, row.verb, status) is row


def test_legal_verbs_name_what_the_refusal_offers() -> None:
    assert legal_verbs("shipment", "shipped") == ("deliver",)
    assert legal_verbs("order", "cancelled") == ("acknowledge",)
