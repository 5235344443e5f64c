"""The fork server: has everything imported and loaded, and forks one limited child for each request.

It talks over the socket it was born with (file descriptor 0), one JSON line each way, and sees no document itself.
When its owner ends, however it ends, the socket ends, and so do this process and the child in work.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workers.reader import limits

SIGNAL_CODES = {
    signal.SIGXCPU: (
        "time-limit",
        f"It needed more than {limits.CPU_SECONDS} seconds of computing, or "
        f"{limits.PICTURE_CPU_SECONDS} with pictures.",
    ),
    signal.SIGXFSZ: ("output-limit", "It wrote a larger file than a document may."),
    signal.SIGKILL: (
        "memory-limit",
        "The system ended the reader, most likely for want of memory.",
    ),
}


def main() -> None:
    owner = socket.socket(fileno=0)
    from workers.reader import child  # the slow part: everything a document may need

    child.warm()
    _say(owner, {"ready": limits.address_space()})
    for request in _requests(owner):
        _say(owner, _serve(owner, request, child.main))


def _requests(owner: socket.socket) -> Any:
    with owner.makefile("rb") as lines:
        for line in lines:
            yield json.loads(line)


def _say(owner: socket.socket, answer: dict[str, Any]) -> None:
    owner.sendall(json.dumps(answer).encode() + b"\n")


def _serve(owner: socket.socket, request: dict[str, Any], work: Any) -> dict[str, Any]:
    pid = os.fork()
    if pid == 0:
        os.setsid()
        limits.die_with_parent(signal.SIGKILL)
        owner.close()
        null = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(null, number)
        work(request)
    started = time.monotonic()
    folder = Path(request.get("dir", os.devnull))
    is_long = request.get("op") == "stream"
    status = _wait(
        owner,
        pid,
        lambda: started + (limits.STREAM_WALL_SECONDS if is_long else limits.wall_seconds(folder)),
    )
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)  # what the child may have left behind
    return _verdict(status)


def _wait(owner: socket.socket, pid: int, deadline: Callable[[], float]) -> int | None:
    """The child's wait status; None when it was ended for taking too long. Ends this process with its owner."""
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        left = deadline() - time.monotonic()
        if left <= 0:
            _kill(pid)
            return None
        if _stirs(pid, owner, left) and not owner.recv(1, socket.MSG_PEEK):
            _kill(pid)
            raise SystemExit(0)


def _stirs(pid: int, owner: socket.socket, seconds: float) -> bool:
    """Waits for the child's end or the owner's; True when it is the owner."""
    try:
        ended = os.pidfd_open(pid)
    except (AttributeError, OSError):  # not Linux: look twenty times a second
        return bool(select.select([owner], [], [], min(seconds, 0.05))[0])
    try:
        return owner.fileno() in select.select([owner.fileno(), ended], [], [], seconds)[0]
    finally:
        os.close(ended)


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def _verdict(status: int | None) -> dict[str, Any]:
    if status is None:
        return {
            "code": "time-limit",
            "detail": f"It took longer than {limits.WALL_SECONDS} seconds, or {limits.PICTURE_WALL_SECONDS} with pictures.",
        }
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        code, detail = SIGNAL_CODES.get(
            signal.Signals(number), ("reader-crashed", f"The reader ended by signal {number}.")
        )
        return {"code": code, "detail": detail}
    if os.WEXITSTATUS(status) == 0:
        return {"code": ""}
    return {"code": "failed", "detail": f"The reader ended with {os.WEXITSTATUS(status)}."}


if __name__ == "__main__":
    main()
