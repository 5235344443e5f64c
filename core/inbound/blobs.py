"""Bytes by their hash: stored once, never changed."""

from __future__ import annotations

import hashlib

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.inbound.tables import Blob
from core.values import utc_now


def store_blob(session: Session, content: bytes) -> str:
    """Stores the bytes unless they are there; returns their SHA-256 in hex."""
    sha256 = hashlib.sha256(content).hexdigest()
    row = {"sha256": sha256, "size": len(content), "content": content, "created_at": utc_now()}
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(Blob).values(row).on_conflict_do_nothing())
    return sha256


def load_blob(session: Session, sha256: str) -> bytes:
    content = session.scalar(select(Blob.content).where(Blob.sha256 == sha256))
    if content is None:
        raise NotFound("The stored bytes of this document are missing; restore them from a backup.")
    return bytes(content)
