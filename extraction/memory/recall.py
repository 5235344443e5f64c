"""A document read with what earlier corrections taught: tables known by their heads, clues at known places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extraction.document import Document
from extraction.heads.find import find_heads
from extraction.lines.cells import Line
from extraction.lines.find import lines_of
from extraction.memory import goods, header
from extraction.memory.anchors import said
from extraction.memory.heads import heads_by, knows, place_of
from extraction.memory.layout import ENOUGH, marks_of, similarity
from extraction.memory.lesson import Lesson
from extraction.tables.find import find_tables
from extraction.tables.values import Record, Table
from extraction.weighing.clues import Clue


def tables_in(document: Document) -> list[Table]:
    """The item tables of a canvas; a head that a lesson knows means what was learned."""
    lessons = _awake(document, "table")
    if not lessons:
        return find_tables(document.canvas, document.number_style)
    found = find_heads(document.canvas.rows)
    heads = next((h for k in lessons if (h := heads_by(document.canvas, found, k))), found)
    return find_tables(document.canvas, document.number_style, heads)


def lines_in(table: Table, document: Document) -> tuple[list[Line], list[Clue]]:
    """Order lines and clues of a table, read by the rules of the lesson that knows its head."""
    lesson = next((k for k in _awake(document, "table") if knows(table.head, k)), None)
    others = _awake(document, "no-line")
    units = _awake(document, "unit")
    if lesson is None and not others and not units:
        return lines_of(table, document)
    here = None if lesson is None else fitted(lesson, table)

    def amend(record: Record, line: Line) -> Line:
        if goods.is_no_line(record, others):
            return {}
        amended = line if here is None else goods.amended(record, line, here, document)
        return goods.with_units(amended, units)

    return lines_of(table, document, amend)


def fitted(lesson: Lesson, table: Table) -> Lesson:
    """The lesson with its rules at the columns that this table has."""
    titles = [said(c.title) for c in table.columns]
    cells = []
    for rule in lesson.cells:
        at = -1 if rule.piece == "none" else place_of(titles, rule.title, rule.column)
        if at is not None:
            cells.append(replace(rule, column=at))
    return replace(lesson, cells=tuple(cells))


def clues_in(document: Document) -> list[Clue]:
    """What stands at the places that lessons know."""
    lessons = document.context.lessons
    if not lessons:
        return []
    return list(header.clues(document, marks_of(document.canvas), lessons))


def weighed(clues: Sequence[Clue], documents: Sequence[Document]) -> list[Clue]:
    """The clues of an order with what this sender's orders always say, and without what lessons know to be wrong."""
    lessons = documents[0].context.lessons if documents else ()
    if not lessons:
        return list(clues)
    marks = [marks_of(d.canvas) for d in documents]
    near = [
        k for k in lessons if max((similarity(k.layout, m) for m in marks), default=0) >= ENOUGH
    ]
    return [*header.kept(clues, near), *header.constants(documents, lessons)]


def _awake(document: Document, kind: str) -> list[Lesson]:
    found = [k for k in document.context.lessons if k.kind == kind and not k.asleep]
    return sorted(found, key=lambda k: -k.strength)
