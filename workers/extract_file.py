"""Reads one file from disk as the product would: a mail, or any document as a message of one attachment."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from core.errors import Unreadable
from core.inbound.reading import Extraction
from core.inbound.values import Message
from extraction.context import Context
from extraction.extract import extract
from intake.edi_message import from_drop
from workers.reader.client import Reader
from workers.reader.values import Hints, ReadFailure

_WORDS = {
    "time-limit": "Reading it took longer than a document may.",
    "memory-limit": "Reading it needed more memory than a document may have.",
    "output-limit": "What was read is larger than a document may be.",
    "reader-crashed": "Reading it ended the reader.",
}


def read_apart(path: Path, hints: Hints = Hints()) -> Extraction:  # noqa: B008 - frozen
    """The reading of one file, made in a throw-away child within the limits of a worker.

    Raises OSError when it cannot be opened, Unreadable when it cannot be read.
    """
    raw = path.read_bytes()
    with tempfile.TemporaryDirectory(prefix="orderclerk-") as scratch:
        reader = Reader(Path(scratch))
        try:
            read = reader.read_document(raw, "upload", path.name, hints)
        finally:
            reader.close()
    if isinstance(read, ReadFailure):
        said = _WORDS.get(read.code, read.detail)
        raise Unreadable(read.code, f"{path.name} was not read ({read.code}). {said}")
    findings = (*read.message.findings, *read.extraction.findings)
    return replace(read.extraction, findings=findings)


def read_file(path: Path, context: Context = Context()) -> Extraction:  # noqa: B008 - frozen
    """The same in this process and without limits, for measuring; raises OSError and Unreadable as above."""
    return extract(message_of(path.name, path.read_bytes()), context)


def message_of(name: str, content: bytes) -> Message:
    """A mail as parsed, any other file as the one attachment of an upload."""
    return from_drop(content, name, channel="upload")


def main() -> int:
    names = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(names) != 1:
        sys.stderr.write("usage: python -m workers.extract_file FILE --json\n")
        return 2
    print(json.dumps(read_file(Path(names[0])).as_json(), ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
