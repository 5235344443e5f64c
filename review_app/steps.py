"""One step of an order, shipment, return or mail, as their screens offer them: name -> verb -> what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from flask import flash
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import NotFound
from review_app.here import act, database

Subject = TypeVar("Subject")


def take(
    steps: Mapping[str, Callable[[Session, Subject, Act], str]],
    verb: str,
    load: Callable[[Session], Subject],
) -> None:
    """Loads the subject, calls the verb in one transaction and shows what was done. Raises NotFound."""
    chosen = steps.get(verb)
    if chosen is None:
        raise NotFound("There is no such step.")
    by = act()
    flash(database().run(lambda session: chosen(session, load(session), by)), "done")
