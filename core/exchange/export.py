"""One interchange as a file to pass on, with everything that belongs to it."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from sqlalchemy.orm import Session

from core.events import sentence
from core.exchange.view import content_of, interchange_view
from core.exchange.view_values import InterchangeRow, InterchangeView
from core.inbound.blobs import blob_pieces
from core.journal import history

IN_MEMORY = 8_000_000


def packed(session: Session, interchange_id: int) -> IO[bytes]:
    """A ZIP: the bytes as they came or went, those of its answers and copies, and about.json. Raises NotFound."""
    view = interchange_view(session, interchange_id)
    out: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the caller closes it)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        _put(session, pack, _name(view.row), view.content_sha256)
        for each in view.related:
            folder = each.how.replace(" ", "-")
            sha256 = content_of(session, each.row.id)
            _put(session, pack, f"{folder}/{_name(each.row)}", sha256)
        pack.writestr("about.json", json.dumps(_about(session, view), indent=2, ensure_ascii=False))
    out.seek(0)
    return out


def _put(session: Session, pack: zipfile.ZipFile, name: str, sha256: str) -> None:
    if not sha256:
        return
    with pack.open(name, "w", force_zip64=True) as member:
        for piece in blob_pieces(session, sha256):
            member.write(piece)


def _name(row: InterchangeRow) -> str:
    """Its number in front: names of files come twice. Nothing that leads out of a folder."""
    bare = row.file_name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in bare if c.isprintable() and c not in '<>|:*?"').strip(". ")
    return f"{row.id}-{kept[-100:] or 'interchange.edi'}"


def _about(session: Session, view: InterchangeView) -> dict[str, Any]:
    events = [
        {"at": event.at, "by": event.actor, "event": event.name, "text": sentence(event.name, event.facts)}
        for event in history(session, "interchange", view.row.id)
    ]  # fmt: skip
    plain: dict[str, Any] = json.loads(
        json.dumps({**asdict(view), "events": events}, default=_text)
    )
    return plain


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
