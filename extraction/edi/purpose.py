"""The code by which a message says that it is an original, a change or a cancellation."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from extraction.edi.findings import Findings


def lane_of(
    lane: str,
    code: str,
    known: Mapping[str, tuple[str, str]],
    silent: Collection[str],
    place: str,
    findings: Findings,
) -> str:
    """The lane of a message of kind `lane` with this code; known: code -> (lane, words); silent ones need no finding."""
    if not code or code in silent:
        return lane
    if code not in known:
        findings.add("edi-purpose-unknown", place, value=code)
        return lane
    meant, words = known[code]
    if lane == "order" or meant == "cancellation":
        findings.add("edi-purpose", place, meaning=words, code=code)
        return meant
    return lane
