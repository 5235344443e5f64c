"""The day that a screen asks for with ?at=, by the company's clock."""

from __future__ import annotations

from datetime import date, datetime, time

from flask import request
from sqlalchemy.orm import Session

from core.company.policy import company_zone
from core.company.tables import Company
from core.errors import BadInput


def day_asked() -> date | None:
    """The day of ?at=. Raises BadInput."""
    text = request.args.get("at", "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput("Write the day like 2026-11-22.", "at") from None


def end_of(session: Session, day: date) -> datetime:
    """The last instant of a day by the company's clock."""
    return datetime.combine(day, time.max, company_zone(session.get(Company, 1)))
