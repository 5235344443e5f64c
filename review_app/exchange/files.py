"""Interchanges to take along: the list as a table, one with its answers and its history."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from flask import Response

from core.exchange.export import packed
from core.exchange.listing import interchange_list
from core.exchange.view_values import InterchangeRow
from core.masterdata.sheets import BOM, guarded
from core.values import utc_now
from review_app.exchange.exchange import asked
from review_app.here import database

MOST_LISTED = 50_000
LINES_OF_A_PIECE = 500
COLUMNS = ("id", "direction", "at", "partner", "other_end", "standard", "formats", "messages", "control", "test", "status", "verdict", "answer_state", "carrier", "file_name", "copy_of_id")  # fmt: skip
"""Of InterchangeRow."""


def listed() -> Response:
    """The list as asked for, as CSV."""
    wanted, now, found = asked(), utc_now(), database()

    def pieces() -> Iterator[str]:
        with found.read() as session:
            yield from csv_of(interchange_list(session, wanted, most=MOST_LISTED, now=now))

    response = Response(pieces(), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="interchanges.csv")
    return response


def pack(interchange_id: int) -> Response:
    """All that belongs to one, to pass on to the partner or to support."""
    with database().read() as session:
        content = packed(session, interchange_id)
    response = Response(content, content_type="application/zip")
    response.call_on_close(content.close)
    name = f"interchange-{interchange_id}.zip"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def csv_of(rows: Iterable[InterchangeRow]) -> Iterator[str]:
    """In pieces; a cell that a spreadsheet would take for a formula has a ' in front."""
    yield BOM + _lines([COLUMNS])
    left = iter(rows)
    while some := list(islice(left, LINES_OF_A_PIECE)):
        yield _lines([_cell(getattr(row, name)) for name in COLUMNS] for row in some)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return guarded("; ".join(map(str, value)))
    return "" if value is None else guarded(str(value))


def _lines(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
