"""Where in its message a fault is: the segment's tag and position, the element and component, as AK3/AK4 and UCS/UCD name them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from core.inbound.envelopes import Fault

AT_BEGINNING = ("edi-po-number-missing", "edi-purpose-unknown")
"""Found out when the whole message was read, but about the segment that begins it."""


class AnySegment(Protocol):
    @property
    def tag(self) -> str: ...
    @property
    def number(self) -> int: ...


S = TypeVar("S", bound=AnySegment)


@dataclass(frozen=True, slots=True)
class Shape:
    """Of one kind of message: its first segment behind the header with the element of the order's number, the segment
    that begins a line, and those of the summary."""

    beginning: str = ""
    number: int = 0
    line: str = ""
    summary: frozenset[str] = frozenset()


def located(
    faults: tuple[Fault, ...],
    segments: Sequence[S],
    shape: Shape,
    elements: Callable[[S], Sequence[Sequence[str]]],
) -> tuple[Fault, ...]:
    """The faults of one message with their places. elements: of a segment, its tag first, each parted into components."""
    if not faults or not segments:
        return faults
    return tuple(
        _located(f, segments, shape, elements) if f.level in ("segment", "element") else f
        for f in faults
    )


def _located(
    fault: Fault,
    segments: Sequence[S],
    shape: Shape,
    elements: Callable[[S], Sequence[Sequence[str]]],
) -> Fault:
    if fault.finding == "edi-segment-missing":
        return replace(fault, tag=fault.value, position=2)
    if fault.finding == "edi-no-lines":
        return replace(fault, tag=shape.line, position=_end(segments, shape))
    first = segments[0].number
    at = fault.segment - first
    if fault.finding in AT_BEGINNING:
        at = next((n for n, s in enumerate(segments) if s.tag == shape.beginning), -1)
        if at < 0:
            return replace(fault, tag=shape.beginning, position=2, element=shape.number)
        fault = replace(fault, segment=first + at)
    if not 0 <= at < len(segments):
        return fault
    segment = segments[at]
    element, component = fault.element, 0
    if fault.finding == "edi-po-number-missing":
        element = shape.number
    elif fault.level == "element" and fault.value:
        element, component = _place(fault.value, elements(segment)) or (element, 0)
    return replace(fault, tag=segment.tag, position=at + 1, element=element, component=component)


def _end(segments: Sequence[S], shape: Shape) -> int:
    """The position at which the lines were missed: that of the summary, or of the trailer."""
    for n, s in enumerate(segments, 1):
        if s.tag in shape.summary:
            return n
    return len(segments)


def _place(value: str, elements: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """Element and component (0 when it has only one) in which this value stands."""
    wanted = " ".join(value.split())
    for n, parts in enumerate(elements):
        if n and wanted in (found := [" ".join(p.split()) for p in parts]):
            return n, found.index(wanted) + 1 if len(parts) > 1 else 0
    return None
