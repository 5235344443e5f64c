"""TA1 and 997: what we say about an interchange that arrived, never about one that only acknowledges.

TA1 per X12.5 (A/E/R, note codes I18). 997 per X12.20: AK304 element 720, AK403 723, AK501 717, AK502 718, AK901
715, AK905 716. Whatever arrived is copied as far as it can be written: a strange number never prevents an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.inbound.envelopes import (
    Envelopes,
    Fault,
    Interchange,
    MessageEntry,
    MessageGroup,
    verdict,
)
from core.messages.electronic.facts import Route, Style
from core.messages.electronic.problems import NothingToAnswer
from core.messages.electronic.x12.envelope import Group, TransactionSet, interchange
from core.messages.electronic.x12.pen import VERSION, Pen, Segment, pen_for_answer, pen_of

ACKNOWLEDGEMENTS = frozenset({"x12/997", "x12/999", "x12/TA1"})
LETTER = {"accepted": "A", "accepted-with-faults": "E", "rejected": "R"}
INVALID_CONTENT = "024"
"""TA105: the interchange's content is invalid; for faults that have no code of their own."""
MISSING = "3"
"""AK304: a mandatory segment is missing; then nothing is said of its elements."""
IN_SEGMENT = "8"
"""AK304: the segment has data element errors."""
SEGMENTS_AT_FAULT = "5"
"""AK502: one or more segments are in error."""


def write_interchange_answer(
    envelopes: Envelopes, ordinal: int, route: Route, style: Style, faults: tuple[Fault, ...]
) -> bytes:
    """TA1 in an interchange of its own, also for one that could hardly be read."""
    found = envelopes.interchanges[ordinal]
    if only_acknowledges(envelopes, ordinal):
        raise NothingToAnswer
    pen = _pen(style, found, "")
    return interchange(route, pen, (), (interchange_answer(found, route, pen, faults),))


def write_group_answers(
    envelopes: Envelopes, ordinal: int, route: Route, style: Style, faults: tuple[Fault, ...]
) -> bytes:
    """One 997 for each group, in one group FA for each version that came, numbered on from route.group_control.

    Version and identifiers follow the inbound group. Of an interchange that is rejected as such no group is judged
    (X12.5: TA1 says it all).
    """
    noted = (*envelopes.interchanges[ordinal].faults, *faults)
    groups = [] if verdict(noted) == "rejected" else answered_groups(envelopes, ordinal)
    if not groups:
        raise NothingToAnswer
    pen = _pen(style, envelopes.interchanges[ordinal], groups[0][1].version)
    by_envelope: dict[tuple[str, str, str], list[TransactionSet]] = {}
    for number, group in groups:
        messages = [m for m in envelopes.messages if m.group == number]
        body = group_answer(group, messages, pen)
        by_envelope.setdefault(_ends(group, pen), []).append(TransactionSet("997", body))
    return interchange(
        route,
        pen,
        tuple(
            Group("FA", tuple(sets), version, sender, receiver)
            for (version, sender, receiver), sets in by_envelope.items()
        ),
    )


def groups_needed(envelopes: Envelopes, ordinal: int) -> int:
    """How many group control numbers the 997s of an interchange take."""
    pen = pen_of(Style())
    return len({_ends(group, pen) for _, group in answered_groups(envelopes, ordinal)})


def only_acknowledges(envelopes: Envelopes, ordinal: int) -> bool:
    """Whether everything in it is an acknowledgement; an interchange without any message is not."""
    messages = [m for m in envelopes.messages if m.interchange == ordinal]
    return bool(messages) and all(m.format in ACKNOWLEDGEMENTS for m in messages)


def answered_groups(envelopes: Envelopes, ordinal: int) -> list[tuple[int, MessageGroup]]:
    """The groups that a 997 is owed for: all but functional acknowledgements."""
    found = []
    for number, group in enumerate(envelopes.groups):
        formats = {m.format for m in envelopes.messages if m.group == number}
        acknowledges = formats <= ACKNOWLEDGEMENTS if formats else group.kind.upper() == "FA"
        if group.interchange == ordinal and not acknowledges:
            found.append((number, group))
    return found


def interchange_answer(
    found: Interchange, route: Route, pen: Pen, faults: tuple[Fault, ...] = ()
) -> Segment:
    """TA101 to TA103 repeat ISA13, ISA09, ISA10; TA104 the verdict; TA105 the first fault's note code."""
    noted = (*found.faults, *faults)
    day, _, time = found.prepared.partition(" ")
    return (
        "TA1",
        found.control.zfill(9) if re.fullmatch(r"[0-9]{1,9}", found.control) else "0" * 9,
        day[-6:] if re.fullmatch(r"[0-9]{6}|[0-9]{8}", day) else route.at.strftime("%y%m%d"),
        time[:4] if re.fullmatch(r"[0-9]{4,8}", time) else pen.time(route.at),
        LETTER[verdict(noted)],
        _note_code(noted),
    )


def _note_code(faults: tuple[Fault, ...]) -> str:
    """The code of the worst fault: one that rejects, else the first."""
    ordered = sorted(faults, key=lambda fault: not fault.fatal)
    codes = [f.code if f.where == "TA105" else INVALID_CONTENT for f in ordered]
    return codes[0] if codes else "000"


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


def _ends(group: MessageGroup, pen: Pen) -> tuple[str, str, str]:
    """Version and, swapped, the identifiers of a group."""
    version = group.version if re.fullmatch(VERSION, group.version) else ""
    ends = (pen.copied(end.id, 15) for end in (group.receiver, group.sender))
    sender, receiver = (end if len(end) > 1 else "" for end in ends)
    return version, sender, receiver


def _pen(style: Style, found: Interchange, version: str) -> Pen:
    came = version if re.fullmatch(VERSION, version) else ""
    return pen_for_answer(style, came, found.version)
