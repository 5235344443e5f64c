"""The database is the work list; what is in Redis may be lost at any time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from redis import Redis
from redis.exceptions import RedisError
from rq import SimpleWorker

from core import outbox
from core.config import Settings
from core.database import Database
from core.outbox import OutboxItem
from core.values import utc_now
from tests.faults.given import killed_at
from workers import queues, relay


def _owe(database: Database, count: int, task: str = "read-document") -> list[int]:
    with database.begin() as session:
        return [
            outbox.put(session, task, subject="document", subject_id=n, key=f"{task}:{n}").id
            for n in range(1, count + 1)
        ]


def _waiting(valkey: Redis, name: str = queues.READ) -> list[str]:
    return list(queues.queue(name, valkey).get_job_ids())


def test_each_due_row_is_enqueued_once_on_its_queue(database: Database, valkey: Redis) -> None:
    _owe(database, 2)
    _owe(database, 1, "receipt-note")
    assert relay.relay(database, valkey) == 3
    assert relay.relay(database, valkey) == 0
    assert _waiting(valkey) == ["outbox-1-0", "outbox-2-0"]
    assert _waiting(valkey, queues.DELIVER) == ["outbox-3-0"]


def test_a_job_is_ids_as_json(database: Database, valkey: Redis) -> None:
    (item,) = _owe(database, 1)
    relay.relay(database, valkey)
    (job,) = queues.queue(queues.READ, valkey).get_jobs()
    assert job.args == [{"v": 1, "id": item}]
    assert b"cbuiltins" not in valkey.hget(job.key, "data")


def test_a_wiped_redis_costs_one_turn(sqlite_database: Database, valkey: Redis) -> None:
    _owe(sqlite_database, 1)
    relay.relay(sqlite_database, valkey)
    valkey.flushall()
    assert relay.relay(sqlite_database, valkey) == 1


def test_a_job_that_vanished_after_leaving_the_queue_comes_again(
    sqlite_database: Database, valkey: Redis
) -> None:
    """A worker killed between taking the job and claiming the row."""
    _owe(sqlite_database, 1)
    relay.relay(sqlite_database, valkey)
    valkey.delete("rq:queue:read")
    assert relay.relay(sqlite_database, valkey) == 0
    valkey.delete("orderclerk:handed:outbox-1-0")  # as after its ten seconds
    assert relay.relay(sqlite_database, valkey) == 1


def test_what_is_not_due_or_held_by_somebody_waits(
    sqlite_database: Database, valkey: Redis
) -> None:
    first, second = _owe(sqlite_database, 2)
    with sqlite_database.begin() as session:
        session.get_one(OutboxItem, first).due_at = utc_now() + timedelta(minutes=1)
        outbox.claim(session, second, "somebody", utc_now())
    assert relay.relay(sqlite_database, valkey) == 0


def test_an_expired_lease_is_another_job(sqlite_database: Database, valkey: Redis) -> None:
    (item,) = _owe(sqlite_database, 1)
    with sqlite_database.begin() as session:
        outbox.claim(session, item, "the dead", utc_now(), timedelta(seconds=-1))
    relay.relay(sqlite_database, valkey)
    assert _waiting(valkey) == ["outbox-1-1"]


def test_only_some_work_is_handed_to_redis(
    sqlite_database: Database, valkey: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "DEPTH", 3)
    _owe(sqlite_database, 5)
    assert relay.relay(sqlite_database, valkey) == 3


def test_a_backlog_of_reading_does_not_hold_up_mails(
    sqlite_database: Database, valkey: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "DEPTH", 3)
    _owe(sqlite_database, 5)
    _owe(sqlite_database, 1, "receipt-note")
    relay.relay(sqlite_database, valkey)
    assert _waiting(valkey, queues.DELIVER) == ["outbox-6-0"]


@pytest.mark.parametrize("point", ["relay.before-enqueue", "relay.after-enqueue"])
def test_a_relay_that_is_killed_loses_nothing(
    point: str, database: Database, valkey: Redis, valkey_server: Settings
) -> None:
    _owe(database, 1)
    killed_at(
        point, database, lambda found: relay.relay(found, queues.connect(valkey_server.redis_url))
    )
    valkey.delete("orderclerk:handed:outbox-1-0")  # as after its ten seconds
    relay.relay(database, valkey)
    assert _waiting(valkey) == ["outbox-1-0"]


def test_redis_away_is_told(sqlite_database: Database) -> None:
    _owe(sqlite_database, 1)
    with pytest.raises(RedisError):
        relay.relay(sqlite_database, queues.connect("unix:///nowhere/valkey.sock"))


def test_rq_runs_the_job(
    sqlite_database: Database, valkey: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    monkeypatch.setattr("workers.jobs.perform", lambda job: done.append(job["id"]))
    (item,) = _owe(sqlite_database, 1)
    relay.relay(sqlite_database, valkey)
    worker = SimpleWorker([queues.queue(queues.READ, valkey)], connection=valkey, serializer="json")
    worker.work(burst=True, logging_level="ERROR")
    assert done == [item]
