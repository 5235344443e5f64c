"""A return ends: everything that came is decided and disposed of, and the customer gets the credit."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.billing.credit import issue_credit
from core.errors import IllegalStep
from core.journal import Event
from core.returns.rows import lock_with_order, return_lines
from core.returns.tables import ReturnAuthorization


def close(session: Session, rma: ReturnAuthorization, *, act: Act) -> Event:
    """Closes the return and, when its resolution is credit, credits what was accepted."""
    done = journal.done_under(session, rma, "close", act.key)
    if done is not None:
        return done
    order = lock_with_order(session, rma)
    journal.check(rma, "close")
    lines = return_lines(session, rma)
    for line in lines:
        if line.received_quantity and line.decision == "pending":
            raise IllegalStep("Inspect what arrived before the return is closed.")
        if line.disposed_quantity < line.received_quantity:
            raise IllegalStep("Say what becomes of all that arrived before the return is closed.")
    facts = {"number": rma.number, "resolution": rma.resolution}
    if rma.resolution == "credit":
        accepted = {line.order_line_id: line.accepted_quantity for line in lines}
        note = issue_credit(
            session, order.id, rma.id, accepted, rma.reason[:255], act=act.under("credit")
        )
        if note is not None:
            facts |= {"credit_note": note.number, "total": str(note.total)}
    return journal.advance(session, rma, "close", act=act, facts=facts)
