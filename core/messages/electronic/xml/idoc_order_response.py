"""SAP ORDRSP IDoc in XML (basic type ORDERS05): each item as it is, changed or refused, with its schedule lines.

Segments and fields stand in the order of the basic type. Ports are of the customer's own system: what receives the
file there puts them in. ACTION has no value for an offer: the texts of header and item say it.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from textwrap import wrap

from core.inbound.envelopes import Endpoint
from core.messages.electronic.echoed import our_number, same_family, unece_unit, unit_as_given
from core.messages.electronic.facts import (
    Business,
    Echo,
    EchoLine,
    OrderAnswer,
    Route,
    Style,
)
from core.messages.electronic.xml.answered import (
    ACCEPTED,
    CHANGED,
    REJECTED,
    echo_of,
    line_id,
    priced,
    promises,
    remark,
    sku,
    status,
)
from core.messages.electronic.xml.tree import Element, Maker, clean, document, said
from core.messages.facts import Line

E = Maker({})
BASIC_TYPE = "ORDERS05"
_BASIC_TYPES = re.compile(r"ORDERS0[1-5]")
TO_THE_RECEIVER = "2"
VENDOR, LOGICAL_SYSTEM = "LI", "LS"
PARTNER_TYPES = frozenset({"B", "BP", "KU", VENDOR, LOGICAL_SYSTEM})
ACTIONS = {ACCEPTED: "004", CHANGED: "002", REJECTED: "003"}
CUSTOMER_ORDER, OUR_ORDER = "001", "002"
DOCUMENT_DATE = "012"
ITEMS, VALUE = "001", "002"
CENT = Decimal("0.01")
TEXT, NEW_ROW, TEXT_ROW = "0001", "*", 70
OWN_NUMBERS = {"AG": "seller", "WE": "buyer", "LF": "buyer", "RE": "seller"}
"""Function of a partner -> whose number of it the customer's system knows."""


def order_response(answer: OrderAnswer, route: Route, style: Style) -> bytes:
    order = answer.order
    items = [_Item(answer, line) for line in order.lines]
    idoc = E(
        "IDOC",
        _control(route, style),
        _segment("E1EDK01", CURCY=order.currency, BELNR=order.number or answer.number),
        _segment("E1EDK03", IDDAT=DOCUMENT_DATE, DATUM=answer.day),
        _partners(answer),
        _segment(
            "E1EDK02",
            QUALF=CUSTOMER_ORDER,
            BELNR=answer.echo.po_number or order.po_number,
            DATUM=order.order_date,
        ),
        _segment("E1EDK02", QUALF=OUR_ORDER, BELNR=order.number, DATUM=answer.day)
        if order.number
        else None,
        _text_of("E1EDKT", order.notes),
        [item.segment() for item in items],
        _segment("E1EDS01", SUMID=ITEMS, SUMME=str(len(items))),
        _total(items, order.currency),
        BEGIN="1",
    )
    return document(E(_basic_type(style), idoc), style)


def _basic_type(style: Style) -> str:
    """The version of ORDERS that their own order came in; its parts that we write are the same in all."""
    return style.guideline if _BASIC_TYPES.fullmatch(style.guideline) else BASIC_TYPE


def _segment(
    name: str, /, *children: Element | None, **fields: str | Decimal | date | None
) -> Element:
    """A segment with the fields that have a value, then its own segments."""
    given = [E(field, _text(value)) for field, value in fields.items()]
    return E.always(name, given, children, SEGMENT="1")


def _text(value: str | Decimal | date | None) -> str | None:
    return f"{value:%Y%m%d}" if isinstance(value, date) else None if value is None else said(value)


def _text_of(name: str, text: str) -> Element | None:
    """Segments E1EDKT1 and E1EDKT2 of the header, E1EDPT1 and E1EDPT2 of an item, in rows of 70 characters."""
    rows = wrap(clean(text), TEXT_ROW)
    told = [_segment(f"{name}2", TDLINE=row, TDFORMAT=NEW_ROW) for row in rows]
    return _segment(f"{name}1", *told, TDID=TEXT) if told else None


def _control(route: Route, style: Style) -> Element:
    return _segment(
        "EDI_DC40",
        TABNAM="EDI_DC40",
        DOCNUM=f"{route.control:016d}",
        DIRECT=TO_THE_RECEIVER,
        TEST="X" if route.test else "",
        IDOCTYP=_basic_type(style),
        MESTYP="ORDRSP",
        SNDPRT=_partner_type(route.sender, VENDOR),
        SNDPRN=route.sender.id,
        RCVPRT=_partner_type(route.receiver, LOGICAL_SYSTEM),
        RCVPRN=route.receiver.id,
        CREDAT=f"{route.at:%Y%m%d}",
        CRETIM=f"{route.at:%H%M%S}",
    )


def _partner_type(end: Endpoint, usual: str) -> str:
    return end.qualifier if end.qualifier in PARTNER_TYPES else usual


def _partners(answer: OrderAnswer) -> list[Element]:
    found = answer.parties
    given = {"AG": found.buyer, "LF": found.supplier, "WE": found.ship_to, "RE": found.bill_to}
    return [_partner(code, business) for code, business in given.items() if business]


def _partner(function: str, business: Business) -> Element:
    ids = {one.scheme: one.id for one in business.ids}
    place = business.address
    street, *more = place.lines or ("",)
    return _segment(
        "E1EDKA1",
        PARVW=function,
        PARTN=ids.get(OWN_NUMBERS[function], ""),
        NAME1=_cut(business.name or place.name, 35),
        STRAS=_cut(street, 35),
        STRS2=_cut(", ".join(more), 35),
        ORT01=_cut(place.city, 35),
        PSTLZ=_cut(place.postal_code, 9),
        LAND1=place.country,
        REGIO=place.region if len(place.region) <= 3 else "",
        BNAME=_cut(business.contact_name, 35),
        ILNNR=ids.get("gln", ""),
    )


def _cut(text: str, longest: int) -> str:
    return clean(text)[:longest]


class _Item:
    """One line as an item segment: what of it comes, for how much, and when."""

    def __init__(self, answer: OrderAnswer, line: Line) -> None:
        self.answer, self.line = answer, line
        self.words = echo_of(answer.echo, line)
        self.outcome = REJECTED if answer.order.cancelled else status(line)
        self.parts = () if self.outcome == REJECTED else _parts(line)
        self.coming = sum((quantity for quantity, _ in self.parts), Decimal(0))
        self.value = (self.coming * (line.price or Decimal(0))).quantize(CENT, ROUND_HALF_UP)

    def segment(self) -> Element:
        line, unit = self.line, _unit(self.line.asked.unit, self.answer.echo, self.words)
        amount, basis = priced(line, self.words) or (None, None)
        is_refused = self.outcome == REJECTED
        return _segment(
            "E1EDP01",
            *self._references(),
            *self._schedule(unit),
            *self._numbers(),
            *([] if is_refused else [_text_of("E1EDPT", remark(self.answer, line))]),
            POSEX=line_id(line, self.words),
            ACTION=ACTIONS[self.outcome],
            MENGE=line.asked.quantity if is_refused else self.coming,
            MENEE=unit,
            PMENE=unit if amount is not None else "",
            VPREI=amount,
            PEINH=basis,
            NETWR=None if line.price is None else str(self.value),
            EINKZ="X" if len(self.parts) > 1 else "",
            ABGRT=_cut(remark(self.answer, line), 40) if is_refused else "",
        )

    def _references(self) -> list[Element]:
        """Their order's line and ours; what is refused as a whole never became one of ours."""
        order = self.answer.order
        number = self.answer.echo.po_number or order.po_number
        theirs = line_id(self.line, self.words)
        own = _segment("E1EDP02", QUALF=OUR_ORDER, BELNR=order.number, ZEILE=self.line.number)
        first = _segment("E1EDP02", QUALF=CUSTOMER_ORDER, BELNR=number, ZEILE=theirs)
        return [first, own] if order.number else [first]

    def _schedule(self, unit: str) -> list[Element]:
        return [_segment("E1EDP20", WMENG=q, AMEIN=unit, EDATU=day) for q, day in self.parts]

    def _numbers(self) -> list[Element]:
        """Of a substitute our number, and no number that names only what was ordered."""
        line, words = self.line, self.words
        own = sku(line, words) if line.substituted else our_number(line.item, words)
        gtin = "" if line.substituted else words.gtin
        numbers = {"001": words.buyer_sku, "002": own, "003": gtin}
        text = _cut(self.line.description or self.words.description, 70)
        return [
            _segment("E1EDP19", QUALF=code, IDTNR=number, KTEXT=text if code == "002" else "")
            for code, number in numbers.items()
            if number
        ]


def _parts(line: Line) -> tuple[tuple[Decimal, date | None], ...]:
    """(quantity, day), one per day; what has no day yet has none."""
    found = promises(line)
    dated = ((p.quantity, p.day) for p in found if p.quantity)
    return (*dated, *((p.open, None) for p in found if p.open))


def _unit(unit: str, echo: Echo, words: EchoLine) -> str:
    return unit_as_given(unit, words, same_family(echo, "idoc"), unece_unit)


def _total(items: list[_Item], currency: str) -> Element | None:
    if not items or any(item.line.price is None for item in items):
        return None
    total = sum((item.value for item in items), Decimal(0))
    return _segment("E1EDS01", SUMID=VALUE, SUMME=str(total), SUNIT=currency)
