"""The header and summary of 850, 860 and 875 -> order fields."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from extraction.edi import figures
from extraction.edi.codes import INCOTERMS
from extraction.edi.order import DOUBTFUL, SURE, OrderBuilder, Row
from extraction.edi.parties import Party, pick, put_parties
from extraction.edi.x12.codes import DATE_LIMITS, DELIVERY, SHIPMENT
from extraction.edi.x12.grammar import Areas
from extraction.edi.x12.parties import BILL_TO, BUYER, SHIP_TO, parties, person
from extraction.edi.x12.segments import Segment

Put = Callable[[OrderBuilder, Segment], None]


def read_header(order: OrderBuilder, areas: Areas) -> None:
    own = _own(areas.header)
    for segment in areas.header:
        if segment.tag == "PER" and segment not in own:
            continue
        put = _BEGINNINGS.get(segment.tag) or _HEADER.get(segment.tag)
        if put:
            put(order, segment)
    put_dates(order.head, areas.header)
    found = parties(areas.header) + _one_destination(areas)
    put_parties(order.head, *(pick(found, roles) for roles in (BUYER, SHIP_TO, BILL_TO)))
    for segment in areas.summary:
        put = _SUMMARY.get(segment.tag)
        if put:
            put(order, segment)
    _currency_of_lines(order, areas)


def _own(header: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The header before its first N1: a PER behind it is the party's."""
    first = next((n for n, s in enumerate(header) if s.tag == "N1"), len(header))
    return header[:first]


def _one_destination(areas: Areas) -> list[Party]:
    """The ship-to of the lines, when they all name the same one."""
    named = [p for line in areas.lines for p in parties(line) if p.role in SHIP_TO]
    places = {(p.id, p.rows) for p in named}
    return named[:1] if len(places) == 1 else []


def put_dates(row: Row, segments: tuple[Segment, ...]) -> None:
    """The requested date by preference of its kind; limits and ranges become findings."""
    dates = [s for s in segments if s.tag in ("DTM", "G62")]
    for kind in DELIVERY:
        for segment in dates:
            if _date_kind(segment) == kind:
                _put_requested(row, segment)
    for segment in dates:
        what, text = DATE_LIMITS.get(_date_kind(segment)), _date_text(segment)
        day = figures.any_day(text)
        if what and day and day != row.value("requested_date"):
            row.findings.add("edi-not-after", segment.place, what=what, day=day)
        elif what and not day and text:
            row.findings.add("edi-date", segment.place, field=f"{segment.tag}02", value=text)


def _put_requested(row: Row, segment: Segment) -> None:
    text = _date_text(segment)
    first, dash, last = (text, "", "") if figures.iso_day(text) else text.partition("-")
    day = figures.any_day(first)
    if dash and first != last:
        until = figures.any_day(last) or last
        row.findings.add("edi-delivery-window", segment.place, first=day or first, last=until)
        return
    ships = _date_kind(segment) == SHIPMENT
    confidence = DOUBTFUL if ships else SURE
    taken = row.day("requested_date", day, text, str(segment.number), segment.raw, confidence)
    if taken and ships:
        row.findings.add("edi-ship-date", segment.place, day=day)


def _date_text(segment: Segment) -> str:
    """DTM02, or DTM06 in the form that DTM05 names (D8 one day, RD8 a range)."""
    return segment[2] or (segment[6] if segment[5] in ("D8", "RD8") else "")


def _date_kind(segment: Segment) -> str:
    """DTM01 as it is; G6201 has two digits and means the same."""
    return segment[1].zfill(3)


def _beg(order: OrderBuilder, s: Segment) -> None:
    at = str(s.number)
    order.head.text("purpose", s[1], at, s.raw)
    order.head.text("po_number", s[3], at, s.raw)
    order.head.day("order_date", figures.any_day(s[5]), s[5], at, s.raw)
    _release(order, s, s[4])
    if s[6]:
        order.head.text("contract_number", s[6], at, s.raw)
        order.findings.add("edi-contract", s.place, contract=s[6])


def _bch(order: OrderBuilder, s: Segment) -> None:
    at = str(s.number)
    order.head.text("purpose", s[1], at, s.raw)
    order.head.text("po_number", s[3], at, s.raw)
    order.head.day("order_date", figures.any_day(s[6]), s[6], at, s.raw)
    order.quote("change_number", s[5])
    _release(order, s, s[4])


def _g50(order: OrderBuilder, s: Segment) -> None:
    at = str(s.number)
    order.head.text("purpose", s[1], at, s.raw)
    order.head.day("order_date", figures.any_day(s[2]), s[2], at, s.raw)
    order.head.text("po_number", s[3], at, s.raw)


def _release(order: OrderBuilder, s: Segment, release: str) -> None:
    order.quote("release", release)
    if release:
        order.findings.add("edi-release", s.place, release=release)


def _cur(order: OrderBuilder, s: Segment) -> None:
    order.head.text("currency", s[2].upper(), str(s.number), s.raw)


def _currency_of_lines(order: OrderBuilder, areas: Areas) -> None:
    """The currency named on the lines, when the header names none and they agree."""
    named = [s for line in areas.lines for s in line if s.tag == "CUR" and s[2]]
    if len({s[2].upper() for s in named}) == 1:
        _cur(order, named[0])


def _itd(order: OrderBuilder, s: Segment) -> None:
    stated = s[12]
    if not stated:
        discount = f"{s[3]}% {s[5]} days" if s[3] and s[5] and s[3].strip("0.") else ""
        net = f"net {s[7]} days" if s[7] else ""
        stated = ", ".join(t for t in (discount, net) if t)
    order.head.text("payment_terms", stated, str(s.number), s.raw)


def _fob(order: OrderBuilder, s: Segment) -> None:
    if s[5].upper() in INCOTERMS:
        place = s[7] or s[3]
        order.head.text("incoterms", f"{s[5].upper()} {place}", str(s.number), s.raw)


def _td5(order: OrderBuilder, s: Segment) -> None:
    order.head.text("ship_via", s[5] or s[3], str(s.number), s.raw)


def _g66(order: OrderBuilder, s: Segment) -> None:
    order.head.text("ship_via", s[5] or s[4], str(s.number), s.raw)


def _per(order: OrderBuilder, s: Segment) -> None:
    if s[1] in ("BD", "OC", "IC", "CN", "BU", "PO"):
        name, email = person(s)
        order.head.text("buyer_contact", name, str(s.number), s.raw)
        order.head.text("buyer_email", email, str(s.number), s.raw)


def _text(place: int) -> Put:
    def put(order: OrderBuilder, s: Segment) -> None:
        order.head.append("notes", s[place], str(s.number), s.raw, between="\n")

    return put


def _sac(order: OrderBuilder, s: Segment) -> None:
    """SAC05 has two implied decimals (type N2)."""
    if s[1] == "C" and s[2] in ("D240", "D260", "D250") and s[5]:
        if "." in s[5]:
            order.findings.add("edi-implied-decimals", s.place, field="SAC05", value=s[5])
        order.head.number("freight", figures.implied(s[5]) or s[5], str(s.number), s.raw)


def _txi(order: OrderBuilder, s: Segment) -> None:
    order.head.number("tax", s[2], str(s.number), s.raw)


def _amt(order: OrderBuilder, s: Segment) -> None:
    field = {"TT": "total", "GV": "total", "1": "total", "N": "subtotal"}.get(s[1])
    if field:
        order.head.number(field, s.figure(2), str(s.number), s.raw)


def _ctt(order: OrderBuilder, s: Segment) -> None:
    declared, found = figures.number(s[1]), len(order.lines)
    if declared is not None and Decimal(declared) != found:
        order.findings.add("edi-line-count", s.place, where="CTT01", declared=s[1], found=found)
    hash_total = figures.number(s[2])
    quantities = [row.value("quantity") or "0" for row in order.lines]
    added = sum(map(Decimal, quantities), Decimal(0))
    if hash_total is not None and Decimal(hash_total) not in (added, _hashed(quantities)):
        order.findings.add(
            "edi-quantity-sum", s.place, where="CTT02", declared=s[2], found=f"{added:f}"
        )


def _hashed(quantities: list[str]) -> int:
    """As X12 defines a hash total: the digits without their decimal point, the leftmost beyond ten cut off."""
    return sum(int(quantity.replace(".", "").lstrip("-") or 0) for quantity in quantities) % 10**10


def _g76(order: OrderBuilder, s: Segment) -> None:
    added = sum((Decimal(row.value("quantity") or 0) for row in order.lines), Decimal(0))
    declared = figures.number(s[1])
    if declared is not None and Decimal(declared) != added:
        order.findings.add(
            "edi-quantity-sum", s.place, where="G7601", declared=s[1], found=f"{added:f}"
        )


_BEGINNINGS: dict[str, Put] = {"BEG": _beg, "BCH": _bch, "G50": _g50}
_HEADER: dict[str, Put] = {
    "CUR": _cur,
    "ITD": _itd,
    "FOB": _fob,
    "TD5": _td5,
    "G66": _g66,
    "PER": _per,
    "MSG": _text(1),
    "MTX": _text(2),
    "NTE": _text(2),
    "SAC": _sac,
    "TXI": _txi,
    "AMT": _amt,
}
_SUMMARY: dict[str, Put] = {"CTT": _ctt, "G76": _g76, "AMT": _amt, "SAC": _sac, "TXI": _txi}
