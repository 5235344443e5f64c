"""Every loop says that it runs; the doctor and the health page compare."""

from __future__ import annotations

import logging

from sqlalchemy.exc import SQLAlchemyError

from core.database import Database
from core.inbound.heartbeats import beat
from core.values import utc_now

log = logging.getLogger(__name__)


def tell(database: Database, name: str, detail: str = "") -> None:
    """Writes the heartbeat; a database that is away is told in the log and elsewhere."""
    try:
        database.run(lambda session: beat(session, name, utc_now(), detail))
    except SQLAlchemyError as error:
        log.warning("no heartbeat of %s: %s", name, error)
