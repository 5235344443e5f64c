"""Customers with their part numbers and prices, items with units, stock by lot: to look up."""

from __future__ import annotations

from flask import Response, request

from core.catalogue.read import item_page, item_view
from core.masterdata.keys import write_key
from core.parties.read import customer_page, customer_view
from core.supply.view import item_supply, supply_page
from review_app.fragments import page
from review_app.here import database, page_number
from review_app.show import today


def customers() -> Response:
    text = _text()
    with database().read() as session:
        found = customer_page(session, text, page_number())
    return page("customers.html", block="rows", found=found, pages=_pages(found), text=text)


def customer(customer_id: int) -> Response:
    with database().read() as session:
        found = customer_view(session, customer_id)
    return page("customer.html", customer=found, key=write_key((found.row.number,)))


def items() -> Response:
    text = _text()
    with database().read() as session:
        found = item_page(session, text, page_number())
    return page("items.html", block="rows", found=found, pages=_pages(found), text=text)


def item(item_id: int) -> Response:
    with database().read() as session:
        found = item_view(session, item_id)
        supply = item_supply(session, item_id, today=today())
    return page("item.html", item=found, supply=supply, key=write_key((found.row.number,)))


def stock() -> Response:
    text = _text()
    with database().read() as session:
        found = supply_page(session, search=text, today=today(), page=page_number())
    return page("stock.html", block="rows", found=found, pages=_pages(found), text=text)


def _text() -> str:
    return request.args.get("text", "").strip()[:100]


def _pages(found: object) -> int:
    total, size = getattr(found, "total", 0), getattr(found, "page_size", 50)
    return max(1, -(-total // size))
