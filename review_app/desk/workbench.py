"""The workbench: one draft on one screen; every press is one verb, then the right half is drawn again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Response, flash, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.catalogue.read import item_page
from core.drafts import claim as claims
from core.drafts.accept import accept_problem
from core.drafts.correct import Edit, accept_field, add_line, correct, remove_line, undo
from core.drafts.panes import Fix, ProblemView, Workbench
from core.drafts.promise import promise_draft
from core.drafts.queue_values import LIVE
from core.drafts.remember import remember_item
from core.drafts.tables import Draft, DraftLine
from core.drafts.withdraw import withdraw
from core.drafts.workbench import workbench
from core.errors import NotFound, Stale
from core.inbound.documents import DocumentView, PartView, document_view
from core.inbound.tables import Blob, Part
from review_app.desk import pane
from review_app.desk.document_text import shown_text
from review_app.desk.edits import edits_of
from review_app.desk.electronic import MOST_BYTES, segments
from review_app.desk.history import steps_of
from review_app.desk.queue import filter_words, wanted_filter
from review_app.fragments import go, page
from review_app.here import act, database, is_fragment, me, whole_number
from review_app.show import instant

PROMISE_KEEPS = timedelta(minutes=2)


def show(draft_id: int) -> Response:
    with database().read() as session:
        bench = workbench(session, draft_id, me().user_id, filter=wanted_filter())
        document = document_view(session, bench.document.id) if bench.document else None
    return _page(bench, document)


def claim(draft_id: int) -> Response:
    """Opening a free draft takes it, with fresh dates; a second person sees whose it is."""
    user, take_over = me().user_id, request.form.get("take_over") == "yes"

    def work(session: Session, draft: Draft, by: Act) -> None:
        mine = claims.claim(session, draft, user, act=by, take_over=take_over)
        is_old = draft.promised_at is None or by.at - draft.promised_at > PROMISE_KEEPS
        if mine and is_old and draft.status in LIVE:
            promise_draft(session, draft, act=by.under("fresh"))

    return _do(draft_id, work, said="")


def release_claim(draft_id: int) -> Response:
    return _do(draft_id, lambda session, draft, by: claims.release_claim(session, draft, act=by))


def save(draft_id: int) -> Response:
    """Keeps what the form changed, one correction with all its differences."""
    version = whole_number("version")

    def work(session: Session, draft: Draft, by: Act) -> None:
        bench = workbench(session, draft_id, me().user_id)
        edits = edits_of(request.form, bench)
        if edits:
            correct(session, draft, edits, version=version, act=by)

    return _do(draft_id, work)


def accept(draft_id: int) -> Response:
    """A person looked at these fields and they are right as read."""
    ids = tuple(int(i) for i in request.form.getlist("field_id") if i.isascii() and i.isdigit())
    return _do(draft_id, lambda session, draft, by: accept_field(session, draft, ids, act=by))


def accept_reason(draft_id: int, problem_id: int) -> Response:
    """Lets a problem pass, with the person's reason."""
    reason = request.form.get("reason", "").strip()[:400] or "Accepted by clerk"
    return _do(
        draft_id,
        lambda session, draft, by: accept_problem(session, draft, problem_id, reason, act=by),
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

    return _do(draft_id, work)


def _edit(session: Session, draft: Draft, chosen: Fix, version: int, by: Act) -> None:
    edit = Edit(chosen.line_id, chosen.name, chosen.value)
    correct(session, draft, (edit,), version=version, act=by)


def _remove(session: Session, draft: Draft, chosen: Fix, version: int, by: Act) -> None:
    if chosen.line_id is not None:
        remove_line(session, draft, chosen.line_id, act=by)


def _withdraw(session: Session, draft: Draft, chosen: Fix, version: int, by: Act) -> None:
    withdraw(session, draft, chosen.label, act=by)


def _remember(session: Session, draft: Draft, chosen: Fix, version: int, by: Act) -> None:
    line = session.get(DraftLine, chosen.line_id)
    if line is not None and line.draft_id == draft.id:
        remember_item(session, line, act=by)


FIXES: dict[str, Callable[[Session, Draft, Fix, int, Act], None]] = {
    "edit": _edit,
    "remove": _remove,
    "withdraw": _withdraw,
    "remember": _remember,
}


def add(draft_id: int) -> Response:
    return _do(draft_id, lambda session, draft, by: add_line(session, draft, act=by))


def remove(draft_id: int, line_id: int) -> Response:
    return _do(draft_id, lambda session, draft, by: remove_line(session, draft, line_id, act=by))


def undo_last(draft_id: int) -> Response:
    return _do(draft_id, lambda session, draft, by: undo(session, draft, act=by))


def find_item(draft_id: int, line_id: int) -> Response:
    """Searches our items for a line; choosing one is a correction of it."""
    with database().read() as session:
        bench = workbench(session, draft_id, me().user_id)
        line = next((found for found in bench.lines if found.id == line_id), None)
        if line is None:
            raise NotFound("This line is not on the draft.")
        text = request.args.get("q", line.fields["description"].value)[:100]
        found = item_page(session, text, size=20)
    return page("find_item.html", block="found", bench=bench, line=line, found=found, text=text)


def choose_item(draft_id: int, line_id: int) -> Response:
    """The person found the item: a correction like any other."""
    version, item_id = whole_number("version"), str(whole_number("item_id"))
    edits = (Edit(line_id, "item_id", item_id),)
    by = act()
    database().run(
        lambda session: correct(session, load(session, draft_id), edits, version=version, act=by)
    )
    return go("workbench.show", draft_id=draft_id)


def remember(draft_id: int, line_id: int) -> Response:
    """Always for this customer: their number means this item from now on."""

    def work(session: Session, draft: Draft, by: Act) -> None:
        _remember(session, draft, Fix("remember", "", line_id), draft.version, by)

    return _do(draft_id, work, said="It will be matched the same way from now on.")


def load(session: Session, draft_id: int) -> Draft:
    draft = session.get(Draft, draft_id)
    if draft is None:
        raise NotFound(f"There is no draft {draft_id}.")
    return draft


def _do(
    draft_id: int, work: Callable[[Session, Draft, Act], object], said: str = "Saved."
) -> Response:
    """One verb in one transaction, then the draft as it stands."""
    by = act()
    try:
        database().run(lambda session: work(session, load(session, draft_id), by))
    except Stale as stale:
        raise Stale(f"{stale.sentence} {_last_step(draft_id)}", stale.differences) from stale
    if is_fragment():
        return show(draft_id)
    if said:
        flash(said, "done")
    return go("workbench.show", draft_id=draft_id)


def _last_step(draft_id: int) -> str:
    """Who did something to the draft last, and what."""
    with database().read() as session:
        steps = steps_of(session, "draft", draft_id)
    if not steps:
        return ""
    return f"{steps[0].sentence}, {instant(steps[0].at)}, by {steps[0].by}."


def _page(bench: Workbench, document: DocumentView | None) -> Response:
    drawn = {part.id: part.images for part in document.parts} if document else {}
    texts = {part.id: shown_text(part) for part in document.parts} if document else {}
    return page(
        "workbench.html",
        block="bench",
        bench=bench,
        sheets=() if is_fragment() else pane.sheets(bench, drawn, texts, _segments(document)),
        document=document,
        beside=_beside(bench),
        filter_words=filter_words(wanted_filter()),
    )


def _segments(document: DocumentView | None) -> dict[int, tuple[str, ...]]:
    """The segments of the electronic orders among the parts."""
    if document is None:
        return {}
    wanted = {p.id for p in document.parts if not p.pages and p.size <= MOST_BYTES and _is_edi(p)}
    with database().read() as session:
        rows = session.execute(
            select(Part.id, Blob.content)
            .join(Blob, Blob.sha256 == Part.sha256)
            .where(Part.id.in_(wanted))
        )
        found = {part_id: segments(content) for part_id, content in rows}
    return {part_id: rows for part_id, rows in found.items() if rows}


def _is_edi(part: PartView) -> bool:
    return "edi" in part.content_type or part.filename.lower().endswith(
        (".edi", ".x12", ".edifact")
    )


def _beside(bench: Workbench) -> dict[str, tuple[ProblemView, ...]]:
    """Problems by where they stand: "h" for the header, "17" for the line with this id.

    A doubtful field carries its mark itself, so that its warning is not said twice.
    """
    found: dict[str, tuple[ProblemView, ...]] = {}
    for problem in bench.problems:
        if problem.code != "field-doubtful":
            place = "h" if problem.line_id is None else str(problem.line_id)
            found[place] = (*found.get(place, ()), problem)
    return found
