"""A Valkey server of their own for the tests that need one."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from core.config import Settings
from workers import embedded_redis, queues


def settings_in(folder: Path, **changes: object) -> Settings:
    facts: dict[str, object] = {
        "data_dir": folder,
        "database_url": f"sqlite:///{folder / 'orderclerk.sqlite'}",
        "redis_url": f"unix://{folder / 'run' / 'valkey.sock'}",
        "smtp_url": "smtp+plain://127.0.0.1:9",
        "secret_key": "k" * 32,
        "web_host": "127.0.0.1",
        "web_port": 0,
        "insecure_http": True,
        "workers": 1,
        "base_url": "http://127.0.0.1",
        "crash_at": "",
    }
    return Settings(**{**facts, **changes})  # type: ignore[arg-type]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[Settings]:
    folder = Path(tempfile.mkdtemp(prefix="ocvk"))
    found = settings_in(folder)
    found.sockets.mkdir()
    process = subprocess.Popen(
        embedded_redis.command(found), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    embedded_redis.wait(found)
    yield found
    process.kill()
    process.wait()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def valkey(valkey_server: Settings) -> Iterator[Redis]:
    """A client of an empty server."""
    client = queues.connect(valkey_server.redis_url)
    client.flushall()
    yield client
    client.close()
