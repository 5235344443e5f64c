"""What arrived is looked at, and a person decides whether we take it back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput, IllegalStep
from core.journal import Event
from core.returns.rows import lock_with_order, return_line
from core.returns.tables import ReturnAuthorization, ReturnLine

DECISIONS = ("accepted", "rejected")


def inspect(
    session: Session,
    rma: ReturnAuthorization,
    decisions: Mapping[int, tuple[str, str]],
    *,
    act: Act,
) -> Event:
    """return line id -> ("accepted" or "rejected", reason). A rejection needs a reason."""
    done = journal.done_under(session, rma, "inspect", act.key)
    if done is not None:
        return done
    lock_with_order(session, rma)
    journal.check(rma, "inspect")
    if not decisions:
        raise BadInput("Decide at least one line.", "decision")
    changes = {}
    for line_id, (decision, reason) in decisions.items():
        line = return_line(session, rma, line_id)
        before = line.decision
        _decide(line, decision, reason.strip())
        changes[str(line.id)] = [before, decision]
    facts = {"number": rma.number}
    return journal.advance(session, rma, "inspect", act=act, changes=changes, facts=facts)


def _decide(line: ReturnLine, decision: str, reason: str) -> None:
    if decision not in DECISIONS:
        raise BadInput("Accept or reject what came back.", f"decision-{line.id}")
    if decision == "rejected" and not reason:
        raise BadInput("Say why it is rejected; the customer may ask.", f"reason-{line.id}")
    if line.received_quantity == 0:
        raise IllegalStep("Nothing of this line has arrived yet.")
    if (
        line.disposed_quantity > 0
        and decision != (line.decision, decision)[line.decision == "pending"]
    ):
        raise IllegalStep("Part of these goods is already disposed of; the decision stands.")
    line.decision = decision
    line.decision_reason = reason
    line.accepted_quantity = line.received_quantity if decision == "accepted" else Decimal(0)
