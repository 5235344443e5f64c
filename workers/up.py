"""Everything on this box: Valkey when none is named, scheduler, workers, web; kept alive, ended together."""

from __future__ import annotations

import logging
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from core import migrate
from core.config import Settings, child_environment
from core.errors import Misconfigured, Unavailable
from workers import embedded_redis, queues
from workers.supervisor import Program, Supervisor, until_told

log = logging.getLogger(__name__)

WEB_SECONDS = 30.0

Stopped = Callable[[], bool]


def ours(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "workers.cli", *words)


def programs(settings: Settings, *, with_web: bool = True) -> list[Program]:
    """What runs, in the order of starting."""
    found = []
    if embedded_redis.is_ours(settings):
        found.append(
            Program(
                "valkey",
                tuple(embedded_redis.command(settings)),
                lambda: embedded_redis.wait(settings),
            )
        )
    for number in range(1, max(1, settings.workers) + 1):
        found.append(Program(f"read-{number}", ours("worker", "--queue", queues.READ)))
    found.append(Program("deliver-1", ours("worker", "--queue", queues.DELIVER)))
    found.append(Program("scheduler", ours("scheduler")))
    if with_web:
        found.append(Program("web", ours("web")))
    return found


def prepare(settings: Settings) -> Settings:
    """Folders, newest database form, and the settings as the children get them. Raises Misconfigured."""
    if not settings.secret_key:
        raise Misconfigured(
            "ORDERCLERK_SECRET_KEY is not set. Put 32 random characters or more into .env; `orderclerk doctor` helps."
        )
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    settings.sockets.mkdir(mode=0o700, exist_ok=True)
    migrate.upgrade(settings.database_url)
    return embedded_redis.with_short_socket(settings)


def run(settings: Settings, log_file: Path | None = None) -> None:
    """Starts everything and returns when told to stop and nothing is left running."""
    settings = prepare(settings)
    stopped = until_told()
    supervisor = Supervisor(child_environment(settings), log_file)
    try:
        for program in programs(settings):
            supervisor.add(program)
        log.info("Orderclerk runs at %s", settings.base_url)
        supervisor.watch(stopped)
    finally:
        supervisor.stop()


def wait_for_web(settings: Settings, look: Callable[[], None]) -> None:
    """Until the web answers; `look` is called meanwhile. Raises Unavailable."""
    until = time.monotonic() + WEB_SECONDS
    while time.monotonic() < until:
        look()
        try:
            urllib.request.urlopen(settings.base_url, timeout=2).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise Unavailable(f"The web does not answer at {settings.base_url}.")
