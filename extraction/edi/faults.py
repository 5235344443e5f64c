"""Faults as acknowledgements name them (TA1, 997, CONTRL): what is wrong, where, and whether it can be lived with."""

from __future__ import annotations

import re

from core.inbound.envelopes import LEVELS, Fault

LEVEL_OF = {
    "TA105": "interchange",
    "AK905": "group",
    "AK502": "message",
    "AK304": "segment",
    "AK403": "element",
}
"""X12: the element of the acknowledgement that carries the code -> what the code is about."""

CONTENT_FAULTS: dict[str, dict[str, str]] = {
    "x12": {
        "edi-segment-unknown": "AK304 code 1",
        "edi-no-lines": "AK304 code 3",
        "edi-segment-missing": "AK304 code 3",
        "edi-po-number-missing": "AK403 code 1",
        "edi-number": "AK403 code 6",
        "edi-purpose-unknown": "AK403 code 7",
        "edi-date": "AK403 code 8",
        "edi-not-supported": "AK502 code 1",
    },
    "edifact": {
        "edi-segment-unknown": "0085 code 15",
        "edi-no-lines": "0085 code 13",
        "edi-segment-missing": "0085 code 13",
        "edi-po-number-missing": "0085 code 13",
        "edi-number": "0085 code 37",
        "edi-purpose-unknown": "0085 code 12",
        "edi-date": "0085 code 12",
        "edi-not-supported": "0085 code 17",
    },
}
"""Standard -> finding -> its own code: X12 elements 720 (AK304), 723 (AK403), 718 (AK502); EDIFACT 0085."""

ELEMENTS = frozenset(
    {"edi-po-number-missing", "edi-number", "edi-date", "edi-purpose-unknown"}
)  # fmt: skip
"""Findings about one element; the others are about a whole segment."""

_ELEMENT = re.compile(r"[A-Z][A-Z0-9]{1,2}([0-9]{2})")
"""An element as the standards name it: "BEG03"."""


def fault_of(
    finding: str, standard_code: str, place: str, value: str, level: str = "", about: str = ""
) -> Fault | None:
    """A fault from a finding that carries the standard's code, "AK502 code 4"; None when it carries none.

    level: when the finding is made at more than one. about: what the finding calls the element, "SAC05" or a field.
    """
    where, _, code = standard_code.partition(" code ")
    if not code:
        return None
    number = place.removeprefix("segment ")
    level = level or LEVEL_OF.get(where) or _level(finding)
    named = _ELEMENT.fullmatch(about)
    element = int(named[1]) if named else 0
    at = int(number) if number.isdigit() else 0
    return Fault(level, where, code, finding, at, value, element=element)


def _level(finding: str) -> str:
    """EDIFACT uses one list of codes for every level: the finding's own name tells."""
    if finding in ELEMENTS:
        return "element"
    named = finding.removeprefix("edi-").partition("-")[0]
    if finding in ("edi-cut", "edi-no-message"):
        return "interchange"
    if finding in ("edi-not-supported", "edi-duplicate-number"):
        return "message"
    return named if named in LEVELS else "segment"
