"""The shapes that electronic orders are read into."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.inbound.reading import ReadOrder
from core.inbound.values import Finding


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
    """An envelope as it arrived; `control` is its number, `version` the syntax version it claims."""

    standard: str
    version: str = ""
    sender: Endpoint = Endpoint()
    receiver: Endpoint = Endpoint()
    control: str = ""
    test: bool = False


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """One message of a file: its format, lane, purpose code as given, control number and interchange (from 0).

    `order` is None for what is no order. `place` names where it begins.
    """

    format: str
    lane: str
    purpose: str = ""
    control: str = ""
    interchange: int = 0
    place: str = ""
    order: ReadOrder | None = None


@dataclass(frozen=True, slots=True)
class EdiReading:
    """Everything one file says; `messages` also lists what is no order, so that nothing is unaccounted for."""

    format: str
    lane: str
    orders: tuple[ReadOrder, ...] = ()
    findings: tuple[Finding, ...] = ()
    interchanges: tuple[Interchange, ...] = ()
    messages: tuple[ReadMessage, ...] = field(default=(), repr=False)
