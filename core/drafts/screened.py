"""The parties of a draft are looked up in the restricted-party lists."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.act import Act
from core.drafts.case import Case
from core.drafts.tables import Draft
from core.screening.look import hits_of, look_up
from core.screening.values import Asked


def screen_draft(session: Session, case: Case, *, act: Act) -> None:
    """Fills case.known with the hits; a look is logged once for the same names and lists."""
    asked = parties_of(case)
    if not asked or case.draft.kind == "cancellation":
        return
    runs = look_up(session, Draft.SUBJECT, case.draft.id, asked, act=act)
    case.known.screened = bool(runs)
    case.known.hits = hits_of(runs, case.limit("restricted-party", "score"))


def parties_of(case: Case) -> tuple[Asked, ...]:
    """Everybody who is named, once: as we know them and as the document writes them."""
    place, customer = case.ship_to(), case.customer
    country = place.country if place else ""
    found = [
        Asked("customer", customer.name if customer else case.text("buyer_name"), country),
        Asked("delivery place", place.name if place else case.text("ship_to_name"), country),
        Asked("delivery place", case.text("ship_to_name"), country),
        Asked("contact", case.text("buyer_contact"), ""),
        Asked("sender", case.document.sender_name if case.document else "", ""),
    ]
    seen: dict[str, Asked] = {}
    for one in found:
        if one.name.strip():
            seen.setdefault(one.name.strip().casefold(), one)
    return tuple(seen.values())
