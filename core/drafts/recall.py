"""A draft that is decided, put on the table again as it was decided: for trying rules on, never for changing it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.strictness import rules_for
from core.agreements.tables import Blanket, Quote
from core.catalogue.tables import Item, ItemUnit
from core.drafts.case import Case, UnitFacts, load
from core.drafts.cited import know_cited
from core.drafts.known import know_customer, know_goods
from core.drafts.tables import Draft
from core.orders.credit import exposure
from core.parties.tables import Contact, Customer, CustomerAddress
from core.promising.promise import answer_of_json
from core.screening.look import hits_of
from core.screening.tables import ScreeningRun


def recall(session: Session, draft: Draft) -> Case:
    """The case from what the draft's rows say, on the day it was opened. Nothing is matched, priced or promised anew.

    Master data is today's, and so is what the customer owes: rules are tried on past orders, not the past itself.
    """
    case = load(session, draft, draft.created_at)
    case.customer = session.get(Customer, draft.customer_id) if draft.customer_id else None
    case.rules = rules_for(session, draft.customer_id)
    if case.customer is not None:
        case.addresses = list(
            session.scalars(
                select(CustomerAddress).where(CustomerAddress.customer_id == case.customer.id)
            )
        )
        case.sender_known = _sender_known(session, case)
        if case.customer.credit_limit is not None:
            case.exposure = exposure(session, case.customer, case.today).total
    ids = {line.item_id for line in case.lines if line.item_id is not None}
    case.items = {i.id: i for i in session.scalars(select(Item).where(Item.id.in_(ids)))}
    units: dict[int, list[UnitFacts]] = defaultdict(list)
    for row in session.scalars(select(ItemUnit).where(ItemUnit.item_id.in_(ids))):
        units[row.item_id].append(UnitFacts(row.unit, row.numerator, row.denominator, row.gtin))
    case.item_units = {item_id: tuple(found) for item_id, found in units.items()}
    case.answer = answer_of_json(draft.promise)
    know_goods(session, case)
    quote = session.get(Quote, draft.quote_id) if draft.quote_id else None
    blanket = session.get(Blanket, draft.blanket_id) if draft.blanket_id else None
    know_cited(session, case, quote, blanket)
    know_customer(session, case)
    return case


def logged_hits(session: Session, case: Case, least: Decimal) -> None:
    """Hits of the looks that were logged, as a screen with this limit would have told them."""
    runs = session.scalars(
        select(ScreeningRun).where(
            ScreeningRun.subject == Draft.SUBJECT, ScreeningRun.subject_id == case.draft.id
        )
    ).all()
    case.known.screened = bool(runs)
    case.known.hits = hits_of(runs, least)


def _sender_known(session: Session, case: Case) -> bool:
    if case.document is None or case.customer is None:
        return False
    known = select(Contact.id).where(
        Contact.customer_id == case.customer.id,
        Contact.email == case.document.sender_address.lower(),
        Contact.known,
    )
    return session.scalar(known.limit(1)) is not None
