"""The shapes that electronic orders are read into."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.inbound.reading import ReadOrder
from core.inbound.values import Finding
from extraction.edi.answers import Answer
from extraction.edi.faults import Fault, verdict
from extraction.edi.returns import Return


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file is by its content: format like "x12/850", confidence 0.0 to 1.0, reasons in words."""

    format: str
    confidence: float
    reasons: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        return self.format.partition("/")[0]


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

    @property
    def verdict(self) -> str:
        """ "accepted", "accepted-with-faults" or "rejected"."""
        return verdict(self.faults)


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


@dataclass(slots=True)
class Ledger:
    """The envelopes of one file, filled while its messages are read."""

    interchanges: list[Interchange] = field(default_factory=list)
    groups: list[MessageGroup] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """One message of a file: its format, lane, purpose code as given, control number and interchange (from 0).

    `order` is None for what is no order; `values` then says what was read of a return or an acknowledgement.
    `place` names where it begins. group: its group's number from 0, -1 for none. version: "004010", "D:96A:UN".
    declared: segments its trailer counts, "" without a trailer; counted: those that are there.
    """

    format: str
    lane: str
    purpose: str = ""
    control: str = ""
    interchange: int = 0
    place: str = ""
    order: ReadOrder | None = None
    group: int = -1
    version: str = ""
    declared: str = ""
    counted: int = 0
    faults: tuple[Fault, ...] = ()
    values: Return | Answer | None = None

    @property
    def verdict(self) -> str:
        return verdict(self.faults)


@dataclass(frozen=True, slots=True)
class EdiReading:
    """Everything one file says; `messages` also lists what is no order, so that nothing is unaccounted for."""

    format: str
    lane: str
    orders: tuple[ReadOrder, ...] = ()
    findings: tuple[Finding, ...] = ()
    interchanges: tuple[Interchange, ...] = ()
    messages: tuple[ReadMessage, ...] = field(default=(), repr=False)
    groups: tuple[MessageGroup, ...] = field(default=(), repr=False)
