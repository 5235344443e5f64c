"""Puts messages into an interchange, in a group when it is wanted, with references and counts that are right.

UNB to UNZ, UNG to UNE, UNH to UNT per ISO 9735 (versions 1 to 3) and ISO 9735-1 (version 4).
"""

from __future__ import annotations

from core.inbound.envelopes import Endpoint
from core.messages.electronic.edifact.pen import REPEATS_FROM, Pen, Segment
from core.messages.electronic.facts import Route
from core.messages.electronic.problems import CannotWrite

EANCOM = {
    ("ORDRSP", "96A"): ("EAN005",),
    ("ORDRSP", "01B"): ("EAN009",),
    ("DESADV", "96A"): ("EAN005",),
    ("DESADV", "01B"): ("EAN007",),
    ("INVOIC", "96A"): ("EAN008",),
    ("INVOIC", "01B"): ("EAN010", "EAN011"),
}
"""0057 of EANCOM 1997 and 2002. Each message has its own: the code of their ORDERS is wrong on our answer."""


def one_message(route: Route, pen: Pen, kind: str, body: tuple[Segment, ...]) -> bytes:
    """The bytes of an interchange with one message; kind: "ORDRSP". Body: what stands between UNH and UNT."""
    control = _number(route.control, "UNB 0020")
    message = _number(route.message_control, "UNH 0062")
    version = _version(pen.version, kind)
    inside: list[Segment] = [
        ("UNH", message, (kind, *version)),
        *body,
        ("UNT", str(len(body) + 2), message),
    ]
    if route.group_sender or route.group_receiver:
        inside = _grouped(route, kind, version, inside)
    rows = [_unb(route, pen, control), *inside, ("UNZ", "1", control)]
    text = pen.advice + "".join(pen.row(row) for row in rows)
    return text.encode(pen.letters.codec)


def _version(version: tuple[str, ...], kind: str) -> tuple[str, ...]:
    known = EANCOM.get((kind, version[1]), ())
    if len(version) == 4 and version[3].startswith("EAN") and known and version[3] not in known:
        return (*version[:3], known[0])
    return version


def _unb(route: Route, pen: Pen, control: str) -> Segment:
    """0031 asks for an answer, 0035 marks a test; the day has eight digits from version 4 on."""
    return (
        "UNB", (pen.letters.level, pen.syntax), _end(route.sender, "UNB S002"), _end(route.receiver, "UNB S003"),
        (route.at.strftime("%Y%m%d" if pen.syntax >= REPEATS_FROM else "%y%m%d"), route.at.strftime("%H%M")),
        control, "", "", "", "1" if route.wants_answer else "", "", "1" if route.test else "",
    )  # fmt: skip


def _end(end: Endpoint, place: str) -> tuple[str, str]:
    if not end.id.strip():
        raise CannotWrite(place, "There is no identifier.")
    return end.id.strip(), end.qualifier


def _grouped(
    route: Route, kind: str, version: tuple[str, ...], inside: list[Segment]
) -> list[Segment]:
    """UNG with the identifiers of the applications at both ends."""
    number = _number(route.group_control, "UNG 0048")
    sender, receiver = (
        route.group_sender or route.sender.id,
        route.group_receiver or route.receiver.id,
    )
    at = (route.at.strftime("%y%m%d"), route.at.strftime("%H%M"))
    head: Segment = (
        "UNG", kind, sender, receiver, at, number, version[2], (version[0], version[1], *version[3:]),
    )  # fmt: skip
    return [head, *inside, ("UNE", "1", number)]


def _number(value: int, place: str) -> str:
    """A reference of at most 14 digits, without zeros in front."""
    if not 0 < value < 10**14:
        raise CannotWrite(place, f"{value} is not a control number.")
    return str(value)
