"""Which lane a message belongs to, with the reasons a clerk would give."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from core.inbound.reading import LANES
from extraction.lanes.body import BODY
from extraction.lanes.papers import without_papers
from extraction.lanes.signals import ATTACHMENTS, AUTOMATIC, SUBJECT, Signal, folded

BODY_LENGTH = 8_000
MODEL_WEIGHT = 2.5
GRID_WEIGHT = 2.5
WORDS_WEIGHT = 1.4
REPEAT_WEIGHT = 4.5
ASKS = ("asks to supply", "says what is needed")
"""What the signals of a wish to order are called."""
SPECIFIC = ("change", "cancellation", "quote_request", "status_question", "return_request")
_EDI_CONFIDENCE = 0.99


@dataclass(frozen=True, slots=True)
class LaneVerdict:
    """lane: one of LANES; confidence 0.0 to 1.0; reasons: sentences, the weightiest first.

    also: (lane, words) of what the mail asks besides.
    """

    lane: str
    confidence: float
    reasons: tuple[str, ...]
    also: tuple[tuple[str, str], ...] = ()


def classify(
    subject: str,
    body: str,
    *,
    attachment_names: Sequence[str] = (),
    automatic: str = "",
    has_order_grid: bool = False,
    has_order_words: bool = False,
    repeats: bool = False,
    edi_lane: str = "",
    model_scores: Mapping[str, float] | None = None,
) -> LaneVerdict:
    """`body` is the new text of the mail, history left out; `automatic` as Message says it.

    `has_order_grid`: a table of items and quantities was found; `has_order_words`: sentences tell them. `repeats`: an earlier order is to be repeated. `edi_lane`: what an electronic message in it said.
    `model_scores`: lane -> probability of the trained classifier. Never raises.
    """
    if edi_lane in LANES:
        return LaneVerdict(edi_lane, _EDI_CONFIDENCE, (_EDI_REASONS[edi_lane],))
    votes = _Votes()
    body = without_papers(body[:BODY_LENGTH])
    bare = folded(body)
    _count(votes, SUBJECT, subject[:500], "The subject", 1.0)
    _count(votes, BODY, body, "The text", 1.0)
    for name in attachment_names[:20]:
        _count(votes, ATTACHMENTS, _spaced(name), f"The attachment {name[:60]}", 1.0)
    if has_order_grid:
        votes.add("order", GRID_WEIGHT, "It holds a table of items with quantities.")
    if has_order_words:
        votes.add("order", WORDS_WEIGHT, "Its sentences tell goods with quantities.")
    if repeats:
        votes.repeated()
    if (
        not has_order_grid
        and not repeats
        and not any(s.pattern.search(bare) for s in BODY if s.says in ASKS)
    ):
        votes.only_named()
    _machine(votes, automatic)
    _model(votes, model_scores or {})
    return votes.verdict()


class _Votes:
    """Weights and reasons by lane."""

    def __init__(self) -> None:
        self._weights: dict[str, float] = dict.fromkeys(LANES, 0.0)
        self._reasons: list[tuple[float, str, str]] = []

    def add(self, lane: str, weight: float, reason: str) -> None:
        self._weights[lane] += weight
        self._reasons.append((weight, lane, reason))

    def weight(self, lane: str) -> float:
        return self._weights[lane]

    def only_named(self) -> None:
        """An order is named but nothing is ordered: the name counts half, and less where something else is asked."""
        asked = any(self._weights[lane] >= 3 for lane in SPECIFIC)
        self._weights["order"] *= 0.4 if asked else 0.6

    def repeated(self) -> None:
        """ "As last time, but 20 instead of 10" changes no order: it is a new one."""
        self.add("order", REPEAT_WEIGHT, "It orders the same as an earlier order.")
        self._weights["change"] /= 2

    def verdict(self) -> LaneVerdict:
        weights = self._weights | {"other": self._weights["other"] + 0.8}
        lane = max(LANES, key=lambda name: weights[name])
        total = sum(exp(min(weight, 30.0)) for weight in weights.values())
        confidence = exp(min(weights[lane], 30.0)) / total
        mine = sorted((r for r in self._reasons if r[1] == lane), key=lambda r: -abs(r[0]))
        reasons = tuple(dict.fromkeys(reason for _, _, reason in mine))[:6]
        return LaneVerdict(
            lane,
            round(min(confidence, 0.99), 4),
            reasons or ("Nothing in it says what it is about.",),
        )


def _count(
    votes: _Votes, signals: tuple[Signal, ...], text: str, where: str, factor: float
) -> None:
    """Each signal counts once, however often its words occur."""
    if not text.strip():
        return
    bare = folded(text)
    for signal in signals:
        found = signal.pattern.search(bare)
        if found:
            words = " ".join(text[found.start() : found.end()].split())[:60]
            votes.add(signal.lane, signal.weight * factor, f"{where} {signal.says}: “{words}”.")


def _machine(votes: _Votes, automatic: str) -> None:
    """What a machine sent is an automatic message, unless it brings an order, as portals and shops do."""
    reason = AUTOMATIC.get(automatic)
    if automatic and reason is None:
        reason = (1.5, "Its headers say that a machine sent it.")
    if reason is None:
        return
    weight, says = reason
    brings_order = votes.weight("order") >= 3 and automatic in ("auto-submitted", "noreply", "list")
    votes.add("automatic", weight * (0.3 if brings_order else 1.0), says)


def _model(votes: _Votes, scores: Mapping[str, float]) -> None:
    for lane, score in scores.items():
        if lane in LANES and 0.15 <= score <= 1.0:
            votes.add(
                lane,
                MODEL_WEIGHT * score,
                f"It reads like earlier messages of this kind ({score:.0%}).",
            )


def _spaced(name: str) -> str:
    """A file's name as words."""
    return re.sub(r"[_.\-]+", " ", name[:200])


_EDI_REASONS = {
    "order": "An electronic order is in it.",
    "change": "An electronic order change is in it.",
    "cancellation": "An electronic cancellation is in it.",
    "quote_request": "An electronic request for quotation is in it.",
    "status_question": "An electronic status enquiry is in it.",
    "return_request": "An electronic announcement of returns is in it.",
    "automatic": "An electronic acknowledgement is in it.",
    "other": "An electronic message is in it that is no order.",
}
