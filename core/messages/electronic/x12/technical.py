"""TA1 and 997: what we say about an interchange that arrived, never about one that only acknowledges.

TA1 per X12.5 (A/E/R, note codes I18); what a 997 says is in functional.
"""

from __future__ import annotations

import re
from collections import defaultdict

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
from core.messages.electronic.x12.functional import LETTER, group_answer
from core.messages.electronic.x12.pen import VERSION, Pen, Segment, pen_for_answer, pen_of

ACKNOWLEDGEMENTS = frozenset({"x12/997", "x12/999", "x12/TA1"})
INVALID_CONTENT = "024"
"""TA105: the interchange's content is invalid; for faults that have no code of their own."""


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
    messages = _by_group(envelopes)
    by_envelope: dict[tuple[str, str, str], list[TransactionSet]] = {}
    for number, group in groups:
        body = group_answer(group, messages[number], pen)
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
    found, messages = [], _by_group(envelopes)
    for number, group in enumerate(envelopes.groups):
        formats = {m.format for m in messages[number]}
        acknowledges = formats <= ACKNOWLEDGEMENTS if formats else group.kind.upper() == "FA"
        if group.interchange == ordinal and not acknowledges:
            found.append((number, group))
    return found


def _by_group(envelopes: Envelopes) -> dict[int, list[MessageEntry]]:
    found: dict[int, list[MessageEntry]] = defaultdict(list)
    for message in envelopes.messages:
        found[message.group].append(message)
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


def _ends(group: MessageGroup, pen: Pen) -> tuple[str, str, str]:
    """Version and, swapped, the identifiers of a group."""
    version = group.version if re.fullmatch(VERSION, group.version) else ""
    ends = (pen.copied(end.id, 15) for end in (group.receiver, group.sender))
    sender, receiver = (end if len(end) > 1 else "" for end in ends)
    return version, sender, receiver


def _pen(style: Style, found: Interchange, version: str) -> Pen:
    came = version if re.fullmatch(VERSION, version) else ""
    return pen_for_answer(style, came, found.version)
