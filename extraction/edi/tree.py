"""The envelopes of what was read, as the core keeps them; also of a file whose reading broke off."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from core.errors import Unreadable
from core.inbound.envelopes import Endpoint, Envelopes, Fault, Interchange, MessageEntry
from extraction.edi.answers import Answer
from extraction.edi.decoding import as_utf8
from extraction.edi.read import read_stream, says_something
from extraction.edi.values import EdiReading, ReadMessage

ANSWER = "answer"
BROKEN = {"x12": ("TA105", "022"), "edifact": ("0085", "18")}
"""Standard -> the code of an interchange that cannot be read on: X12 I18 "invalid control structure", EDIFACT 0085
"unspecified error"."""


def envelopes_of(reading: EdiReading, part: int = 1) -> Envelopes:
    """One file's tree; `order` of a message counts the reading's orders."""
    order, entries = 0, []
    for message in reading.messages:
        holds = says_something(message.order)
        entries.append(entry_of(message, order if holds else -1))
        order += holds
    interchanges = reading.interchanges or (Interchange(reading.format.partition("/")[0]),)
    return Envelopes(
        tuple(replace(one, part=part) for one in interchanges), reading.groups, tuple(entries)
    )


def entry_of(message: ReadMessage, order: int = -1) -> MessageEntry:
    """The message without what it orders. order: its number among the orders, -1 for none."""
    return MessageEntry(
        message.format,
        ANSWER if isinstance(message.values, Answer) else message.lane,
        message.purpose,
        message.control,
        message.version,
        message.interchange,
        message.group,
        message.place,
        order,
        message.declared,
        message.counted,
        message.faults,
        _told(message),
    )


def _told(message: ReadMessage) -> dict[str, Any] | None:
    return asdict(message.values) if message.values is not None else message.quoted or None


def broken(content: bytes, part: int, error: Unreadable) -> Envelopes:
    """What was understood of a file before its reading broke off; its last interchange is rejected for it.

    A file of which not even the kind can be told has no interchange.
    """
    found: list[ReadMessage] = []
    stream = None
    try:
        stream = read_stream(io.BytesIO(content), part)
        for message in stream or ():
            found.append(message)
    except Unreadable as again:
        error = again
    if stream is None:
        return Envelopes()
    family = stream.sniffed.family
    known = stream.interchanges or _guessed(family, content)
    return broken_off(family, known, tuple(found), part, error, stream.groups)


def _guessed(standard: str, content: bytes) -> tuple[Interchange, ...]:
    """The ends and number of an ISA header whose other separators cannot be told, so that its sender can be answered.

    The character behind the name parts elements, whatever else is wrong (X12.5, section 4).
    """
    head = as_utf8(content[:2000]).decode("latin-1").lstrip("\ufeff \t\r\n")[:400]
    at = next((n for n, c in enumerate(head[:5]) if not c.isalnum()), 3)
    mark = head[at : at + 1]
    elements = [e.strip() for e in head[at + 1 :].split(mark)] if len(head) > 100 else []
    if standard != "x12" or len(elements) < 14 or not elements[12].isdigit():
        return ()
    sender, receiver = Endpoint(elements[5], elements[4]), Endpoint(elements[7], elements[6])
    prepared = f"{elements[8]} {elements[9]}"
    return (Interchange("x12", elements[11], sender, receiver, elements[12], prepared=prepared),)


def broken_off(
    standard: str,
    interchanges: Sequence[Interchange],
    found: Sequence[ReadMessage],
    part: int,
    error: Unreadable,
    groups: Sequence[Any] = (),
) -> Envelopes:
    known = list(interchanges) or [Interchange(standard)]
    known[-1] = replace(known[-1], faults=(*known[-1].faults, unreadable(standard, error)))
    entries = tuple(entry_of(message) for message in found)
    return Envelopes(tuple(replace(one, part=part) for one in known), tuple(groups), entries)


def unreadable(standard: str, error: Unreadable) -> Fault:
    """The fault of an interchange that cannot be read on. value: our own code for the reason."""
    where, code = BROKEN.get(standard, ("", ""))
    return Fault("interchange", where, code, "edi-unreadable", value=error.code)


def joined(trees: Iterable[Envelopes]) -> Envelopes:
    """The trees of several parts of one message as one, numbers counted on."""
    whole = Envelopes()
    orders = 0
    for tree in trees:
        interchanges, groups = len(whole.interchanges), len(whole.groups)
        whole = Envelopes(
            whole.interchanges + tree.interchanges,
            whole.groups
            + tuple(replace(g, interchange=g.interchange + interchanges) for g in tree.groups),
            whole.messages
            + tuple(
                replace(
                    m,
                    interchange=m.interchange + interchanges,
                    group=m.group + groups if m.group >= 0 else -1,
                    order=m.order + orders if m.order >= 0 else -1,
                )
                for m in tree.messages
            ),
        )
        orders += sum(m.order >= 0 for m in tree.messages)
    return whole
