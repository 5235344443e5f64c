"""CONTRL: what the partner says about what we sent."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.edi.answers import CONTRL_MEANING, Answer, Judged, Told
from extraction.edi.edifact.segments import Segment


def read_answer(segments: Sequence[Segment]) -> Answer:
    """UCI judges our interchange, UCM each message of it; UCS and UCD name segments and elements at fault."""
    uci = next((s for s in segments if s.tag == "UCI"), None)
    whole = () if uci is None or not uci.get(5) else (Told("0085", uci.get(5), uci.get(6)),)
    return Answer(
        "interchange",
        uci.get(1) if uci else "",
        _meaning(uci.get(4)) if uci else "",
        faults=whole,
        messages=tuple(_judged(loop) for loop in _loops(segments)),
    )


def _loops(segments: Sequence[Segment]) -> list[list[Segment]]:
    loops: list[list[Segment]] = []
    for s in segments:
        if s.tag == "UCM":
            loops.append([s])
        elif s.tag in ("UCS", "UCD") and loops:
            loops[-1].append(s)
    return loops


def _judged(loop: list[Segment]) -> Judged:
    """UCM: our reference, message type, 0083 action, 0085 code, tag; UCS position and code; UCD code and element."""
    head = loop[0]
    faults = [Told("0085", head.get(4), head.get(5))] if head.get(4) else []
    position = ""
    for s in loop[1:]:
        if s.tag == "UCS":
            position = s.get(1)
            if s.get(2):
                faults.append(Told("0085", s.get(2), segment=position))
        else:
            element = ":".join(t for t in (s.get(2), s.get(2, 2)) if t)
            faults.append(Told("0085", s.get(1), segment=position, element=element))
    return Judged(head.get(2), head.get(1), _meaning(head.get(3)), tuple(faults))


def _meaning(action: str) -> str:
    return CONTRL_MEANING.get(action, "rejected")
