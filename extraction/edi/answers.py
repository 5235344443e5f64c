"""What a technical acknowledgement says about something that we sent (X12 TA1 and 997, EDIFACT CONTRL)."""

from __future__ import annotations

from dataclasses import dataclass

MEANING = {
    "A": "accepted",
    "E": "accepted-with-faults",
    "P": "partly-accepted",
    "R": "rejected",
    "M": "rejected",
    "W": "rejected",
    "X": "rejected",
}
"""X12 elements 715 (AK901), 717 (AK501) and I17 (TA104)."""

CONTRL_MEANING = {"1": "accepted", "4": "rejected", "7": "accepted", "8": "received"}
"""EDIFACT 0083."""


@dataclass(frozen=True, slots=True)
class Told:
    """One fault that the partner tells: the code with its element ("AK403", "7"), segment tag and position, element, value."""

    where: str
    code: str
    tag: str = ""
    segment: str = ""
    element: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """Their word on one of our messages: its kind ("855", "ORDRSP") and number."""

    kind: str
    control: str
    verdict: str
    faults: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Their word on one of our interchanges (`level` "interchange") or groups ("group", `kind` e.g. "PR").

    declared, received, accepted: messages as they count them, "" when not told.
    """

    level: str
    control: str
    verdict: str
    kind: str = ""
    faults: tuple[Told, ...] = ()
    messages: tuple[Judged, ...] = ()
    declared: str = ""
    received: str = ""
    accepted: str = ""
