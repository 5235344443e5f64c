"""The workbench: one draft on one screen; every press is one verb, then the right half is drawn again."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request, url_for
from sqlalchemy.orm import Session

from core.act import Act
from core.catalogue.read import item_page
from core.drafts.accept import accept_problem
from core.drafts.bench.named import meant, offered, said
from core.drafts.correct import Edit, accept_field, add_line, correct, remove_line, undo
from core.drafts.held_values import held_values
from core.drafts.panes import Fix
from core.drafts.remember import remember_item
from core.drafts.tables import Draft, DraftLine
from core.drafts.withdraw import withdraw
from core.drafts.workbench import workbench
from core.errors import NotFound, Stale
from review_app.choosing import MOST, listed, typed
from review_app.desk.edits import edits_of
from review_app.desk.screen import correcting, load, screen, to_draft
from review_app.forms import end_of_day
from review_app.fragments import page
from review_app.here import act, database, me, whole_number


def show(draft_id: int) -> Response:
    response = screen(draft_id)
    response.headers["Speculation-Rules"] = f'"{url_for("ahead.rules")}"'
    return response


def save(draft_id: int) -> Response:
    """Keeps what the form changed, one correction with all its differences."""
    version = whole_number("version")

    def work(session: Session, draft: Draft, by: Act) -> None:
        held = held_values(session, draft) | said(session, draft)
        edits = tuple(meant(session, draft, edit) for edit in edits_of(request.form, held))
        if edits:
            typing = len(edits) == 1
            correct(session, draft, edits, version=version, act=by, typing=typing)

    return correcting(draft_id, work)


def choose(draft_id: int, name: str) -> Response:
    """What the list of a field offers that names a customer, a place or an item."""
    line_id = whole_number("line", source="args") if "line" in request.args else 0
    with database().read() as session:
        draft, line = load(session, draft_id), session.get(DraftLine, line_id)
        if line is not None and line.draft_id != draft_id:
            raise NotFound("This line is not on the draft.")
        found = offered(session, draft, line, name, typed(), MOST + 1)
    return listed([(option.label, option.label, option.why) for option in found])


def accept(draft_id: int) -> Response:
    """A person looked at these fields and they are right as read."""
    ids = tuple(int(i) for i in request.form.getlist("field_id") if i.isascii() and i.isdigit())
    return correcting(
        draft_id, lambda session, draft, by: accept_field(session, draft, ids, act=by)
    )


def accept_reason(draft_id: int, problem_id: int) -> Response:
    """Lets a problem pass, with the person's reason, until a day when one is given (its end, in the company's zone)."""
    reason = request.form.get(f"reason-{problem_id}", "").strip()[:400] or "Accepted by clerk"
    until = end_of_day(f"until-{problem_id}")
    return correcting(
        draft_id,
        lambda session, draft, by: accept_problem(
            session, draft, problem_id, reason, until=until, act=by
        ),
    )


def fix(draft_id: int, problem_id: int, number: int) -> Response:
    """Takes the way out of a problem that the desk offered under this number."""
    version = whole_number("version")

    def work(session: Session, draft: Draft, by: Act) -> None:
        bench = workbench(session, draft_id, me().user_id)
        problem = next((p for p in bench.problems if p.id == problem_id), None)
        if (
            problem is None
            or number >= len(problem.fixes)
            or problem.fixes[number].kind not in FIXES
        ):
            raise Stale("This problem is gone already; the page shows the draft as it is now.")
        chosen = problem.fixes[number]
        FIXES[chosen.kind](session, draft, chosen, version, by)

    return correcting(draft_id, work)


def _edit(session: Session, draft: Draft, chosen: Fix, version: int, by: Act) -> None:
    edit = Edit(chosen.line_id, chosen.name, chosen.value)
    correct(session, draft, (edit,), version=version, act=by)


def _remove(session: Session, draft: Draft, chosen: Fix, version: int, by: Act) -> None:
    if chosen.line_id is not None:
        remove_line(session, draft, chosen.line_id, act=by)


def _add(session: Session, draft: Draft, chosen: Fix, version: int, by: Act) -> None:
    add_line(session, draft, act=by)


def _withdraw(session: Session, draft: Draft, chosen: Fix, version: int, by: Act) -> None:
    withdraw(session, draft, chosen.label, act=by)


def _remember(session: Session, draft: Draft, chosen: Fix, version: int, by: Act) -> None:
    line = session.get(DraftLine, chosen.line_id)
    if line is not None and line.draft_id == draft.id:
        remember_item(session, line, act=by)


FIXES: dict[str, Callable[[Session, Draft, Fix, int, Act], None]] = {
    "edit": _edit,
    "remove": _remove,
    "add": _add,
    "withdraw": _withdraw,
    "remember": _remember,
}


def add(draft_id: int) -> Response:
    return correcting(draft_id, lambda session, draft, by: add_line(session, draft, act=by))


def remove(draft_id: int, line_id: int) -> Response:
    return correcting(
        draft_id, lambda session, draft, by: remove_line(session, draft, line_id, act=by)
    )


def undo_last(draft_id: int) -> Response:
    return correcting(
        draft_id, lambda session, draft, by: undo(session, draft, act=by), with_paper=True
    )


def find_item(draft_id: int, line_id: int) -> Response:
    """Searches our items for a line; choosing one is a correction of it."""
    with database().read() as session:
        draft, line = load(session, draft_id), session.get(DraftLine, line_id)
        if line is None or line.draft_id != draft_id:
            raise NotFound("This line is not on the draft.")
        held = held_values(session, draft)
        text = request.args.get("q", held[line_id, "description"])[:100]
        found = item_page(session, text, size=20)
        version, position = draft.version, line.position
    return page(
        "find_item.html",
        block="found",
        draft_id=draft_id,
        version=version,
        line_id=line_id,
        position=position,
        wrote=f"{held[line_id, 'buyer_sku']} {held[line_id, 'description']}",
        found=found,
        text=text,
    )


def choose_item(draft_id: int, line_id: int) -> Response:
    """The person found the item: a correction like any other."""
    version, item_id = whole_number("version"), str(whole_number("item_id"))
    edits = (Edit(line_id, "item_id", item_id),)
    by = act()
    database().run(
        lambda session: correct(session, load(session, draft_id), edits, version=version, act=by)
    )
    return to_draft(draft_id)


def remember(draft_id: int, line_id: int) -> Response:
    """Always for this customer: their number means this item from now on."""

    def work(session: Session, draft: Draft, by: Act) -> None:
        _remember(session, draft, Fix("remember", "", line_id), draft.version, by)

    return correcting(draft_id, work, said="It will be matched the same way from now on.")
