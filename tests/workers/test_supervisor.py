"""Children are kept alive, and none outlives the supervisor's word."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from workers import supervisor
from workers.supervisor import Program, Supervisor

ENVIRONMENT = {"PATH": os.defpath}


def _python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def _wait(what: Callable[[], bool], seconds: float = 5) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)


def _gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    stat = Path(f"/proc/{pid}/stat")  # a zombie that nobody fetched counts as gone
    return stat.exists() and stat.read_text().rpartition(") ")[2].startswith("Z")


def test_what_dies_starts_again_later_and_later(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    found = Supervisor(ENVIRONMENT, tmp_path / "log")
    found.add(Program("dies", _python(f"open({str(starts)!r}, 'a').write('x')")))

    def started_three_times() -> bool:
        found.look()
        return starts.exists() and len(starts.read_text()) >= 3

    _wait(started_three_times)
    (entry,) = found.running
    assert entry.failures >= 2
    found.stop()


def test_stopping_ends_all_even_those_who_will_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "STOP_SECONDS", 0.5)
    stubborn = "import os,signal,sys,time; signal.signal(15, signal.SIG_IGN); pid=os.fork(); print(os.getpid(), flush=True); time.sleep(60)"
    found = Supervisor(ENVIRONMENT, tmp_path / "log")
    found.add(Program("stubborn", _python(stubborn)))
    _wait(lambda: len((tmp_path / "log").read_text().split()) == 2)
    pids = [int(pid) for pid in (tmp_path / "log").read_text().split()]
    started = time.monotonic()
    found.stop()
    assert time.monotonic() - started < 30
    _wait(lambda: all(_gone(pid) for pid in pids))


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells children of their parent's death"
)
def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys,time\nfrom workers.supervisor import Program, Supervisor\n"
        "s = Supervisor({}, None)\n"
        "s.add(Program('c', (sys.executable, '-c', 'import time; time.sleep(60)')))\n"
        "print(s.running[0].process.pid, flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen(_python(code), stdout=subprocess.PIPE, text=True) as boss:
        assert boss.stdout is not None
        child = int(boss.stdout.readline())
        boss.send_signal(signal.SIGKILL)
    _wait(lambda: _gone(child))
