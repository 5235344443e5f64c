"""What a draft's inputs hold now, without the rest of its screen."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft, DraftField, DraftLine
from core.inbound.reading import HEADER_FIELDS, LINE_FIELDS

Place = tuple[int | None, str]


def held_values(session: Session, draft: Draft) -> dict[Place, str]:
    """By (line id or None, field) the text that is there, "" where there is none; with the chosen ids as text."""
    items = session.execute(
        select(DraftLine.id, DraftLine.item_id).where(DraftLine.draft_id == draft.id)
    )
    held: dict[Place, str] = dict.fromkeys(((None, name) for name in HEADER_FIELDS), "")
    held[None, "customer_id"] = str(draft.customer_id or "")
    held[None, "ship_to_id"] = str(draft.ship_to_id or "")
    for line_id, item_id in items:
        held.update(dict.fromkeys(((line_id, name) for name in LINE_FIELDS), ""))
        held[line_id, "item_id"] = str(item_id or "")
    fields = session.execute(
        select(DraftField.line_id, DraftField.name, DraftField.value).where(
            DraftField.draft_id == draft.id
        )
    )
    held.update({(line_id, name): value for line_id, name, value in fields})
    return held
