"""A delivery address as written on the document becomes an address of the customer, by a person's word."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.drafts.tables import Draft, DraftField
from core.errors import BadInput
from core.masterdata.note import note_change
from core.parties.tables import Customer, CustomerAddress
from core.values import Address, utc_now

COUNTRIES: dict[str, str] = {
    "germany": "DE", "deutschland": "DE", "austria": "AT", "österreich": "AT", "switzerland": "CH", "schweiz": "CH",
    "suisse": "CH", "france": "FR", "frankreich": "FR", "netherlands": "NL", "the netherlands": "NL",
    "niederlande": "NL", "nederland": "NL", "belgium": "BE", "belgien": "BE", "belgique": "BE", "italy": "IT",
    "italien": "IT", "italia": "IT", "spain": "ES", "spanien": "ES", "españa": "ES", "poland": "PL", "polen": "PL",
    "polska": "PL", "sweden": "SE", "schweden": "SE", "sverige": "SE", "denmark": "DK", "dänemark": "DK",
    "danmark": "DK", "norway": "NO", "norwegen": "NO", "finland": "FI", "finnland": "FI", "ireland": "IE",
    "irland": "IE", "united kingdom": "GB", "great britain": "GB", "england": "GB", "uk": "GB", "usa": "US",
    "united states": "US", "united states of america": "US", "u.s.a.": "US", "canada": "CA", "luxembourg": "LU",
    "czechia": "CZ", "czech republic": "CZ", "portugal": "PT",
}  # fmt: skip
_CONTINENTAL = re.compile(r"(?:[A-Z]{1,2}-)?(\d{4} ?[A-Z]{2}|\d{4,5}|\d{3} \d{2}) +(\D.+)")
_BRITISH = re.compile(r"(.+?) +([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})")
_AMERICAN = re.compile(r"(?:(.+?),? +)?([A-Z]{2}) +(\d{5}(?:-\d{4})?)")


def read_address(name: str, written: str) -> Address:
    """The parts of an address whose rows are joined with ", "; what is not understood is a street row."""
    rows = [r.strip() for r in written.split(",") if r.strip()]
    country = ""
    if rows and rows[-1].casefold() in COUNTRIES:
        country = COUNTRIES[rows.pop().casefold()]
    elif rows and re.fullmatch(r"[A-Z]{2}", rows[-1]):
        country = rows.pop()
    postal, city, region, at = _town(rows)
    rest = [r for i, r in enumerate(rows) if i not in at]
    if not name and len(rest) > 1:
        name, rest = rest[0], rest[1:]
    elif rest and rest[0].casefold() == name.split(",")[0].strip().casefold():
        rest = rest[1:]
    return Address(name, tuple(rest), postal, city, region, country)


def _town(rows: list[str]) -> tuple[str, str, str, set[int]]:
    """(postal code, city, region, row numbers used), the last row that looks like one first."""
    for i in range(len(rows) - 1, -1, -1):
        if found := _CONTINENTAL.fullmatch(rows[i]):
            return found[1], found[2], "", {i}
        if found := _AMERICAN.fullmatch(rows[i]):
            city = found[1] or (rows[i - 1] if i else "")
            return found[3], city, found[2], {i} if found[1] else {i, max(i - 1, 0)}
        if found := _BRITISH.fullmatch(rows[i]):
            return found[2], found[1], "", {i}
    return "", "", "", set()


def add_place(session: Session, draft: Draft, *, act: Act) -> CustomerAddress:
    """Raises BadInput when there is no customer, or the text lacks a street or a town."""
    if draft.customer_id is None:
        raise BadInput("Choose the customer first.", "customer_id")
    texts = {
        row.name: row.value
        for row in session.scalars(
            select(DraftField).where(
                DraftField.draft_id == draft.id,
                DraftField.line_id.is_(None),
                DraftField.name.in_(("ship_to", "ship_to_name", "ship_to_id")),
            )
        )
    }
    address = read_address(texts.get("ship_to_name", ""), texts.get("ship_to", ""))
    if not address.lines or not address.city:
        raise BadInput(
            "Write the delivery address as street, postal code and town, with commas between.",
            "ship_to",
        )
    codes = session.scalars(
        select(CustomerAddress.code).where(
            CustomerAddress.customer_id == draft.customer_id, CustomerAddress.kind == "ship_to"
        )
    ).all()
    place = CustomerAddress(
        customer_id=draft.customer_id,
        kind="ship_to",
        code=_code(texts.get("ship_to_id", ""), set(codes)),
        name=address.name[:255],
        street="\n".join(address.lines),
        postal_code=address.postal_code,
        city=address.city[:255],
        region=address.region,
        country=address.country,
        is_default=not codes,
        added_at=utc_now(),
    )
    session.add(place)
    session.flush()
    customer = session.get_one(Customer, draft.customer_id)
    key = (customer.number, place.kind, place.code)
    changes = {"name": [None, place.name], "city": [None, place.city]}
    note_change(session, "addresses", place.id, key, "created", changes, act=act)
    return place


def _code(written: str, taken: set[str]) -> str:
    """The customer's own code of the place, else the next free number."""
    if written and len(written) <= 64 and written not in taken:
        return written
    return next(c for n in range(1, 10_000) if (c := f"P{n}") not in taken)
