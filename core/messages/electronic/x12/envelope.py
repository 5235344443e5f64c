"""Puts transaction sets into groups and an interchange, with numbers and counts that are right.

ISA and IEA per X12.5, GS and GE, ST and SE per X12.6. ISA has exactly 106 bytes, its segment end included.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.inbound.envelopes import Endpoint
from core.messages.electronic.facts import Route
from core.messages.electronic.problems import CannotWrite
from core.messages.electronic.x12.pen import LONG_DAYS_FROM, REPEATS_FROM, Pen, Segment

AGENCY = "X"
"""GS07: the standard is that of the Accredited Standards Committee X12."""


@dataclass(frozen=True, slots=True)
class TransactionSet:
    """kind: ST01 ("855"). body: what stands between ST and SE."""

    kind: str
    body: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """kind: GS01 ("PR"). version: GS08, "" for the pen's. sender, receiver: "" for those of the route."""

    kind: str
    sets: tuple[TransactionSet, ...]
    version: str = ""
    sender: str = ""
    receiver: str = ""


def one_set(route: Route, pen: Pen, group: str, kind: str, body: tuple[Segment, ...]) -> bytes:
    """An interchange of one group with one transaction set."""
    return interchange(route, pen, (Group(group, (TransactionSet(kind, body),)),))


def interchange(
    route: Route, pen: Pen, groups: tuple[Group, ...], answers: tuple[Segment, ...] = ()
) -> bytes:
    """The bytes of one interchange; answers: TA1 segments, which stand before the groups (X12.5).

    Groups are numbered on from route.group_control, sets from route.message_control in each group.
    """
    number = _number(route.control, 9, "ISA13").zfill(9)
    rows = [_isa(route, pen, number), *(pen.row(answer) for answer in answers)]
    for n, group in enumerate(groups):
        rows += _group(route, pen, group, _number(route.group_control + n, 9, "GS06"))
    rows.append(pen.row(("IEA", str(len(groups)), number)))
    return "".join(rows).encode(pen.charset)


def _group(route: Route, pen: Pen, group: Group, number: str) -> list[str]:
    version = group.version or pen.version
    day = route.at.strftime("%Y%m%d" if version >= LONG_DAYS_FROM else "%y%m%d")
    sender = route.group_sender or group.sender or route.sender.id
    receiver = route.group_receiver or group.receiver or route.receiver.id
    rows = [
        pen.row(("GS", group.kind, sender, receiver, day, pen.time(route.at), number, AGENCY, version))
    ]  # fmt: skip
    for n, one in enumerate(group.sets):
        control = _number(route.message_control + n, 9, "ST02").zfill(4)
        rows.append(pen.row(("ST", one.kind, control)))
        rows += [pen.row(segment) for segment in one.body]
        rows.append(pen.row(("SE", str(len(one.body) + 2), control)))
    rows.append(pen.row(("GE", str(len(group.sets)), number)))
    return rows


def _isa(route: Route, pen: Pen, number: str) -> str:
    """ISA01 to ISA04: no authorisation and no password (00); ISA14, ISA15: answer wanted, test."""
    parts = [
        "ISA", "00", " " * 10, "00", " " * 10,
        *_end(pen, route.sender, "ISA05", "ISA06"),
        *_end(pen, route.receiver, "ISA07", "ISA08"),
        route.at.strftime("%y%m%d"), route.at.strftime("%H%M"),
        pen.repetition if pen.syntax >= REPEATS_FROM else "U",
        pen.syntax, number, "1" if route.wants_answer else "0", "T" if route.test else "P", pen.component,
    ]  # fmt: skip
    return pen.element.join(parts) + pen.segment + pen.newline


def _end(pen: Pen, end: Endpoint, qualifier: str, place: str) -> tuple[str, str]:
    """Qualifier (ZZ, mutually defined, when there is none) and identifier, filled up to 15 characters."""
    kind, name = end.qualifier or "ZZ", end.id.strip()
    for field, value, lengths in ((qualifier, kind, (2, 2)), (place, name, (1, 15))):
        if not lengths[0] <= len(value) <= lengths[1]:
            raise CannotWrite(
                field, f"{value!r} does not have {lengths[0]} to {lengths[1]} characters."
            )
        if not value.isascii() or not all(map(pen.holds, value)):
            raise CannotWrite(field, f"{value!r} holds a character that cannot be written.")
    return kind, name.ljust(15)


def _number(value: int, digits: int, place: str) -> str:
    """A control number; Raises CannotWrite when it is none of the standard's (1 to 999999999)."""
    if not 0 < value < 10**digits:
        raise CannotWrite(place, f"{value} is not a control number.")
    return str(value)
