"""Finds the separators of an EDIFACT interchange: from UNA, else from UNB, else the standard's own (ISO 9735-1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

HEAD = 600


@dataclass(frozen=True, slots=True)
class Service:
    """The separators in force; `release` is "" when none is declared. `unusual` says what was odd."""

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"
    segment: str = "'"
    unusual: str = ""

    def as_told(self) -> str:
        """As Interchange.separators."""
        marks = (self.component, self.element, self.decimal, self.release, self.segment)
        return "".join(mark[:1] or " " for mark in marks)


def from_una(head: str) -> tuple[Service, int] | None:
    """The service string advice at the head of the text and its length; None when it is broken."""
    if len(head) < 9 or head[:3] != "UNA":
        return None
    component, element, decimal, release, segment = head[3], head[4], head[5], head[6], head[8]
    length = 9
    unusual = ""
    if head[8:].lstrip(" ")[:1] in ("\r", "\n"):
        segment, unusual = "\n", "segments end with the line"
    elif head[8] == " " and head[9:10] and not head[9].isalnum():
        segment, length, unusual = head[9], 10, "UNA is one character too long"
    marks = [c for c in (component, element, segment, release.strip(" ")) if c]
    if len(set(marks)) != len(marks) or any(c.isalnum() for c in marks):
        return None
    return Service(component, element, decimal, release.strip(" "), segment, unusual), length


def from_unb(head: str) -> Service:
    """What the UNB segment itself shows, for interchanges without UNA."""
    found = re.match(r"UN[BH]([^A-Za-z0-9 \t\r\n])", head)
    if found is None:
        return Service()
    element = found[1]
    syntax = re.match(r"[A-Z]{4}([^A-Za-z0-9 \t\r\n])[0-9]", head[4:10])
    component = syntax[1] if syntax else ":"
    ends = re.search(r"([^ \t\r\n])[ \t\r\n]*(?:UNH|UNG)" + re.escape(element), head)
    segment = "'"
    if ends is None or (ends[1].isalnum() and re.search(r"\n\s*(?:UNH|UNG)", head)):
        segment = "\n" if re.search(r"\n\s*(?:UNH|UNG)", head) else "'"
    elif not ends[1].isalnum() and ends[1] not in (element, component):
        segment = ends[1]
    standard = (component, element, segment) == (":", "+", "'")
    return Service(
        component,
        element,
        segment=segment,
        unusual="" if standard else "no UNA declares the separators",
    )
