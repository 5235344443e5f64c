"""Due outbox rows -> RQ. The only sender of jobs; runs every second and may run anywhere, any number of times."""

from __future__ import annotations

import logging

from redis import Redis

from core import crash, outbox
from core.database import Database
from core.values import utc_now
from workers import queues

log = logging.getLogger(__name__)

DEPTH = 100  # more waits in the database: what is in Redis may be lost at any time
HANDED_SECONDS = 10  # how long a job may be between leaving the queue and claiming its row


def relay(database: Database, connection: Redis) -> int:
    """Enqueues what is due and not yet enqueued; returns how many. Raises redis' errors when it is away."""
    sent = 0
    for name, tasks in queues.TASKS.items():
        with database.read() as session:
            now = utc_now()
            due = (
                outbox.due(session, now, DEPTH, only=tasks)
                if tasks
                else outbox.due(session, now, DEPTH, never=queues.NAMED_TASKS)
            )
        if due:
            sent += _fill(name, [(item_id, attempts) for item_id, _, attempts in due], connection)
    return sent


def _fill(name: str, rows: list[tuple[int, int]], connection: Redis) -> int:
    queue = queues.queue(name, connection)
    waiting = set(queue.get_job_ids())
    sent = 0
    for item_id, attempts in rows:
        job = queues.job_id(item_id, attempts)
        if job in waiting or not connection.set(
            f"orderclerk:handed:{job}", "1", nx=True, ex=HANDED_SECONDS
        ):
            continue
        crash.point("relay.before-enqueue")
        queue.enqueue(
            queues.JOB,
            {"v": queues.PAYLOAD_VERSION, "id": item_id},
            job_id=job,
            job_timeout=queues.JOB_SECONDS,
            result_ttl=queues.RESULT_SECONDS,
            failure_ttl=queues.FAILURE_SECONDS,
        )
        crash.point("relay.after-enqueue")
        sent += 1
    return sent
