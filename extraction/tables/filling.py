"""The records of a table filled with the words of their rows, by column."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.fields import dates
from extraction.fields.units import is_unit
from extraction.heads.values import CORE
from extraction.page.segments import Row, Segment
from extraction.tables.body import TEXT_ROLES, Body
from extraction.tables.end import lines_from
from extraction.tables.reach import Reach
from extraction.tables.values import Record, Table

MAX_RECORDS = 5_000


class Filling:
    """The records of a table, filled from the rows of a body."""

    def __init__(self, body: Body, kinds: Sequence[str], table: Table) -> None:
        self.body, self.kinds, self.table = body, kinds, table

    def read(self) -> None:
        starts = lines_from(self.body, self.kinds)
        if not starts:
            self._fill_last()
            return
        reach = Reach(self.body, self.kinds)
        for at, start in enumerate(starts):
            before = reach.above(start, starts[at - 1] if at else -1)
            after = reach.below(
                start, starts[at + 1] if at + 1 < len(starts) else len(self.body.rows)
            )
            if at == 0 and not before and start:
                self._fill_last(start)
            if at == 0 and not before and self._completes(start):
                for number in (start, *after):
                    self._add(self.table.records[-1], number)
            elif len(self.table.records) < MAX_RECORDS:
                self.table.records.append(self._record(before, start, after))

    def _record(self, before: list[int], start: int, after: list[int]) -> Record:
        record = Record(first=self.body.rows[start], page=self.body.rows[start].page)
        for number in [*before, start, *after]:
            self._add(record, number)
        return record

    def _completes(self, start: int) -> bool:
        """Whether figures at the top of a page belong to the line whose goods the page before named."""
        if not self.table.records or self.body.names_something(self.body.splits[start]):
            return False
        last = self.table.records[-1]
        cores = [i for i, c in enumerate(self.body.head.columns) if c.role in CORE]
        told = any(self.body.holds_number(s.text) for i in cores for s in last.cells.get(i, []))
        return not told and last.page != self.body.rows[start].page

    def _fill_last(self, until: int | None = None) -> None:
        """Rows at the top of a continued table that complete the line cut by the page break."""
        if not self.table.records:
            return
        record = self.table.records[-1]
        missing = [c for c in self.body.head.columns if c.role in CORE]
        if any(record.cells.get(i) for i, c in enumerate(self.body.head.columns) if c in missing):
            return
        for number in range(until if until is not None else min(len(self.body.rows), 6)):
            if self.kinds[number] in ("summary", "head", "aside"):
                break
            self._add(record, number)

    def _add(self, record: Record, number: int) -> None:
        row, split = self.body.rows[number], self.body.splits[number]
        labelled = ":" in row.segments[0].text
        if split and self.kinds[number] == "more" and (labelled or not self.body.head.layered):
            split = self._running_on(row) or split
        self.table.rows.add(self.body.head.last + 1 + number)
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
        slot = self.body.columns.slot_of(segment.words[0])
        wordy = any(c.role in TEXT_ROLES for c in self.body.columns.in_slot(slot))
        return {slot: segment} if wordy else {}

    def _column(self, slot: int, segment: Segment, record: Record) -> int | None:
        """The column of a value in a slot: for stacked heads the next one that is empty and may hold it."""
        choices = [
            i
            for i, c in enumerate(self.body.head.columns)
            if (c.x0, c.x1) == self.body.columns.slots[slot]
        ]
        ordered = sorted(choices, key=lambda i: self.body.head.columns[i].layer)
        if len(ordered) <= 1:
            return ordered[0] if ordered else None
        if dates.find(segment.text) and len(segment.text) < 24:
            dated = [i for i in ordered if self.body.head.columns[i].role == "requested_date"]
            if dated:
                return dated[0]
        after = [
            i
            for i in ordered
            if i not in record.cells and all(k < i for k in choices if k in record.cells)
        ]
        wanting = [i for i in after if self._may_hold(self.body.head.columns[i].role, segment.text)]
        return (wanting or after or ordered[-1:])[0]

    def _may_hold(self, role: str, text: str) -> bool:
        if role in CORE | {"line_no"}:
            return self.body.holds_number(text)
        if role == "uom":
            return is_unit(text)
        return role != "requested_date" or bool(dates.find(text))
