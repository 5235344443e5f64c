"""What a line is promised and how else it could be: other ways, terms of delivery, holding the promise."""

from __future__ import annotations

from flask import Response, request
from sqlalchemy.orm import Session

from core.act import Act
from core.drafts.delivery import set_delivery
from core.drafts.promise import promise_draft
from core.drafts.tables import Draft
from core.drafts.ways.find import ways
from core.drafts.ways.take import take_alternative
from core.promising.agreed import READ
from core.values import utc_now
from review_app.desk.screen import correcting, load, to_draft
from review_app.forms import words
from review_app.fragments import page
from review_app.here import database, is_fragment, whole_number


def other_ways(draft_id: int, line_id: int) -> Response:
    """How else this line could be promised, with what each way costs us and others."""
    with database().read() as session:
        draft = load(session, draft_id)
        found = ways(session, draft, line_id, now=utc_now())
        choice = draft.choices.get(str(line_id))
        version = draft.version
    return page(
        "ways.html",
        block="ways",
        draft_id=draft_id,
        line_id=line_id,
        version=version,
        found=found,
        choice=choice,
    )


def take_way(draft_id: int, line_id: int, kind: str, way_id: int) -> Response:
    """The line is promised this way from now on; "usual" takes it back."""
    version, reason = whole_number("version"), words("reason")

    def work(session: Session, draft: Draft, by: Act) -> None:
        take_alternative(
            session, draft, line_id, kind, way_id, reason=reason, version=version, act=by
        )

    return correcting(draft_id, work)


def set_terms(draft_id: int) -> Response:
    """Terms of delivery that a person agreed to, for the order or a group of its lines."""
    version = whole_number("version")
    group, reason = words("group"), words("reason", 400)
    changes = {name: words(name) for name in READ}
    ids = tuple(int(i) for i in request.form.getlist("line_id") if i.isascii() and i.isdigit())

    def work(session: Session, draft: Draft, by: Act) -> None:
        set_delivery(session, draft, group, changes, reason, line_ids=ids, version=version, act=by)

    drawn = correcting(draft_id, work)
    return to_draft(draft_id) if is_fragment() else drawn


def hold(draft_id: int) -> Response:
    """Asks for the dates anew and holds what they live from for a while."""

    def work(session: Session, draft: Draft, by: Act) -> None:
        promise_draft(session, draft, act=by, hold=True)

    return correcting(draft_id, work)
