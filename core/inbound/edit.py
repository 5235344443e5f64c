"""A person corrects the text of a file that could not be taken on, and it is read again; the original stays as it came."""

from __future__ import annotations

import difflib
import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput
from core.inbound.blobs import load_blob, store_blob
from core.inbound.tables import InboundDocument, Part
from core.journal import Event
from core.values import storable

MOST_BYTES = 5_000_000
MOST_LINES = 400
"""Of the difference that the event keeps; both texts are kept whole anyway."""
_ENDS = re.compile(r"\r\n|\r|\n|(?<=[~'])")


def replay_edited(
    session: Session,
    document: InboundDocument,
    new_bytes: bytes,
    *,
    part: int = 1,
    answer: bool = False,
    act: Act,
) -> Event:
    """Reads the document again with this content in place of its part's.

    part: its number in the message, 1 for a file that came alone. answer: the sender is told anew what became of it.
    Raises BadInput when nothing was changed, it is too long, or there is no such part; IllegalStep while it is being read.
    """
    taken = journal.done_under(session, document, "edit", act.key)
    if taken is not None:
        return taken
    journal.check(document, "edit")
    if document.size > MOST_BYTES or len(new_bytes) > MOST_BYTES:
        raise BadInput("The file is too long to be edited here; ask the sender to send it anew.")
    before = _content(session, document, part)
    after = store_blob(session, new_bytes)
    if before == after:
        raise BadInput("Nothing was changed; correct the text, then read it again.", "text")
    document.edits = {**document.edits, str(part): after}
    document.attempts = 0
    return journal.advance(
        session,
        document,
        "edit",
        act=act,
        changes={f"part {part}": [before, after]},
        facts={
            "part": part,
            "answer": answer,
            "difference": difference(load_blob(session, before), new_bytes),
        },
    )


def _content(session: Session, document: InboundDocument, part: int) -> str:
    """Hash of what the part holds now."""
    edited = document.edits.get(str(part))
    if edited:
        return str(edited)
    found = session.scalar(
        select(Part.sha256).where(Part.document_id == document.id, Part.number == part)
    )
    if found is None and (part != 1 or document.channel == "mail"):
        raise BadInput(f"The document has no part {part} that was kept.", "part")
    return found or document.raw_sha256


def difference(before: bytes, after: bytes) -> str:
    """What was changed, segment by segment or row by row, in the form of a unified diff."""
    found = difflib.unified_diff(_rows(before), _rows(after), "original", "edited", "", "", 1, "")
    lines = [line for _, line in zip(range(MOST_LINES), found, strict=False)]
    return storable("\n".join(lines))


def _rows(content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return [row for row in _ENDS.split(text) if row]
