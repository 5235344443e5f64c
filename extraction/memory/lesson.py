"""A lesson: one thing that a correction taught about the documents of one sender; a value, JSON both ways."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

KINDS = ("label", "place", "constant", "never", "table", "no-line", "unit", "style")
SOURCE = "memory"
ASLEEP_AFTER = 2
MAX_WORDS = 160


def is_memory(source: str) -> bool:
    return source.partition(":")[0] == SOURCE


@dataclass(frozen=True, slots=True)
class CellRule:
    """Where a line field stands in a record: the column's place and head wording, and which piece of the cell it is.

    piece: steps parted by ";", each "whole", "first", "rest", "last" (rows of the cell), "head", "tail" (its first or
    last word), "headless", "tailless", "number", "unit", "after <words>" or "before <word>|<word>"; "none": this table
    has no such field. per: printed prices are for so many units. fills: it only speaks where nothing else was read.
    """

    field: str
    column: int
    title: str
    piece: str = "whole"
    per: int = 1
    fills: bool = False

    def as_json(self) -> dict[str, Any]:
        found = {"field": self.field, "column": self.column, "title": self.title}
        return {**found, "piece": self.piece, "per": self.per, "fills": self.fills}

    @staticmethod
    def of_json(found: dict[str, Any]) -> CellRule:
        return CellRule(
            str(found["field"]),
            int(found["column"]),
            str(found["title"])[:MAX_WORDS],
            str(found["piece"])[:MAX_WORDS],
            max(int(found["per"]), 1),
            bool(found["fills"]),
        )


@dataclass(frozen=True, slots=True)
class Lesson:
    """kind: one of KINDS. field: the header or line field that it is about, "" for a whole table.

    label: the value stands `where` ("behind", "right", "below", "above") `words`; `until` ends it; rows: how many.
    place: it stands on page `page` (from 1, below zero from the last) at `box`. constant: it is always `value`.
    never: what `words` announce to the reader `where` is not this field. table: `cells` of a table with head `titles`.
    unit: what is printed as `words` means the unit `value`. no-line: rows that begin with `words` are no order lines. style: `field` "day" or "number", `value` how it is written.
    layout: the document it was learned from (see layout.py). id, origin: its stored row and where it comes from, in words.
    """

    kind: str
    field: str
    words: str = ""
    where: str = ""
    until: str = ""
    rows: int = 1
    value: str = ""
    page: int = 0
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    titles: tuple[str, ...] = ()
    cells: tuple[CellRule, ...] = ()
    layout: tuple[str, ...] = ()
    id: int = 0
    origin: str = ""
    confirmed: int = 1
    contradicted: int = 0

    @property
    def key(self) -> str:
        """The same for the same thing learned twice."""
        box = ",".join(f"{v:.0f}" for v in self.box) if self.kind == "place" else ""
        named = "|".join(self.titles) if self.kind == "table" else ""
        value = self.value if self.kind in ("constant", "style", "never", "unit") else ""
        told = (self.kind, self.field, self.words, self.where, value, str(self.page), box, named)
        return hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:40]

    @property
    def asleep(self) -> bool:
        """Contradicted twice, and not proven right far more often."""
        return self.contradicted >= ASLEEP_AFTER and self.contradicted * 5 > self.confirmed

    @property
    def strength(self) -> float:
        """0 to 1: grows with every confirmation, shrinks with every contradiction."""
        right = (self.confirmed + 4.0) / (self.confirmed + 4.0 + 3.0 * self.contradicted)
        return round(min(0.99, (0.93 + 0.02 * min(self.confirmed, 3)) * right), 4)

    @property
    def source(self) -> str:
        """The source of values that it gives: "memory", with the number of its stored row when it has one."""
        return f"{SOURCE}:{self.id}" if self.id else SOURCE

    def told(self) -> Lesson:
        """As learned, without what belongs to the stored row."""
        return replace(self, id=0, origin="", confirmed=1, contradicted=0)

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "field": self.field,
            "words": self.words,
            "where": self.where,
            "until": self.until,
            "rows": self.rows,
            "value": self.value,
            "page": self.page,
            "box": list(self.box),
            "titles": list(self.titles),
            "cells": [cell.as_json() for cell in self.cells],
            "layout": list(self.layout),
            "id": self.id,
            "origin": self.origin,
            "confirmed": self.confirmed,
            "contradicted": self.contradicted,
        }

    @staticmethod
    def of_json(found: dict[str, Any]) -> Lesson:
        """Raises KeyError, TypeError or ValueError on a form that is not a lesson's."""
        if found["kind"] not in KINDS:
            raise ValueError(f"no lesson is of kind {found['kind']!r}")
        x0, top, x1, bottom = (float(v) for v in found["box"])
        return Lesson(
            kind=str(found["kind"]),
            field=str(found["field"])[:64],
            words=str(found["words"])[:MAX_WORDS],
            where=str(found["where"])[:64],
            until=str(found["until"])[:MAX_WORDS],
            rows=int(found["rows"]),
            value=str(found["value"])[:2000],
            page=int(found["page"]),
            box=(x0, top, x1, bottom),
            titles=tuple(str(t)[:MAX_WORDS] for t in found["titles"][:40]),
            cells=tuple(CellRule.of_json(c) for c in found["cells"][:40]),
            layout=tuple(str(w)[:80] for w in found["layout"][:80]),
            id=int(found.get("id", 0)),
            origin=str(found.get("origin", ""))[:400],
            confirmed=int(found.get("confirmed", 1)),
            contradicted=int(found.get("contradicted", 0)),
        )
