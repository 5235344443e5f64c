"""Item tables: the rows under a head put together into records, one a line of the order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from extraction import unheaded
from extraction.code_labels import code_label
from extraction.columns import Columns, columns_of
from extraction.fields import dates, numbers
from extraction.fields.currencies import CURRENCIES
from extraction.fields.sum_labels import kinds_of
from extraction.fields.units import is_unit
from extraction.heads.find import find_heads
from extraction.heads.rows import is_head_row
from extraction.heads.values import CORE, NAMING, Column, Head
from extraction.layers import LayeredColumns
from extraction.segments import Canvas, Row, Segment
from extraction.vocabulary import fold, matches, meanings

MAX_RECORDS = 5_000
SECTION_WORDS = 5
_SUM = r"(?:\d{1,3}(?:([ .,'’])\d{3})+(?!\1)[.,]\d\d|\d+[.,]\d\d)"
_MONEY = re.compile(
    rf"(?:[€$£₹]|[A-Z]{{3}})? ?{_SUM} ?(?:[€$£₹]|[A-Z]{{3}})?|[€$£₹] ?\d[\d.,' ]*|[€$£₹]"
)
"""A sum of money as it stands under a head: it names no goods."""
_LINE_NO = re.compile(r"#?\d{1,5}(\.\d{1,3})?[.):]?")
_TAXES = {"tax", "tax_part"}
_SUMS = {"subtotal", "total", "freight"} | _TAXES
_CARRIED = re.compile(
    r"\b(carried (forward|over)|brought forward|continued (on|from)|ubertrag|uebertrag|a reporter|suma y sigue|riporto|te transporteren)\b"
)
_LABELS = frozenset({"labels", "decoys", "parties"})
_CODES = {"sku", "buyer_sku", "supplier_sku"}
_TEXT_ROLES = {
    "description",
    "item",
    "sku",
    "buyer_sku",
    "supplier_sku",
    "manufacturer_sku",
    "gtin",
    "decoy",
    "",
}


@dataclass
class Record:
    """The words of one order line: by column (number in Table.columns), row by row, and rows that fit none."""

    cells: dict[int, list[Segment]] = field(default_factory=dict)
    notes: list[Segment] = field(default_factory=list)
    first: Row | None = None
    rows: int = 0
    bottom: float = 0.0
    page: int = 0

    def texts(self, column: int) -> list[str]:
        return [s.text for s in self.cells.get(column, [])]


@dataclass
class Table:
    """columns: what the heads name, left to right; records: the lines read under them."""

    head: Head
    page: int
    columns: tuple[Column, ...]
    records: list[Record]
    rows: set[int] = field(default_factory=set)

    def column(self, role: str) -> int | None:
        return next((i for i, c in enumerate(self.columns) if c.role == role), None)


def _opens_number(text: str) -> bool:
    return bool(_LINE_NO.fullmatch(text.strip().split(" ")[0]))


def _beside(word: str) -> bool:
    """Words that may stand beside the figure in a cell."""
    return (
        is_unit(word)
        or word.lower() in CURRENCIES
        or word.lower() in {"per", "pro", "par", "je", "of", "x", "rs", "us"}
    )


def _counted(text: str) -> float:
    found = re.search(r"\d+(\.\d+)?", text)
    return float(found[0]) if found else -1.0


def find_tables(
    canvas: Canvas, style: numbers.Style, heads: Sequence[Head] | None = None
) -> list[Table]:
    """All item tables of a canvas, in order; a head repeated on a later page continues its table.

    heads: where they are known beforehand; else they are looked for.
    """
    known = find_heads(canvas.rows) if heads is None else heads
    tables = _tables_under(canvas, style, known)
    counted = any("quantity" in t.head.roles or t.head.has_sizes for t in tables)
    if heads is None and not counted:
        inferred = unheaded.find_head(canvas, style)
        if inferred is not None:
            return _tables_under(canvas, style, [inferred])
    return tables


def _tables_under(canvas: Canvas, style: numbers.Style, heads: Sequence[Head]) -> list[Table]:
    tables: list[Table] = []
    for number, head in enumerate(heads):
        end = heads[number + 1].first if number + 1 < len(heads) else len(canvas.rows)
        repeats = bool(tables) and same_head(tables[-1].head, head)
        if not repeats:
            tables.append(Table(head, canvas.rows[head.first].page, head.columns, []))
        if not head.bare:
            tables[-1].rows.update(range(head.first, head.last + 1))
        _Body(canvas, head, canvas.rows[head.last + 1 : end], style, tables[-1]).read()
    return [t for t in tables if t.records]


def same_head(a: Head, b: Head) -> bool:
    """Whether a head repeats another: mostly the same wording."""
    ours, theirs = [fold(c.title) for c in a.columns], [fold(c.title) for c in b.columns]
    return len(ours) == len(theirs) and sum(t in ours for t in theirs) >= 0.7 * len(ours)


class _Body:
    """The rows under one head."""

    def __init__(
        self, canvas: Canvas, head: Head, rows: Sequence[Row], style: numbers.Style, table: Table
    ) -> None:
        self.canvas, self.head, self.style, self.table = canvas, head, style, table
        self.columns: Columns | LayeredColumns = (
            LayeredColumns(head.columns, style) if head.layered else columns_of(canvas, head, rows)
        )
        self.rows = list(rows)
        self.splits = [self._settled(self.columns.split(row)) for row in self.rows]
        self.has_line_no = self._counts_lines()
        self.kinds = [self._kind(i) for i in range(len(self.rows))]
        self._find_recaps()
        self._join_starts()
        self._find_sections()
        self._find_sums()

    def _find_recaps(self) -> None:
        """A row of captions of sums and the row of figures under it, as a recapitulation of taxes has."""
        for number, row in enumerate(self.rows[:-1]):
            captions = sum(bool(kinds_of(s.text)) for s in row.segments)
            named = {m.name for s in row.segments for m in meanings(s.text) if m.group == "columns"}
            if captions > 2 and not named & {"quantity", "unit_price", "description"}:
                self.kinds[number] = self.kinds[number + 1] = "summary"

    def _find_sections(self) -> None:
        """Few words in bold alone over a line that is not bold head a section: they belong to no line."""
        for number, kind in enumerate(self.kinds[:-1]):
            row, below = self.rows[number], self.rows[number + 1]
            if kind != "more" or len(row.segments) > 1 or self.kinds[number + 1] != "start":
                continue
            bold = row.segments[0].bold and not any(s.bold for s in below.segments)
            if bold and len(row.words) <= SECTION_WORDS and ":" not in row.text:
                self.kinds[number] = "aside"

    def _join_starts(self) -> None:
        """Where goods take several rows and the figures stand in a later one, the numbered row before has begun the line."""
        if not self.has_line_no or self.head.layered:
            return
        counted = {"line_no"} if "line_no" in self.head.roles else {"item"}
        before = -1
        for number, kind in enumerate(self.kinds):
            if kind != "start":
                continue
            split = self.splits[number]
            open_still = before >= 0 and not self._core(self.splits[before])
            if open_still and self._core(split) and self._cell(split, counted) is None:
                self.kinds[number] = "more"
            before = number

    def _find_sums(self) -> None:
        """Rows that name nothing and hold what the amounts above add up to are sums, though no word says so."""
        added, count = Decimal(0), 0
        for number, kind in enumerate(self.kinds):
            if kind != "start":
                continue
            cell = self._cell(self.splits[number], {"amount"})
            value = numbers.parse(cell.text, self.style) if cell else None
            if value is None:
                continue
            if count > 1 and value == added and not self._names_something(self.splits[number]):
                self.kinds[number] = "summary"
            else:
                added, count = added + value, count + 1

    def _settled(self, split: dict[int, Segment]) -> dict[int, Segment]:
        """A row in which a count with its unit slipped into the text column beside the empty quantity column."""
        if self.head.layered:
            return split
        places = range(len(self.columns.slots))
        wanted = next(
            (i for i in places if any(c.role == "quantity" for c in self.columns.in_slot(i))), None
        )
        if wanted is None or wanted in split:
            return split
        for beside in (wanted - 1, wanted + 1):
            text = (
                re.sub(r"(?<=\d)(?=[A-Za-z])", " ", split[beside].text) if beside in split else ""
            )
            numbered = re.fullmatch(r"[\d.,]+ (\S+)", text)
            if numbered and is_unit(numbered[1]):
                moved = {k: v for k, v in split.items() if k != beside}
                return {**moved, wanted: split[beside]}
        return split

    # What a row is ----------------------------------------------------------------------------------------------

    def _cell(self, split: dict[int, Segment], roles: set[str]) -> Segment | None:
        for slot, segment in split.items():
            if any(c.role in roles for c in self.columns.in_slot(slot)):
                return segment
        return None

    def _counts_lines(self) -> bool:
        """Whether the column of line numbers really counts in this body."""
        if not self.head.roles & {"line_no", "item"}:
            return False
        role = "line_no" if "line_no" in self.head.roles else "item"
        found, level = [], []
        for row, split in zip(self.rows, self.splits, strict=True):
            cell = self._cell(split, {role})
            if cell and len(cell.text) <= 20 and (role == "line_no" or len(row.segments) > 1):
                found.append(cell)
                level.extend([cell] if self._core(split) else [])
        counted = [s for s in found if _LINE_NO.fullmatch(s.text.strip())]
        if role == "line_no" and level and not any(_opens_number(s.text) for s in level):
            return False
        return bool(counted) and (role == "line_no" or len(counted) >= 0.5 * len(found))

    def _kind(self, number: int) -> str:
        """ "start" of a record, "summary", "head", "aside" for what is no line, or "more"."""
        row, split = self.rows[number], self.splits[number]
        core = self._core(split)
        if is_head_row(row) and len(row.segments) >= 3 and "quantity" not in core:
            return "head"
        if self._is_left(row, split, core):
            return "aside"
        if (
            _CARRIED.search(fold(row.text))
            or self._sums_up(row, split, core)
            or self._stands_aside(row, split)
        ):
            return "summary"
        naming = self._names_something(split)
        if not naming and self._cell(split, NAMING - {"line_no"}):
            return "summary" if core else "more"
        if self.has_line_no:
            counted = self._cell(split, {"line_no"} if "line_no" in self.head.roles else {"item"})
            if counted and _LINE_NO.fullmatch(counted.text.strip()) and (naming or core):
                return "start"
            return "start" if len(core) >= 2 and naming and not self._stacked() else "more"
        if self.head.layered and not naming:
            return "more"
        if "quantity" in core and (naming or len(core) >= 2):
            return "start"
        if "unit_price" in core and naming and self._is_offer(split):
            return "start"
        return "start" if len(core) >= 2 and naming else "more"

    def _is_left(self, row: Row, split: dict[int, Segment], core: set[str]) -> bool:
        """A row of a sheet that is no line and goes on with none: goods with figures but no count, or the title of a section."""
        if self.canvas.kind != "sheet" or core or "quantity" not in self.head.roles:
            return False
        named = self._cell(split, {"description", "item"}) is not None
        if len(row.segments) == 1:
            return self._cell(split, _CODES | {"line_no"}) is not None and not re.search(
                r"\d", row.text
            )
        return named and any(numbers.parse(s.text, self.style) is not None for s in row.segments)

    def _is_offer(self, split: dict[int, Segment]) -> bool:
        """A row of a price list: a sheet's row is one of its own, a page's when number and name stand in it."""
        if self.canvas.kind == "sheet":
            return True
        code = self._cell(split, _CODES)
        named = self._cell(split, {"description", "item"})
        return bool(code and named and named is not code and not self._stacked())

    def _stacked(self) -> bool:
        return any(c.layers > 1 for c in self.head.columns)

    def _core(self, split: dict[int, Segment]) -> set[str]:
        found = set()
        for slot, segment in split.items():
            for column in self.columns.in_slot(slot):
                role = column.role
                if role == "uom" and "quantity" not in self.head.roles:
                    role = "quantity"
                if role in CORE and self._holds_number(segment.text):
                    found.add(role)
        return found

    def _holds_number(self, text: str) -> bool:
        """Whether a cell is a number, alone or with units, currencies and "per" beside it."""
        if numbers.parse(text, self.style) is not None:
            return True
        if len(text) > 40 or dates.find(text):
            return False
        spaced = re.sub(r"(\d)([A-Za-z])", r"\1 \2", text).replace("/", " / ")
        words = re.sub(r"[\d.,%$€£₹/()+-]", " ", spaced).split()
        return (
            bool(numbers.find(spaced, self.style))
            and len(words) <= 4
            and all(_beside(w) for w in words)
        )

    def _names_something(self, split: dict[int, Segment]) -> bool:
        for slot, segment in split.items():
            text = segment.text
            if any(c.role in _TEXT_ROLES for c in self.columns.in_slot(slot)) and (
                re.search(r"\w", text) and not _MONEY.fullmatch(text)
            ):
                return True
        return False

    def _sums_up(self, row: Row, split: dict[int, Segment], core: set[str]) -> bool:
        """A row of a sum or tax: one of its segments opens with such a label and it does not name goods and count."""
        if self.has_line_no and "line_no" in self.head.roles:
            counted = self._cell(split, {"line_no"})
            if counted and _LINE_NO.fullmatch(counted.text.strip()):
                return False
        if {"quantity", "unit_price"} <= core:
            return False
        units = self._cell(split, {"uom"})
        for segment in row.segments:
            if units is not None and "quantity" in core and segment.words == units.words:
                continue
            for match in matches(segment.text, _LABELS)[:2]:
                named = {m.name for m in match.meanings if m.group == "labels"} & _SUMS
                if (
                    not named
                    or match.start > 2
                    or (named <= _TAXES and self._in_tax_column(segment))
                ):
                    continue
                rest = segment.text[match.end :]
                if re.match(r"\s*:", rest) and "quantity" not in core:
                    return True
                if not re.search(r"[^\W\d_]{3}", rest) or (
                    "quantity" not in core and len(rest) <= 30
                ):
                    return True
        return False

    def _stands_aside(self, row: Row, split: dict[int, Segment]) -> bool:
        """Words beside a single amount at the foot: nothing under the heads that name goods or count them."""
        if self.head.layered or len(row.segments) < 2:
            return False
        naming = [s for s, x in enumerate(self.columns.slots) if self._names(s)]
        if not naming or min(split) <= max(naming):
            return False
        figure, words = row.segments[-1], row.segments[:-1]
        return (
            any(c.role == "amount" for c in self.columns.in_slot(max(split)))
            and numbers.parse(figure.text, self.style) is not None
            and bool(re.search(r"[^\W\d_]{3}", words[0].text))
            and not any(is_unit(s.text) for s in words)
        )

    def _names(self, slot: int) -> bool:
        return any(c.role in NAMING | {"quantity"} for c in self.columns.in_slot(slot))

    def _in_tax_column(self, segment: Segment) -> bool:
        slot = self.columns.slot_of(segment.words[0])
        return any(c.role == "tax" for c in self.columns.in_slot(slot))

    # Records ----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        starts = [i for i, kind in enumerate(self.kinds) if kind == "start"]
        starts = self._within_reach(starts)
        if not starts:
            self._fill_last()
            return
        for at, start in enumerate(starts):
            before = self._rows_above(start, starts[at - 1] if at else -1)
            after = self._rows_below(
                start, starts[at + 1] if at + 1 < len(starts) else len(self.rows)
            )
            if at == 0 and not before and start:
                self._fill_last(start)
            if at == 0 and not before and self._completes(start):
                for number in (start, *after):
                    self._add(self.table.records[-1], number)
            elif len(self.table.records) < MAX_RECORDS:
                self.table.records.append(self._record(before, start, after))

    def _within_reach(self, starts: list[int]) -> list[int]:
        """Starts up to where the table ends: after a sum only rows that are beyond doubt go on."""
        kept: list[int] = []
        for start in starts:
            since = kept[-1] + 1 if kept else 0
            summed = any(self.kinds[i] == "summary" for i in range(since, start))
            far = self._distance(since - 1 if kept else None, start)
            strong = len(self._core(self.splits[start])) >= 2
            on = self._counts_on(kept, start)
            if (summed or far > 8) and not (strong and on):
                break
            if not on and not self._core(self.splits[start]) and self._is_clause(start):
                break
            if far > 25 and self.rows[start].page == self.rows[since - 1].page:
                break
            kept.append(start)
        return kept

    def _is_clause(self, start: int) -> bool:
        """Whether a row is a numbered clause, "3) Packing: export standard", and no line of the order."""
        return bool(re.match(r"\d{1,2}[.)]\s*[^\W\d_][\w /&]{2,40}:", self.rows[start].text))

    def _counts_on(self, kept: list[int], start: int) -> bool:
        """Whether a row's line number, where lines are counted, follows the last one."""
        if not self.has_line_no or not kept:
            return True
        role = {"line_no"} if "line_no" in self.head.roles else {"item"}
        last, this = (self._cell(self.splits[i], role) for i in (kept[-1], start))
        if last is None or this is None:
            return last is None
        return _counted(this.text) > _counted(last.text)

    def _distance(self, above: int | None, below: int) -> float:
        """Blank height between two rows in rows' heights; 0 over a page break."""
        upper = self.canvas.rows[self.head.last] if above is None else self.rows[above]
        lower = self.rows[below]
        if upper.page != lower.page:
            return 0.0
        filled = sum(r.height for r in self.rows[(above or 0) : below] if r.page == lower.page)
        return max(lower.box.top - upper.box.bottom - filled, 0.0) / lower.height

    def _gap(self, upper: Row, lower: Row) -> float:
        return 1e6 if upper.page != lower.page else lower.box.top - upper.box.bottom

    def _rows_above(self, start: int, previous: int) -> list[int]:
        """Rows over a start that belong to it: nearer to it than to what stands above them."""
        found: list[int] = self._rows_from_code(start, previous)
        if found:
            return found
        at = start - 1
        while at > previous and self.kinds[at] == "more" and self._belongs(at, self.rows[at + 1]):
            upper = self.rows[at - 1] if at else self.canvas.rows[self.head.last]
            gap_below = self._gap(self.rows[at], self.rows[at + 1])
            gap_above = self._gap(upper, self.rows[at])
            if self._ruled(self.rows[at], self.rows[at + 1]):
                break
            ruled_above = self._ruled(upper, self.rows[at])
            nearer = gap_below < gap_above - 0.8 and (
                at - 1 != previous or gap_below < 0.2 * self.rows[at].height
            )
            if not (ruled_above or nearer) or gap_below > 0.9 * self.rows[at].height:
                if (
                    not found
                    and at - 1 > previous
                    and gap_below < 0.35 * self.rows[at].height
                    and self._chain(at, previous)
                ):
                    found.append(at)
                    at -= 1
                    continue
                break
            found.append(at)
            at -= 1
        return sorted(found)

    def _rows_from_code(self, start: int, previous: int) -> list[int]:
        """The rows from the one with the part number to the one with the figures, where goods between fill several."""
        if self._cell(self.splits[start], _CODES):
            return []
        coded = previous >= 0 and self._cell(self.splits[previous], _CODES) is not None
        if not coded and not self._codes_first():
            return []
        for at in range(start - 1, previous, -1):
            row = self.rows[at]
            if self.kinds[at] != "more" or row.page != self.rows[start].page:
                return []
            if self._cell(self.splits[at], _CODES):
                return list(range(at, start))
        return []

    def _codes_first(self) -> bool:
        """Whether the part number of the first line stands in a row over its figures."""
        first = self.kinds.index("start")
        return self._cell(self.splits[first], _CODES) is None and any(
            self._cell(self.splits[at], _CODES) for at in range(first)
        )

    def _chain(self, at: int, previous: int) -> bool:
        """Several rows in a tight block that begins after a wider gap."""
        upper = self.rows[at - 1]
        return (
            self._gap(upper, self.rows[at]) < 0.35 * upper.height
            and self._gap(
                self.rows[at - 2] if at - 2 >= 0 else self.canvas.rows[self.head.last], upper
            )
            > 0.6 * upper.height
            and previous < at - 1
        )

    def _rows_below(self, start: int, following: int) -> list[int]:
        limit = following
        if following < len(self.rows):
            above = self._rows_above(following, start)
            limit = above[0] if above else following
        found: list[int] = []
        last = self.rows[start]
        for at in range(start + 1, limit):
            row = self.rows[at]
            if self.kinds[at] in ("summary", "head", "aside"):
                break
            reach = self._reach * max(row.height, last.height)
            if not self._belongs(at, last) or self._gap(last, row) > reach:
                break
            if (
                following >= len(self.rows)
                and self._ruled(last, row)
                and not self._wanted(start, at)
            ):
                break
            found.append(at)
            last = row
        return found

    @cached_property
    def _reach(self) -> float:
        """How far below a row the next may stand, in heights of rows: a text closes up its tables and parts what follows."""
        close = self.canvas.kind == "text" and any(
            self._gap(a, b) < 0.5 * a.height for a, b in pairwise(self.rows)
        )
        return 1.0 if close else 1.9

    def _wanted(self, start: int, at: int) -> bool:
        """A row beyond a drawn line still belongs when it brings the quantity that the record lacks."""
        return "quantity" not in self._core(self.splits[start]) and bool(
            self._core(self.splits[at])
        )

    def _belongs(self, at: int, neighbour: Row) -> bool:
        """Whether a row can be part of a record at all: inside the table and no label of the document's foot."""
        row = self.rows[at]
        if row.page != neighbour.page or len(row.text) > 400:
            return False
        left = min(c.x0 for c in self.head.columns)
        if row.box.x1 < left or row.box.x0 < left - 40:
            return False
        first = row.segments[0]
        opening = matches(first.text, _LABELS)
        if opening and opening[0].start == 0 and not code_label(first.text):
            named = {m.name for m in opening[0].meanings}
            if "requested_date" in named and dates.find(first.text):
                return True
            if (
                named
                & {"notes", "payment_terms", "ship_to", "bill_to", "supplier", "incoterms", "buyer"}
                and first.box.x0 < left + 60
            ):
                return False
        return True

    def _ruled(self, upper: Row, lower: Row) -> bool:
        """Whether a drawn line across the table parts two rows."""
        if upper.page != lower.page:
            return True
        left, right = self.head.columns[0].x0, self.head.columns[-1].x1
        y0 = (upper.box.top + upper.box.bottom) / 2
        y1 = (lower.box.top + lower.box.bottom) / 2
        width = sum(
            min(r.box.x1, right) - max(r.box.x0, left)
            for r in self.canvas.rules
            if r.page == lower.page
            and r.horizontal
            and y0 < r.box.top < y1
            and r.box.x1 > left
            and r.box.x0 < right
        )
        return width > 0.5 * (right - left)

    def _record(self, before: list[int], start: int, after: list[int]) -> Record:
        record = Record(first=self.rows[start], page=self.rows[start].page)
        for number in [*before, start, *after]:
            self._add(record, number)
        return record

    def _completes(self, start: int) -> bool:
        """Whether figures at the top of a page belong to the line whose goods the page before named."""
        if not self.table.records or self._names_something(self.splits[start]):
            return False
        last = self.table.records[-1]
        cores = [i for i, c in enumerate(self.head.columns) if c.role in CORE]
        told = any(self._holds_number(s.text) for i in cores for s in last.cells.get(i, []))
        return not told and last.page != self.rows[start].page

    def _fill_last(self, until: int | None = None) -> None:
        """Rows at the top of a continued table that complete the line cut by the page break."""
        if not self.table.records:
            return
        record = self.table.records[-1]
        missing = [c for c in self.head.columns if c.role in CORE]
        if any(record.cells.get(i) for i, c in enumerate(self.head.columns) if c in missing):
            return
        for number in range(until if until is not None else min(len(self.rows), 6)):
            if self.kinds[number] in ("summary", "head", "aside"):
                break
            self._add(record, number)

    def _add(self, record: Record, number: int) -> None:
        row, split = self.rows[number], self.splits[number]
        if self.kinds[number] == "more" and not self.head.layered:
            split = self._running_on(row) or split
        self.table.rows.add(self.head.last + 1 + number)
        record.rows += 1
        record.bottom = row.box.bottom
        for slot, segment in split.items():
            column = self._column(slot, segment, record)
            if column is None:
                record.notes.append(segment)
            else:
                record.cells.setdefault(column, []).extend(segment.by_rows())

    def _running_on(self, row: Row) -> dict[int, Segment]:
        """A row of words alone that runs on under other columns, kept whole in the column where it begins."""
        if len(row.segments) > 1 or len(row.segments[0].words) < 3:
            return {}
        segment = row.segments[0]
        slot = self.columns.slot_of(segment.words[0])
        wordy = any(c.role in _TEXT_ROLES for c in self.columns.in_slot(slot))
        return {slot: segment} if wordy else {}

    def _column(self, slot: int, segment: Segment, record: Record) -> int | None:
        """The column of a value in a slot: for stacked heads the next one that is empty and may hold it."""
        choices = [
            i for i, c in enumerate(self.head.columns) if (c.x0, c.x1) == self.columns.slots[slot]
        ]
        ordered = sorted(choices, key=lambda i: self.head.columns[i].layer)
        if len(ordered) <= 1:
            return ordered[0] if ordered else None
        if dates.find(segment.text) and len(segment.text) < 24:
            dated = [i for i in ordered if self.head.columns[i].role == "requested_date"]
            if dated:
                return dated[0]
        after = [
            i
            for i in ordered
            if i not in record.cells and all(k < i for k in choices if k in record.cells)
        ]
        wanting = [i for i in after if self._may_hold(self.head.columns[i].role, segment.text)]
        return (wanting or after or ordered[-1:])[0]

    def _may_hold(self, role: str, text: str) -> bool:
        if role in CORE | {"line_no"}:
            return self._holds_number(text)
        if role == "uom":
            return is_unit(text)
        return role != "requested_date" or bool(dates.find(text))
