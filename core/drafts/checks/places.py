"""Where goods go: a place that nobody has delivered to yet, and addresses that cannot be right."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.parties.postal import example, fits
from core.parties.tables import CustomerAddress

_BOX = re.compile(
    r"\b(p\.? ?o\.? ?box|post ?office box|postfach|postbus|boite postale|b\.? ?p\.? \d+|casella postale|apartado|skr(zynka)? poczt)",
    re.IGNORECASE,
)


def place_is_used(case: Case) -> Found:
    """A place that was added lately and never delivered to: the goods may go to the wrong door, or to a thief."""
    place = case.ship_to()
    goes_there = case.draft.kind == "order" or case.moved
    if not goes_there or place is None or case.known.to_place:
        return
    days = int(case.limit("ship-to-new", "days"))
    if place.added_at is None or place.added_at < case.now - timedelta(days=days):
        return
    facts = {"name": _row(place), "added": place.added_at.date().isoformat()}
    if case.known.place_waits:
        facts["erp"] = " It is not in the ERP yet."
    yield ProblemFound("ship-to-new", "ship_to_id", facts=facts)


def address_is_plausible(case: Case) -> Found:
    place = case.ship_to()
    if case.draft.kind == "cancellation" or place is None:
        return
    base = {"address": _row(place)}
    if _BOX.search(place.street):
        yield _implausible("box", base)
        return
    missing = [n for n in ("street", "city", "country") if not getattr(place, n).strip()]
    if missing:
        yield _implausible("missing", {**base, "missing": ", ".join(missing)})
    elif not _is_country(place.country):
        yield _implausible("country", {**base, "country": place.country})
    elif place.postal_code and not fits(place.country, place.postal_code):
        shape = example(place.country)
        facts = {"postal_code": place.postal_code, "country": place.country, "shape": shape}
        yield _implausible("postal-code", {**base, **facts})


def _implausible(why: str, facts: dict[str, str]) -> ProblemFound:
    return ProblemFound("address-implausible", "ship_to_id", facts={**facts, "why": why}, case=why)


def _row(place: CustomerAddress) -> str:
    street = place.street.replace("\n", ", ")
    parts = (place.name, street, f"{place.postal_code} {place.city}".strip(), place.country)
    return ", ".join(p for p in parts if p)


@cache
def _countries() -> frozenset[str]:
    import pycountry  # its list is read from a file, once

    return frozenset({country.alpha_2 for country in pycountry.countries} | {"XK"})


def _is_country(code: str) -> bool:
    return code.upper() in _countries()
