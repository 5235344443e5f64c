"""Order lines: which column or piece of a cell holds which field, as a correction showed, and what is no line at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from core.inbound.reading import LINE_FIELDS, Candidate
from extraction.document import Document
from extraction.fields import dates, numbers
from extraction.fields.units import is_unit
from extraction.lines.cells import Line
from extraction.memory.anchors import said
from extraction.memory.lesson import CellRule, Lesson
from extraction.memory.pieces import read
from extraction.memory.spots import DAYS, NUMBERS, agrees
from extraction.page.segments import evidence_of
from extraction.tables.values import Record, Table

CODES = frozenset({"buyer_sku", "supplier_sku"})
ROWS = ("whole", "first", "rest", "last")
FIGURES = ("whole", "number", "unit", "first", "last")
CUTS = ("", "head", "tail", "headless", "tailless")
PER = (100, 1000, 10)
MOSTLY = 0.6
SOME = 0.25
AFTER_WORDS = 4


# Reading by rules -----------------------------------------------------------------------------------------------


def amended(record: Record, line: Line, lesson: Lesson, document: Document) -> Line:
    """The line of a record as the lesson reads it; empty when rows like this are no order lines."""
    line = dict(line)
    for rule in lesson.cells:
        if rule.piece == "none":
            line.pop(rule.field, None)
            continue
        found = None if rule.fills and rule.field in line else read(record, rule, document)
        if found is not None:
            part, words = document.canvas.part, [w for s in found.words for w in s.words]
            evidence = evidence_of(part, words)
            line[rule.field] = Candidate(found.text, lesson.strength, evidence, lesson.source)
        elif rule.field in line and rule.piece != "unit" and not rule.fills:
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
            found += _fragile(table, records, name, values, document)
            continue
        if not any(values):
            found.append(CellRule(name, -1, "", "none"))
            continue
        rule = _best(table, records, name, values, document)
        right = len(values) - wrong
        if rule is not None and _share(records, rule, values, document) * len(values) > right:
            found.append(rule)
    return tuple(found)


def _fragile(
    table: Table, records: Sequence[Record], name: str, values: Sequence[str], document: Document
) -> list[CellRule]:
    """How part numbers that share a cell with other words are found, to be sure of the next ones too."""
    if name not in CODES or not all(values):
        return []
    for rule in _options(table, records, name, values):
        if _share(records, rule, values, document) == 1.0:
            return [] if rule.piece in ROWS else [replace(rule, fills=True)]
    return []


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
        if share >= MOSTLY or (share >= SOME and _precise(records, rule, values, document)):
            scored.append((share, -order, rule))
    return max(scored, key=lambda s: s[:2])[2] if scored else None


def _options(
    table: Table, records: Sequence[Record], name: str, values: Sequence[str]
) -> Iterator[CellRule]:
    """Rules that might find the values, the plainest first."""
    titles = [said(c.title) for c in table.columns]
    if name in NUMBERS or name == "uom":
        for piece in FIGURES:
            for column, title in enumerate(titles):
                for per in (1, *PER) if name == "unit_price" and piece == "number" else (1,):
                    yield CellRule(name, column, title, piece, per)
        return
    for rows in ROWS:
        for cut in CUTS:
            for column, title in enumerate(titles):
                yield CellRule(name, column, title, f"{rows};{cut}" if cut else rows)
    for column, title in enumerate(titles):
        for words in _leading(records, column, values):
            for cut in ("", "head") if name not in DAYS else ("",):
                yield CellRule(name, column, title, f"after {words};{cut}".rstrip(";"))
        following = "|".join(_following(records, column, values))[:100]
        for cut in CUTS if following and name not in DAYS else ():
            yield CellRule(name, column, title, f"before {following};{cut}".rstrip(";"))


def _following(records: Sequence[Record], column: int, values: Sequence[str]) -> list[str]:
    """The words that come right after the value within the cell, the commonest first."""
    counted: Counter[str] = Counter()
    for record, value in zip(records, values, strict=True):
        text = " ".join(s.text for s in record.cells.get(column, []))
        at = text.find(value) if value else -1
        rest = said(text[at + len(value) :]).split() if at >= 0 else []
        if rest and rest[0].isalpha() and len(rest[0]) > 2:
            counted[rest[0]] += 1
    return [words for words, _ in counted.most_common(8)]


def _leading(records: Sequence[Record], column: int, values: Sequence[str]) -> list[str]:
    """Words that stand before the value within the cell, the commonest first."""
    counted: Counter[str] = Counter()
    for record, value in zip(records, values, strict=True):
        for segment in record.cells.get(column, []) if value else []:
            at = _start_of(segment.text, value)
            words = said(segment.text[:at]).split() if at > 0 else []
            for length in range(1, min(AFTER_WORDS, len(words)) + 1):
                if any(c.isdigit() for c in words[-length]):
                    break
                counted[" ".join(words[-length:])] += 1
    return [words for words, _ in counted.most_common(4)]


def _precise(
    records: Sequence[Record], rule: CellRule, values: Sequence[str], document: Document
) -> bool:
    """Whether what a rule finds is right, even if other records do not say it where it looks."""
    given = [(read(r, rule, document), v) for r, v in zip(records, values, strict=True)]
    found = [(piece.text, v) for piece, v in given if piece is not None]
    return len(found) > 1 and all(agrees(rule.field, v, text) for text, v in found)


def _start_of(text: str, value: str) -> int:
    """Where a value begins in a text, a day in any printed form; -1 when it does not."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        days = [d for d in dates.find(text) if value in {r.isoformat() for r in d.readings}]
        return days[0].start if days else -1
    return text.find(value)


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
            meant.setdefault(said(given["uom"].value), set()).add(unit)
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
