"""Drop folders -> documents: claim the file, store it, commit, archive it. One bad file never stops the next."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import crash
from core.act import Act
from core.database import Database
from core.errors import OrderclerkError, Unavailable, Unreadable
from core.exchange.repeat import arrive
from core.inbound.blobs import store_piece, store_pieced
from core.inbound.receive import Arrival, Received, Transport
from core.inbound.tables import DropFolder
from core.values import utc_now
from intake import drops

log = logging.getLogger(__name__)

PIECES_AT_ONCE = 8
NOTE_EVERY = timedelta(seconds=10)


@dataclass(slots=True)
class Drops:
    """What one process remembers between its looks: how files looked, by folder."""

    seen: dict[int, dict[str, drops.Sighting]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Watched:
    id: int
    name: str
    folder: drops.DropFolder
    polled_at: datetime | None
    last_error: str


def poll(database: Database, memory: Drops) -> int:
    """One look at every enabled folder; returns how many files were taken."""
    with database.read() as session:
        rows = session.scalars(select(DropFolder).where(DropFolder.enabled.is_(True)))
        watched = [_Watched(r.id, r.name, folder_of(r), r.polled_at, r.last_error) for r in rows]
    taken = 0
    for one in watched:
        error = ""
        try:
            taken += _look(database, one, memory.seen.setdefault(one.id, {}))
        except OrderclerkError as trouble:
            error = trouble.sentence
            log.warning("drop folder %s: %s", one.name, error)
        _note(database, one, error)
    return taken


def folder_of(row: DropFolder) -> drops.DropFolder:
    path = Path(row.path)
    return drops.DropFolder(
        path=path,
        archive=path / "done",
        errors=path / "errors",
        pattern=row.pattern,
        settle_seconds=float(row.settle_seconds),
        done_marker=row.done_suffix,
    )


def _look(database: Database, watched: _Watched, seen: dict[str, drops.Sighting]) -> int:
    folder = watched.folder
    now = time.monotonic()
    ready = drops.ready(folder, now, seen)
    claims = drops.left_claims(
        folder
    )  # of a process that died; its commit may or may not have come
    for name in (*ready, *drops.empty_too_long(now, seen)):
        claimed = drops.claim(folder, name)
        if claimed is not None:
            claims.append(claimed)
    return sum(_take(database, watched, claimed) for claimed in claims)


def _take(database: Database, watched: _Watched, claimed: drops.Claim) -> int:
    """Stores one file; 1 when it is stored. A file that cannot be used goes to the error folder."""
    crash.point("drop.claimed")
    try:
        dropped = drops.read(claimed)
    except Unreadable as error:
        log.warning("%s in %s is refused: %s", claimed.name, watched.name, error.sentence)
        drops.refuse(claimed)
        return 0
    except Unavailable as error:
        log.warning("%s", error.sentence)
        return 0
    try:
        count = _store_pieces(database, dropped) if dropped.is_long else 0
    except Unavailable as error:
        log.warning("%s", error.sentence)
        return 0
    database.run(lambda session: _store(session, watched.id, dropped, count))
    crash.point("drop.committed")
    drops.archive(dropped)
    crash.point("drop.archived")
    return 1


def _store_pieces(database: Database, dropped: drops.Dropped) -> int:
    """The bytes of a long file, a few pieces to a transaction so that no other writer waits; returns how many."""
    count = 0
    for few in _some(drops.pieces(dropped)):
        database.run(partial(_store_few, dropped.sha256, count, few))
        count += len(few)
        crash.point("drop.piece-committed")
    return count


def _store_few(sha256: str, first: int, few: list[bytes], session: Session) -> None:
    for number, piece in enumerate(few, first):
        store_piece(session, sha256, number, piece)


def _some(pieces: Iterator[bytes]) -> Iterator[list[bytes]]:
    while few := list(islice(pieces, PIECES_AT_ONCE)):
        yield few


def _store(session: Session, folder_id: int, dropped: drops.Dropped, pieces: int = 0) -> Received:
    """A claim that was committed before a crash is there again with the same bytes: it is archived only."""
    act = Act("system:intake", key=f"drop:{dropped.claim.path.name}:{dropped.sha256}")
    if dropped.is_long:
        store_pieced(session, dropped.sha256, dropped.size, pieces)
    received = arrive(
        session,
        Arrival(
            "drop",
            dropped.raw,
            utc_now(),
            source_name=dropped.claim.name[:255],
            drop_folder_id=folder_id,
            stored=(dropped.sha256, dropped.size) if dropped.is_long else None,
            transport=Transport(
                None, f"drop:{folder_id}/{dropped.claim.path.name}"[:255], *dropped.stamp
            ),
        ),
        act=act,
    )
    return received


def _note(database: Database, watched: _Watched, error: str) -> None:
    now = utc_now()
    fresh = watched.polled_at is not None and now - watched.polled_at < NOTE_EVERY
    if fresh and watched.last_error == error:
        return

    def note(session: Session) -> None:
        row = session.get(DropFolder, watched.id)
        if row is not None:
            row.polled_at, row.last_error = now, error

    database.run(note)
