"""Bytes by their hash: stored once, never changed.

What is too long to be held whole lies in pieces in the same database: so it is in the same backup, and every machine that
has the database has it. Its pieces are committed one after the other, so that no writer waits for half a gigabyte; only
the blob's own row, written last, makes them count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.inbound.tables import Blob, BlobPiece
from core.values import utc_now

PIECE_BYTES = 1 << 20
_GONE = "The stored bytes of this document are missing; restore them from a backup."


def store_blob(session: Session, content: bytes) -> str:
    """Stores the bytes unless they are there; returns their SHA-256 in hex."""
    sha256 = hashlib.sha256(content).hexdigest()
    row = {"sha256": sha256, "size": len(content), "content": content, "created_at": utc_now()}
    _insert(session, Blob.__table__, {**row, "pieces": 0})
    return sha256


def store_piece(session: Session, sha256: str, number: int, content: bytes) -> None:
    """A piece of what will be a blob; the same again changes nothing."""
    _insert(session, BlobPiece.__table__, {"sha256": sha256, "number": number, "content": content})


def store_pieced(session: Session, sha256: str, size: int, pieces: int) -> None:
    """Makes the pieces that were stored a blob."""
    row = {"sha256": sha256, "size": size, "content": b"", "created_at": utc_now()}
    _insert(session, Blob.__table__, {**row, "pieces": pieces})


def load_blob(session: Session, sha256: str) -> bytes:
    """All of it; see blob_pieces for what may be long."""
    return b"".join(blob_pieces(session, sha256))


def blob_start(session: Session, sha256: str, most: int) -> bytes:
    """Its first `most` bytes or more, without loading a long one whole."""
    found = b""
    for piece in blob_pieces(session, sha256):
        found += piece
        if len(found) >= most:
            break
    return found


def blob_size(session: Session, sha256: str) -> int:
    """How many bytes it has; 0 when it is missing."""
    return session.scalar(select(Blob.size).where(Blob.sha256 == sha256)) or 0


def blob_pieces(session: Session, sha256: str) -> Iterator[bytes]:
    """The bytes in order, a piece at a time. Raises NotFound."""
    pieces = session.scalar(select(Blob.pieces).where(Blob.sha256 == sha256))
    if pieces is None:
        raise NotFound(_GONE)
    if not pieces:
        content = session.scalar(select(Blob.content).where(Blob.sha256 == sha256))
        yield bytes(content or b"")
    for number in range(pieces):
        piece = session.scalar(
            select(BlobPiece.content).where(BlobPiece.sha256 == sha256, BlobPiece.number == number)
        )
        if piece is None:
            raise NotFound(_GONE)
        yield bytes(piece)


def _insert(session: Session, table: Any, row: dict[str, Any]) -> None:
    assert isinstance(table, Table)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(table).values(row).on_conflict_do_nothing())
