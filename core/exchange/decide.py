"""A person decides about an interchange: take it on all the same, or be done with it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput
from core.exchange.tables import ExchangeInterchange
from core.inbound.lanes import replay
from core.inbound.tables import InboundDocument
from core.journal import Event

TROUBLE = ("rejected", "partly-accepted", "overdue", "failed")


def release(session: Session, row: ExchangeInterchange, reason: str, *, act: Act) -> Event:
    """What was set aside is taken on as it stands: its file is read again, and its orders become drafts."""
    taken = journal.done_under(session, row, "release", act.key)
    if taken is not None:
        return taken
    journal.check(row, "release")
    if not reason.strip():
        raise BadInput("Say why it is taken on all the same.", "reason")
    event = journal.advance(session, row, "release", act=act, facts={"reason": reason.strip()})
    if row.document_id is not None:
        document = session.get_one(InboundDocument, row.document_id)
        if document.status != "received":
            replay(session, document, act=act)
    return event


def close(session: Session, row: ExchangeInterchange, reason: str, *, act: Act) -> Event:
    """What was set aside needs nothing more; `reason` says what was done."""
    return journal.advance(session, row, "close", act=act, facts={"reason": reason.strip()})


def settle(session: Session, row: ExchangeInterchange, reason: str, *, act: Act) -> Event:
    """The partner's refusal or silence was dealt with: it is no work any more."""
    taken = journal.done_under(session, row, "settle", act.key)
    if taken is not None:
        return taken
    journal.check(row, "settle")
    if row.answer_state not in TROUBLE:
        raise BadInput("Their answer asks for nothing.", "reason")
    before, row.answer_state = row.answer_state, "settled"
    return journal.advance(
        session,
        row,
        "settle",
        act=act,
        facts={"reason": reason.strip()},
        changes={"answer_state": [before, "settled"]},
    )
