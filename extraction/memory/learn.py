"""After a clerk confirmed an order: what its document teaches, and which earlier lessons it bears out or contradicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.inbound.reading import ReadOrder
from core.inbound.values import Message
from extraction.context import Context
from extraction.document import Document
from extraction.extract import Work, read
from extraction.memory import header, styles, tables
from extraction.memory.anchors import said
from extraction.memory.layout import marks_of
from extraction.memory.lesson import Lesson
from extraction.memory.spots import agrees, folded, spots
from extraction.parts.find import carriers_of
from extraction.sources import Source
from extraction.weighing.clues import Clue

MAX_LESSONS = 60
MAX_LINES = 200


@dataclass(frozen=True, slots=True)
class Corrected:
    """An order as the clerk confirmed it: header fields and lines by name, as Candidate values are; absent is absent."""

    fields: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Mapping[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"fields": dict(self.fields), "lines": [dict(line) for line in self.lines]}

    @staticmethod
    def of_json(found: dict[str, Any]) -> Corrected:
        return Corrected(
            {str(k): str(v) for k, v in found["fields"].items()},
            tuple({str(k): str(v) for k, v in line.items()} for line in found["lines"]),
        )


@dataclass(frozen=True, slots=True)
class Taught:
    """lessons: new ones. confirmed, contradicted: keys of earlier lessons that spoke, and were right or wrong."""

    lessons: tuple[Lesson, ...] = ()
    confirmed: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()


def learn(message: Message, corrected: Sequence[Corrected], context: Context) -> Taught:
    """What the confirmed orders of a message teach beside `context.lessons`. Electronic messages teach nothing."""
    return learn_from(read(message, context), corrected)


def learn_from(work: Work, corrected: Sequence[Corrected]) -> Taught:
    """The same for a message that was read already."""
    if any(reading.orders for reading in work.edi):
        return Taught()
    carriers = carriers_of(work.sources)
    known = {lesson.key for lesson in work.context.lessons}
    lessons: dict[str, Lesson] = {}
    verdicts: dict[str, bool] = {}
    for number, order in matched(work, corrected):
        if number < len(carriers):
            one = _Order(work, carriers, number, order)
            verdicts.update({k: v and verdicts.get(k, True) for k, v in one.verdicts().items()})
            wrong = {key for key, right in verdicts.items() if not right}
            lessons.update({k.key: k for k in one.lessons(wrong) if k.key not in known})
    return Taught(
        tuple(lessons.values())[:MAX_LESSONS],
        tuple(sorted(k for k, right in verdicts.items() if right)),
        tuple(sorted(k for k, right in verdicts.items() if not right)),
    )


def matched(work: Work, corrected: Sequence[Corrected]) -> Iterator[tuple[int, Corrected]]:
    """(number of the order read, the order confirmed), by their place or their purchase order number."""
    if len(corrected) == len(work.orders) or (len(corrected) == 1 and len(work.orders) <= 1):
        yield from enumerate(corrected)
        return
    for order in corrected:
        for number, given in enumerate(work.orders):
            named = given.fields.get("po_number")
            if named and agrees("po_number", order.fields.get("po_number", ""), named.value):
                yield number, order
                break


class _Order:
    """One order of the message, as read and as confirmed."""

    def __init__(
        self, work: Work, carriers: Sequence[Source], number: int, order: Corrected
    ) -> None:
        self.order = replace(order, lines=order.lines[:MAX_LINES])
        self.read = work.orders[number] if number < len(work.orders) else ReadOrder()
        self.carrier = carriers[number]
        beside = [s for s in work.sources if s not in carriers]
        self.clues: list[Clue] = [c for s in (self.carrier, *beside) for c in s.clues]
        self.documents: list[Document] = [
            d for s in (self.carrier, *beside) for d in s.documents if d.canvas.rows
        ]
        self.earlier = work.context.lessons
        taken = [self._taken(d) for d in self.documents]
        self.taken = dict(enumerate(taken))
        self.marks = [_steady(d, t) for d, t in zip(self.documents, taken, strict=True)]

    def _taken(self, document: Document) -> frozenset[tuple[int, int]]:
        """Segments that are values of this order, and so no steady words."""
        found = set()
        for name, value in self.order.fields.items():
            for spot in spots(document, name, value):
                segment = document.canvas.rows[spot.row].segments[spot.index]
                if len(spot.rows[0].text) >= 0.6 * len(segment.text):
                    found.add((spot.row, spot.index))
                for row in range(spot.row + 1, spot.last + 1):
                    found |= {
                        (row, i)
                        for i, s in enumerate(document.canvas.rows[row].segments)
                        if any(p.box == s.box for p in spot.rows)
                    }
        goods = {folded(v) for k in self.order.lines for v in k.values() if len(v) > 3}
        found |= {
            (row, i)
            for row, every in enumerate(document.canvas.rows)
            for i, segment in enumerate(every.segments)
            if folded(segment.text) in goods
        }
        return frozenset(found)

    # Earlier lessons -------------------------------------------------------------------------------------------

    def verdicts(self) -> dict[str, bool]:
        """Key -> whether what the lesson said was right, for every earlier lesson that said something."""
        found: dict[str, bool] = {}
        constants = header.constants(self.documents, self.earlier) if self.documents else ()
        by_tag = {header.tag(k): k for k in self.earlier}
        for clue in (*self.clues, *constants):
            lesson = by_tag.get(clue.label)
            if lesson is not None:
                wanted = self.order.fields.get(clue.field, "")
                right = bool(wanted) and agrees(clue.field, wanted, clue.value)
                if right or not wanted or self._stands(clue.field, wanted):
                    found[lesson.key] = right and found.get(lesson.key, True)
        for lesson in self.earlier:
            if lesson.kind == "never":
                found.update(self._never(lesson))
        shown = {k.key for k in styles.taught(self.documents, self.order.fields)}
        if shown:
            found.update({k.key: k.key in shown for k in self.earlier if k.kind == "style"})
        found.update(tables.verdicts(self.documents, self.order.lines, self.earlier))
        return found

    def _stands(self, name: str, value: str) -> bool:
        """Whether a confirmed value is on the document; one that is not was a decision, and contradicts nothing."""
        return any(spots(d, name, value) for d in self.documents)

    def _never(self, lesson: Lesson) -> dict[str, bool]:
        silenced = [c for c in self.clues if not header.kept([c], [lesson])]
        if not silenced:
            return {}
        wanted = self.order.fields.get(lesson.field, "")
        return {lesson.key: not any(wanted and agrees(c.field, wanted, c.value) for c in silenced)}

    # New lessons -----------------------------------------------------------------------------------------------

    def lessons(self, wrong: set[str]) -> Iterator[Lesson]:
        """What this order teaches; nothing that it has just contradicted."""
        for name in header.TAUGHT:
            for lesson in self._about(name):
                if lesson.key not in wrong:
                    yield lesson
        yield from styles.taught(self.documents, self.order.fields)
        if self.order.lines:
            yield from tables.taught(self.carrier.documents, self.order.lines, self.read.lines)

    def _about(self, name: str) -> Iterator[Lesson]:
        wanted = self.order.fields.get(name, "")
        given = self.read.fields.get(name)
        if given is None and not wanted:
            return
        if given is not None and wanted and agrees(name, wanted, given.value):
            return
        if wanted:
            yield from header.taught(self.documents, name, wanted, self.taken, self.marks)
        if given is not None:
            yield from self._misled(name, wanted, given.value)

    def _misled(self, name: str, wanted: str, given: str) -> Iterator[Lesson]:
        """What announced a wrong value, unless it announces the right one too."""
        about = [c for c in self.clues if c.field == name]
        good = {(c.source, c.label) for c in about if wanted and agrees(name, wanted, c.value)}
        bad = [c for c in about if (c.source, c.label) not in good]
        if wanted:
            bad = [c for c in bad if agrees(name, given, c.value)]
        yield from header.never(name, bad, self.marks[0] if self.marks else ())


def _steady(document: Document, taken: frozenset[tuple[int, int]]) -> tuple[str, ...]:
    """The marks of a document without its values."""
    rows = document.canvas.rows
    values = {
        f"{int(rows[r].segments[i].box.x0 // 50)} {said(rows[r].segments[i].text)}"[:80]
        for r, i in taken
    }
    return tuple(m for m in marks_of(document.canvas) if m not in values)
