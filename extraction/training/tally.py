"""Readings of generated documents counted against their truth, document by document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.inbound.reading import Candidate, Extraction, ReadOrder
from extraction.context import Context
from extraction.extract import extract
from extraction.training.compare import Line, Read, aligned, part_read, same
from extraction.training.documents import Document

HEADER = ("po_number", "order_date", "currency", "buyer_name", "buyer_contact", "buyer_email", "ship_to", "bill_to", "requested_date", "payment_terms", "incoterms", "ship_via", "subtotal", "tax", "freight", "total")  # fmt: skip
LINE = (
    "sku",
    "buyer_sku",
    "supplier_sku",
    "manufacturer_sku",
    "description",
    "quantity",
    "uom",
    "unit_price",
    "amount",
    "requested_date",
)
IMPLIED = frozenset({"currency"})
UNSAID = frozenset({"amount", "unit_price", "requested_date"})


@dataclass(frozen=True, slots=True)
class Judged:
    """One field of one document: name ("line ..." for lines), what was wanted and read ("" for none), and whether it is right."""

    name: str
    wanted: str
    given: Candidate | None
    right: bool


@dataclass(frozen=True)
class Marked:
    """A document with every field of it judged. lane: what the message was taken for."""

    document: Document
    fields: tuple[Judged, ...]
    lane: str
    reading: Extraction

    @property
    def exact(self) -> bool:
        return all(f.right for f in self.fields)


@dataclass
class Tally:
    """hits, misses and false alarms by name."""

    hits: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)

    def add(self, judged: Judged, *names: str) -> None:
        for name in names:
            self.hits[name] += judged.right
            self.missed[name] += bool(judged.wanted) and not judged.right
            self.invented[name] += judged.given is not None and not judged.right

    def counts(self, name: str) -> int:
        return self.hits[name] + self.missed[name] + self.invented[name]

    def f1(self, name: str) -> float:
        hits = self.hits[name]
        return round(2 * hits / max(2 * hits + self.missed[name] + self.invented[name], 1), 4)


def part_of(name: str) -> str:
    return "line" if name.startswith("line ") else "header"


def marked(documents: Iterable[Document]) -> Iterator[Marked]:
    """Every document read as the product would, and judged."""
    for document in documents:
        reading = extract(document.message, Context())
        order = reading.orders[0] if reading.orders else ReadOrder()
        found = judged(document.truth, document.lines, document.lenient, order)
        yield Marked(document, tuple(found), reading.lane, reading)


def judged(
    truth: Line, lines: Sequence[Line], lenient: Collection[str], order: ReadOrder
) -> Iterator[Judged]:
    """Every field wanted or read."""
    for name in HEADER:
        yield from _one(name, truth.get(name, ""), order.fields.get(name), name in lenient)
    for wanted, read in aligned(lines, order.lines):
        yield from _line(wanted, read, lenient)


def _line(wanted: Line, read: Read, lenient: Collection[str]) -> Iterator[Judged]:
    """A part number without a named owner is right in any field; missing and surplus lines count with all their cells."""
    if "sku" in wanted:
        yield from _one("line sku", wanted["sku"], read.get(part_read(wanted, read)))
    for name in LINE[1:]:
        if "sku" in wanted and name == part_read(wanted, read):
            continue
        either = name in lenient or (bool(wanted) and name in UNSAID and name not in wanted)
        yield from _one(f"line {name}", wanted.get(name, ""), read.get(name), either)


def _one(
    name: str, wanted: str, given: Candidate | None, lenient: bool = False
) -> Iterator[Judged]:
    if not wanted and (given is None or name in IMPLIED):
        return
    right = (
        given is not None and bool(wanted) and same(name.removeprefix("line "), wanted, given.value)
    )
    if right or not lenient:
        yield Judged(name, wanted, given, right)


def counted(found: Iterable[Marked]) -> Tally:
    """Everything added up: by field, by kind, and over all."""
    tally = Tally()
    for one in found:
        for judged in one.fields:
            part = part_of(judged.name)
            tally.add(judged, judged.name, part, f"{part} of {one.document.kind}")
    return tally


def knobs_apart(found: list[Marked], least: int = 5) -> dict[str, Mapping[str, float]]:
    """For each knob: documents that show it, and header and line F1 with it and without."""
    names = sorted({knob for one in found for knob in one.document.knobs})
    rows: dict[str, Mapping[str, float]] = {}
    for name in names:
        shows = [one for one in found if name in one.document.knobs]
        if len(shows) < least:
            continue
        with_it = counted(shows)
        without = counted(one for one in found if name not in one.document.knobs)
        rows[name] = {
            "documents": len(shows),
            "header": with_it.f1("header"), "header_without": without.f1("header"),
            "line": with_it.f1("line"), "line_without": without.f1("line"),
        }  # fmt: skip
    return rows
