"""How often a token may ask: a bucket for each, filled again as time goes by; one process counts for itself."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

PER_MINUTE = 600
BURST = 120
MOST_BUCKETS = 1_000


@dataclass(slots=True)
class Limiter:
    """per_minute: how fast a bucket is filled; burst: how much it holds."""

    per_minute: float = PER_MINUTE
    burst: float = BURST
    _buckets: dict[int, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, token_id: int, now: float) -> float:
        """Takes one; 0 when there was one, else after how many seconds there is. now: seconds of a steady clock."""
        with self._lock:
            left, then = self._buckets.get(token_id, (self.burst, now))
            left = min(self.burst, left + (now - then) * self.per_minute / 60)
            if left < 1:
                self._buckets[token_id] = (left, now)
                return (1 - left) * 60 / self.per_minute
            if len(self._buckets) >= MOST_BUCKETS:
                self._buckets.clear()
            self._buckets[token_id] = (left - 1, now)
            return 0.0
