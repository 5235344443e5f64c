"""A row's natural key as one word that is safe in an address: parts with commas between, other marks as =XX; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.errors import BadInput

OWN = "own"
_SAFE = re.compile(r"[A-Za-z0-9._@-]")
_HEX = re.compile(r"=([0-9A-F]{2})")


def write_key(parts: Iterable[str]) -> str:
    """ "C-100,ship_to,DC=2F2" for ("C-100", "ship_to", "DC/2"); "own" for no parts."""
    found = tuple(parts)
    return ",".join(map(_escaped, found)) if found else OWN


def read_key(text: str, size: int) -> tuple[str, ...]:
    """The parts of a key that has `size` of them. Raises BadInput."""
    if size == 0:
        if text != OWN:
            raise BadInput(f"This table has one row, and its key is “{OWN}”.", "key")
        return ()
    parts = text.split(",")
    if len(parts) != size:
        raise BadInput(
            f"“{text[:100]}” is no key of this table: it has {size} part(s) with commas between. "
            "A comma inside a part is written =2C.",
            "key",
        )
    return tuple(map(_plain, parts))


def _escaped(part: str) -> str:
    dots = part in (".", "..")  # an address would be read as a folder above
    return "".join(
        c if _SAFE.match(c) and not dots else "".join(f"={b:02X}" for b in c.encode("utf-8"))
        for c in part
    )


def _plain(part: str) -> str:
    raw = bytearray()
    at = 0
    for found in _HEX.finditer(part):
        raw += part[at : found.start()].encode("utf-8")
        raw.append(int(found.group(1), 16))
        at = found.end()
    raw += part[at:].encode("utf-8")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput(f"“{part[:100]}” is no part of a key.", "key") from None
