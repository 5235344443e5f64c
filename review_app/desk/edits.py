"""What a form of the workbench changed: its inputs against the values that the draft has now."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.drafts.correct import Edit
from core.drafts.held_values import Place

_HEADER = re.compile(r"h\.([a-z_]{1,40})")
_LINE = re.compile(r"l\.([0-9]{1,12})\.([a-z_]{1,40})")
LONGEST = 4_000


def edits_of(form: Mapping[str, str], held: Mapping[Place, str]) -> tuple[Edit, ...]:
    """One Edit for each input ("h.po_number", "l.17.quantity") whose text is not what the draft holds."""
    found = []
    for name, text in form.items():
        place = place_of(name)
        if place is None or place not in held:
            continue
        value = text.replace("\r\n", "\n").strip()[:LONGEST]
        if value != held[place].strip():
            found.append(Edit(place[0], place[1], value))
    return tuple(found)


def place_of(name: str) -> Place | None:
    """(line id or None, field) of an input's name; None when it names no field."""
    if header := _HEADER.fullmatch(name):
        return None, header[1]
    if line := _LINE.fullmatch(name):
        return int(line[1]), line[2]
    return None
