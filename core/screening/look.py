"""Parties are looked up, and the look is logged: once for the same names in the same lists, anew when either changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.metadata import entry_points
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.screening.list_screen import ListScreen
from core.screening.tables import ScreeningRun
from core.screening.values import Asked, Screen

GROUP = "orderclerk.screens"
LOGGED_FROM = Decimal("0.6")
"""What is less alike is not even logged."""


@cache
def screens() -> tuple[Screen, ...]:
    """The one that ships and those that are installed beside it."""
    return (ListScreen(), *(point.load()() for point in entry_points(group=GROUP)))


def look_up(
    session: Session, subject: str, subject_id: int, asked: Sequence[Asked], *, act: Act
) -> list[ScreeningRun]:
    """One run for each screen that has something to look in; runs that are there already are not repeated."""
    found = []
    for screen in screens():
        versions = screen.versions(session)
        if versions:
            found.append(_run(session, screen, versions, subject, subject_id, asked, act))
    return found


def _run(
    session: Session,
    screen: Screen,
    versions: tuple[tuple[str, str], ...],
    subject: str,
    subject_id: int,
    asked: Sequence[Asked],
    act: Act,
) -> ScreeningRun:
    told = [asdict(one) for one in asked]
    key = sha256(json.dumps([screen.name, versions, told]).encode()).hexdigest()
    known = session.scalars(
        select(ScreeningRun).where(
            ScreeningRun.subject == subject,
            ScreeningRun.subject_id == subject_id,
            ScreeningRun.asked_key == key,
        )
    ).first()
    if known is not None:
        return known
    hits = screen.look(session, asked, LOGGED_FROM)
    run = ScreeningRun(
        subject=subject,
        subject_id=subject_id,
        screen=screen.name,
        asked_key=key,
        asked=told,
        lists=[{"name": name, "version": version} for name, version in versions],
        hits=[hit.as_json() for hit in hits],
        best_score=max((hit.score for hit in hits), default=Decimal(0)),
        at=act.at,
        actor=act.actor,
    )
    session.add(run)
    session.flush()
    return run


def hits_of(runs: Sequence[ScreeningRun], least: Decimal) -> list[dict[str, Any]]:
    """Hits that are alike enough to matter, the best first."""
    found = [hit for run in runs for hit in run.hits if Decimal(str(hit["score"])) >= least]
    return sorted(found, key=lambda hit: -Decimal(str(hit["score"])))


def note_release(session: Session, subject: str, subject_id: int, reason: str, *, act: Act) -> None:
    """A person decided that the hits are somebody else: said in the log, beside what they looked at."""
    for run in session.scalars(
        select(ScreeningRun).where(
            ScreeningRun.subject == subject,
            ScreeningRun.subject_id == subject_id,
            ScreeningRun.best_score > 0,
            ScreeningRun.released_at.is_(None),
        )
    ):
        run.released_by, run.released_reason, run.released_at = act.actor, reason, act.at
