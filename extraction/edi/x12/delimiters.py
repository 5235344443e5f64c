"""Finds the separators of an X12 interchange from its ISA segment, leniently but never by a guess.

X12.5 fixes ISA at 106 characters; senders shorten identifiers, leave out ISA16 or wrap lines. So the separators
are counted instead, and the segment end is believed only when GS, TA1, ISB or IEA follows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HEAD = 600
"""An ISA with everything that may be wrong with it ends well within this many characters."""

BLANKS = " \t\r\n"
"""Blanks in the sense of EDI; the separators of the standard's own (hex 1C to 1F) are none."""

_FOLLOWS = r"(?:GS|TA1|ISB|ISE|IEA)"


@dataclass(frozen=True, slots=True)
class Delimiters:
    """element "*", component ">" or "", segment "~" or "\\n"; `unusual` says what is odd about the ISA."""

    element: str
    component: str
    segment: str
    unusual: str = ""

    def as_told(self, repetition: str) -> str:
        """As Interchange.separators; repetition: ISA11, which is a letter in versions that have no such separator."""
        own = repetition if len(repetition) == 1 and not repetition.isalnum() else " "
        return f"{self.element}{self.component or ' '}{self.segment}{own}"


def find(text: str) -> tuple[Delimiters, int] | None:
    """Separators of the ISA that `text` begins with, and where the ISA ends (its segment end excluded).

    None when the header cannot be trusted.
    """
    head = text[:HEAD]
    if len(head) < 30 or head[:3].upper() != "ISA":
        return None
    element = head[3]
    if element.isalnum() or element in BLANKS:
        return None
    places = [n for n, c in enumerate(head) if c == element]
    if len(places) < 16:
        return None
    return (
        _with_component(head, element, places)
        or _without_component(head, element, places)
        or _by_the_book(head, places)
    )


def _with_component(head: str, element: str, places: list[int]) -> tuple[Delimiters, int] | None:
    after = places[15] + 1
    if "GS" in head[places[14] : places[15]]:
        return None
    for length in (1, 0):
        component = head[after : after + length]
        if component.isalnum() or (component and component in BLANKS):
            continue
        end = _segment_end(head, after + length, element)
        if end is None:
            continue
        segment, at = end
        if length and segment in "\r\n" and _ends_rows(head[at:], component, segment):
            continue
        unusual = "" if at == 105 and length else f"{at + 1} characters instead of 106"
        if not length:
            unusual = "ISA16 is missing"
        return Delimiters(element, component, segment, unusual), at
    return None


def _ends_rows(rest: str, mark: str, end: str) -> bool:
    """Whether the next row ends with the mark, so that it is the segment end and no component separator."""
    row = rest.lstrip("\r\n").partition(end)[0].rstrip(BLANKS)
    return row.endswith(mark)


def _without_component(head: str, element: str, places: list[int]) -> tuple[Delimiters, int] | None:
    """ISA16 left out together with the separator before it: ISA15 runs up to the segment end."""
    start = places[14] + 1
    if start >= len(head) or not head[start].isalpha():
        return None
    end = _segment_end(head, start + 1, element)
    return end and (Delimiters(element, "", end[0], "ISA16 is missing"), end[1])


def _by_the_book(head: str, places: list[int]) -> tuple[Delimiters, int] | None:
    """An ISA of exactly 106 characters, behind which no known segment comes: its marks stand where X12.5 puts them."""
    if len(head) < 106 or places[15] != 103:
        return None
    element, component, segment = head[3], head[104], head[105]
    marks = {element, component, segment}
    if len(marks) < 3 or any(mark.isalnum() or mark in BLANKS for mark in marks):
        return None
    if not re.match(f"[ \t\r\n]*[A-Z0-9]{{1,4}}{re.escape(element)}", head[106:], re.IGNORECASE):
        return None
    return Delimiters(element, component, segment, "no group begins behind it"), 105


def _segment_end(head: str, start: int, element: str) -> tuple[str, int] | None:
    """The segment end at or behind blanks from `start`, and its position; None unless a known segment follows."""
    at = start
    while at < len(head) and head[at] in " \t":
        at += 1
    if at >= len(head):
        return None
    segment = head[at]
    if segment in "\r\n":
        segment = "\n" if "\n" in head[at : at + 2] else "\r"
    if segment.isalnum() or segment == element:
        return None
    follows = re.compile(
        f"[{re.escape(segment)} \t\r\n]*{_FOLLOWS}{re.escape(element)}", re.IGNORECASE
    )
    return (segment, at) if follows.match(head, at + 1) else None
