"""A reading as rows of text for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from core.inbound.reading import Candidate, Extraction


def rows(reading: Extraction) -> Iterator[str]:
    """Lane, each order's fields with confidence and place, its lines, and what was noticed."""
    yield f"lane       {reading.lane} ({reading.lane_confidence:.2f}) {reading.format}".rstrip()
    for reason in reading.lane_reasons:
        yield f"           {reason}"
    for number, order in enumerate(reading.orders, 1):
        yield f"order {number}"
        for name, candidate in order.fields.items():
            yield f"  {name:<16} {_shown(candidate)}"
        for position, line in enumerate(order.lines, 1):
            values = ", ".join(f"{name} {c.value}" for name, c in line.items())
            yield f"  line {position:<11} {values}"
    for finding in reading.findings:
        yield f"{finding.severity:<10} {finding.text} [{finding.code}]"


def _shown(candidate: Candidate) -> str:
    place = candidate.evidence
    where = f"part {place.part}" + (f", page {place.page}" if place.page else "")
    return f"{candidate.value}  ({candidate.confidence:.2f}, {where})"
