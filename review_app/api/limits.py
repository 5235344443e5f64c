"""How often a token may ask: a bucket for each, filled again as time goes by, shared by all web processes over Redis.

Redis only counts here: while it does not answer, each process counts for itself, and nobody is turned away for it.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger("orderclerk.web")

PER_MINUTE = 600
BURST = 120
MOST_BUCKETS = 1_000
AGAIN_AFTER = 5.0
"""Seconds for which Redis is left alone after it did not answer."""
TAKE = """
local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local burst, rate = tonumber(ARGV[1]), tonumber(ARGV[2])
local left = tonumber(kept[1] or burst)
left = math.min(burst, left + math.max(0, now - tonumber(kept[2] or now)) * rate)
local wait = 0
if left < 1 then wait = (1 - left) / rate else left = left - 1 end
redis.call('HSET', KEYS[1], 'left', left, 'at', now)
redis.call('EXPIRE', KEYS[1], math.ceil(burst / rate) + 1)
return tostring(wait)
"""


@dataclass(slots=True)
class Limiter:
    """per_minute: how fast a bucket is filled; burst: how much it holds. Counts for this process."""

    per_minute: float = PER_MINUTE
    burst: float = BURST
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, bucket: str, now: float) -> float:
        """Takes one; 0 when there was one, else after how many seconds there is. now: seconds of a steady clock."""
        with self._lock:
            left, then = self._buckets.get(bucket, (self.burst, now))
            left = min(self.burst, left + (now - then) * self.per_minute / 60)
            if left < 1:
                self._buckets[bucket] = (left, now)
                return (1 - left) * 60 / self.per_minute
            if len(self._buckets) >= MOST_BUCKETS:
                self._buckets.clear()
            self._buckets[bucket] = (left - 1, now)
            return 0.0


@dataclass(slots=True)
class SharedLimiter:
    """The same over all processes, by the clock of Redis."""

    redis: Redis
    alone: Limiter = field(default_factory=Limiter)
    _silent_until: float = 0.0

    def wait(self, bucket: str, now: float) -> float:
        if now < self._silent_until:
            return self.alone.wait(bucket, now)
        sizes = (str(self.alone.burst), str(self.alone.per_minute / 60))
        try:
            found = self.redis.eval(TAKE, 1, f"orderclerk:api:{bucket}", *sizes)
        except RedisError as error:
            log.warning("Redis does not count calls of the API: %s", error)
            self._silent_until = time.monotonic() + AGAIN_AFTER
            return self.alone.wait(bucket, now)
        return float(found)


def shared(redis_url: str) -> SharedLimiter:
    """Connects when it is first asked, and gives up quickly."""
    client = Redis.from_url(
        redis_url, socket_connect_timeout=0.2, socket_timeout=0.5, retry=Retry(NoBackoff(), 0)
    )
    return SharedLimiter(client)
