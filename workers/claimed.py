"""The frame of owed work that goes in steps of its own transactions: claimed, worked on, settled; tried again when it fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from core import crash, outbox
from core.errors import OrderclerkError
from core.outbox import OutboxItem
from core.values import utc_now
from workers.retries import later
from workers.tools import Owner

log = logging.getLogger(__name__)


class TurnIsOver(Exception):
    """The rest of the work is for another turn."""


@dataclass(frozen=True, slots=True)
class Work:
    """name: of crash points and reasons. do: with the id of the row's subject; may raise TurnIsOver. give_up: tells that
    subject in a sentence why it ends; too_often: that sentence after `attempts` failures."""

    name: str
    lease: timedelta
    attempts: int
    do: Callable[[int], None]
    give_up: Callable[[Session, int, str], None]
    too_often: str


def work_off(tools: Owner, item_id: int, work: Work) -> None:
    """A refusal of our own (OrderclerkError) ends the work and says why; anything else is tried again later."""
    item = tools.database.run(
        lambda session: outbox.claim(session, item_id, tools.owner, utc_now(), work.lease)
    )
    if item is None:
        return
    crash.point(f"{work.name}.claimed")
    try:
        work.do(item.subject_id)
    except TurnIsOver:
        tools.database.run(lambda session: _settle(session, item_id, "due"))
        return
    except OrderclerkError as error:
        sentence = error.sentence
        tools.database.run(lambda session: work.give_up(session, item.subject_id, sentence))
    except Exception as error:
        log.exception("%s, outbox row %s", work.name, item_id)
        said = repr(error)[:500]
        tools.database.run(lambda session: _put_off(session, item_id, work, said))
        return
    crash.point(f"{work.name}.done")
    tools.database.run(lambda session: _settle(session, item_id, "done"))


def _settle(session: Session, item_id: int, state: str) -> None:
    outbox.settle(session.get_one(OutboxItem, item_id), state, utc_now())


def _put_off(session: Session, item_id: int, work: Work, said: str) -> None:
    item, now = session.get_one(OutboxItem, item_id), utc_now()
    reason = f"{work.name}-failed"
    if item.attempts < work.attempts:
        due = later(now, item.attempts)
        outbox.settle(item, "due", now, reason=reason, reason_text=said, due_at=due)
        return
    outbox.settle(item, "failed", now, reason=reason, reason_text=said)
    work.give_up(session, item.subject_id, work.too_often)
