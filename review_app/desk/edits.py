"""What a form of the workbench changed: its inputs against the values that the draft has now."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.drafts.correct import Edit
from core.drafts.panes import Workbench

_HEADER = re.compile(r"h\.([a-z_]{1,40})")
_LINE = re.compile(r"l\.([0-9]{1,12})\.([a-z_]{1,40})")
LONGEST = 4_000


def edits_of(form: Mapping[str, str], bench: Workbench) -> tuple[Edit, ...]:
    """One Edit for each input ("h.po_number", "l.17.quantity") whose text is not what the draft holds."""
    now: dict[tuple[int | None, str], str] = {
        (None, name): value for name, value in _header(bench).items()
    }
    for line in bench.lines:
        now[(line.id, "item_id")] = str(line.item.id or "")
        for name, field in line.fields.items():
            now[(line.id, name)] = field.value
    found = []
    for name, text in form.items():
        place = place_of(name)
        if place is None or place not in now:
            continue
        value = text.replace("\r\n", "\n").strip()[:LONGEST]
        if value != now[place].strip():
            found.append(Edit(place[0], place[1], value))
    return tuple(found)


def _header(bench: Workbench) -> dict[str, str]:
    return {
        "customer_id": str(bench.customer.id or ""),
        "ship_to_id": str(bench.ship_to.id or ""),
        **{name: field.value for name, field in bench.fields.items()},
    }


def place_of(name: str) -> tuple[int | None, str] | None:
    """(line id or None, field) of an input's name; None when it names no field."""
    if header := _HEADER.fullmatch(name):
        return None, header[1]
    if line := _LINE.fullmatch(name):
        return int(line[1]), line[2]
    return None
