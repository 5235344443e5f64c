"""What a page says when a step did not work: a heading, what is safe, and what to do next; by status."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, request

from review_app.roles import allowed

KEPT = "Nothing was changed: a step is done whole or not at all. What was saved before is kept."
PEOPLE = {"clerk": "a clerk", "planner": "a planner", "warehouse": "the warehouse"}


@dataclass(frozen=True, slots=True)
class Told:
    """heading: what happened, in a word or two; safe: what became of the work; next: what a person can do now."""

    heading: str
    safe: str
    next: str


TOLD: dict[int, Told] = {
    400: Told("Too old", KEPT, "Load the page again and repeat the step."),
    403: Told("Not allowed", KEPT, ""),
    404: Told(
        "Not found",
        "Nothing was changed.",
        "Look for it with the search above (key /), or open its list in the bar.",
    ),
    405: Told("Not possible here", KEPT, "Go back and use the button on the page."),
    409: Told(
        "Not done",
        KEPT,
        "Go back, load the page again so that it shows how things are now, and repeat the step there.",
    ),
    413: Told(
        "Too large",
        "Nothing of it was taken; everything else is as it was.",
        "Split the file and send its parts one by one. A large import can also be run on the command line.",
    ),
    422: Told("Not usable as it is", KEPT, "Go back and put right what the sentence above names."),
    500: Told(
        "Something went wrong",
        KEPT,
        "Try once more. If it happens again, tell your administrator the number above; "
        "the desk\u2019s log has the whole story under it.",
    ),
    503: Told(
        "No answer",
        "What was saved before is kept, and mail that comes in waits in its mailbox.",
        "Try again in a moment. If it stays so, tell your administrator the number above.",
    ),
}


def told(status: int) -> Told:
    """For a status that has no words of its own, those of its hundred."""
    if status == 403:
        return Told(TOLD[403].heading, TOLD[403].safe, _who_may())
    return TOLD.get(status) or TOLD[500 if status >= 500 else 409]


def _who_may() -> str:
    """Whom to ask, by who may use the address."""
    roles = allowed(request.endpoint or "")
    asked = [PEOPLE[r] for r in PEOPLE if r in roles] + ["an administrator"]
    user = g.get("user")
    mine = f"You are signed in as {user.name} ({user.role}). " if user else ""
    return f"{mine}Ask {' or '.join(asked)} to do it."
