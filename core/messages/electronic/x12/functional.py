"""The body of a 997, X12.20: which sets of a group are accepted, and what is wrong with which segment.

AK304 element 720, AK403 723, AK501 717, AK502 718, AK901 715, AK905 716. What arrived is copied as far as it can be
written: a strange number never prevents an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.inbound.envelopes import Fault, MessageEntry, MessageGroup
from core.messages.electronic.x12.pen import Pen, Segment

LETTER = {"accepted": "A", "accepted-with-faults": "E", "rejected": "R"}
MISSING = "3"
"""AK304: a mandatory segment is missing; then nothing is said of its elements."""
IN_SEGMENT = "8"
"""AK304: the segment has data element errors."""
SEGMENTS_AT_FAULT = "5"
"""AK502: one or more segments are in error."""


def group_answer(
    group: MessageGroup, messages: list[MessageEntry], pen: Pen
) -> tuple[Segment, ...]:
    """The body of a 997: AK1, one AK2 loop for each set, AK9.

    Of a group that is rejected as such no set is judged, since none of them is taken.
    """
    rejected = group.verdict == "rejected"
    judged = [] if rejected else [segment for m in messages for segment in _set_answer(m, pen)]
    return (
        ("AK1", _code(r"[A-Z]{2}", group.kind.upper(), "ZZ"), _digits(group.control, 9, "0")),
        *judged,
        _group_verdict(group, messages),
    )


def _set_answer(message: MessageEntry, pen: Pen) -> list[Segment]:
    kind = message.format.partition("/")[2]
    control = pen.copied(message.control, 9)
    notes = list(_notes(message, pen))
    codes = [f.code for f in message.faults if f.level == "message"]
    if notes:
        codes.append(SEGMENTS_AT_FAULT)
    return [
        ("AK2", _code(r"[0-9]{3}", kind, "000"), control.zfill(4)),
        *notes,
        ("AK5", LETTER[message.verdict], *_codes(codes)),
    ]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A segment at fault: its position in the set, counting ST as 1, and its name."""

    position: int
    tag: str


def _notes(message: MessageEntry, pen: Pen) -> Iterable[Segment]:
    """AK3 for each segment at fault in its order, with an AK4 for each element."""
    spots: dict[_Spot, list[Fault]] = {}
    for fault in message.faults:
        spot = _spot(fault, pen)
        if spot is not None:
            spots.setdefault(spot, []).append(fault)
    for spot in sorted(spots, key=lambda one: one.position):
        whole = [f for f in spots[spot] if f.level == "segment"]
        missing = any(f.code == MISSING for f in whole)
        elements = [f for f in spots[spot] if f.level == "element" and not missing]
        for fault in whole:
            yield "AK3", spot.tag, str(spot.position), "", fault.code
        if elements:
            yield "AK3", spot.tag, str(spot.position), "", IN_SEGMENT
        for fault in elements:
            if fault.element:
                yield "AK4", _within(fault), "", fault.code, pen.copied(fault.value, 99)


def _within(fault: Fault) -> str | tuple[str, ...]:
    """AK401: the element's number, with the component's when it is about one."""
    number = str(min(fault.element, 99))
    return (number, str(fault.component)) if fault.component else number


def _spot(fault: Fault, pen: Pen) -> _Spot | None:
    """Where the fault is; None for faults of the whole set, and where no segment is named."""
    tag = pen.copied(fault.tag, 3)
    if fault.level not in ("segment", "element") or len(tag) < 2:
        return None
    return _Spot(max(fault.position, 1), tag)


def _group_verdict(group: MessageGroup, messages: list[MessageEntry]) -> Segment:
    """AK901 R all rejected, P some, E accepted with faults, A; AK902 as GE01 says, AK903 counted, AK904 accepted."""
    verdicts = [m.verdict for m in messages]
    accepted = sum(v != "rejected" for v in verdicts) if group.verdict != "rejected" else 0
    if group.verdict == "rejected" or (verdicts and not accepted):
        letter = "R"
    elif accepted < len(verdicts):
        letter = "P"
    else:
        noted = bool(group.faults) or "accepted-with-faults" in verdicts
        letter = "E" if noted else "A"
    return (
        "AK9",
        letter,
        _digits(group.declared, 6, str(group.counted)),
        str(group.counted),
        str(accepted),
        *_codes([f.code for f in group.faults]),
    )


def _codes(codes: list[str]) -> tuple[str, ...]:
    """Each once, at most five."""
    return tuple(dict.fromkeys(codes))[:5]


def _code(form: str, value: str, otherwise: str) -> str:
    return value if re.fullmatch(form, value) else otherwise


def _digits(value: str, most: int, otherwise: str) -> str:
    return value if re.fullmatch(r"[0-9]+", value) and len(value) <= most else otherwise
