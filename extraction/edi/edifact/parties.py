"""The NAD groups: who buys, where the goods go, who pays."""

from __future__ import annotations

from extraction.edi.edifact.grammar import Group
from extraction.edi.parties import Party


def party(group: Group) -> Party:
    """C082 id, C058 unstructured text, C080 name, C059 street, city, region, post code, country."""
    s = group.segments[0]
    names = [t.strip() for t in s.all(4)[:5] if t.strip()]
    unstructured = [t.strip() for t in s.all(3) if t.strip()]
    name = names[0] if names else (unstructured[0] if unstructured else "")
    town = " ".join(t for t in (s.get(8), s.get(6), s.get(7)) if t)
    rows = (*names, *unstructured, *(t.strip() for t in s.all(5)), town, s.get(9))
    contact = email = ""
    for inner in group.segments[1:]:
        if inner.tag == "CTA":
            contact = contact or inner.get(2, 2) or inner.get(2)
        elif inner.tag == "COM" and inner.get(1, 2) == "EM":
            email = email or inner.get(1)
    return Party(
        s.get(1), name, s.get(2), tuple(r for r in rows if r), contact, email, str(s.number), s.raw, s.raw,
        s.service.segment.join(i.raw for i in group.segments),
    )  # fmt: skip
