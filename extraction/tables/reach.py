"""Which rows above and below the start of a record belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from extraction.code_labels import code_label
from extraction.fields import dates
from extraction.page.segments import Row
from extraction.tables.body import LABELS, PART_NUMBERS, Body
from extraction.tables.room import gap, ruled
from extraction.vocabulary import matches


class Reach:
    """Which rows around the start of a record are part of it."""

    def __init__(self, body: Body, kinds: Sequence[str]) -> None:
        self.body, self.kinds, self.rows = body, kinds, body.rows

    def above(self, start: int, previous: int) -> list[int]:
        """Rows over a start that belong to it: nearer to it than to what stands above them."""
        found: list[int] = self._rows_from_code(start, previous)
        if found:
            return found
        at = start - 1
        while at > previous and self.kinds[at] == "more" and self._belongs(at, self.rows[at + 1]):
            upper = self._over(at)
            gap_below = gap(self.rows[at], self.rows[at + 1])
            gap_above = gap(upper, self.rows[at])
            if ruled(self.body, self.rows[at], self.rows[at + 1]):
                break
            ruled_above = ruled(self.body, upper, self.rows[at])
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

    def _over(self, at: int) -> Row:
        """The row over a row of the body; over the first the head's last."""
        return self.rows[at - 1] if at else self.body.canvas.rows[self.body.head.last]

    def _rows_from_code(self, start: int, previous: int) -> list[int]:
        """The rows from the one with the part number to the one with the figures, where goods between fill several."""
        if self.body.cell(self.body.splits[start], PART_NUMBERS):
            return []
        coded = (
            previous >= 0 and self.body.cell(self.body.splits[previous], PART_NUMBERS) is not None
        )
        if not coded and not self._codes_first():
            return []
        for at in range(start - 1, previous, -1):
            row = self.rows[at]
            if self.kinds[at] != "more" or row.page != self.rows[start].page:
                return []
            if self.body.cell(self.body.splits[at], PART_NUMBERS):
                return list(range(at, start))
        return []

    def _codes_first(self) -> bool:
        """Whether the part number of the first line stands in a row over its figures."""
        first = self.kinds.index("start")
        return self.body.cell(self.body.splits[first], PART_NUMBERS) is None and any(
            self.body.cell(self.body.splits[at], PART_NUMBERS) for at in range(first)
        )

    def _chain(self, at: int, previous: int) -> bool:
        """Several rows in a tight block that begins after a wider gap."""
        upper = self.rows[at - 1]
        return (
            gap(upper, self.rows[at]) < 0.35 * upper.height
            and gap(self._over(at - 1), upper) > 0.6 * upper.height
            and previous < at - 1
        )

    def below(self, start: int, following: int) -> list[int]:
        """Rows under a start that belong to it, up to what belongs to the start that follows."""
        limit = following
        if following < len(self.rows):
            over = self.above(following, start)
            limit = over[0] if over else following
        found: list[int] = []
        last = self.rows[start]
        for at in range(start + 1, limit):
            row = self.rows[at]
            if self.kinds[at] in ("summary", "head", "aside"):
                break
            reach = self._farthest * max(row.height, last.height)
            if not self._belongs(at, last) or gap(last, row) > reach:
                break
            if (
                following >= len(self.rows)
                and ruled(self.body, last, row)
                and not self._wanted(start, at)
            ):
                break
            found.append(at)
            last = row
        return found

    @cached_property
    def _farthest(self) -> float:
        """How far below a row the next may stand, in heights of rows: a text closes up its tables and parts what follows."""
        close = self.body.canvas.kind == "text" and any(
            gap(a, b) < 0.5 * a.height for a, b in pairwise(self.rows)
        )
        return 1.0 if close else 1.9

    def _wanted(self, start: int, at: int) -> bool:
        """A row beyond a drawn line still belongs when it brings the quantity that the record lacks."""
        return "quantity" not in self.body.core(self.body.splits[start]) and bool(
            self.body.core(self.body.splits[at])
        )

    def _belongs(self, at: int, neighbour: Row) -> bool:
        """Whether a row can be part of a record at all: inside the table and no label of the document's foot."""
        row = self.rows[at]
        if row.page != neighbour.page or len(row.text) > 400:
            return False
        left = min(c.x0 for c in self.body.head.columns)
        if row.box.x1 < left or row.box.x0 < left - 40:
            return False
        first = row.segments[0]
        opening = matches(first.text, LABELS)
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
