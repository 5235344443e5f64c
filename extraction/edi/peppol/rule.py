"""What a rule is, and lists of them for several transactions that share their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from extraction.edi.peppol.paper import Element, Paper

FATAL, WARNING = "fatal", "warning"

Check = Callable[[Paper], Iterator[Element]]


@dataclass(frozen=True, slots=True)
class Rule:
    """id as Peppol publishes it; severity FATAL or WARNING; check gives every element that breaks it."""

    id: str
    severity: str
    sentence: str
    check: Check


def rules(transaction: str, rows: Iterable[tuple[str, str, str, Check]]) -> tuple[Rule, ...]:
    """Rows of (number, severity, sentence, check) as the rules of a transaction."""
    return tuple(
        Rule(f"PEPPOL-{transaction}-{number}", severity, sentence, check)
        for number, severity, sentence, check in rows
    )
