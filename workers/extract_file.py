"""Reads one file from disk as the product would: a mail, or any document as a message of one attachment."""

from __future__ import annotations

import json
import mimetypes
import sys
from pathlib import Path

from core.inbound.reading import Extraction
from core.inbound.values import Message, Part
from extraction.context import Context
from extraction.extract import extract
from intake import mime

_MAILS = {".eml", ".mbox", ".mail"}
_TEXTS = {
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".html": "text/html",
    ".htm": "text/html",
    ".md": "text/plain",
}


def read_file(path: Path, context: Context = Context()) -> Extraction:  # noqa: B008 - frozen
    """The reading of one file; raises OSError when it cannot be opened."""
    return extract(message_of(path.name, path.read_bytes()), context)


def message_of(name: str, content: bytes) -> Message:
    """A mail as parsed, any other file as the one attachment of an upload."""
    suffix = Path(name).suffix.lower()
    if suffix in _MAILS:
        return mime.parse(content)
    content_type = (
        _TEXTS.get(suffix) or mimetypes.guess_type(name.lower())[0] or "application/octet-stream"
    )
    text = _decoded(content) if content_type.startswith("text/") else None
    kind = "body-text" if content_type == "text/plain" else "attachment"
    return Message("upload", parts=(Part(1, kind, content_type, name, content, text),))


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def main() -> int:
    names = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(names) != 1:
        sys.stderr.write("usage: python -m workers.extract_file FILE --json\n")
        return 2
    print(json.dumps(read_file(Path(names[0])).as_json(), ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
