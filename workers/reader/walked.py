"""The worker's end of the pipe through which a long file comes, line by line; nothing of it is believed unseen."""

from __future__ import annotations

import json
import os
import select
import time
from collections.abc import Iterator
from typing import Any

LONGEST_LINE = 16 * 1024 * 1024
SILENCE_SECONDS = 60.0
"""The child reads a message in milliseconds; what was kept before is passed over at thousands a second."""
_BLOCK = 1 << 16


def lines(pipe: int, answers: int) -> Iterator[dict[str, Any]]:
    """pipe: to read from, not blocking; answers: the fork server's socket, which stirs when the child has ended.

    Raises ValueError on what is no line of ours, or on one that never ends. Ends with {"failed": ...} when the child
    ended, or fell silent, before its last line.
    """
    rest = bytearray()
    while True:
        block = _next(pipe, answers)
        if not block:
            yield {"failed": {"code": "reader-crashed", "detail": "The reader ended on the way."}}
            return
        rest += block
        *whole, last = rest.split(b"\n")
        rest = bytearray(last)
        if len(rest) > LONGEST_LINE:
            raise ValueError("a line of the reader does not end")
        for line in whole:
            found = json.loads(line)
            if not isinstance(found, dict):
                raise ValueError("a line of the reader is no object")
            yield found
            if "end" in found:
                return


def _next(pipe: int, answers: int) -> bytes:
    """What comes next, b"" when nothing more will."""
    until = time.monotonic() + SILENCE_SECONDS
    while (left := until - time.monotonic()) > 0:
        stirred = select.select([pipe, answers], [], [], left)[0]
        if pipe in stirred:
            try:
                return os.read(pipe, _BLOCK)
            except BlockingIOError:
                continue
        if answers in stirred:
            return b""
    return b""
