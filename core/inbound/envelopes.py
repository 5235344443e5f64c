"""The envelopes of an electronic file as plain values: interchange, group, message, and what is wrong with each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

LEVELS = ("interchange", "group", "message", "segment", "element")

FATAL = frozenset(
    {
        "edi-cut",
        "edi-message-unclosed",
        "edi-no-message",
        "edi-not-supported",
        "edi-po-number-missing",
        "edi-segment-missing",
        "edi-envelope-missing",
        "edi-other-standard",
        "edi-header-tag",
        "edi-message-headless",
        "edi-unreadable",
    }
)
"""What cannot be lived with, whatever the partner: the rest is read and noted."""

VERDICTS = ("accepted", "accepted-with-faults", "rejected")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: level of LEVELS, `where` the code stands in an answer ("AK502", "0085"), the code itself.

    finding: our own code. segment: number in the file from 1, 0 for none; value: what stood there. tag: the segment's
    name; position: its number in its message from 1, counting the message's header; element, component: from 1; 0 or
    "" when it is not about one. weight: "note" or "reject" where a partner's profile judges it, else the house does.
    """

    level: str
    where: str
    code: str
    finding: str
    segment: int = 0
    value: str = ""
    tag: str = ""
    position: int = 0
    element: int = 0
    component: int = 0
    weight: str = ""

    @property
    def fatal(self) -> bool:
        if self.weight:
            return self.weight == "reject"
        numbered = self.level in ("interchange", "message")
        return (numbered and self.finding == "edi-duplicate-number") or self.finding in FATAL

    @staticmethod
    def of_json(found: dict[str, Any]) -> Fault:
        return Fault(**found)


def verdict(faults: Iterable[Fault]) -> str:
    """One of VERDICTS."""
    found = list(faults)
    if any(f.fatal for f in found):
        return "rejected"
    return "accepted-with-faults" if found else "accepted"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One end of an interchange: its identifier with the qualifier that says whose identifier it is."""

    id: str = ""
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Interchange:
    """An envelope as it arrived; `control` is its number, `version` the syntax version it claims.

    prepared: day and time as written. wants_answer: the sender asks for a technical acknowledgement.
    declared: groups or messages its trailer counts, "" without a trailer; counted: those that are there.
    part: the part of the message that carried it. digest: SHA-256 (hex) of its segments without what stands between
    them, of an XML file's bytes; size: of what was hashed.
    separators: as they were, in the order of core.messages.electronic.facts.Style: X12 element, component, segment,
    repetition; EDIFACT component, element, decimal mark, release, segment; a blank for one that is not used.
    """

    standard: str
    version: str = ""
    sender: Endpoint = Endpoint()
    receiver: Endpoint = Endpoint()
    control: str = ""
    test: bool = False
    prepared: str = ""
    wants_answer: bool = False
    declared: str = ""
    counted: int = 0
    place: str = ""
    faults: tuple[Fault, ...] = ()
    part: int = 1
    digest: str = ""
    size: int = 0
    separators: str = ""

    @property
    def verdict(self) -> str:
        return verdict(self.faults)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def of_json(found: dict[str, Any]) -> Interchange:
        return Interchange(**{**found, **_ends(found), "faults": _faults(found)})


@dataclass(frozen=True, slots=True)
class MessageGroup:
    """A functional group (GS..GE, UNG..UNE): kind "PO", control, version, ids of its own; numbers as of Interchange.

    interchange: the number of its interchange, from 0.
    """

    kind: str
    control: str
    version: str = ""
    agency: str = ""
    sender: Endpoint = Endpoint()
    receiver: Endpoint = Endpoint()
    interchange: int = 0
    declared: str = ""
    counted: int = 0
    place: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def verdict(self) -> str:
        return verdict(self.faults)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def of_json(found: dict[str, Any]) -> MessageGroup:
        return MessageGroup(**{**found, **_ends(found), "faults": _faults(found)})


@dataclass(frozen=True, slots=True)
class MessageEntry:
    """One message in its envelopes, without what it says: what a technical answer and a tree on the screen need.

    format: "x12/850", "edifact/ORDERS", "ubl/Order" ...; lane: one of core.inbound.reading.LANES, or "answer" for a
    technical or business acknowledgement of something that we sent. interchange, group: numbers from 0, -1 for no
    group. order: its place in Extraction.orders, -1 for no order. declared: segments its trailer counts, "" without a
    trailer; counted: those that are there. told: what a partner's acknowledgement says, as JSON
    (extraction.edi.answers.Answer), or a return's content, or an order's numbers ("number", "change_number", "release").
    """

    format: str
    lane: str
    purpose: str = ""
    control: str = ""
    version: str = ""
    interchange: int = 0
    group: int = -1
    place: str = ""
    order: int = -1
    declared: str = ""
    counted: int = 0
    faults: tuple[Fault, ...] = ()
    told: dict[str, Any] | None = None

    @property
    def verdict(self) -> str:
        return verdict(self.faults)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def of_json(found: dict[str, Any]) -> MessageEntry:
        return MessageEntry(**{**found, "faults": _faults(found)})


@dataclass(frozen=True, slots=True)
class Envelopes:
    """The tree of one file: groups point to interchanges, messages to both, by number."""

    interchanges: tuple[Interchange, ...] = ()
    groups: tuple[MessageGroup, ...] = ()
    messages: tuple[MessageEntry, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "interchanges": [one.as_json() for one in self.interchanges],
            "groups": [one.as_json() for one in self.groups],
            "messages": [one.as_json() for one in self.messages],
        }

    def levels(self) -> tuple[Interchange | MessageGroup | MessageEntry, ...]:
        """Everything that has faults and a verdict, from the outside inwards."""
        return (*self.interchanges, *self.groups, *self.messages)

    @staticmethod
    def of_json(found: dict[str, Any]) -> Envelopes:
        return Envelopes(
            tuple(Interchange.of_json(one) for one in found.get("interchanges", ())),
            tuple(MessageGroup.of_json(one) for one in found.get("groups", ())),
            tuple(MessageEntry.of_json(one) for one in found.get("messages", ())),
        )


def _faults(found: dict[str, Any]) -> tuple[Fault, ...]:
    return tuple(Fault.of_json(one) for one in found.get("faults", ()))


def _ends(found: dict[str, Any]) -> dict[str, Endpoint]:
    return {name: Endpoint(**found.get(name, {})) for name in ("sender", "receiver")}
