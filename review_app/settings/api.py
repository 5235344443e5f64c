"""Keys of other programs, and who is master of which table."""

from __future__ import annotations

from flask import Response, flash, request
from sqlalchemy.orm import Session

from core.errors import BadInput, NotFound
from core.masterdata.every import GROUPS, TABLES
from core.masterdata.history import people
from core.masterdata.keepers import BOTH, KEEPERS, keepers, set_keeper
from core.people import tokens
from core.people.tables import ApiToken
from core.values import utc_now
from review_app.forms import words
from review_app.fragments import go, page
from review_app.here import act, database


def show() -> Response:
    return _page()


def add() -> Response:
    """The token is shown on this answer and never again."""
    name, scopes = words("name", 60), request.form.getlist("scope")
    days_text = words("days")
    if days_text and not (days_text.isascii() and days_text.isdigit()):
        raise BadInput("Give the days as a number, or leave them empty for no end.", "days")
    by = act()
    _, text = database().run(
        lambda session: tokens.add_token(
            session, name, scopes, int(days_text) if days_text else None, act=by
        )
    )
    return _page(made=name, text=text)


def revoke(token_id: int) -> Response:
    by = act()

    def work(session: Session) -> str:
        token = session.get(ApiToken, token_id)
        if token is None:
            raise NotFound("There is no such token.")
        tokens.revoke_token(session, token.name, act=by)
        return token.name

    flash(f"{database().run(work)} asks no more from now on.", "done")
    return go("api.show")


def keep() -> Response:
    """Who is master of each table, as one form."""
    by = act()

    def work(session: Session) -> int:
        now, changed = keepers(session), 0
        for table in TABLES.values():
            wanted = request.form.get(f"keeper.{table.name}", "")
            if wanted and wanted != now.get(table.name, BOTH):
                set_keeper(session, table, wanted, act=by)
                changed += 1
        return changed

    flash(f"Kept; {database().run(work)} table(s) have another master now.", "done")
    return go("api.show")


def _page(made: str = "", text: str = "") -> Response:
    with database().read() as session:
        found = tokens.tokens(session)
        names = people(session, {t.created_by for t in found})
        return page(
            "api_settings.html",
            tokens=found,
            names=names,
            scopes=tokens.SCOPES,
            made=made,
            text=text,
            now=utc_now(),
            tables=TABLES.values(),
            groups=GROUPS,
            keepers=keepers(session),
            choices=KEEPERS,
            both=BOTH,
        )
