"""Fields as shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from core.company.policy import Policy
from core.drafts.checks.reading import is_doubtful
from core.drafts.panes import FieldView, Reading
from core.drafts.tables import DraftField, Problem
from core.drafts.words import FIELDS, where

Place = tuple[int | None, str]
Fields = dict[Place, DraftField]
Marks = dict[Place, tuple[int, ...]]


def beside(problems: Iterable[Problem]) -> Marks:
    """Per (line id, field name) the ids of the problems that stand beside it."""
    found: dict[Place, tuple[int, ...]] = defaultdict(tuple)
    for problem in problems:
        found[problem.line_id, problem.field] += (problem.id,)
    return dict(found)


def text_of(fields: Fields, name: str, line_id: int | None = None) -> str:
    row = fields.get((line_id, name))
    return row.value if row else ""


def field_view(
    row: DraftField | None, name: str, policy: Policy, problem_ids: tuple[int, ...]
) -> FieldView:
    """A field as shown; an absent one is empty, with its label."""
    label = FIELDS.get(name, name)
    if row is None:
        return FieldView(None, name, label, problem_ids=problem_ids)
    return FieldView(
        id=row.id,
        name=name,
        label=label,
        value=row.value,
        read_value=row.read_value,
        confidence=float(row.confidence),
        source=row.source,
        doubtful=is_doubtful(row, policy.doubt_threshold),
        accepted=row.accepted,
        corrected=row.corrected,
        evidence=row.evidence or None,
        alternatives=tuple(
            Reading(
                str(a.get("value", "")),
                float(a.get("confidence", 0)),
                a.get("evidence", {}),
                where(a.get("evidence", {})),
            )
            for a in row.alternatives
        ),
        problem_ids=problem_ids,
        where=where(row.evidence or {}),
    )
