"""Scarce stock: what is not enough for all, a proposal by rule with who gains and who loses, and one key to apply it."""

from __future__ import annotations

from flask import Response, flash, request

from core.execution.scarce import LABELS
from core.values import utc_now
from core.watch.page import counted
from core.watch.share_out import share_out
from core.watch.shares import scarce_items
from core.watch.shares_page import share_page
from review_app.forms import sentence, words
from review_app.fragments import go, page
from review_app.here import act, database


def show() -> Response:
    with database().read() as session:
        return page("scarce.html", items=scarce_items(session), counts=counted(session))


def proposal(item_id: int, site_id: int) -> Response:
    rule = request.args.get("rule", "fair-share")
    with database().read() as session:
        found = share_page(session, item_id, site_id, rule, now=utc_now())
        counts = counted(session)
    return page("share.html", block="rows", found=found, counts=counts, rules=LABELS, rule=rule)


def apply(item_id: int, site_id: int) -> Response:
    by, rule, seen = act(), words("rule", 40), words("seen", 40)
    reason = sentence("reason", "Say why the goods are shared out like this.")
    changed = database().run(
        lambda session: share_out(session, item_id, site_id, rule, seen, reason, act=by)
    )
    flash(
        f"{changed} order{'s were' if changed != 1 else ' was'} changed; customers whose goods come later are told by mail.",
        "done",
    )
    return go("watch.show", tab="mails")
