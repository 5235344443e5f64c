"""Checks of what a message says it is: its process (ProfileID) and its specification (CustomizationID)."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.edi.peppol.paper import Element, Paper, text
from extraction.edi.peppol.rule import Check

PROCESS = "urn:fdc:peppol.eu:poacc:bis:"
SPECIFICATION = "urn:fdc:peppol.eu:poacc:trns:"


def profile_is(*names: str) -> Check:
    allowed = {PROCESS + name for name in names}

    def check(paper: Paper) -> Iterator[Element]:
        return (e for e in paper.all("ProfileID") if text(e) not in allowed)

    return check


def customization_starts(name: str) -> Check:
    def check(paper: Paper) -> Iterator[Element]:
        for element in paper.all("CustomizationID"):
            if not text(element).startswith(SPECIFICATION + name):
                yield element

    return check
