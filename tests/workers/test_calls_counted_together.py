"""Calls of a token are counted together by all web processes; without Redis each counts for itself."""

from __future__ import annotations

import time
from pathlib import Path

from redis import Redis

from review_app.api.limits import Limiter, SharedLimiter, shared


def test_two_processes_share_one_bucket(valkey: Redis) -> None:
    one, other = (SharedLimiter(valkey, Limiter(per_minute=60, burst=3)) for _ in range(2))
    waits = [one.wait("a", 0), other.wait("a", 0), one.wait("a", 0), other.wait("a", 0)]
    assert waits[:3] == [0, 0, 0]
    assert 0.5 < waits[3] <= 1
    assert other.wait("b", 0) == 0
    assert valkey.ttl("orderclerk:api:a") > 0


def test_a_shared_bucket_fills_again(valkey: Redis) -> None:
    limiter = SharedLimiter(valkey, Limiter(per_minute=1200, burst=1))
    assert limiter.wait("a", 0) == 0
    assert limiter.wait("a", 0) > 0
    time.sleep(0.08)
    assert limiter.wait("a", 0) == 0


def test_without_redis_each_process_counts_for_itself(tmp_path: Path) -> None:
    limiter = shared(f"unix://{tmp_path}/nobody.sock")
    limiter.alone = Limiter(per_minute=60, burst=1)
    now = time.monotonic()
    assert limiter.wait("a", now) == 0
    assert limiter.wait("a", now) > 0
