"""When each loop last ran."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from core.inbound.tables import Heartbeat


def beat(session: Session, name: str, at: datetime, detail: str = "") -> None:
    row = session.get(Heartbeat, name)
    if row is None:
        session.add(Heartbeat(name=name, at=at, detail=detail))
    else:
        row.at, row.detail = at, detail
