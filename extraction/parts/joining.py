"""One order over several files: files that go on, files that say the same twice, and lists beside an order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.inbound.values import Finding
from extraction.parts.comparing import paired
from extraction.sources import Source

TWICE = 0.6  # share of the shorter list that must stand in the longer one too
_COUNTER = re.compile(
    r"\b(?:page|pages|seite|blatt|pag\.?|p\.|pagina|página|hoja|folha|sheet|bladzijde|blz\.?)\s*:?\s*"
    r"([0-9]{1,2})\s*(?:of|/|von|sur|de|di|van|aus)\s*([0-9]{1,2})\b",
    re.IGNORECASE,
)


@dataclass
class Joined:
    """carriers: a source for each order. twins: (carrier, a source that says the same order again)."""

    carriers: list[Source] = field(default_factory=list)
    twins: list[tuple[int, Source]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def joined(attached: Sequence[Source]) -> Joined:
    """The attachments with order lines, put together by purchase order number."""
    found = Joined()
    ranked = sorted(attached, key=lambda s: (not s.sells, len(s.lines)), reverse=True)
    numbered = [s for s in ranked if number_of(s)]
    for source in numbered or ranked[:1]:
        at = next(
            (n for n, c in enumerate(found.carriers) if number_of(c) == number_of(source)), None
        )
        if at is None:
            found.carriers.append(source)
        else:
            _add(found, at, source)
    for source in ranked:
        if not number_of(source) and source not in found.carriers:
            if len(found.carriers) == 1:
                _add(found, 0, source)
            else:
                _tell_lines(found, source)
    order = sorted(range(len(found.carriers)), key=lambda n: _place(found.carriers[n], attached))
    found.carriers = [found.carriers[n] for n in order]
    found.twins = [(order.index(n), source) for n, source in found.twins]
    return found


def _place(carrier: Source, attached: Sequence[Source]) -> int:
    """Where its file, or its stretch of a file, stands among the attachments."""
    same = [n for n, s in enumerate(attached) if s.reading is carrier.reading]
    return same[0] if same else len(attached)


def number_of(source: Source) -> str:
    """The purchase order number that the source speaks for most, folded; "" when it names none."""
    best = max(
        (c for c in source.clues if c.field == "po_number"), key=lambda c: c.score, default=None
    )
    return best.value.casefold() if best else ""


def _add(found: Joined, at: int, other: Source) -> None:
    carrier = found.carriers[at]
    shared = len(list(paired(carrier.lines, other.lines)))
    if shared >= TWICE * min(len(carrier.lines), len(other.lines)):
        found.twins.append((at, other))
    elif not shared and not other.sells and _goes_on(carrier, other):
        first, second = sorted((carrier, other), key=_begins)
        found.carriers[at] = replace(
            carrier,
            lines=[*first.lines, *second.lines],
            clues=[*carrier.clues, *(replace(c, score=c.score * 0.9) for c in other.clues)],
        )
        text = f"{_name(first)} and {_name(second)} were read as one order; check that they belong together."
        found.findings.append(Finding("files-joined", "warning", text, f"part {other.part.number}"))
    else:
        _tell_lines(found, other)


def _tell_lines(found: Joined, source: Source) -> None:
    text = f"{_name(source)} also lists {len(source.lines)} lines that were not taken; compare them with the order."
    found.findings.append(Finding("lines-elsewhere", "warning", text, f"part {source.part.number}"))


def _goes_on(one: Source, other: Source) -> bool:
    """Whether the page counters or the numbers of the lines of the two fit together."""
    counted = counters(one), counters(other)
    if all(counted) and {last for _, last in counted[0]} == {last for _, last in counted[1]}:
        return not {n for n, _ in counted[0]} & {n for n, _ in counted[1]}
    numbers = sorted((_line_numbers(one), _line_numbers(other)))
    if not all(numbers) or min(numbers[0]) > 10:
        return False
    step = numbers[1][0] - numbers[0][-1]
    return step == 1 or (step > 0 and step == numbers[0][0])


def counters(source: Source) -> set[tuple[int, int]]:
    """ "Page 2 of 3" -> (2, 3), of all its pages."""
    return {(int(n), int(last)) for n, last in _COUNTER.findall(source.reading.text[:200_000])}


def _begins(source: Source) -> tuple[int, int, int]:
    pages, numbers = counters(source), _line_numbers(source)
    return min(pages, default=(0, 0))[0], numbers[0] if numbers else 0, source.part.number


def _line_numbers(source: Source) -> list[int]:
    told = [line["line_no"].value for line in source.lines if "line_no" in line]
    return [int(t) for t in told if t.isascii() and t.isdigit() and len(t) < 8]


def _name(source: Source) -> str:
    return source.part.filename or f"Part {source.part.number}"
