"""What a worker process holds while it runs: settings, database, reader, and the name under which it claims work."""

from __future__ import annotations

from dataclasses import dataclass

from core.config import Settings
from core.database import Database
from workers.reader.client import Reader


@dataclass(frozen=True, slots=True)
class Tools:
    """owner: the lease owner of this process, unique while it lives (workers.slots)."""

    settings: Settings
    database: Database
    reader: Reader
    owner: str
