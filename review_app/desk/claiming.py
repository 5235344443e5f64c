"""Who works on a draft and who looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import Response, make_response, request
from sqlalchemy.orm import Session

from core.act import Act
from core.drafts import claim as claims
from core.drafts import onlookers
from core.drafts.promise import promise_draft
from core.drafts.queue_values import LIVE
from core.drafts.tables import Draft
from core.drafts.workbench import workbench
from core.lifecycle import legal_verbs
from review_app.desk.screen import doing, drawn, last_step, load, to_draft
from review_app.fragments import page
from review_app.here import act, database, is_fragment, me
from review_app.layout import may
from review_app.queue_words import queue_filter, words_here

PROMISE_KEEPS = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Onlooking:
    """What an open screen asks for every few seconds of the draft's Workbench."""

    draft_id: int
    legal_verbs: tuple[str, ...]
    onlookers: tuple[str, ...]


def look(draft_id: int) -> Response:
    """The screen says that it is open, again and again; the first time the dates are made fresh."""
    user, first = me().user_id, request.form.get("first") == "yes"

    def work(session: Session, draft: Draft, by: Act) -> None:
        onlookers.look(session, draft.id, user, by.at)
        alone = not onlookers.onlookers(session, draft.id, besides=user)
        free = draft.claimed_by_id in (None, user) or (draft.claimed_until or by.at) <= by.at
        is_old = draft.promised_at is None or by.at - draft.promised_at > PROMISE_KEEPS
        if first and alone and free and is_old and draft.status in LIVE and may("workbench.save"):
            promise_draft(session, draft, act=by.under("fresh"))

    by = act()
    database().run(lambda session: work(session, load(session, draft_id), by))
    if not is_fragment():
        return to_draft(draft_id)
    with database().read() as session:
        if first:
            bench = workbench(session, draft_id, user, filter=queue_filter(session, words_here()))
            return drawn(bench, None, with_paper=False)
        others = onlookers.onlookers(session, draft_id, besides=user)
        verbs = legal_verbs("draft", load(session, draft_id).status)
    seen = Onlooking(draft_id, verbs, others)
    return page("workbench.html", block="onlookers", bench=seen, document=None)


def news(draft_id: int) -> Response:
    """Asked again and again by an open screen: nothing, or what happened to the draft since the version that it shows."""
    version = request.args.get("version", "")
    with database().read() as session:
        now = load(session, draft_id).version
        told = last_step(session, draft_id) if str(now) != version else ""
    if not told:
        return make_response("", 204)
    return page("draft_news.html", draft_id=draft_id, version=version, news=told)


def claim(draft_id: int) -> Response:
    """A person takes the draft; a second one sees whose it is. Working on it claims it too."""
    user, take_over = me().user_id, request.form.get("take_over") == "yes"
    return doing(
        draft_id,
        lambda session, draft, by: claims.claim(session, draft, user, act=by, take_over=take_over),
        said="",
    )


def release_claim(draft_id: int) -> Response:
    return doing(
        draft_id, lambda session, draft, by: claims.release_claim(session, draft, act=by), said=""
    )
