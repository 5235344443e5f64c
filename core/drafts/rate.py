"""How bad each problem is: what a check found, as strict as policy wants it; what policy leaves out is not told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.agreements.strictness import Rules, Strictness
from core.drafts.checks.values import ProblemFound


@dataclass(frozen=True, slots=True)
class Rated:
    found: ProblemFound
    rule: Strictness

    @property
    def blocking(self) -> bool:
        return self.rule.severity == "blocking"

    @property
    def facts(self) -> dict[str, str]:
        """What was found, with the case of it, as rows keep it."""
        return {**self.found.facts, **({"case": self.found.case} if self.found.case else {})}

    @property
    def place(self) -> tuple[str, int | None, str]:
        return self.found.code, self.found.line_id, self.found.field


def rate(found: Iterable[ProblemFound], rules: Rules) -> list[Rated]:
    rated = (Rated(problem, rules.of(problem.code, problem.case)) for problem in found)
    return [r for r in rated if r.rule.severity != "off"]
