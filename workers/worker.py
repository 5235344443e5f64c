"""A worker process: one queue, one slot, RQ's loop without forking (what is hostile runs in the reader's children)."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from redis.exceptions import RedisError
from rq import SimpleWorker

from core.config import Settings
from core.database import Database
from workers import jobs, queues
from workers.heartbeats import Beat
from workers.reader.client import Reader
from workers.slots import release_leases, slot
from workers.tools import Tools

log = logging.getLogger(__name__)

TTL_SECONDS = 45  # an idle worker wakes fifteen seconds before that and says that it lives


class _Worker(SimpleWorker):
    """RQ waits up to a minute for Redis to come back; work should flow again within seconds. Its heartbeat is ours too."""

    max_connection_wait_time = 2.0
    told: Callable[[], None] = staticmethod(lambda: None)

    def heartbeat(self, *args: Any, **more: Any) -> None:
        super().heartbeat(*args, **more)
        self.told()


def run(settings: Settings, database: Database, name: str) -> None:
    """Works on the queue `name` until told to stop."""
    with slot(settings.sockets, name) as owner:
        freed = database.run(lambda session: release_leases(session, owner))
        if freed:
            log.info("%s rows of an earlier worker are due again", freed)
        reader = Reader(settings.data_dir / "scratch")
        try:
            if name == queues.READ:
                reader.start()
            jobs.bind(Tools(settings, database, reader, owner))
            _serve(settings, database, name, owner)
        finally:
            reader.close()


def _serve(settings: Settings, database: Database, name: str, owner: str) -> None:
    connection = queues.connect_worker(settings)
    while True:
        try:
            connection.ping()
            break
        except RedisError as error:
            log.warning("Redis does not answer (%s); waiting", error)
            time.sleep(1)
    log.info("working on %s", name)
    loop = _Worker(
        [queues.queue(name, connection)],
        connection=connection,
        name=f"{owner.rpartition('/')[2]}-{uuid.uuid4().hex[:12]}",
        serializer="json",
        worker_ttl=TTL_SECONDS,
    )
    loop.told = Beat(database, owner.rpartition("/")[2]).beat
    loop.work(logging_level="WARNING")
