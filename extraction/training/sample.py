"""A generated text under construction: its characters, the marked values in it, and what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from extraction.training import words

MARKED = {"UOM": "UNIT", "GOODS": "DESCRIPTION"}
ASKED = {"q": "QUANTITY", "sku": "SKU", "goods": "DESCRIPTION"}
ASKING = frozenset({"quote_request", "return_request"})


@dataclass
class Sample:
    """One text: entities as (start, end, label), the lane, and the layout or kind it was made by.

    looks: of pages, as extraction.learned.nlp.read takes them.
    """

    text: str = ""
    entities: list[tuple[int, int, str]] = field(default_factory=list)
    lane: str = "order"
    language: str = "en"
    kind: str = ""
    looks: list[tuple[int, int, str, str]] = field(default_factory=list)

    def put(self, piece: str, label: str = "") -> None:
        if label and piece.strip():
            start = len(self.text) + len(piece) - len(piece.lstrip())
            self.entities.append((start, len(self.text) + len(piece.rstrip()), label))
        self.text += piece


@dataclass
class Facts:
    """What one generated customer says again and again, and how he writes figures and days."""

    r: Random
    language: str
    region: str
    month_first: bool
    held_out: bool
    po: str
    buyer: str
    contact: str
    ordered: str
    wanted: str
    ship_to: list[str]
    bill_to: list[str]
    terms: str
    incoterms: str
    ship_via: str
    currency: str
    subtotal: str
    tax: str
    freight: str
    total: str

    def money(self, value: object) -> str:
        """An amount as this customer prints it."""
        return _money(self.r, str(value), self.language, self.currency)


def facts_of(r: Random, language: str, held_out: bool) -> Facts:
    region = r.choice(words.REGIONS[language])
    own = words.stock()
    month_first = region == "en-US" or r.random() < 0.1
    buyer = words.company(r, region)
    other = words.company(r, r.choice(words.REGIONS[language])) if r.random() < 0.35 else buyer
    contact = words.person(r, region)
    ship_to = words.address(r, region, other if r.random() < 0.8 else "", contact)
    bill_to = (
        ship_to
        if r.random() < 0.3
        else words.address(r, region, buyer if r.random() < 0.85 else "")
    )
    ordered, currency = words.day(r), str(r.choice(own[region]["currency"]))
    worth = words.price(r) * words.quantity(r)
    place = words.name(r)
    return Facts(
        r, language, region, month_first, held_out, words.order_number(r), buyer, contact,
        words.printed_day(r, ordered, language, month_first),
        words.printed_day(r, words.day(r, ordered), language, month_first),
        ship_to, bill_to, str(r.choice(own["terms"][language])), str(r.choice(own["incoterms"]["any"])).format(s=place),
        str(r.choice(own["ship_via"]["any"])), currency, _money(r, str(worth), language, currency),
        _money(r, str(worth / 5), language, currency), _money(r, str(words.price(r)), language, currency),
        _money(r, str(worth * 6 / 5), language, currency),
    )  # fmt: skip


def _money(r: Random, value: str, language: str, currency: str) -> str:
    decimal = "." if language == "en" else ","
    figure = words.printed_number(
        Decimal(value), decimal, r.choice((2, 2, 2, 2, 0, 3, 4)), r.random() < 0.8
    )
    if r.random() < 0.45:
        return figure
    return (
        r.choice((f"{currency} {figure}", f"{figure} {currency}", f"{currency}{figure}"))
        if len(currency) < 5
        else f"{figure} {currency}"
    )


def value_of(name: str, facts: Facts) -> str:
    """What stands for {name} in a wording."""
    return MAKERS[name](facts)


def _price(facts: Facts) -> str:
    return facts.money(words.price(facts.r))


def _quantity(facts: Facts) -> str:
    value = words.quantity(facts.r)
    if value > 999 and facts.r.random() < 0.5:
        return words.printed_number(Decimal(value), "." if facts.language == "en" else ",", 0)
    if facts.r.random() < 0.06:
        return words.printed_number(
            Decimal(value), "." if facts.language == "en" else ",", facts.r.choice((2, 3))
        )
    return str(value)


def _day(facts: Facts) -> str:
    return words.printed_day(facts.r, words.day(facts.r), facts.language, facts.month_first)


MAKERS: dict[str, Callable[[Facts], str]] = {
    "PO_NUMBER": lambda f: f.po,
    "ORDER_DATE": lambda f: f.ordered,
    "REQUESTED_DATE": lambda f: f.wanted if f.r.random() < 0.85 else _day(f),
    "SHIP_TO": lambda f: ", ".join(f.ship_to),
    "BILL_TO": lambda f: ", ".join(f.bill_to),
    "BUYER": lambda f: f.buyer,
    "CONTACT": lambda f: f.contact,
    "TERMS": lambda f: f.terms,
    "INCOTERMS": lambda f: f.incoterms,
    "SHIP_VIA": lambda f: f.ship_via,
    "CURRENCY": lambda f: f.currency,
    "SUBTOTAL": lambda f: f.subtotal,
    "TAX": lambda f: f.tax,
    "FREIGHT": lambda f: f.freight,
    "TOTAL": lambda f: f.total,
    "PRICE": _price,
    "QUANTITY": _quantity,
    "UOM": lambda f: str(f.r.choice(words.stock()["units"][f.language])),
    "SKU": lambda f: words.sku(f.r),
    "GOODS": lambda f: words.goods(f.r, f.language),
    "q": _quantity,
    "sku": lambda f: words.sku(f.r),
    "goods": lambda f: words.goods(f.r, f.language),
    "name": lambda f: words.person(f.r, f.region),
    "date": _day,
    "po": lambda f: f.po,
    "order": lambda f: words.order_number(f.r),
}
