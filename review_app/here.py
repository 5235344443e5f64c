"""What a view may ask about the request it stands in: the database, the person, the act."""

from __future__ import annotations

import re
import uuid
from typing import cast

from flask import current_app, g, request

from core.act import Act
from core.config import Settings
from core.database import Database
from core.errors import BadInput
from core.people.sessions import SignedIn

_KEY = re.compile(r"[0-9a-f]{32}")


def database() -> Database:
    return cast(Database, current_app.extensions["orderclerk.database"])


def settings() -> Settings:
    return cast(Settings, current_app.extensions["orderclerk.settings"])


def me() -> SignedIn:
    return cast(SignedIn, g.user)


def act() -> Act:
    """The person's act. The form's key makes a second press of the same button the same act."""
    key = request.form.get("key", "")
    return Act(f"user:{me().user_id}", key=key if _KEY.fullmatch(key) else uuid.uuid4().hex)


def is_fragment() -> bool:
    """Whether htmx asked, so that a block answers instead of a page."""
    return request.headers.get("HX-Request") == "true"


def whole_number(name: str, *, source: str = "form") -> int:
    """A whole number of the form (or "args"); raises BadInput naming the field."""
    text = (request.form if source == "form" else request.args).get(name, "")
    if not re.fullmatch(r"[0-9]{1,12}", text):
        raise BadInput(f"{name.replace('_', ' ').capitalize()} must be a whole number.", name)
    return int(text)


def page_number() -> int:
    text = request.args.get("page", "1")
    return max(1, int(text)) if re.fullmatch(r"[0-9]{1,6}", text) else 1
