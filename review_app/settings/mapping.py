"""The mapping lab: a part number, unit, price, place or sender is tried on past drafts before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for

from core.drafts.lab.tried import KINDS, NEEDED, Trial, try_mapping
from core.errors import BadInput
from core.masterdata.every import table_named
from core.values import utc_now
from review_app.choosing import chosen_customer
from review_app.fragments import page
from review_app.here import database, page_number

DAYS = (90, 365, 1095)
SHOWN = 50
ASKED: dict[str, tuple[str, ...]] = {
    "part-numbers": ("customer", "customer_sku", "item"),
    "units": ("item", "unit", "numerator", "denominator"),
    "price-agreements": ("customer", "item", "unit", "price"),
    "addresses": ("customer", "name", "street", "postal_code", "city", "country"),
    "contacts": ("customer", "email"),
}


@dataclass(frozen=True, slots=True)
class Input:
    """One column that is asked for, with what was typed."""

    name: str
    label: str
    value: str
    required: bool


def show() -> Response:
    """Without a proposal the empty form; with one what it would have done, wrong ones first, and the way to keep it."""
    kind = request.args.get("table", "part-numbers")
    kind = kind if kind in KINDS else "part-numbers"
    fills = {n: request.args.get(n, "").strip()[:200] for n in ASKED[kind]}
    text = request.args.get("days", "")
    days = int(text) if text in map(str, DAYS) else 365
    table = table_named(kind)
    found: Trial | None = None
    with database().read() as session:
        customer = chosen_customer(session, fills.get("customer", ""))
        if customer:
            fills["customer"] = customer.number
        if all(fills[n] for n in NEEDED[kind]):
            try:
                found = try_mapping(session, kind, fills, now=utc_now(), days=days)
            except ValueError as error:
                raise BadInput("Write figures as numbers.", "numerator") from error
    rows = sorted(found.rows, key=lambda row: row.right is not False) if found else []
    pages = max(1, -(-len(rows) // SHOWN))
    number = min(page_number(), pages)
    given: dict[str, Any] = {n: v for n, v in fills.items() if v}
    return page(
        "mapping_lab.html",
        block="lab",
        kinds=tuple((name, table_named(name).title) for name in KINDS),
        kind=kind,
        one=table.one,
        inputs=tuple(
            Input(n, table.column(n).label, fills[n], n in NEEDED[kind]) for n in ASKED[kind]
        ),
        customer=customer.label if customer else "",
        found=found,
        rows=rows[(number - 1) * SHOWN : number * SHOWN],
        page=number,
        pages=pages,
        days=days,
        periods=DAYS,
        keep=url_for("row.new", table=kind, **given),
    )
