"""Whether the house is awake: the database answers, each loop ran lately, no document waits too long."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, jsonify
from sqlalchemy import func, select

from core.inbound.tables import Heartbeat, InboundDocument
from core.values import utc_now
from review_app.here import database

QUIET_TOO_LONG = timedelta(minutes=5)
WAITS_TOO_LONG = timedelta(minutes=10)


def show() -> Response:
    """200 when all is well, else 503; names and ages only, nothing about customers."""
    now = utc_now()
    with database().read() as session:
        beats = session.execute(select(Heartbeat.name, Heartbeat.at).order_by(Heartbeat.name)).all()
        oldest = session.scalar(
            select(func.min(InboundDocument.received_at)).where(
                InboundDocument.status == "received"
            )
        )
    loops = {name: int((now - at).total_seconds()) for name, at in beats}
    waiting = int((now - oldest).total_seconds()) if oldest else 0
    quiet = [name for name, seconds in loops.items() if seconds > QUIET_TOO_LONG.total_seconds()]
    well = not quiet and waiting <= WAITS_TOO_LONG.total_seconds()
    response = jsonify(
        {"ok": well, "loops_seconds_ago": loops, "quiet": quiet, "oldest_unread_seconds": waiting}
    )
    response.status_code = 200 if well else 503
    return response
