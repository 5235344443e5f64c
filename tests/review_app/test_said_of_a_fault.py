"""A fault is said with the sentence that reading noted for it, as near to its place as there is one."""

from __future__ import annotations

from core.inbound.envelopes import Fault
from review_app.exchange.raw_text import said_of

MISSING = Fault("segment", "AK304", "3", "edi-segment-missing", 12, "BEG", "BEG", 2)


def _noted(segment: int, text: str, code: str = "edi-segment-missing") -> dict[str, str]:
    return {"code": code, "place": f"part 1, segment {segment}", "text": text}


def test_the_sentence_of_the_same_segment_comes_first() -> None:
    noted = [_noted(3, "Of another message."), _noted(12, "Of this one.")]
    assert said_of(MISSING, noted) == "Of this one."


def test_the_only_one_of_its_kind_is_meant_wherever_it_stands() -> None:
    noted = [_noted(10, "BEG is missing."), _noted(12, "Something else.", "edi-number")]
    assert said_of(MISSING, noted) == "BEG is missing."


def test_of_several_elsewhere_none_is_taken() -> None:
    noted = [_noted(3, "Of another message."), _noted(5, "Of a third one.")]
    said = said_of(MISSING, noted)
    assert said and said not in {one["text"] for one in noted}
