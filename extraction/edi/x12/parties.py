"""The N1 loops: who buys, where the goods go, who pays."""

from __future__ import annotations

from extraction.edi.parties import Party
from extraction.edi.x12.grammar import loops
from extraction.edi.x12.segments import Segment

_INNER = frozenset({"N2", "N3", "N4", "NX2", "PER", "REF", "G61"})

BUYER = ("BY", "OB", "SO")
SHIP_TO = ("ST", "CN", "UC", "BS")
BILL_TO = ("BT", "RI", "IV", "BS")


def parties(segments: tuple[Segment, ...]) -> list[Party]:
    return [_party(loop) for loop in loops(segments, "N1", _INNER)]


def _party(loop: tuple[Segment, ...]) -> Party:
    first = loop[0]
    rows = [first[2]]
    contact = email = ""
    for segment in loop[1:]:
        if segment.tag in ("N2", "N3"):
            rows += [segment[1], segment[2]]
        elif segment.tag == "N4":
            rows += [" ".join(t for t in (segment[1], segment[2], segment[3]) if t), segment[4]]
        elif segment.tag == "PER":
            name, address = person(segment)
            contact, email = contact or name, email or address
    end = first.delimiters.segment if first.delimiters.segment not in "\r\n" else "\n"
    raw = end.join(s.raw for s in loop)
    return Party(
        first[1], first[2], first[4], tuple(r for r in rows if r), contact, email, str(first.number), first.raw, raw, raw,
    )  # fmt: skip


def person(segment: Segment) -> tuple[str, str]:
    """Name and e-mail address of a PER segment; a name without a letter is none."""
    name = segment[2] if any(c.isalpha() for c in segment[2]) else ""
    pairs = {segment[n]: segment[n + 1] for n in (3, 5, 7)}
    return name, pairs.get("EM", "")
