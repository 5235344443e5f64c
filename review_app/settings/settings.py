"""Users, drop folders, loops."""

from __future__ import annotations

from flask import Response, flash, request
from sqlalchemy import select

from core.errors import BadInput
from core.inbound.tables import DropFolder, Heartbeat
from core.people import accounts
from core.people.tables import DUTIES, ROLES
from review_app.forms import words
from review_app.fragments import go, page
from review_app.here import database, me


def show() -> Response:
    with database().read() as session:
        return page(
            "settings.html",
            people=accounts.users(session),
            roles=ROLES,
            duties=DUTIES,
            folders=session.scalars(select(DropFolder).order_by(DropFolder.name)).all(),
            beats=session.scalars(select(Heartbeat).order_by(Heartbeat.name)).all(),
        )


def add_user() -> Response:
    login, name, role = words("login"), words("name"), words("role")
    password = request.form.get("password", "")
    database().run(lambda session: accounts.add_user(session, login, name, role, password))
    flash(f"{name} may sign in as {login.lower()}.", "done")
    return go("settings.show")


def set_password(user_id: int) -> Response:
    password = request.form.get("password", "")
    database().run(lambda session: accounts.set_password(session, user_id, password))
    flash("The password is set; this person is signed out everywhere.", "done")
    return go("settings.show")


def set_duties(user_id: int) -> Response:
    """What this person may decide beside the role, such as credit or export."""
    duties = tuple(request.form.getlist("duty"))
    database().run(lambda session: accounts.set_duties(session, user_id, duties))
    flash("Saved.", "done")
    return go("settings.show")


def set_active(user_id: int) -> Response:
    active = request.form.get("active") == "yes"
    if user_id == me().user_id and not active:
        raise BadInput("You cannot lock yourself out; ask another administrator.", "active")
    database().run(lambda session: accounts.set_active(session, user_id, active))
    flash("Saved.", "done")
    return go("settings.show")
