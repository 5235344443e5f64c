"""The shapes that electronic orders are read into."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from core.inbound.envelopes import Fault, Interchange, MessageGroup, verdict
from core.inbound.reading import ReadOrder
from core.inbound.values import Finding
from extraction.edi.answers import Answer
from extraction.edi.returns import Return


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file is by its content: format like "x12/850", confidence 0.0 to 1.0, reasons in words.

    before: so many bytes of it, in an encoding that keeps ASCII, stand before the envelope and are no part of it.
    """

    format: str
    confidence: float
    reasons: tuple[str, ...] = ()
    before: int = 0

    @property
    def family(self) -> str:
        return self.format.partition("/")[0]


@dataclass(slots=True)
class Ledger:
    """The envelopes of one file, filled while its messages are read.

    Who walks through a long file takes what is closed (see `released`), so that the ledger does not grow; numbers count
    on all the same. known: so many messages were read before; only their envelopes are checked.
    """

    interchanges: list[Interchange] = field(default_factory=list)
    groups: list[MessageGroup] = field(default_factory=list)
    gone_interchanges: int = 0
    gone_groups: int = 0
    in_interchange: bool = False
    in_group: bool = False
    known: int = 0

    def is_known(self) -> bool:
        """Whether the message met now was read before."""
        if not self.known:
            return False
        self.known -= 1
        return True

    @property
    def interchange(self) -> int:
        """The number of the interchange met last, 0 before the first."""
        return max(self.gone_interchanges + len(self.interchanges) - 1, 0)

    @property
    def group(self) -> int:
        """The number of the group met last, -1 before the first."""
        return self.gone_groups + len(self.groups) - 1

    def open_interchange(self, one: Interchange) -> None:
        self.interchanges.append(one)
        self.in_interchange = True

    def close_interchange(self, **facts: Any) -> None:
        self.interchanges[-1] = replace(self.interchanges[-1], **facts)
        self.in_interchange = False

    def open_group(self, one: MessageGroup) -> None:
        self.groups.append(one)
        self.in_group = True

    def close_group(self, **facts: Any) -> None:
        self.groups[-1] = replace(self.groups[-1], **facts)
        self.in_group = False

    def released(self) -> tuple[dict[int, Interchange], dict[int, MessageGroup]]:
        """Takes everything but what is open still, by number."""
        kept_groups = 1 if self.in_group else 0
        kept = 1 if self.in_interchange else 0
        groups = self.groups[: len(self.groups) - kept_groups]
        interchanges = self.interchanges[: len(self.interchanges) - kept]
        found = (
            dict(enumerate(interchanges, self.gone_interchanges)),
            dict(enumerate(groups, self.gone_groups)),
        )
        del self.interchanges[: len(interchanges)], self.groups[: len(groups)]
        self.gone_interchanges += len(interchanges)
        self.gone_groups += len(groups)
        return found


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """One message of a file: its format, lane, purpose code as given, control number and interchange (from 0).

    `order` is None for what is no order; `values` then says what was read of a return or an acknowledgement.
    `place` names where it begins. group: its group's number from 0, -1 for none. version: "004010", "D:96A:UN".
    declared: segments its trailer counts, "" without a trailer; counted: those that are there. quoted: the numbers of an
    order that answers and searches name (extraction.edi.order.OrderBuilder.quote).
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
    quoted: dict[str, str] = field(default_factory=dict)

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
