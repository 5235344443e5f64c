"""The shapes that electronic orders are read into."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.inbound.envelopes import Fault, Interchange, MessageGroup, verdict
from core.inbound.reading import ReadOrder
from core.inbound.values import Finding
from extraction.edi.answers import Answer
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
