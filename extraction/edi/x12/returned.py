"""180, return merchandise authorization and notification -> what is to come back."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.edi import figures
from extraction.edi.parties import pick
from extraction.edi.returns import Return, ReturnLine
from extraction.edi.x12.codes import ITEM_ID
from extraction.edi.x12.parties import BUYER, parties
from extraction.edi.x12.segments import Segment

AUTHORIZATION = ("RZ", "RMA", "8X")
INVOICE = ("IV", "IK")
ORDER = ("PO", "CO")


def read_return(segments: Sequence[Segment]) -> Return:
    """BGN names the return, BLI each item with quantity; RDR why, PRF and N9 what it was bought under."""
    starts = [n for n, s in enumerate(segments) if s.tag == "BLI"]
    header = tuple(segments[: starts[0]] if starts else segments)
    ends = [*starts[1:], len(segments)]
    lines = [tuple(segments[start:end]) for start, end in zip(starts, ends, strict=False)]
    bgn = next((s for s in header if s.tag == "BGN"), None)
    buyer = pick(parties(header), BUYER)
    return Return(
        bgn[2] if bgn else "",
        (figures.any_day(bgn[3]) or "") if bgn else "",
        bgn[1] if bgn else "",
        next(iter(_named(segments, AUTHORIZATION)), ""),
        tuple(dict.fromkeys([s[1] for s in segments if s.tag == "PRF"] + _named(segments, ORDER))),
        tuple(dict.fromkeys(_named(segments, INVOICE))),
        buyer.id if buyer else "",
        buyer.name if buyer else "",
        tuple(map(_line, lines)),
    )


def _line(segments: tuple[Segment, ...]) -> ReturnLine:
    """BLI: an id pair, quantity, unit, what concerns the price, then further pairs."""
    s = segments[0]
    ids: dict[str, str] = {}
    for qualifier, value in [(s[1], s[2]), *((s[n], s[n + 1]) for n in range(5, len(s.elements)))]:
        name = ITEM_ID.get(qualifier.upper())
        if name and value:
            ids.setdefault(name, value)
    reason = next((r for r in segments if r.tag == "RDR"), None)
    order = next((r[1] for r in segments if r.tag == "PRF"), "")
    return ReturnLine(
        buyer_sku=ids.get("buyer_sku", ""),
        supplier_sku=ids.get("supplier_sku", ""),
        gtin=ids.get("gtin", ""),
        quantity=figures.number(s[3]) or "",
        uom=s.first(4),
        reason=(reason[4] or reason[2] or reason[1]) if reason else "",
        order=order,
        place=s.place,
    )


def _named(segments: Sequence[Segment], qualifiers: tuple[str, ...]) -> list[str]:
    return [s[2] for s in segments if s.tag in ("REF", "N9") and s[1] in qualifiers and s[2]]
