"""Confirmed documents as labelled examples, each written by a throw-away child; what cannot be read is left out and said."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from core.database import Database
from core.inbound.blobs import load_blob
from core.lessons.export import confirmed, confirmed_drafts
from workers.hints import hints_for
from workers.reader.client import Reader
from workers.reader.values import ReadFailure


def export(
    database: Database, path: Path, *, corrected_only: bool = False
) -> tuple[int, list[str]]:
    """Writes JSON lines to `path`; how many, and a sentence for each document that gave none."""
    written, problems = 0, []
    with tempfile.TemporaryDirectory(prefix="orderclerk-") as scratch:
        reader = Reader(Path(scratch))
        try:
            with path.open("w", encoding="utf-8") as out:
                for lines in _examples(database, reader, corrected_only):
                    if isinstance(lines, str):
                        problems.append(lines)
                        continue
                    out.writelines(f"{line}\n" for line in lines)
                    written += len(lines)
        finally:
            reader.close()
    return written, problems


def _examples(
    database: Database, reader: Reader, corrected_only: bool
) -> Iterator[tuple[str, ...] | str]:
    with database.read() as session:
        draft_ids = list(confirmed_drafts(session, corrected_only=corrected_only))
    for draft_id in draft_ids:
        with database.read() as session:
            found = confirmed(session, draft_id)
            if found is None:
                continue
            document = found.document
            raw = load_blob(session, document.raw_sha256)
            hints = hints_for(session, document)
            channel, filename, name = (
                document.channel,
                document.source_name,
                f"document {document.id}",
            )
        orders = tuple(order.as_json() for order in found.orders)
        lines = reader.label(raw, channel, filename, hints, orders, name)
        yield f"{name}: {lines.code}" if isinstance(lines, ReadFailure) else lines
