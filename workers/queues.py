"""The queues that wake workers. The database holds the work; losing everything in here costs seconds."""

from __future__ import annotations

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue

from core.config import Settings

READ = "read"
DELIVER = "deliver"

# Tasks by queue; every task that is not named is a mail to send.
TASKS: dict[str, tuple[str, ...]] = {
    READ: (
        "read-document",
        "render-pages",
        "learn-from-draft",
        "check-promises",
        "recheck-drafts",
        "import-master-data",
        "export-master-data",
    ),
    DELIVER: (),
}
QUEUES = tuple(TASKS)
NAMED_TASKS = tuple(task for tasks in TASKS.values() for task in tasks)

JOB = "workers.jobs.perform"
PAYLOAD_VERSION = 1
JOB_SECONDS = 300
RESULT_SECONDS = 60
FAILURE_SECONDS = 7 * 24 * 3600


def connect(url: str) -> Redis:
    """A client that fails fast, so that callers can go on without Redis."""
    return Redis.from_url(
        url, socket_connect_timeout=2, socket_timeout=10, retry=Retry(NoBackoff(), 0)
    )


def connect_worker(settings: Settings) -> Redis:
    """A client for RQ's own loop, which blocks longer than the others may."""
    return Redis.from_url(settings.redis_url, socket_connect_timeout=2)


def queue(name: str, connection: Redis) -> Queue:
    return Queue(name, connection=connection, serializer="json")


def job_id(item_id: int, attempts: int) -> str:
    """The same for the same attempt at the same row, so that a second enqueueing is the same job."""
    return f"outbox-{item_id}-{attempts}"
