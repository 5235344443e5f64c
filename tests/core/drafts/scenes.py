"""Scenes of checks: drafts that come as they would, each with the one thing that its check is for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from core.drafts.tables import Draft
from core.inbound.reading import Candidate
from tests.core.drafts.checked import Desk

DAY = timedelta(days=1)
Scene = Callable[[Desk], Draft]


class Scenes(dict[str, Scene]):
    """By code, or code/case; a decorator that keeps a scene under its code."""

    def __call__(self, code: str) -> Callable[[Scene], Scene]:
        def keep(made: Scene) -> Scene:
            self[code] = made
            return made

        return keep


def line(**texts: str) -> dict[str, str]:
    return {"buyer_sku": "77120", "quantity": "3", "uom": "EA", "unit_price": "4.10", **texts}


def add(desk: Desk, *rows: object) -> None:
    desk.session.add_all(rows)
    desk.session.flush()


def read(*lines: dict[str, str]) -> tuple[dict[str, Candidate], ...]:
    return tuple({name: Candidate(text, 0.97) for name, text in row.items()} for row in lines)
