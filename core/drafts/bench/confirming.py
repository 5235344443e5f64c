"""What Confirm will do, in one sentence, and what still stands in its way."""

from __future__ import annotations

from core import lifecycle
from core.drafts.panes import LineView, ProblemView
from core.drafts.tables import Draft
from core.promising.sentences import day_text


def confirm_sentence(
    draft: Draft, lines: tuple[LineView, ...], problems: tuple[ProblemView, ...] = ()
) -> str:
    """ "Books 12 lines, 2 in parts, 1 later than wanted, first shipped Thu 3 Dec, all there by Tue 22 Dec 2026, with a quality hold." """
    live = [line for line in lines if not line.removed]
    if draft.kind == "cancellation":
        return "Cancels the order."
    done = "Books" if draft.kind == "order" else "Changes"
    parts = [f"{done} {len(live)} line{'' if len(live) == 1 else 's'}"]
    split = sum(len(line.promises) > 1 for line in live)
    if split:
        parts.append(f"{split} in parts")
    late = sum(any(p.late_days > 0 for p in line.promises) for line in live)
    if late:
        parts.append(f"{late} later than wanted")
    promised = [p for line in live for p in line.promises]
    if promised:
        parts.append(f"first shipped {day_text(min(p.ship_date for p in promised))}")
        parts.append(f"all there by {day_text(max(p.promised_date for p in promised))}")
    follows = _consequences(draft, {str(line.id) for line in live})
    return ", ".join([*parts, *follows, *_holds(problems)]) + "."


def _holds(problems: tuple[ProblemView, ...]) -> list[str]:
    """The holds that it will be booked with, by kind."""
    kinds = sorted({p.hold for p in problems if p.severity == "hold" and not p.accepted})
    return [f"with a {' and a '.join(kinds)} hold"] if kinds else []


ASKED = {
    "expedite": "a receipt asked for sooner",
    "express": "a purchase by express",
    "supplier": "a purchase from another supplier",
    "overtime": "with overtime",
}


def _consequences(draft: Draft, live: set[str]) -> list[str]:
    """What the other ways that were taken do to others."""
    taken = [choice for line_id, choice in draft.choices.items() if line_id in live]
    slips = {row_id for choice in taken for row_id, _ in choice.get("slips", ())}
    found = []
    if slips:
        gives = "promise gives" if len(slips) == 1 else "promises give"
        found.append(f"{len(slips)} earlier {gives} way")
    found += [words for kind, words in ASKED.items() if any(c.get("kind") == kind for c in taken)]
    return found


def why_not(
    draft: Draft, problems: tuple[ProblemView, ...], lines: tuple[LineView, ...]
) -> tuple[str, ...]:
    if lifecycle.step("draft", "confirm", draft.status) is None:
        return (f"The draft is {draft.status}.",)
    found = [
        f"Line {p.position}: {p.sentence}" if p.position else p.sentence
        for p in problems
        if p.blocking and not p.accepted
    ]
    if draft.kind == "order":
        found += [
            f"Line {line.position} has no promise yet."
            for line in lines
            if not line.removed and not line.promises and not line.problem_ids
        ]
    return tuple(found)
