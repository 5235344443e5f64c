"""Every loop says that it runs; the doctor and the health page compare."""

from __future__ import annotations

import logging
import time

from sqlalchemy.exc import SQLAlchemyError

from core.database import Database
from core.inbound.heartbeats import beat
from core.values import utc_now

log = logging.getLogger(__name__)

EVERY_SECONDS = 10.0


class Beat:
    """One loop's heartbeat, written at most every ten seconds however often it is called."""

    def __init__(self, database: Database, name: str) -> None:
        self._database, self._name, self._last = database, name, 0.0

    def beat(self) -> None:
        if time.monotonic() - self._last >= EVERY_SECONDS:
            self._last = time.monotonic()
            tell(self._database, self._name)


def tell(database: Database, name: str, detail: str = "") -> None:
    """Writes the heartbeat; a database that is away is told in the log and elsewhere."""
    try:
        database.run(lambda session: beat(session, name, utc_now(), detail))
    except SQLAlchemyError as error:
        log.warning("no heartbeat of %s: %s", name, error)
