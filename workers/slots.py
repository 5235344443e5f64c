"""A named place for one process of a kind: a lock that ends with the process, and leases claimed under its name."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.outbox import OutboxItem
from core.values import utc_now


@contextmanager
def holding(lock: Path) -> Iterator[bool]:
    """True while this process alone holds the lock file; False when another one does."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)


@contextmanager
def slot(folder: Path, kind: str) -> Iterator[str]:
    """The first free slot of this kind on this machine, as "host/folder/kind-1"; the name is ours while we live."""
    for number in range(1, 1000):
        with holding(folder / f"{kind}-{number}.lock") as held:
            if held:
                yield f"{socket.gethostname()}:{folder}/{kind}-{number}"[-255:]
                return
    raise AssertionError(f"a thousand {kind} processes run in {folder}")


def release_leases(session: Session, owner: str) -> int:
    """Ends the leases that an earlier process in our slot held: its lock proves that it is gone.

    What it had in work is due again at once; a mail past its final dot is found by the sweep and becomes uncertain.
    """
    freed = session.execute(
        update(OutboxItem)
        .where(OutboxItem.state == "claimed", OutboxItem.lease_owner == owner)
        .values(lease_until=utc_now())
        .execution_options(synchronize_session=False)
    )
    return int(freed.rowcount)  # type: ignore[attr-defined]
