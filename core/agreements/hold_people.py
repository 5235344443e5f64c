"""Who may place and lift holds by hand: defaults as data, rows of the company over them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.defaults import HOLDS
from core.agreements.tables import HoldRule
from core.agreements.values import HoldPeople


def hold_people(session: Session) -> dict[str, HoldPeople]:
    """By kind, in the order of the screen. One query."""
    rows = {row.kind: row for row in session.scalars(select(HoldRule))}
    return {usual.kind: _people(usual, rows.get(usual.kind)) for usual in HOLDS}


def _people(usual: HoldPeople, row: HoldRule | None) -> HoldPeople:
    if row is None:
        return usual
    return HoldPeople(usual.kind, tuple(map(str, row.place_roles)), tuple(map(str, row.lift_roles)))
