"""What an interchange's segments come to, whatever stands between them: the same content is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


class Digest:
    """SHA-256 over the segments of one interchange, each closed by a line end, and how many bytes that was."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self.restart()

    def restart(self) -> None:
        self._sum, self.size = hashlib.sha256(), 0

    def add(self, texts: Sequence[str]) -> None:
        if texts:
            raw = "\n".join((*texts, "")).encode(self._encoding, "replace")
            self._sum.update(raw)
            self.size += len(raw)

    @property
    def hexdigest(self) -> str:
        return self._sum.hexdigest()
