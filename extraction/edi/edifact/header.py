"""The header and summary of ORDERS and ORDCHG -> order fields."""

from __future__ import annotations

from decimal import Decimal

from extraction.edi import figures
from extraction.edi.codes import INCOTERMS
from extraction.edi.edifact.codes import AMOUNTS, BILL_TO, BUYER, SHIP_TO
from extraction.edi.edifact.dates import day, put_requested
from extraction.edi.edifact.grammar import Areas, Group, groups
from extraction.edi.edifact.parties import party
from extraction.edi.edifact.segments import Segment
from extraction.edi.order import OrderBuilder
from extraction.edi.parties import Party, pick, put_parties


def read_header(order: OrderBuilder, areas: Areas, kind: str) -> None:
    """`kind` "ORDCHG": the order's number is RFF+ON, BGM numbers the change."""
    found: list[Party] = []
    dates: list[Segment] = []
    references: dict[str, Segment] = {}
    stray: list[Segment] = []
    currencies: list[Segment] = []
    for group in groups(areas.header):
        first = group.segments[0]
        if group.head == "NAD":
            found.append(party(group))
        elif group.head == "RFF":
            references.setdefault(first.get(1), first)
            stray += [s for s in group.segments[1:] if s.get(1) in ("2", "137", "63", "64")]
        elif group.head == "CUX":
            currencies.append(first)
        elif group.head in _GROUPS:
            _GROUPS[group.head](order, group)
        for s in group.segments if not group.head else ():
            _plain(order, s, dates, kind)
    _currency(order, currencies)
    _numbers(order, areas.header, references, kind)
    dates += stray
    _order_date(order, dates)
    put_requested(order.head, dates)
    put_parties(order.head, *(pick(found, roles) for roles in (BUYER, SHIP_TO, BILL_TO)))
    _currency_of_amounts(order, areas)
    for s in areas.summary:
        if s.tag == "MOA":
            _amount(order, s)
        elif s.tag == "CNT":
            _control(order, s, len(areas.lines))


def _plain(order: OrderBuilder, s: Segment, dates: list[Segment], kind: str) -> None:
    if s.tag == "DTM":
        dates.append(s)
    elif s.tag == "FTX":
        text = " ".join(t for t in s.all(4) if t.strip())
        order.head.append("notes", text, str(s.number), s.raw, between="\n")
    elif s.tag == "MOA":
        _amount(order, s)


def _numbers(
    order: OrderBuilder, header: tuple[Segment, ...], references: dict[str, Segment], kind: str
) -> None:
    bgm = next((s for s in header if s.tag == "BGM"), None)
    named = references.get("ON") or references.get("CO")
    if kind == "ORDCHG" and named is not None:
        order.head.text("po_number", named.get(1, 2), str(named.number), named.raw)
        change = references["PP"].get(1, 2) if "PP" in references else bgm.get(2) if bgm else ""
        order.quote("change_number", change)
    if bgm is not None:
        order.head.text("po_number", bgm.get(2), str(bgm.number), bgm.raw)
        order.head.text("purpose", bgm.get(3), str(bgm.number), bgm.raw)
    for kind, name in _CITED:
        cited = references.get(kind)
        if cited is not None and not order.head.has(name):
            order.head.text(name, cited.get(1, 2), str(cited.number), cited.raw)
    contract = references.get("CT")
    if contract is not None and contract.get(1, 2):
        order.findings.add("edi-contract", contract.place, contract=contract.get(1, 2))


_CITED = (("BO", "contract_number"), ("CT", "contract_number"), ("AAG", "quote_number"))
"""Element 1153: blanket order, contract and offer numbers; what the order is placed under."""


def _order_date(order: OrderBuilder, dates: list[Segment]) -> None:
    for kind in ("137", "4"):
        for s in dates:
            if s.get(1) == kind:
                order.head.day("order_date", day(s), s.get(1, 2), str(s.number), s.raw)


def _currency(order: OrderBuilder, found: list[Segment]) -> None:
    """C504: the reference currency (6347 is 2) of the order (6343 is 9) before any other."""
    for s in sorted(found, key=lambda s: (s.get(1) != "2", s.get(1, 3) != "9")):
        order.head.text("currency", s.get(1, 2).upper(), str(s.number), s.raw)


def _currency_of_amounts(order: OrderBuilder, areas: Areas) -> None:
    """Without CUX: the currency that stands beside the amounts (6345), when they agree."""
    segments = [*areas.header, *(s for line in areas.lines for s in line), *areas.summary]
    named = [s for s in segments if s.tag == "MOA" and s.get(1, 3)]
    if not order.head.has("currency") and len({s.get(1, 3).upper() for s in named}) == 1:
        first = named[0]
        order.head.text("currency", first.get(1, 3).upper(), str(first.number), first.raw)


def _terms(order: OrderBuilder, group: Group) -> None:
    """PAT: C112 gives the reference, the time relation, the period's kind and how many of it."""
    s = group.segments[0]
    text = " ".join(t for t in s.all(2)[3:] if t)
    unit = {"D": "days", "M": "months", "W": "weeks"}.get(s.get(3, 3), "")
    count = s.get(3, 4)
    stated = text or (f"{count} {unit}" if count and unit else "")
    percent = next((i.get(1, 2) for i in group.segments[1:] if i.tag == "PCD"), "")
    if stated and percent:
        stated = f"{percent}% {stated}"
    order.head.append("payment_terms", stated, str(s.number), s.raw, between=", ")


def _delivery_terms(order: OrderBuilder, group: Group) -> None:
    s = group.segments[0]
    code = s.get(3)
    place = next((i.get(2, 4) or i.get(2) for i in group.segments[1:] if i.tag == "LOC"), "")
    if code.upper() in INCOTERMS:
        text = " ".join(t for t in s.all(3)[3:] if t)
        order.head.text("incoterms", f"{code.upper()} {text or place}", str(s.number), s.raw)


def _transport(order: OrderBuilder, group: Group) -> None:
    s = group.segments[0]
    order.head.text("ship_via", s.get(5, 4) or s.get(5) or s.get(4, 2), str(s.number), s.raw)


_GROUPS = {"PAT": _terms, "TOD": _delivery_terms, "TDT": _transport}


def _amount(order: OrderBuilder, s: Segment) -> None:
    field = AMOUNTS.get(s.get(1))
    if field:
        order.head.number(field, s.get(1, 2), str(s.number), s.raw)


def _control(order: OrderBuilder, s: Segment, lines: int) -> None:
    """CNT 2 counts the lines, CNT 1 adds up their quantities."""
    declared = figures.number(s.get(1, 2))
    if declared is None:
        return
    if s.get(1) == "2" and Decimal(declared) != lines:
        order.findings.add("edi-line-count", s.place, where="CNT 2", declared=declared, found=lines)
    if s.get(1) == "1":
        added = sum((Decimal(row.value("quantity") or 0) for row in order.lines), Decimal(0))
        if Decimal(declared) != added:
            order.findings.add(
                "edi-quantity-sum", s.place, where="CNT 1", declared=declared, found=f"{added:f}"
            )
