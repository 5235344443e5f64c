"""Order lines: which column or piece of a cell holds which field, as a correction showed, and what is no line at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.inbound.reading import LINE_FIELDS, Candidate
from extraction.cells import Line, quantity_parts
from extraction.document import Document
from extraction.fields import dates, numbers
from extraction.fields.units import is_unit
from extraction.memory.anchors import said
from extraction.memory.lesson import CellRule, Lesson
from extraction.memory.spots import DAYS, NUMBERS, agrees
from extraction.segments import Segment, evidence_of
from extraction.tables import Record, Table
from extraction.vocabulary import tokens

PIECES = ("whole", "number", "unit", "first", "rest", "last", "head", "tail")
PER = (100, 1000, 10)
MOSTLY = 0.6
AFTER_WORDS = 4


@dataclass(frozen=True)
class Piece:
    """What one rule takes from a record."""

    text: str
    words: tuple[Segment, ...]


# Reading by rules -----------------------------------------------------------------------------------------------


def amended(record: Record, line: Line, lesson: Lesson, document: Document) -> Line:
    """The line of a record as the lesson reads it; empty when rows like this are no order lines."""
    line = dict(line)
    for rule in lesson.cells:
        if rule.piece == "none":
            line.pop(rule.field, None)
            continue
        found = read(record, rule, document)
        if found is not None:
            part, words = document.canvas.part, [w for s in found.words for w in s.words]
            evidence = evidence_of(part, words)
            line[rule.field] = Candidate(found.text, lesson.strength, evidence, lesson.source)
        elif rule.field in line and rule.piece != "unit":
            line.pop(rule.field)
    return line


def with_units(line: Line, lessons: Sequence[Lesson]) -> Line:
    """The line with its unit as this customer means it."""
    given = line.get("uom")
    known = next((k for k in lessons if given and k.words == said(given.value)), None)
    if given is None or known is None:
        return line
    meant = replace(given, value=known.value, source=known.source)
    return {**line, "uom": meant}


def is_no_line(record: Record, lessons: Sequence[Lesson]) -> bool:
    opening = opening_of(record)
    return bool(opening) and any(
        k.kind == "no-line" and not k.asleep and opening.startswith(k.words) for k in lessons
    )


def opening_of(record: Record) -> str:
    """The first words of a record, figures left out."""
    first = record.first
    words = [w for s in (first.segments if first else ()) for w in said(s.text).split()]
    return " ".join(w for w in words if not any(c.isdigit() for c in w))[:60]


def read(record: Record, rule: CellRule, document: Document) -> Piece | None:
    """The value that a rule finds in a record, normalised; None when there is none."""
    taken = _taken(record.cells.get(rule.column, []), rule.piece, document)
    if taken is None or not taken.text.strip():
        return None
    text = taken.text.strip()
    if rule.field in NUMBERS:
        value = quantity_parts(text, document)[0]
        if value is None:
            return None
        shared = value / rule.per if rule.per > 1 else value
        return replace(taken, text=numbers.printed(shared.normalize() if rule.per > 1 else shared))
    if rule.field in DAYS:
        days = dates.find(text, document.near)
        day = dates.choose(days[0], document.day_style).isoformat() if days else ""
        return replace(taken, text=day) if day else None
    if rule.field == "uom" and not re.search(r"[^\W\d_]", text):
        return None
    return replace(taken, text=" ".join(text.split()))


def _taken(segments: Sequence[Segment], piece: str, document: Document) -> Piece | None:
    if not segments:
        return None
    rows = [s for s in segments if s.text.strip()]
    if not rows:
        return None
    if piece.startswith("after "):
        return _after(rows, piece.removeprefix("after "))
    if piece.startswith("before "):
        return _before(rows, piece.removeprefix("before ").split("|"))
    chosen = {"first": rows[:1], "rest": rows[1:], "last": rows[-1:]}.get(piece, rows)
    text = " ".join(s.text for s in chosen)
    if piece in ("head", "tail"):
        words = text.split()
        return Piece(words[0 if piece == "head" else -1], tuple(chosen)) if words else None
    if piece in ("number", "unit"):
        return _counted(rows, piece, document)
    return Piece(text, tuple(chosen)) if chosen else None


def _counted(rows: Sequence[Segment], piece: str, document: Document) -> Piece | None:
    """The figure in a cell, or the unit beside it."""
    for row in rows:
        value, _, rest = quantity_parts(row.text, document)
        if value is None:
            continue
        if piece == "number":
            return Piece(numbers.printed(value), (row,))
        unit = next((w for w in re.sub(r"[()/]", " ", rest).split() if is_unit(w)), "")
        if unit:
            return Piece(unit, (row,))
    return None


def _after(rows: Sequence[Segment], words: str) -> Piece | None:
    """What stands behind these words within a cell, to the end of their row."""
    wanted = words.split()
    for row in rows:
        found = tokens(row.text)
        for at in range(len(found) - len(wanted)):
            if [t.text for t in found[at : at + len(wanted)]] == wanted:
                text = row.text[found[at + len(wanted) - 1].end :].strip(" :;.#-–")
                first = text.split()[0] if text.split() else ""
                return Piece(first, (row,)) if first else None
    return None


def _before(rows: Sequence[Segment], words: Sequence[str]) -> Piece | None:
    """The rows of a cell up to the first of these words; the whole cell where none of them stands."""
    kept: list[Segment] = []
    for row in rows:
        starts = [t.start for t in tokens(row.text) if t.text in words]
        piece = row.cut(0, starts[0]) if starts else row
        if piece is not None and piece.text.strip(" :;.,-–"):
            kept.append(piece)
        if starts:
            break
    text = " ".join(s.text for s in kept).strip(" :;,-–")
    return Piece(text, tuple(kept)) if text else None


# Learning rules -------------------------------------------------------------------------------------------------

Wanted = Mapping[str, str]


def rules(
    table: Table,
    records: Sequence[Record],
    lines: Sequence[Wanted],
    read_lines: Sequence[Line],
    document: Document,
) -> tuple[CellRule, ...]:
    """A rule for each field that the general reading got wrong. records, lines, read_lines: one of each for a line."""
    found = []
    for name in LINE_FIELDS:
        values = [line.get(name, "") for line in lines]
        given = [r[name].value if name in r else "" for r in read_lines]
        wrong = sum(not agrees(name, v, g) for v, g in zip(values, given, strict=True))
        if not wrong:
            continue
        if not any(values):
            found.append(CellRule(name, -1, "", "none"))
            continue
        rule = _best(table, records, name, values, document)
        right = len(values) - wrong
        if rule is not None and _share(records, rule, values, document) * len(values) > right:
            found.append(rule)
    return tuple(found)


def _best(
    table: Table,
    records: Sequence[Record],
    name: str,
    values: Sequence[str],
    document: Document,
) -> CellRule | None:
    scored = []
    for order, rule in enumerate(_options(table, records, name, values)):
        share = _share(records, rule, values, document)
        if share >= MOSTLY:
            scored.append((share, -order, rule))
    return max(scored, key=lambda s: s[:2])[2] if scored else None


def _options(
    table: Table, records: Sequence[Record], name: str, values: Sequence[str]
) -> Iterator[CellRule]:
    for piece in PIECES:
        if piece in ("number", "unit") and name not in (*NUMBERS, "uom"):
            continue
        for column, head in enumerate(table.columns):
            for per in (1, *PER) if name == "unit_price" and piece == "number" else (1,):
                yield CellRule(name, column, said(head.title), piece, per)
    for column, head in enumerate(table.columns):
        for words in _leading(records, column, values):
            yield CellRule(name, column, said(head.title), f"after {words}")
        following = _following(records, column, values) if name not in (*NUMBERS, *DAYS) else ()
        if following:
            yield CellRule(name, column, said(head.title), f"before {'|'.join(following)}"[:150])


def _following(records: Sequence[Record], column: int, values: Sequence[str]) -> list[str]:
    """The words that come right after the value within the cell, the commonest first."""
    counted: Counter[str] = Counter()
    for record, value in zip(records, values, strict=True):
        text = " ".join(s.text for s in record.cells.get(column, []))
        at = text.find(value) if value else -1
        rest = said(text[at + len(value) :]).split() if at == 0 else []
        if rest and rest[0].isalpha() and len(rest[0]) > 2:
            counted[rest[0]] += 1
    return [words for words, _ in counted.most_common(8)]


def _leading(records: Sequence[Record], column: int, values: Sequence[str]) -> list[str]:
    """Words that stand before the value within the cell, the commonest first."""
    counted: Counter[str] = Counter()
    for record, value in zip(records, values, strict=True):
        for segment in record.cells.get(column, []) if value else []:
            at = segment.text.find(value)
            words = said(segment.text[:at]).split() if at > 0 else []
            for length in range(1, min(AFTER_WORDS, len(words)) + 1):
                if any(c.isdigit() for c in words[-length]):
                    break
                counted[" ".join(words[-length:])] += 1
    return [words for words, _ in counted.most_common(4)]


def _share(
    records: Sequence[Record], rule: CellRule, values: Sequence[str], document: Document
) -> float:
    right = 0
    for record, value in zip(records, values, strict=True):
        found = read(record, rule, document)
        right += agrees(rule.field, value, found.text) if found else not value
    return right / max(len(values), 1)


def units(read_lines: Sequence[Line], lines: Sequence[Wanted]) -> Iterator[Lesson]:
    """Units that were confirmed as another word than the one that is printed, always the same."""
    meant: dict[str, set[str]] = {}
    for given, wanted in zip(read_lines, lines, strict=True):
        unit = wanted.get("uom", "")
        if "uom" in given and unit:
            meant.setdefault(said(given["uom"].evidence.text or given["uom"].value), set()).add(
                unit
            )
    for printed, values in sorted(meant.items()):
        if (
            len(values) == 1
            and printed
            and is_unit(value := min(values))
            and printed != said(value)
        ):
            yield Lesson("unit", "uom", words=printed[:60], value=value)


def pairs(records: Sequence[Record], lines: Sequence[Wanted]) -> list[tuple[int, int]]:
    """(record, line) in order, so that most values of the lines stand in their records."""
    gain = [[_standing(r, k) for k in lines] for r in records]
    rows, columns = len(records), len(lines)
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows)):
        for j in reversed(range(columns)):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + gain[i][j])
    found, i, j = [], 0, 0
    while i < rows and j < columns:
        if gain[i][j] and best[i][j] == best[i + 1][j + 1] + gain[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _standing(record: Record, line: Wanted) -> int:
    """How many values of a line stand in a record, in any printed form."""
    texts = [s.text for cells in record.cells.values() for s in cells]
    texts += [s.text for s in record.notes]
    whole = re.sub(r"[\W_]+", "", " ".join(texts).casefold())
    figures = {f for t in texts for f in _values(t)}
    score = 0
    for name, value in line.items():
        if name in NUMBERS:
            score += _decimal(value) in figures
        elif name not in DAYS and name != "line_no" and value:
            plain = re.sub(r"[\W_]+", "", value.casefold())
            score += bool(plain) and plain in whole
    return score


def _values(text: str) -> Iterator[Decimal]:
    for match in re.finditer(r"\d[\d.,' ]*", text):
        for style in (numbers.Style("."), numbers.Style(",")):
            value = numbers.digits_value(match[0].strip(" .,'"), style)
            if value is not None:
                yield value.normalize()


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text).normalize()
    except ArithmeticError:
        return Decimal(-1)
