"""Lines that the browser shows as they are now: an answer says only that they stay, so that it costs what has changed.

Each line's rows carry a mark of all that is drawn from. A press sends back the marks of the lines that nobody has typed
into (static/desk.js); the morph leaves alone what the answer calls the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

from flask import request

from core.drafts.panes import LineView, ProblemView, Workbench
from core.lessons.page import Origin
from review_app.here import is_fragment
from review_app.show import today

SENT_AS = "shown"


def line_marks(
    bench: Workbench,
    beside: Mapping[str, tuple[ProblemView, ...]],
    learned: Mapping[str, Origin],
) -> dict[int, str]:
    """By line id; two lines of one mark are drawn alike."""
    around = (bench.legal_verbs, bench.customer.id, today())
    return {
        line.id: _mark(line, beside.get(str(line.id), ()), _origins(line, learned), around)
        for line in bench.lines
        if not line.removed
    }


def _mark(*drawn_from: object) -> str:
    return blake2b(repr(drawn_from).encode(), digest_size=6).hexdigest()


def _origins(line: LineView, learned: Mapping[str, Origin]) -> list[Origin]:
    sources = dict.fromkeys(field.source for field in line.fields.values())
    return [learned[source] for source in sources if source in learned]


def same_lines(marks: Mapping[int, str]) -> frozenset[int]:
    """Ids of the lines that the browser shows already under their mark."""
    if not is_fragment():
        return frozenset()
    sent = set(request.form.get(SENT_AS, "").split())
    return frozenset(line_id for line_id, mark in marks.items() if f"{line_id}:{mark}" in sent)
