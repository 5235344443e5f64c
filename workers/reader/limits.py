"""How much one document may cost, and putting that on the child."""

from __future__ import annotations

import ctypes
import os
import resource
import time
from pathlib import Path

WALL_SECONDS = 20
CPU_SECONDS = 15
PICTURE_WALL_SECONDS = 45  # for documents with pages that are pictures; below a job's lease
PICTURE_CPU_SECONDS = 80  # two threads
PICTURE_REST_SECONDS = 8  # of the wall time, for what comes after the pictures
PICTURE_MARK = "reads-pictures"  # the file by which a child says that its document has such pages
STREAM_WALL_SECONDS = (
    280  # for a walk through a long file, whose reader takes what it gets as it comes
)
STREAM_CPU_SECONDS = 240
MEMORY_BYTES = 1024 * 1024**2  # above what the fork server itself holds
FILE_BYTES = 64 * 1024**2
OPEN_FILES = 64
OUTPUT_BYTES = 160 * 1024**2  # all files of one reading together
OUTPUT_FILES = 1200
RESULT_BYTES = 32 * 1024**2  # result.json alone

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38


def address_space() -> int:
    """Bytes of address space this process has now, 0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0
    return int(statm.read_bytes().split()[0]) * resource.getpagesize()


def apply(*, is_long: bool = False) -> None:
    """Binds this process for good: called in the child, before it sees the document."""
    own = address_space()
    if own:
        _cap(resource.RLIMIT_AS, own + MEMORY_BYTES)
    if is_long:
        _cap(resource.RLIMIT_CPU, STREAM_CPU_SECONDS)
    else:
        _cap(resource.RLIMIT_CPU, CPU_SECONDS, PICTURE_CPU_SECONDS + 2)
    _cap(resource.RLIMIT_FSIZE, FILE_BYTES)
    _cap(resource.RLIMIT_NOFILE, OPEN_FILES)
    _cap(resource.RLIMIT_CORE, 0)
    if os.getuid() != 0:  # root is not bound by it, and a shared account may already be above it
        _cap(resource.RLIMIT_NPROC, 0)
    without_network()


def allow_pictures(folder: Path, started: float) -> float:
    """Widens the limits of the child that calls it, working in `folder` since `started` (time.monotonic).

    Returns how many seconds of the wall time its pictures may take.
    """
    ceiling = resource.getrlimit(resource.RLIMIT_CPU)[1]
    wanted = PICTURE_CPU_SECONDS
    soft = wanted if ceiling == resource.RLIM_INFINITY else min(wanted, ceiling)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, ceiling))
    (folder / PICTURE_MARK).touch()
    return max(started + PICTURE_WALL_SECONDS - PICTURE_REST_SECONDS - time.monotonic(), 0.0)


def wall_seconds(folder: Path) -> int:
    """How long the child that works in `folder` may take."""
    return PICTURE_WALL_SECONDS if (folder / PICTURE_MARK).exists() else WALL_SECONDS


def _cap(kind: int, soft: int, hard: int | None = None) -> None:
    ceiling = resource.getrlimit(kind)[1]
    wanted = hard if hard is not None else soft
    hard = wanted if ceiling == resource.RLIM_INFINITY else min(wanted, ceiling)
    resource.setrlimit(kind, (min(soft, hard), hard))


def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if os.uname().sysname == "Linux" else None


def die_with_parent(signal_number: int) -> None:
    """Asks the kernel to send this signal when the parent process ends (Linux; elsewhere the socket's end tells)."""
    libc = _libc()
    if libc is not None:
        libc.prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)


def without_network() -> bool:
    """An empty network namespace where the system lets us (containers often do not); reading needs none either way."""
    libc = _libc()
    if libc is None:
        return False
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return any(libc.unshare(flags) == 0 for flags in (CLONE_NEWNET, CLONE_NEWUSER | CLONE_NEWNET))
