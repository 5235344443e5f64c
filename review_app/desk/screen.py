"""The workbench as a page, and the way of every press on it: one verb in one transaction, then drawn again."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, flash
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.drafts import claim as claims
from core.drafts.panes import ProblemView, Workbench
from core.drafts.tables import Draft
from core.drafts.workbench import workbench
from core.errors import NotFound, Stale
from core.inbound.documents import DocumentView, PartView, document_view
from core.inbound.tables import Blob, Part
from core.lessons.page import Origin, origins
from extraction.edi.explained import ExplainedSegment
from review_app.desk import pane
from review_app.desk.document_text import empty_cells, shown_text
from review_app.desk.electronic import MOST_BYTES, segments
from review_app.desk.history import steps_of
from review_app.desk.places import place_key
from review_app.desk.plan_bars import plan_bars
from review_app.desk.shown_lines import line_marks, same_lines
from review_app.desk.strip import by_day, strip
from review_app.fragments import go, page
from review_app.here import act, database, is_fragment, me
from review_app.queue_words import back_to_queue, queue_filter, words_here
from review_app.show import instant


def screen(draft_id: int, *, with_paper: bool = True) -> Response:
    """The whole screen; for htmx the right half, and the document when what is marked on it changed."""
    with database().read() as session:
        bench = workbench(
            session, draft_id, me().user_id, filter=queue_filter(session, words_here())
        )
        document = document_view(session, bench.document.id) if bench.document else None
    return drawn(bench, document, with_paper)


def load(session: Session, draft_id: int) -> Draft:
    draft = session.get(Draft, draft_id)
    if draft is None:
        raise NotFound(f"There is no draft {draft_id}.")
    return draft


def correcting(
    draft_id: int,
    work: Callable[[Session, Draft, Act], object],
    said: str = "Saved.",
    *,
    with_paper: bool = False,
) -> Response:
    """One verb by a person who works on the draft, which claims it while it is free."""
    user = me().user_id

    def whole(session: Session, draft: Draft, by: Act) -> None:
        claims.claim(session, draft, user, act=by.under("claim"))
        work(session, draft, by)

    return doing(draft_id, whole, said, with_paper=with_paper)


def doing(
    draft_id: int,
    work: Callable[[Session, Draft, Act], object],
    said: str = "Saved.",
    *,
    with_paper: bool = False,
) -> Response:
    """One verb in one transaction, then the draft as it stands."""
    by = act()
    try:
        database().run(lambda session: work(session, load(session, draft_id), by))
    except Stale as stale:
        with database().read() as session:
            told = last_step(session, draft_id)
        raise Stale(f"{stale.sentence} {told}", stale.differences) from stale
    if is_fragment():
        return screen(draft_id, with_paper=with_paper)
    if said:
        flash(said, "done")
    return to_draft(draft_id)


def to_draft(draft_id: int) -> Response:
    """To the draft's screen, on the same way through the queue."""
    return go("workbench.show", draft_id=draft_id, **words_here())


def last_step(session: Session, draft_id: int) -> str:
    """Who did something to the draft last, and what."""
    steps = steps_of(session, "draft", draft_id)
    if not steps:
        return ""
    return f"{steps[0].sentence}, {instant(steps[0].at)}, by {steps[0].by}."


def drawn(bench: Workbench, document: DocumentView | None, with_paper: bool) -> Response:
    pictures = {part.id: part.images for part in document.parts} if document else {}
    texts = {part.id: shown_text(part) for part in document.parts} if document else {}
    findings = document.findings if document else ()
    empty = {p.id: empty_cells(p) for p in document.parts} if document and with_paper else {}
    sheets = (
        pane.sheets(bench, pictures, texts, _segments(document), findings, empty)
        if with_paper
        else ()
    )
    words = words_here()
    beside, learned = _beside(bench), _learned(bench)
    marks = line_marks(bench, beside, learned)
    return page(
        "workbench.html",
        block="bench",
        also="paper" if with_paper and document else "",
        bench=bench,
        sheets=sheets,
        remarks=pane.remarks(findings, 0),
        document=document,
        beside=beside,
        learned=learned,
        marks=marks,
        same=same_lines(marks),
        queue_words=words,
        back=back_to_queue(words, bench.draft_id if bench.place else bench.next_id, bench.place),
        place_key=place_key,
        plan_bars=plan_bars,
        strip=strip,
        by_day=by_day,
        oob=is_fragment(),
    )


def _learned(bench: Workbench) -> dict[str, Origin]:
    """Where values that came from memory were learned, by their source."""
    fields = [*bench.fields.values(), *(f for line in bench.lines for f in line.fields.values())]
    with database().read() as session:
        return origins(session, {f.source for f in fields})


def _segments(document: DocumentView | None) -> dict[int, tuple[ExplainedSegment, ...]]:
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
