"""When to try again: exponential with full jitter, and which errors are somebody else's outage."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from redis.exceptions import RedisError
from sqlalchemy.exc import InterfaceError, OperationalError

from core.errors import Unavailable

FIRST_SECONDS = 5.0
LONGEST_SECONDS = 900.0

# A server is away: says nothing about the document, so it is no attempt of the document's.
OUTAGES = (Unavailable, OperationalError, InterfaceError, RedisError)


def wait_seconds(
    attempt: int, first: float = FIRST_SECONDS, longest: float = LONGEST_SECONDS
) -> float:
    """A random time up to first * 2^(attempt-1), at least a second, so that many do not come back at once."""
    return max(1.0, random.uniform(0, min(longest, first * 2 ** min(attempt - 1, 20))))


def later(now: datetime, attempt: int) -> datetime:
    return now + timedelta(seconds=wait_seconds(attempt))
