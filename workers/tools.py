"""What a worker process holds while it runs: settings, database, reader, and the name under which it claims work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from core.config import Settings
from core.database import Database
from workers.reader.values import Hints, Learned, Picture, ReadFailure, ReadResult, Sender


class DocumentReader(Protocol):
    """The one port of a worker to what reads documents (workers.reader.client.Reader)."""

    def read_document(
        self, raw: bytes, channel: str, filename: str, hints: Hints
    ) -> ReadResult | ReadFailure: ...

    def walk(
        self, content: Iterable[bytes], known: int, closed: int
    ) -> AbstractContextManager[Iterator[dict[str, Any]]]: ...

    def sender_of(
        self, raw: bytes, channel: str, filename: str, hints: Hints
    ) -> Sender | ReadFailure: ...

    def learn(
        self,
        raw: bytes,
        channel: str,
        filename: str,
        hints: Hints,
        orders: tuple[dict[str, Any], ...],
    ) -> Learned | ReadFailure: ...

    def render_pages(
        self, content: bytes, pages: tuple[int, ...]
    ) -> tuple[Picture, ...] | ReadFailure: ...


class Owner(Protocol):
    """As much of Tools as work takes that reads no document."""

    @property
    def database(self) -> Database: ...

    @property
    def owner(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Tools:
    """owner: the lease owner of this process, unique while it lives (workers.slots)."""

    settings: Settings
    database: Database
    reader: DocumentReader
    owner: str
