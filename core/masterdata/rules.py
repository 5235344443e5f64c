"""What a row about the strictness of a check may say: known checks, people and figures only."""

from __future__ import annotations

from collections.abc import Iterator

from core.agreements.defaults import DEFAULTS
from core.agreements.limits import out_of_range
from core.masterdata.checks import Case, Problem
from core.people.tables import DUTIES, ROLES
from core.values import exact

LONGEST_HOURS = 100_000


def check_is_known(case: Case) -> Iterator[Problem]:
    code = case.values["code"]
    rule = DEFAULTS.get(code)
    if rule is None and code.partition("/")[0] not in {c.partition("/")[0] for c in DEFAULTS}:
        yield Problem("code", f"There is no check {code}; take its code from Settings, Checks.")
    elif rule is not None and rule.fixed:
        yield Problem("code", f"This check stays as it is. {rule.fixed} Leave this row out.")


def people_are_known(case: Case) -> Iterator[Problem]:
    yield from _unknown(case, "roles")


def holders_are_known(case: Case) -> Iterator[Problem]:
    """Whom nobody could lift it for would be held for ever."""
    yield from _unknown(case, "place_roles")
    yield from _unknown(case, "lift_roles")
    if not case.values["lift_roles"]:
        yield Problem("lift_roles", "Name somebody who may lift it, or it stands for ever.")


def _unknown(case: Case, column: str) -> Iterator[Problem]:
    unknown = [r for r in case.values[column] if r not in (*ROLES, *DUTIES)]
    if unknown:
        yield Problem(
            column,
            f"There is no role or duty {unknown[0]}; there are {', '.join((*ROLES, *DUTIES))}.",
        )


def hours_are_sound(case: Case) -> Iterator[Problem]:
    hours = case.values["expires_hours"]
    if hours is not None and not 1 <= hours <= LONGEST_HOURS:
        yield Problem(
            "expires_hours", f"Enter 1 to {LONGEST_HOURS:,} hours, or nothing: it counts for ever."
        )


def figures_are_known(case: Case) -> Iterator[Problem]:
    for name, value in case.values["limits"].items():
        said = out_of_range(case.values["code"], name, exact(value))
        if said:
            yield Problem("limits", said)
