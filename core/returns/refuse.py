"""A return is not allowed, or the customer keeps the goods after all."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput
from core.journal import Event
from core.returns.rows import lock_with_order
from core.returns.tables import ReturnAuthorization


def refuse(session: Session, rma: ReturnAuthorization, reason: str, *, act: Act) -> Event:
    """Tells the customer why the goods cannot come back."""
    done = journal.done_under(session, rma, "refuse", act.key)
    if done is not None:
        return done
    lock_with_order(session, rma)
    journal.check(rma, "refuse")
    if not reason.strip():
        raise BadInput("Say why the return is refused; the customer reads it.", "reason")
    rma.refused_reason = reason.strip()
    facts = {"number": rma.number, "reason": rma.refused_reason}
    return journal.advance(session, rma, "refuse", act=act, facts=facts)


def cancel(session: Session, rma: ReturnAuthorization, reason: str, *, act: Act) -> Event:
    """Ends a return of which nothing arrived."""
    done = journal.done_under(session, rma, "cancel", act.key)
    if done is not None:
        return done
    lock_with_order(session, rma)
    facts = {"number": rma.number, "reason": reason.strip()}
    return journal.advance(session, rma, "cancel", act=act, facts=facts)
