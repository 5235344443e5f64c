"""Whatever a child does, the fork server ends it in time and says by a fixed code how it ended."""

from __future__ import annotations

import faulthandler
import os
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from typing import Any

import pytest

from workers.reader import limits, zygote


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WALL_SECONDS", 3)
    monkeypatch.setattr(limits, "CPU_SECONDS", 1)
    monkeypatch.setattr(limits, "MEMORY_BYTES", 64 * 1024**2)
    monkeypatch.setattr(limits, "FILE_BYTES", 1024**2)


def _verdict(misbehave: Callable[[], object]) -> str:
    def work(_request: dict[str, Any]) -> None:
        code = 3
        try:
            faulthandler.disable()
            limits.apply()
            misbehave()
            code = 0
        finally:
            os._exit(code)

    owner, other = socket.socketpair()
    with owner, other:
        answer = zygote._serve(owner, {}, work)
    return str(answer["code"])


def _spin() -> None:
    while True:
        pass


def _eat() -> None:
    eaten = []
    while True:
        eaten.append(bytearray(16 * 1024**2))


def _write() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # which Python ignores
    with tempfile.TemporaryFile() as file:
        for _ in range(4):
            file.write(b"x" * 1024**2)
            file.flush()


def test_a_good_child() -> None:
    assert _verdict(lambda: None) == ""


def test_endless_computing() -> None:
    assert _verdict(_spin) == "time-limit"


def test_endless_waiting() -> None:
    started = time.monotonic()
    assert _verdict(lambda: time.sleep(60)) == "time-limit"
    assert time.monotonic() - started < 30


@pytest.mark.skipif(not limits.address_space(), reason="this system tells no address space")
def test_endless_memory() -> None:
    assert _verdict(_eat) == "failed"


def test_too_large_a_file() -> None:
    assert _verdict(_write) == "output-limit"


def test_a_crash() -> None:
    assert _verdict(os.abort) == "reader-crashed"


def test_killed_from_outside() -> None:
    assert _verdict(lambda: os.kill(os.getpid(), signal.SIGKILL)) == "memory-limit"


@pytest.mark.skipif(os.getuid() != 0, reason="only root may fork within the limits")
def test_what_a_child_leaves_behind_is_ended() -> None:
    read_end, write_end = os.pipe()

    def leave() -> None:
        if os.fork() == 0:
            time.sleep(60)

    assert _verdict(leave) == ""
    os.close(write_end)
    started = time.monotonic()
    assert os.read(read_end, 1) == b""  # the grandchild held the other end until it was killed
    assert time.monotonic() - started < 30
    os.close(read_end)


def test_no_network_inside() -> None:
    def is_allowed() -> None:
        if not limits.without_network():
            raise PermissionError

    def connect() -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=1)

    if _verdict(is_allowed) != "":
        pytest.skip("this system grants no network namespace")
    assert _verdict(connect) == "failed"
