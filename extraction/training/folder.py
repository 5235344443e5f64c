"""Labelled documents of others, read by a command and judged as generated ones are: for measuring and for tempering confidence."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.inbound.reading import Extraction, ReadOrder
from core.inbound.values import Message
from extraction.training.compare import Line
from extraction.training.documents import Document
from extraction.training.tally import HEADER, LINE, Marked, judged

COMMAND = (sys.executable, "-m", "workers.extract_file")
PICTURES = frozenset({"scan", "photo", "image"})


def read_folder(folder: Path, pictures: bool = False) -> Iterator[Marked]:
    """Each sub-folder with a truth.json (fields, lines, ambiguous, file, kind) whose document can be read, in order."""
    for path in sorted(folder.glob("*/truth.json")):
        truth = json.loads(path.read_text("utf-8"))
        if truth["kind"] in PICTURES and not pictures:
            continue
        done = subprocess.run(
            [*COMMAND, str(path.parent / truth["file"]), "--json"],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{path.parent.name} was not read: {done.stderr[-300:]}")
        yield _marked(truth, Extraction.of_json(json.loads(done.stdout)))


def _marked(truth: dict[str, Any], reading: Extraction) -> Marked:
    notes = [str(note) for note in truth.get("ambiguous") or ()]
    either = frozenset(name for name in (*HEADER, *LINE) if any(name in note for note in notes))
    fields = {
        name: str(value) for name, value in truth["fields"].items() if name in HEADER and value
    }
    lines: tuple[Line, ...] = tuple(
        {name: str(value) for name, value in line.items() if name in LINE and value}
        for line in truth["lines"]
    )
    document = Document(
        Message("file"),
        fields,
        lines,
        either,
        truth["kind"],
        frozenset(),
        truth.get("doc_type") == "purchase_order",
    )
    order = reading.orders[0] if reading.orders else ReadOrder()
    whole = ReadOrder(order.fields, tuple(line for one in reading.orders for line in one.lines))
    if "lines not labelled" in notes:
        whole = ReadOrder(order.fields)
    return Marked(document, tuple(judged(fields, lines, either, whole)), reading.lane, reading)
