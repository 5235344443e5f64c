"""What a clerk decides about a draft: confirm, park, ask, reject, withdraw; then on to the next one."""

from __future__ import annotations

from datetime import datetime, time, timezone

from flask import Response, flash, request, url_for
from markupsafe import Markup

from core.correspondence.compose import preview_acknowledgement
from core.drafts.ask import ask
from core.drafts.confirm import confirm
from core.drafts.open import open_blank
from core.drafts.park import park, resume
from core.drafts.promise import promise_draft
from core.drafts.reject import reject
from core.drafts.withdraw import restore, withdraw
from core.drafts.workbench import workbench
from core.errors import Stale
from review_app.desk.screen import load, to_draft
from review_app.forms import day, sentence
from review_app.fragments import go, page
from review_app.here import act, database, me, whole_number
from review_app.queue_words import queue_filter, words_here
from review_app.settings.letters import own_templates
from review_app.show import zone


def confirm_draft(draft_id: int) -> Response:
    version = whole_number("version")
    by, following = act(), _next(draft_id)
    try:
        order = database().run(
            lambda session: confirm(session, load(session, draft_id), version=version, act=by)
        )
    except Stale as error:
        if (
            error.differences
        ):  # later dates: keep them, so that the next press agrees to what it shows
            again = by.under("promise")
            database().run(
                lambda session: promise_draft(session, load(session, draft_id), act=again)
            )
        raise
    link = Markup('<a href="{}">{}</a>').format(
        url_for("orders.order", order_id=order.id), order.number
    )
    flash(Markup("{} is booked; its acknowledgement is on its way.").format(link), "done")
    return _onward(following)


def park_draft(draft_id: int) -> Response:
    reason = sentence("reason", "Say why it is parked, so that the next person knows.")
    until = _morning("until")
    by, following = act(), _next(draft_id)
    database().run(lambda session: park(session, load(session, draft_id), until, reason, act=by))
    flash("Parked.", "done")
    return _onward(following)


def resume_draft(draft_id: int) -> Response:
    by = act()
    database().run(lambda session: resume(session, load(session, draft_id), act=by))
    return to_draft(draft_id)


def ask_customer(draft_id: int) -> Response:
    """Sends the question to the customer; the draft waits for the answer."""
    text = sentence("text", "Write the question to the customer.")
    ids = tuple(int(i) for i in request.form.getlist("problem_id") if i.isascii() and i.isdigit())
    by, following = act(), _next(draft_id)
    database().run(lambda session: ask(session, load(session, draft_id), ids, text, act=by))
    flash("The question goes out; the draft waits for the answer.", "done")
    return _onward(following)


def reject_draft(draft_id: int) -> Response:
    reason = sentence("reason", "Say why; the customer reads it.")
    by, following = act(), _next(draft_id)
    database().run(lambda session: reject(session, load(session, draft_id), reason, act=by))
    flash("Rejected; the customer is told.", "done")
    return _onward(following)


def withdraw_draft(draft_id: int) -> Response:
    """It was no order after all (a copy, a test): gone from the queue, nobody is told."""
    reason = sentence("reason", "Say why it is withdrawn.")
    by, following = act(), _next(draft_id)
    database().run(lambda session: withdraw(session, load(session, draft_id), reason, act=by))
    flash("Withdrawn; nobody is told.", "done")
    return _onward(following)


def restore_draft(draft_id: int) -> Response:
    by = act()
    database().run(lambda session: restore(session, load(session, draft_id), act=by))
    return to_draft(draft_id)


def new_draft() -> Response:
    """An order by telephone: a draft without a document."""
    by = act()
    draft = database().run(lambda session: open_blank(session, act=by))
    return go("workbench.show", draft_id=draft.id)


def preview(draft_id: int) -> Response:
    """The mail that Confirm will send, exactly as it would go out now."""
    own = own_templates()
    with database().read() as session:
        recipient, mail = preview_acknowledgement(session, draft_id, own if own.is_dir() else None)
    return page("preview.html", block="mail", mail=mail, recipient=recipient, draft_id=draft_id)


def _next(draft_id: int) -> int | None:
    with database().read() as session:
        return workbench(
            session, draft_id, me().user_id, filter=queue_filter(session, words_here())
        ).next_id


def _onward(draft_id: int | None) -> Response:
    """On to the next draft of the same queue; to the queue when that was the last one."""
    return to_draft(draft_id) if draft_id else go("queue.show", **words_here())


def _morning(name: str) -> datetime | None:
    """The morning of the day that was chosen, in the company's time zone; None when none was."""
    chosen = day(name)
    if chosen is None:
        return None
    return datetime.combine(chosen, time(6), tzinfo=zone()).astimezone(timezone.utc)
