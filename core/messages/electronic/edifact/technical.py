"""CONTRL: what we say about an interchange that arrived, never about one that only holds CONTRL.

ISO 9735 (CONTRL D.3 for syntax versions 1 to 3) and ISO 9735-4 (CONTRL 4.1 for version 4). 0083: 4 this level and all
below rejected, 7 acknowledged, and below unless rejected by name, 8 received. A fault that is lived with is not told:
the standard knows no acceptance with faults. What arrived is copied as far as it can be written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.inbound.envelopes import (
    Endpoint,
    Envelopes,
    Fault,
    Interchange,
    MessageEntry,
    MessageGroup,
    verdict,
)
from core.messages.electronic.edifact.envelope import one_message
from core.messages.electronic.edifact.pen import Element, Pen, Segment, pen_for_answer
from core.messages.electronic.facts import Route, Style
from core.messages.electronic.problems import NothingToAnswer

CONTRL = "edifact/CONTRL"
REJECTED, ACKNOWLEDGED, RECEIVED = "4", "7", "8"
MISSING, NUMBERS_DIFFER, COUNTS_DIFFER = "13", "28", "29"
"""0085 codes whose fault lies in a trailer when they are about a whole level."""
TRAILER_CODES = frozenset({MISSING, NUMBERS_DIFFER, COUNTS_DIFFER})
UNSPECIFIED = "18"
"""0085, unspecified error: of a fault that has no code of this standard."""
IDENTIFIED: dict[tuple[str, str], Element] = {
    ("UNB", "2"): "2",
    ("UNB", "7"): "4",
    ("UNB", "23"): "3",
    ("UNB", "25"): "12",
    ("UNB", "26"): "6",
    ("UNH", "17"): ("3", "1"),
    ("UNH", "26"): "2",
}
"""Header and 0085 code -> S011, the element that the code is about; the tag is 1."""
MISSING_SEGMENTS = frozenset({"edi-segment-missing", "edi-no-lines"})
"""Findings whose place is where the segment should stand; CONTRL names the segment before."""


def write_syntax_report(
    envelopes: Envelopes, ordinal: int, route: Route, style: Style, faults: tuple[Fault, ...]
) -> bytes:
    """One CONTRL, also for an interchange that could hardly be read. The style's message version is not used."""
    found = envelopes.interchanges[ordinal]
    messages = answered_messages(envelopes, ordinal)
    if not messages and any(m.interchange == ordinal for m in envelopes.messages):
        raise NothingToAnswer
    pen = pen_for_answer(style, found.version)
    judged = replace(found, faults=(*found.faults, *faults))
    body = [_uci(judged, bool(messages), route, pen)]
    if judged.verdict != "rejected":
        groups = [(n, g) for n, g in enumerate(envelopes.groups) if g.interchange == ordinal]
        body += _groups(groups, messages, pen)
        if not groups:
            body += [segment for m in messages for segment in _message(m, pen)]
    return one_message(_ungrouped(route), pen, "CONTRL", tuple(body))


def answered_messages(envelopes: Envelopes, ordinal: int) -> list[MessageEntry]:
    """What a CONTRL may speak of: everything but CONTRL."""
    return [m for m in envelopes.messages if m.interchange == ordinal and m.format != CONTRL]


def _uci(found: Interchange, any_message: bool, route: Route, pen: Pen) -> Segment:
    """UCI copies reference, sender and recipient of the interchange as they came; an end that could not be read
    is that of our own envelope."""
    action = REJECTED if found.verdict == "rejected" else ACKNOWLEDGED if any_message else RECEIVED
    return (
        "UCI", pen.copied(found.control, 14) or "0", _copied(found.sender, pen, route.receiver),
        _copied(found.receiver, pen, route.sender), action, *_error(found.faults, action, "UNB", "UNZ"),
    )  # fmt: skip


def _error(faults: Iterable[Fault], action: str, header: str, trailer: str) -> tuple[Element, ...]:
    """0085, 0135 and S011 of a rejected level: the fault that rejects it, in its header or trailer, and the element."""
    if action != REJECTED:
        return ()
    worst = sorted(faults, key=lambda fault: not fault.fatal)
    if not worst:
        return ()
    code = worst[0].code if worst[0].where == "0085" else UNSPECIFIED
    tag = trailer if code in TRAILER_CODES else header
    if worst[0].finding == "edi-message-headless":
        tag = "UNH"
    return (code, tag, IDENTIFIED[tag, code]) if (tag, code) in IDENTIFIED else (code, tag)


def _groups(
    groups: list[tuple[int, MessageGroup]], messages: list[MessageEntry], pen: Pen
) -> list[Segment]:
    """UCF for a group that is rejected, or that holds rejected messages, each with its UCM."""
    rows: list[Segment] = []
    for number, group in groups:
        rejected = verdict(group.faults) == "rejected"
        inside = [] if rejected else [
            segment for m in messages if m.group == number for segment in _message(m, pen)
        ]  # fmt: skip
        if rejected or inside:
            action = REJECTED if rejected else ACKNOWLEDGED
            rows.append(
                (
                    "UCF", pen.copied(group.control, 14) or "0", _copied(group.sender, pen),
                    _copied(group.receiver, pen), action, *_error(group.faults, action, "UNG", "UNE"),
                )
            )  # fmt: skip
        rows += inside
    return rows


def _message(message: MessageEntry, pen: Pen) -> list[Segment]:
    """UCM of a rejected message with its faults; () for an accepted one, which UCI acknowledges."""
    if message.verdict != "rejected":
        return []
    whole = [f for f in message.faults if f.level == "message"]
    kind = message.format.partition("/")[2]
    version = message.version.split(":")[:4]
    identified = tuple(
        pen.copied(part, most)
        for part, most in zip((kind, *version), (6, 3, 3, 2, 6), strict=False)
    )
    head: Segment = (
        "UCM", pen.copied(message.control, 14) or "0", identified, REJECTED,
        *_error(whole, REJECTED, "UNH", "UNT"),
    )  # fmt: skip
    return [head, *_segments(message)]


def _segments(message: MessageEntry) -> Iterable[Segment]:
    """UCS for each segment at fault in its order (UNH is 1), with a UCD for each element of one that is there."""
    missing = {(f.tag, f.position) for f in message.faults if f.finding in MISSING_SEGMENTS}
    spots: dict[int, list[Fault]] = {}
    for fault in message.faults:
        absent = fault.element and (fault.tag, fault.position) in missing
        if fault.level in ("segment", "element") and fault.where == "0085" and not absent:
            spots.setdefault(_position(fault), []).append(fault)
    for position in sorted(spots):
        within = [f for f in spots[position] if f.element]
        for code in dict.fromkeys(f.code for f in spots[position] if not f.element):
            yield "UCS", str(position), code
        if within:
            yield "UCS", str(position)
        for fault in within:
            yield "UCD", fault.code, _place(fault)


def _position(fault: Fault) -> int:
    before = 1 if fault.finding in MISSING_SEGMENTS else 0
    return max(fault.position - before, 1)


def _place(fault: Fault) -> Element:
    """S011: the tag is 1, so that the first element is 2; components count from 1."""
    number = str(fault.element + 1)
    return (number, str(fault.component)) if fault.component else number


def _copied(end: Endpoint, pen: Pen, otherwise: Endpoint | None = None) -> Element:
    number = pen.copied(end.id, 35)
    if not number and otherwise is not None:
        return _copied(otherwise, pen)
    return number, pen.copied(end.qualifier, 4)


def _ungrouped(route: Route) -> Route:
    """A CONTRL stands in no group."""
    return replace(route, group_sender="", group_receiver="")
