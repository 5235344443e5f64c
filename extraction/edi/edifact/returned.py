"""RETANN, announcement for returns -> what is to come back."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.edi import figures
from extraction.edi.edifact.codes import BUYER, ITEM_ID
from extraction.edi.edifact.dates import day
from extraction.edi.edifact.grammar import areas, groups
from extraction.edi.edifact.parties import party
from extraction.edi.edifact.segments import Segment
from extraction.edi.parties import pick
from extraction.edi.returns import Return, ReturnLine

RETURNED = ("61", "21", "1", "12")
"""6063 kinds of quantity, best first: 61 is the return quantity."""


def read_return(segments: tuple[Segment, ...]) -> Return:
    parted = areas(segments)
    header = parted.header
    bgm = next((s for s in header if s.tag == "BGM"), None)
    dates = [s for s in header if s.tag == "DTM" and s.get(1) == "137"]
    buyer = pick([party(g) for g in groups(header) if g.head == "NAD"], (*BUYER, "CN", "SF"))
    return Return(
        bgm.get(2) if bgm else "",
        (day(dates[0]) or "") if dates else "",
        bgm.get(3) if bgm else "",
        next(iter(_named(segments, "ALQ") + _named(header, "ACE")), ""),
        tuple(dict.fromkeys(_named(segments, "ON"))),
        tuple(dict.fromkeys(_named(segments, "IV"))),
        buyer.id if buyer else "",
        buyer.name if buyer else "",
        tuple(map(_line, parted.lines)),
    )


def _line(segments: tuple[Segment, ...]) -> ReturnLine:
    lin = segments[0]
    ids: dict[str, str] = {}
    pairs = [(lin.get(3), lin.get(3, 2))]
    for s in segments:
        if s.tag == "PIA":
            pairs += [(s.get(n), s.get(n, 2)) for n in range(2, 7)]
    for value, kind in pairs:
        name = ITEM_ID.get(kind.upper())
        if name and value:
            ids.setdefault(name, value)
    amounts = [s for s in segments if s.tag == "QTY"]
    found = next((s for kind in RETURNED for s in amounts if s.get(1) == kind), None)
    told = [" ".join(t for t in s.all(4) if t) or s.get(3) for s in segments if s.tag == "FTX"]
    return ReturnLine(
        lin.get(1),
        ids.get("buyer_sku", ""),
        ids.get("supplier_sku", ""),
        ids.get("gtin", ""),
        (figures.number(found.get(1, 2)) or "") if found else "",
        found.get(1, 3) if found else "",
        " ".join(told),
        next(iter(_named(segments, "ON")), ""),
        lin.place,
    )


def _named(segments: Sequence[Segment], qualifier: str) -> list[str]:
    return [
        s.get(1, 2) for s in segments if s.tag == "RFF" and s.get(1) == qualifier and s.get(1, 2)
    ]
