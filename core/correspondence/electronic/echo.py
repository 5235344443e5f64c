"""The customer's own words, as their message gave them, for a message that gives them back."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.correspondence.electronic import raw_codes
from core.correspondence.electronic.source import Source
from core.correspondence.line_numbers import distinct_numbers
from core.correspondence.ours import company_row
from core.drafts.tables import DraftField, DraftLine
from core.exchange.understood import SOURCE as FROM_PROFILE
from core.messages.electronic.facts import Echo, EchoLine
from core.orders.tables import OrderLine

COPIED = (
    "line_no",
    "buyer_sku",
    "supplier_sku",
    "gtin",
    "manufacturer_sku",
    "description",
    "quantity",
    "uom",
    "price_basis",
)
NUMBERS = ("buyer_sku", "supplier_sku", "gtin", "manufacturer_sku")

Texts = dict[tuple[int | None, str], DraftField]


def echo_of(session: Session, source: Source, lines: dict[str, int | None]) -> Echo:
    """lines: number of our line -> id of the draft line that it came from."""
    if source.draft is None:
        return Echo()
    by_line = _read_fields(session, {found for found in lines.values() if found})
    header = _header_fields(session, source.draft.id)
    message, interchange = source.message, source.interchange
    return Echo(
        format=source.format,
        po_number=header.get("po_number") or source.draft.po_number,
        purpose=message.purpose if message else header.get("purpose", ""),
        control=message.control if message else "",
        payload_id=interchange.control if interchange and source.format.startswith("cxml/") else "",
        change_number=str(message.told.get("change_number", "")) if message else "",
        release=str(message.told.get("release", "")) if message else "",
        received_on=_received_on(session, source),
        lines={
            number: _line(by_line[found])
            for number, found in lines.items()
            if found is not None and found in by_line
        },
    )


def order_line_sources(lines: list[OrderLine]) -> dict[str, int | None]:
    named = distinct_numbers((line.id, line.customer_line_no, line.position) for line in lines)
    return {named[line.id]: line.draft_line_id for line in lines}


def draft_line_sources(session: Session, draft_id: int) -> dict[str, int | None]:
    """As core.correspondence.order_facts.draft_facts numbers them."""
    rows = session.execute(
        select(DraftLine.id, DraftLine.position, DraftField.value)
        .outerjoin(
            DraftField, (DraftField.line_id == DraftLine.id) & (DraftField.name == "line_no")
        )
        .where(DraftLine.draft_id == draft_id, DraftLine.removed.is_(False))
        .order_by(DraftLine.position)
    )
    named = distinct_numbers(
        (line_id, line_no or "", position) for line_id, position, line_no in rows
    )
    return {number: line_id for line_id, number in named.items()}


def header_text(session: Session, source: Source, name: str) -> str:
    """A header field as it was read, "" when it was not."""
    if source.draft is None:
        return ""
    return _header_fields(session, source.draft.id).get(name, "")


def _read_fields(session: Session, line_ids: set[int]) -> dict[int, dict[str, DraftField]]:
    found: dict[int, dict[str, DraftField]] = {}
    for row in session.scalars(select(DraftField).where(DraftField.line_id.in_(line_ids))):
        assert row.line_id is not None
        found.setdefault(row.line_id, {})[row.name] = row
    return found


def _header_fields(session: Session, draft_id: int) -> dict[str, str]:
    rows = session.scalars(
        select(DraftField).where(DraftField.draft_id == draft_id, DraftField.line_id.is_(None))
    )
    return {row.name: _theirs(row) for row in rows}


def _line(fields: dict[str, DraftField]) -> EchoLine:
    read = {name: _theirs(fields[name]) for name in COPIED if name in fields}
    price = fields.get("unit_price")
    return EchoLine(
        **read,
        price=price.read_value if price else "",
        price_code=raw_codes.price_code(_raw(price)),
        action=raw_codes.line_action(_raw(fields.get("line_no") or fields.get("quantity"))),
        codes={
            name: code
            for name in NUMBERS
            if (code := raw_codes.number_code(_raw(fields.get(name)), read.get(name, "")))
        },
    )


def _raw(field: DraftField | None) -> str:
    """The segment or element that the value was read from."""
    return str(field.evidence.get("text", "")) if field else ""


def _theirs(field: DraftField) -> str:
    """As the file says it, also where the partner's profile says what it means; "" for what only the profile says."""
    if field.source != FROM_PROFILE:
        return field.read_value
    return str(field.alternatives[0]["value"]) if field.alternatives else ""


def _received_on(session: Session, source: Source) -> date | None:
    if source.document is None:
        return None
    zone = ZoneInfo(company_row(session).time_zone)
    return source.document.received_at.astimezone(zone).date()
