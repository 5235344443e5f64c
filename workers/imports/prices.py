"""List prices, and agreed prices where a customer is named."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.catalogue.tables import ItemUnit, ListPrice, PriceAgreement
from core.errors import BadInput
from workers.imports import lookups
from workers.imports.columns import Column, code, currency, day, number, text, unit
from workers.imports.run import CHANGED, NEW, SAME, Kind, Values, write

AGREED_ONLY = ("minimum_quantity", "valid_from", "valid_to", "reference")


def _price(session: Session, values: Values, act: Act) -> str:
    item = lookups.item(session, values.pop("item"))
    known = session.scalars(select(ItemUnit.unit).where(ItemUnit.item_id == item.id)).all()
    if values["unit"] not in known:
        raise BadInput(f"{item.number} has no unit {values['unit']}; it has {', '.join(known)}")
    customer = values.pop("customer", None)
    if customer:
        return _agreement(session, lookups.customer(session, customer).id, item.id, values)
    if any(values.get(name) for name in AGREED_ONLY):
        raise BadInput(f"{', '.join(AGREED_ONLY)} belong to a customer's price; name the customer")
    return _list(session, item.id, values)


def _list(session: Session, item_id: int, values: Values) -> str:
    found = session.scalar(
        select(ListPrice).where(
            ListPrice.item_id == item_id,
            ListPrice.currency == values["currency"],
            ListPrice.unit == values["unit"],
        )
    )
    if found is not None:
        return CHANGED if write(found, {"price": values["price"]}) else SAME
    session.add(
        ListPrice(
            item_id=item_id,
            currency=values["currency"],
            unit=values["unit"],
            price=values["price"],
        )
    )
    session.flush()
    return NEW


def _agreement(session: Session, customer_id: int, item_id: int, values: Values) -> str:
    first, last = values.get("valid_from"), values.get("valid_to")
    if first and last and last < first:
        raise BadInput("valid_to is before valid_from")
    values["minimum_quantity"] = values.get("minimum_quantity") or Decimal(0)
    found = session.scalar(
        select(PriceAgreement).where(
            PriceAgreement.customer_id == customer_id,
            PriceAgreement.item_id == item_id,
            PriceAgreement.unit == values["unit"],
            PriceAgreement.currency == values["currency"],
            PriceAgreement.minimum_quantity == values["minimum_quantity"],
            PriceAgreement.valid_from.is_(None)
            if first is None
            else PriceAgreement.valid_from == first,
        )
    )
    if found is not None:
        return CHANGED if write(found, values) else SAME
    session.add(PriceAgreement(customer_id=customer_id, item_id=item_id, **values))
    session.flush()
    return NEW


PRICES = Kind(
    "prices",
    "List prices; with a customer, prices agreed with them.",
    (
        Column("item", code, required=True),
        Column("unit", unit, required=True),
        Column("currency", currency, required=True),
        Column("price", number, required=True, help="of one unit"),
        Column("customer", code),
        Column("minimum_quantity", number),
        Column("valid_from", day),
        Column("valid_to", day),
        Column("reference", text(), default=""),
    ),
    _price,
)
