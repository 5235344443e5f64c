"""What the child wrote, taken in with the distrust that a document gets."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import Any

from core.inbound.reading import Extraction, PageWords
from extraction.page.words import MOST_OF_DOCUMENT
from workers.reader import limits, wire
from workers.reader.values import Learned, Picture, ReadFailure, ReadResult, Sender


def own_words(folder: Path) -> ReadFailure | None:
    try:
        found = json.loads(_bounded(folder / "failure.json", 100_000))
        return ReadFailure(str(found["code"])[:60], str(found["detail"])[:4000])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def checked(take: Any, folder: Path) -> Any:
    """Whatever the child wrote is as untrusted as the document: anything odd is a failure, never an exception."""
    try:
        files = list(folder.iterdir())
        if len(files) > limits.OUTPUT_FILES or any(
            not f.is_file() or f.is_symlink() for f in files
        ):
            return ReadFailure("bad-result", "The reader left odd files.")
        if sum(f.stat().st_size for f in files) > limits.OUTPUT_BYTES:
            return ReadFailure("output-limit", "What was read is larger than a document may be.")
        return take(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return ReadFailure("bad-result", f"The reader's result is not as it should be: {error!r}")


def _bounded(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        found = file.read(most + 1)
    if len(found) > most:
        raise ValueError(f"{path.name} is longer than {most} bytes")
    return found


def result(folder: Path) -> ReadResult:
    found = json.loads(_bounded(folder / "result.json", limits.RESULT_BYTES))
    numbers = [int(p["number"]) for p in found["message"]["parts"]]
    contents = {n: _bounded(folder / f"part-{n}", limits.FILE_BYTES) for n in numbers}
    extraction = replace(Extraction.of_json(found["extraction"]), words=_words(folder))
    return ReadResult(wire.message_of_json(found["message"], contents), extraction)


def _words(folder: Path) -> tuple[PageWords, ...]:
    """Raises ValueError when there are more than we ever keep, or places that are no numbers."""
    pages = json.loads(_bounded(folder / "words.json", limits.RESULT_BYTES))["pages"]
    found = tuple(PageWords.of_json(page) for page in pages)
    if sum(len(page.words) for page in found) > MOST_OF_DOCUMENT:
        raise ValueError("words.json holds too many words")
    if any(not isfinite(v) for page in found for word in page.words for v in word[:4]):
        raise ValueError("words.json holds places that are none")
    return found


def sender(folder: Path) -> Sender:
    found = json.loads(_bounded(folder / "sender.json", 10_000))
    return Sender(str(found["address"])[:255].lower(), str(found["authentication"])[:20])


def learned(folder: Path) -> Learned:
    return Learned.of_json(json.loads(_bounded(folder / "learned.json", limits.RESULT_BYTES)))


def examples(folder: Path) -> tuple[str, ...]:
    found = json.loads(_bounded(folder / "examples.json", limits.RESULT_BYTES))
    return tuple(json.dumps(json.loads(line), ensure_ascii=False) for line in found["examples"])


def pictures(folder: Path, pages: tuple[int, ...]) -> Iterator[Picture]:
    for page in pages:
        path = folder / f"page-{page}.png"
        if not path.exists():
            continue
        png = _bounded(path, limits.FILE_BYTES)
        if png[:8] == b"\x89PNG\r\n\x1a\n" and png.endswith(b"IEND\xaeB`\x82"):
            width, height = struct.unpack(">II", png[16:24])
            yield Picture(page, png, width, height)
