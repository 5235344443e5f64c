"""TA1, 997 and 999: what the partner says about what we sent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.edi.answers import MEANING, Answer, Judged, Told
from extraction.edi.findings import Findings, note
from extraction.edi.x12.segments import Segment

FORMS = (
    ("AK1", 1, r"[A-Z]{2}", "7"),
    ("AK1", 2, r"[0-9]{1,9}", "6"),
    ("AK2", 1, r"[0-9]{3}", "7"),
    ("AK3", 2, r"[0-9]{1,10}", "6"),
    ("AK4", 2, r"[0-9]{0,4}", "6"),
    ("AK5", 1, r"[AEMRWX]", "7"),
    ("AK9", 1, r"[AEMPRWX]", "7"),
    ("AK9", 2, r"[0-9]{1,6}", "6"),
    ("AK9", 3, r"[0-9]{1,6}", "6"),
    ("AK9", 4, r"[0-9]{1,6}", "6"),
)
"""Segment, element, its form, and the AK403 code when it has another."""


def read_interchange_answer(s: Segment) -> Answer:
    """TA1: our interchange number, day, time, A/E/R, note code."""
    faults = (Told("TA105", s[5]),) if s[5].strip("0") else ()
    return Answer("interchange", s[1], MEANING.get(s[4].upper(), "rejected"), faults=faults)


def check_group_answer(segments: Sequence[Segment], findings: Findings) -> None:
    """Note what a 997 holds that it may not; it is believed as far as it can be read."""
    for s in segments:
        for tag, n, form, code in FORMS:
            if s.tag == tag and not re.fullmatch(form, s[n]):
                findings.add(
                    "edi-value", s.place, element=f"{tag}{n:02}", value=s[n], code=note(f"AK403 code {code}")
                )  # fmt: skip


def read_group_answer(segments: Sequence[Segment]) -> Answer:
    """AK1 names our group, AK2 to AK5 each judged set, AK9 the group as a whole; 999 writes IK3 to IK5."""
    head = _first(segments, "AK1")
    end = _first(segments, "AK9")
    faults = tuple(Told("AK905", end[n]) for n in range(5, 10) if end[n]) if end else ()
    return Answer(
        "group",
        head[2] if head else "",
        MEANING.get(end[1].upper(), "rejected") if end else "",
        head[1] if head else "",
        faults,
        tuple(_judged(loop) for loop in _loops(segments)),
        end[2] if end else "",
        end[3] if end else "",
        end[4] if end else "",
    )


def _loops(segments: Sequence[Segment]) -> list[list[Segment]]:
    loops: list[list[Segment]] = []
    for s in segments:
        if s.tag == "AK2":
            loops.append([s])
        elif s.tag in ("AK1", "AK9", "SE"):
            continue
        elif loops:
            loops[-1].append(s)
    return loops


def _judged(loop: list[Segment]) -> Judged:
    head, faults, verdict = loop[0], [], ""
    tag = position = ""
    for s in loop[1:]:
        if s.tag in ("AK3", "IK3"):
            tag, position = s[1], s[2]
            faults.append(Told("AK304", s[4], tag, position))
        elif s.tag in ("AK4", "IK4"):
            faults.append(Told("AK403", s[3], tag, position, s.first(1), s[4]))
        elif s.tag in ("AK5", "IK5"):
            verdict = MEANING.get(s[1].upper(), "rejected")
            faults += [Told("AK502", s[n]) for n in range(2, 7) if s[n]]
    return Judged(head[1], head[2], verdict, tuple(f for f in faults if f.code or f.element))


def _first(segments: Sequence[Segment], tag: str) -> Segment | None:
    return next((s for s in segments if s.tag == tag), None)
