"""A control number that came before: the same content again is a copy, other content is held until a person looks.

X12 (ISA13 with both ends) and EDIFACT (0020 with both ends) number an interchange once. What was refused whole did not
use its number up: a corrected file may come under it.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.exchange.tables import ExchangeInterchange, ExchangeMessage
from core.inbound.envelopes import Fault, Interchange

REPEATED = "edi-duplicate-number"
CODES = {"x12": ("TA105", "025"), "edifact": ("0085", "26")}


def earlier(session: Session, row: ExchangeInterchange) -> ExchangeInterchange | None:
    """The interchange that had this number first; without a number, one with the same content."""
    same = [
        ExchangeInterchange.direction == "in",
        ExchangeInterchange.standard == row.standard,
        ExchangeInterchange.sender_qualifier == row.sender_qualifier,
        ExchangeInterchange.sender_id == row.sender_id,
        ExchangeInterchange.receiver_qualifier == row.receiver_qualifier,
        ExchangeInterchange.receiver_id == row.receiver_id,
        ExchangeInterchange.test.is_(row.test),
        ExchangeInterchange.copy_of_id.is_(None),
        ExchangeInterchange.superseded.is_(False),
    ]
    if row.control:
        same.append(ExchangeInterchange.control == row.control)
    elif row.sha256:
        same.append(ExchangeInterchange.sha256 == row.sha256)
    else:
        return None
    if row.id is not None:
        same.append(ExchangeInterchange.id != row.id)
    return session.scalar(
        select(ExchangeInterchange).where(*same).order_by(ExchangeInterchange.id).limit(1)
    )


def used_its_number(session: Session, first: ExchangeInterchange) -> bool:
    """Whether anything of it went on; what was set aside whole did not."""
    if first.status not in ("quarantined", "closed"):
        return True
    if first.verdict == "rejected":
        return False
    taken = exists().where(
        ExchangeMessage.interchange_id == first.id, ExchangeMessage.order_ordinal > 0
    )
    return bool(session.scalar(select(taken)))


def give_up_number(session: Session, first: ExchangeInterchange, act: Act) -> None:
    """A refused interchange whose number comes again corrected: the new one has the number from now on."""
    if first.status == "quarantined":
        facts = {"reason": "a corrected file came under the same number"}
        journal.advance(session, first, "close", act=act.under(f"replaces-{first.id}"), facts=facts)
    first.superseded = True
    session.flush()


def without_repeat(interchange: Interchange) -> Interchange:
    """Without the reader's own notice of a repeated number: what came before decides, in the file or in another."""
    return replace(
        interchange, faults=tuple(f for f in interchange.faults if f.finding != REPEATED)
    )


def repeated(interchange: Interchange) -> Interchange:
    where, code = CODES.get(interchange.standard, ("", ""))
    fault = Fault("interchange", where, code, REPEATED, value=interchange.control)
    return replace(interchange, faults=(*interchange.faults, fault))
