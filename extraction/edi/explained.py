"""The segments of a raw interchange with the names of their parts, for a person who looks at them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from core.errors import Unreadable
from extraction.edi.decoding import as_utf8
from extraction.edi.edifact import segments as edifact
from extraction.edi.sniff import HEAD, sniff_file
from extraction.edi.source import bytewise, decoded
from extraction.edi.x12 import segments as x12

NAMES = Path(__file__).with_name("segment_names.toml")
MOST = 2_000
_REASONS = {"UCI": 5, "UCF": 5, "UCM": 4, "UCS": 2, "UCD": 1}


@dataclass(frozen=True, slots=True)
class Explained:
    """One value: where it stands ("BEG03", "DTM 1:2"), what that place is called, the value, what a code means."""

    at: str
    label: str
    value: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class ExplainedSegment:
    """number: as the readers count, so that a finding's "segment 12" is this one. name: "" when we know none."""

    number: int
    tag: str
    name: str
    raw: str
    parts: tuple[Explained, ...]


def explain(content: bytes, first: int = 1, most: int = MOST) -> tuple[ExplainedSegment, ...]:
    """Segments `first` to `first + most - 1` of an X12 or EDIFACT file; () for anything else or what cannot be cut."""
    content = as_utf8(content)
    sniffed = sniff_file(content[:HEAD])
    cut = _CUTTERS.get(sniffed.family) if sniffed else None
    if sniffed is None or cut is None:
        return ()
    try:
        return tuple(islice(cut(content[sniffed.before :]), first - 1, first - 1 + most))
    except Unreadable:
        return ()


def _x12(content: bytes) -> Iterator[ExplainedSegment]:
    for batch in x12.batches(decoded([content])):
        for number, text in enumerate(batch.texts, batch.first):
            found = x12.segment(text, number, batch.delimiters)
            name, labels = _names("x12", found.tag)
            parts = (
                _element(found.tag, n, value.strip(), labels)
                for n, value in enumerate(found.elements[1:], 1)
                if value.strip()
            )
            yield ExplainedSegment(number, found.tag, name, text, tuple(parts))


def _element(tag: str, number: int, value: str, labels: list[str]) -> Explained:
    label = labels[number - 1] if number <= len(labels) else ""
    known = _codes(f"x12.{tag}.{number}")
    if label == "id kind" and not known:
        known = _codes("x12.PO1.id")
    elif tag == "AK5" and number > 1:
        known = _codes("x12.AK5.2")
    return Explained(f"{tag}{number:02d}", label, value, known.get(value, ""))


def _edifact(content: bytes) -> Iterator[ExplainedSegment]:
    for batch in edifact.batches(bytewise([content])):
        for number, text in enumerate(batch.texts, batch.first):
            found = edifact.segment(text, number, batch.service, batch.charset)
            name, labels = _names("edifact", found.tag)
            parts = (
                part
                for place, components in enumerate(found.elements[1:], 1)
                for part in _components(found.tag, place, components, labels)
            )
            yield ExplainedSegment(number, found.tag, name, found.raw, tuple(parts))


def _components(
    tag: str, place: int, components: Iterable[str], labels: list[str]
) -> Iterator[Explained]:
    names = labels[place - 1].split(":") if place <= len(labels) else []
    values = [value.strip() for value in components]
    for n, value in enumerate(values, 1):
        if not value:
            continue
        label = names[n - 1] if n <= len(names) else ""
        at = f"{tag} {place}" if len(values) == 1 else f"{tag} {place}:{n}"
        known = _codes(f"edifact.{tag}.{place}.{n}") or (
            _codes(f"edifact.{tag}.{place}") if n == 1 else {}
        )
        if label == "kind" and tag in ("LIN", "PIA"):
            known = _codes("edifact.id")
        elif _REASONS.get(tag) == place:
            known = _codes("edifact.reason")
        yield Explained(at, label, value, known.get(value, ""))


_CUTTERS = {"x12": _x12, "edifact": _edifact}


@cache
def _data() -> dict[str, Any]:
    with NAMES.open("rb") as file:
        return tomllib.load(file)


def _names(standard: str, tag: str) -> tuple[str, list[str]]:
    name, *labels = _data()[standard].get(tag, [""])
    return name, labels


def _codes(place: str) -> dict[str, str]:
    found: dict[str, str] = _data()["codes"].get(place, {})
    return found
