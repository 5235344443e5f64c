"""The desk: a person decides. Each view parses a form, calls one verb, renders."""

from __future__ import annotations

from flask import Flask

from core.config import Settings
from core.database import Database
from review_app import layout, problems, security, show
from review_app.api import door, limits
from review_app.routes import add_routes


def create_app(settings: Settings, database: Database) -> Flask:
    """The WSGI application over one database. Raises Misconfigured when the secret key is missing."""
    app = Flask(__name__)
    app.extensions["orderclerk.database"] = database
    app.extensions["orderclerk.settings"] = settings
    app.extensions[door.EXTENSION] = limits.shared(settings.redis_url)
    security.protect(app, settings)
    problems.answer_errors(app)
    show.add_filters(app)
    layout.add_frame(app)
    add_routes(app)
    return app
