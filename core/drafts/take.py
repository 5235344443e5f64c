"""The clerk takes another reading of a field: a correction whose place is known."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.act import Act
from core.drafts.correct import Edit, correct
from core.drafts.tables import Draft, DraftField
from core.errors import NotFound, Stale
from core.inbound.reading import Evidence
from core.journal import Event


def take_alternative(
    session: Session, draft: Draft, field_id: int, number: int, *, version: int, act: Act
) -> Event:
    """Alternative `number` (from 1) becomes the value and the value becomes an alternative.

    Raises NotFound when the field is not this draft's, Stale when it has no such alternative (any more).
    """
    row = session.get(DraftField, field_id)
    if row is None or row.draft_id != draft.id:
        raise NotFound("This field is not on the draft.")
    if not 1 <= number <= len(row.alternatives):
        raise Stale("This reading is gone; the page shows the field as it is now.")
    found = row.alternatives[number - 1]
    place = Evidence.of_json(found.get("evidence", {}))
    edit = Edit(row.line_id, row.name, str(found["value"]), place)
    return correct(session, draft, (edit,), version=version, act=act)
