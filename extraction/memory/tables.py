"""What the lines that a clerk confirmed teach about the item table of a sender, and whether earlier lessons hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extraction.document import Document
from extraction.heads.find import find_heads
from extraction.heads.values import Head
from extraction.lines.cells import Line
from extraction.lines.find import lines_of
from extraction.memory import goods, recall
from extraction.memory.anchors import said
from extraction.memory.heads import guessed, heads_by, knows
from extraction.memory.layout import marks_of
from extraction.memory.lesson import CellRule, Lesson, is_memory
from extraction.memory.spots import Spot, agrees, spots
from extraction.tables.find import find_tables
from extraction.tables.values import Record, Table

NAMES = ("buyer_sku", "supplier_sku", "description", "quantity", "unit_price", "amount", "uom", "gtin", "manufacturer_sku", "requested_date", "line_no")  # fmt: skip
SAMPLE = 12
MAX_HEADS = 8
Wanted = Sequence[Mapping[str, str]]


def verdicts(
    documents: Sequence[Document], lines: Wanted, lessons: Sequence[Lesson]
) -> dict[str, bool]:
    """Key -> whether the cells that a table's lesson read were right, mostly."""
    found = {}
    for document in documents:
        for table in recall.tables_in(document):
            lesson = next((k for k in lessons if k.kind == "table" and knows(table.head, k)), None)
            if lesson is None or lesson.asleep:
                continue
            read, _ = recall.lines_in(table, document)
            pairs = _paired(read, lines)
            cells = [(n, c, w) for r, w in pairs for n, c in r.items() if is_memory(c.source)]
            right = sum(_holds(document, n, c.value, w.get(n, "")) for n, c, w in cells)
            if cells:
                found[lesson.key] = right >= 0.8 * len(cells)
    return found


def _holds(document: Document, name: str, given: str, wanted: str) -> bool:
    """Whether a value was right; one confirmed that the document does not say is a decision and contradicts nothing."""
    return agrees(name, wanted, given) or (bool(wanted) and not spots(document, name, wanted))


def _paired(read: Sequence[Line], lines: Wanted) -> Iterator[tuple[Line, Mapping[str, str]]]:
    if len(read) == len(lines):
        yield from zip(read, lines, strict=True)


def taught(documents: Sequence[Document], lines: Wanted, read: Sequence[Line]) -> Iterator[Lesson]:
    """A lesson for the table that holds the lines, when it would have read them better than they were read."""
    if len(read) == len(lines):
        yield from goods.units(read, lines)
    before = score(read, lines)
    best: tuple[float, Document, Lesson] | None = None
    for document in documents:
        for head, where in _candidates(document, lines, before < 1.0):
            lesson = _lesson(document, head, where, lines)
            if lesson is None:
                continue
            after = score(_replayed(document, lesson), lines)
            gained = after > before or (after == before and any(c.fills for c in lesson.cells))
            if gained and after > (best[0] if best else 0.0):
                best = (after, document, lesson)
        if best and best[0] >= 1.0:
            break
    if best:
        yield best[2]
    if before < 1.0:
        yield from _no_lines(documents, best[2] if best else None, lines)


def score(read: Sequence[Line], lines: Wanted) -> float:
    """Share of the cells that are right, missing and surplus ones counted as wrong."""
    right = total = 0
    for given, wanted in _aligned(read, lines):
        names = {n for n in NAMES if wanted.get(n) or n in given}
        total += len(names)
        right += sum(n in given and agrees(n, wanted.get(n, ""), given[n].value) for n in names)
    return right / total if total else 0.0


def _aligned(read: Sequence[Line], lines: Wanted) -> Iterator[tuple[Line, Mapping[str, str]]]:
    """Lines in pairs by their quantity, in order; what has no partner stands against an empty line."""
    if len(read) == len(lines):
        yield from zip(read, lines, strict=True)
        return
    left = list(read)
    for wanted in lines:
        at = next((i for i, r in enumerate(left[:6]) if _same_goods(r, wanted)), None)
        if at is None:
            yield {}, wanted
        else:
            for surplus in left[:at]:
                yield surplus, {}
            yield left[at], wanted
            left = left[at + 1 :]
    for surplus in left:
        yield surplus, {}


def _same_goods(read: Line, wanted: Mapping[str, str]) -> bool:
    shared = [n for n in NAMES if n in read and wanted.get(n)]
    return 2 * sum(agrees(n, wanted[n], read[n].value) for n in shared) >= len(shared) > 0


def _candidates(document: Document, lines: Wanted, wrong: bool) -> Iterator[tuple[Head, str]]:
    """Heads that were found, and heads that could stand over the place where the lines are."""
    heads = find_heads(document.canvas.rows)
    for head in heads[:MAX_HEADS]:
        yield head, "head"
    if not wrong:
        return
    first, spans = _where(document, lines)
    if first is not None:
        for head in guessed(document.canvas, first, spans):
            yield head, "window"


def _lesson(document: Document, head: Head, where: str, lines: Wanted) -> Lesson | None:
    rows = document.canvas.rows[head.first : head.last + 1]
    lesson = Lesson(
        "table", "",
        words=" ".join(said(s.text) for row in rows for s in row.segments)[:160],
        where=where,
        rows=len(rows),
        titles=tuple(said(c.title) for c in head.columns),
        layout=marks_of(document.canvas),
    )  # fmt: skip
    if where == "window":
        roles = {i: c.role for i, c in enumerate(head.columns) if c.role in NAMES}
        cells = tuple(CellRule(r, i, lesson.titles[i]) for i, r in roles.items())
        lesson = replace(lesson, cells=cells)
    for _ in range(2):  # a second look with the roles that the first one found
        table = _table(document, lesson)
        if table is None:
            return None
        found = _rules(table, document, lines)
        kept = [c for c in lesson.cells if c.field not in {r.field for r in found}]
        lesson = replace(lesson, cells=(*kept, *found) if where == "window" else found)
    return lesson if lesson.cells else None


def _table(document: Document, lesson: Lesson) -> Table | None:
    heads = heads_by(document.canvas, find_heads(document.canvas.rows), lesson)
    if heads is None:
        return None
    tables = find_tables(document.canvas, document.number_style, heads)
    known = [t for t in tables if knows(t.head, lesson)]
    return max(known, key=lambda t: len(t.records), default=None)


def _rules(table: Table, document: Document, lines: Wanted) -> tuple[CellRule, ...]:
    pairs = goods.pairs(table.records, lines)
    if not pairs:
        return ()
    plain = Table(table.head, table.page, table.columns, [table.records[i] for i, _ in pairs])
    given = _as_read(plain, document)
    return goods.rules(plain, plain.records, [lines[j] for _, j in pairs], given, document)


def _as_read(table: Table, document: Document) -> list[Line]:
    """What the table's own heads give for every record, order line or not."""
    read: list[Line] = []

    def keep(record: Record, line: Line) -> Line:
        read.append(line)
        return line

    lines_of(table, document, keep)
    return read


def _replayed(document: Document, lesson: Lesson) -> list[Line]:
    context = replace(document.context, lessons=(*document.context.lessons, lesson.told()))
    taught_document = replace(document, context=context)
    table = _table(taught_document, lesson)
    return recall.lines_in(table, taught_document)[0] if table else []


def _where(document: Document, lines: Wanted) -> tuple[int | None, dict[str, tuple[float, float]]]:
    """The row of the first line, and where each field stands from left to right."""
    first: int | None = None
    spans: dict[str, tuple[float, float]] = {}
    after = 0
    for line in lines[:SAMPLE]:
        found = {n: spots(document, n, line[n]) for n in NAMES if line.get(n)}
        row = _row_of(found, after)
        if row is None:
            continue
        first = row if first is None else first
        for name, places in found.items():
            spot = next((s for s in places if row <= s.row <= row + 2), None)
            if spot is not None:
                box = spot.rows[0].box
                x0, x1 = spans.get(name, (box.x0, box.x1))
                spans[name] = (min(x0, box.x0), max(x1, box.x1))
        after = row + 1
    return first, spans


def _row_of(found: Mapping[str, Sequence[Spot]], after: int) -> int | None:
    """The row where most fields of a line stand together."""
    rows: dict[int, set[str]] = {}
    for name, places in found.items():
        for spot in places:
            if spot.row >= after:
                rows.setdefault(spot.row, set()).add(name)
    best = max(rows, key=lambda r: (len(rows[r]), -r), default=None)
    return best if best is not None and len(rows[best]) >= 2 else None


def _no_lines(
    documents: Sequence[Document], lesson: Lesson | None, lines: Wanted
) -> Iterator[Lesson]:
    """Rows that were read as lines and are none, by their first words."""
    for document in documents:
        known = () if lesson is None else (lesson.told(),)
        context = replace(document.context, lessons=(*document.context.lessons, *known))
        aware = replace(document, context=context)
        for table in recall.tables_in(aware):
            pairs = goods.pairs(table.records, lines)
            if not pairs:
                continue
            used = {i for i, _ in pairs}
            openings = {goods.opening_of(table.records[i]) for i in used}
            for i, record in enumerate(table.records):
                words = goods.opening_of(record)
                if i not in used and len(words) >= 3 and words not in openings:
                    yield Lesson("no-line", "", words=words, layout=marks_of(document.canvas))
