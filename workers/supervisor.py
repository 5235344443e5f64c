"""Child processes kept alive: started in order, started again when they die, all ended together within seconds."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from workers.reader.limits import die_with_parent

log = logging.getLogger(__name__)

STOP_SECONDS = 4.0
STEADY_SECONDS = 30.0
LONGEST_WAIT = 10.0


@dataclass(frozen=True, slots=True)
class Program:
    """ready: returns once others may rely on it; called after the first start only."""

    name: str
    command: tuple[str, ...]
    ready: Callable[[], None] | None = None


@dataclass(slots=True)
class _Running:
    program: Program
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    again_at: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """environment: of the children. log_file: where their lines go, None for our own stderr."""

    environment: dict[str, str]
    log_file: Path | None = None
    running: list[_Running] = field(default_factory=list)
    _log: IO[bytes] | None = None

    def add(self, program: Program) -> None:
        """Starts one program and waits until it is ready."""
        entry = _Running(program)
        self.running.append(entry)
        self._start(entry)
        if program.ready is not None:
            program.ready()

    def watch(self, stopped: Callable[[], bool], tick: float = 0.2) -> None:
        """Looks after the children until `stopped` says so."""
        while not stopped():
            self.look()
            time.sleep(tick)

    def look(self) -> None:
        """Starts again what died and has waited long enough."""
        now = time.monotonic()
        for entry in self.running:
            if entry.process is not None and entry.process.poll() is not None:
                self._died(entry, now)
            if entry.process is None and now >= entry.again_at:
                self._start(entry)

    def stop(self) -> None:
        """Asks every child to end, newest first, and ends those that do not within a few seconds."""
        alive = [e.process for e in reversed(self.running) if e.process is not None]
        for process in alive:
            _signal(process, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        for process in alive:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.05, until - time.monotonic()))
        for process in alive:
            _signal(process, signal.SIGKILL)  # the whole group, children's children too
            process.wait()
        self.running.clear()

    def _start(self, entry: _Running) -> None:
        if self._log is None and self.log_file is not None:
            self.log_file.parent.mkdir(parents=True, exist_ok=True)
            self._log = self.log_file.open("ab")
        entry.process = subprocess.Popen(
            entry.program.command,
            stdin=subprocess.DEVNULL,
            stdout=self._log or sys.stderr.fileno(),
            stderr=self._log or sys.stderr.fileno(),
            env=self.environment,
            start_new_session=True,  # Ctrl-C reaches us alone; we tell them
            preexec_fn=_end_with_us,
        )
        entry.started_at = time.monotonic()

    def _died(self, entry: _Running, now: float) -> None:
        assert entry.process is not None
        _signal(entry.process, signal.SIGKILL)
        steady = now - entry.started_at > STEADY_SECONDS
        entry.failures = 1 if steady else entry.failures + 1
        wait = min(LONGEST_WAIT, 0.25 * 2 ** (entry.failures - 1))
        entry.again_at = now + wait
        log.warning(
            "%s ended with %s; it starts again in %.1f s",
            entry.program.name,
            entry.process.returncode,
            wait,
        )
        entry.process = None


def _end_with_us() -> None:
    die_with_parent(signal.SIGKILL)


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def until_told() -> Callable[[], bool]:
    """True from the first SIGINT or SIGTERM on."""
    told: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda n, _frame: told.append(n))
    return lambda: bool(told)
