"""A person sorts the inbox: move to another lane, close, reopen, replay; the machine: quarantine."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput
from core.inbound.reading import LANES
from core.inbound.tables import InboundDocument
from core.journal import Event


def relane(session: Session, document: InboundDocument, lane: str, *, act: Act) -> Event:
    """Moves the document to another lane by a person's word."""
    if lane not in LANES:
        raise BadInput(f"There is no lane {lane!r}; choose one of {', '.join(LANES)}.", "lane")
    taken = journal.done_under(session, document, "relane", act.key)
    if taken is not None:
        return taken
    journal.check(document, "relane")
    old, document.lane = document.lane, lane
    return journal.advance(session, document, "relane", act=act, changes={"lane": [old, lane]})


def close(session: Session, document: InboundDocument, reason: str, *, act: Act) -> Event:
    """The document needs nothing more; `reason` says what was done."""
    return journal.advance(session, document, "close", act=act, facts={"reason": reason})


def reopen(session: Session, document: InboundDocument, *, act: Act) -> Event:
    return journal.advance(session, document, "reopen", act=act)


def quarantine(
    session: Session, document: InboundDocument, code: str, text: str, *, act: Act
) -> Event:
    """It cannot be read within limits: kept with its reason until somebody replays or closes it."""
    document.reason, document.reason_text = code, text
    return journal.advance(
        session, document, "quarantine", act=act, facts={"reason": code, "text": text}
    )


def replay(session: Session, document: InboundDocument, *, act: Act) -> Event:
    """Reads the stored original again (after an upgrade, or with another setting)."""
    document.attempts = 0
    return journal.advance(session, document, "replay", act=act)
