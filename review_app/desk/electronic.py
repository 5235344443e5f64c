"""An electronic order's own segments, numbered as the readers number them, so that a value's place can be lit."""

from __future__ import annotations

from extraction.edi.explained import ExplainedSegment, explain

MOST_BYTES = 500_000


def segments(content: bytes) -> tuple[ExplainedSegment, ...]:
    """The segments of an X12 or EDIFACT interchange in order; () for anything else or too much of it."""
    return () if len(content) > MOST_BYTES else explain(content)
