"""What a carrier gets and what it says."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file to hand over. name: fixed for the message, so that a second handing over replaces the first."""

    name: str
    raw: bytes = field(repr=False)
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Handed:
    """kind: "sent"; "later" (not taken, may be tried again); "refused" (not taken, for good). reason: a fixed code.

    reply: what the other side said in the same call (cXML), b"" otherwise. place: where it went, for people.
    """

    kind: str
    reason: str = ""
    text: str = ""
    place: str = ""
    reply: bytes = b""
