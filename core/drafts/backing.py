"""Master data can settle a doubt: a value that was read unsurely but is exactly what we know needs no second look."""

from __future__ import annotations

from collections.abc import Iterator

from core.drafts.case import Case, FieldKey
from core.drafts.keys import code_key, gtin_digits
from core.drafts.tables import DraftField, DraftLine

CODES = {
    "by-customer-part-number": ("buyer_sku", "supplier_sku"),
    "by-our-number": ("supplier_sku", "buyer_sku", "manufacturer_sku"),
    "by-gtin": ("gtin", "supplier_sku", "buyer_sku"),
}


def back_fields(case: Case) -> None:
    """Writes into each field's evidence what backs it ("backed": words for people); takes it away when it no longer does."""
    found = {**dict(_header(case)), **{k: v for line in case.lines for k, v in _line(case, line)}}
    for key, row in case.fields.items():
        backed = found.get(key, "") if row.value else ""
        if row.evidence.get("backed", "") == backed:
            continue
        rest = {name: value for name, value in row.evidence.items() if name != "backed"}
        row.evidence = {**rest, "backed": backed} if backed else rest


def is_backed(row: DraftField) -> bool:
    return bool(row.evidence.get("backed"))


def _header(case: Case) -> Iterator[tuple[FieldKey, str]]:
    if case.customer is None:
        return
    if case.text("currency").upper() == case.customer.currency:
        yield (None, "currency"), "the customer's currency"
    reason = case.draft.ship_to_reason.get("code", "")
    if case.draft.ship_to_id is not None and reason in (
        "by-address",
        "by-location-number",
        "by-place-code",
    ):
        for name in ("ship_to", "ship_to_name", "ship_to_id"):
            yield (None, name), "a place of the customer"
    if case.revised is not None:
        yield (None, "po_number"), f"order {case.revised.number}"


def _line(case: Case, line: DraftLine) -> Iterator[tuple[FieldKey, str]]:
    if line.item_id is None:
        return
    reason = line.item_reason
    value = str(reason.get("facts", {}).get("value", ""))
    for name in CODES.get(reason.get("code", ""), ()):
        written = case.text(name, line)
        same = code_key(written) == code_key(value) or (
            bool(gtin_digits(written)) and gtin_digits(written) == gtin_digits(value)
        )
        if written and same:
            yield (line.id, name), f"item {reason['facts'].get('number', '')}"
    if line.unit_reason.get("code") == "unit-written":
        yield (line.id, "uom"), "a unit of the item"
    if line.unit_price is not None and line.unit_price == line.agreed_price:
        yield (line.id, "unit_price"), "our price"
