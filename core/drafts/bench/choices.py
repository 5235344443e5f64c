"""What a name was matched to, with the pick list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.matching.ship_to import place_label
from core.drafts.panes import Choice, Option
from core.drafts.reasons import match_sentence, pick_why
from core.drafts.tables import Draft
from core.parties.tables import CustomerAddress


def choice(id_: int | None, label: str, reason: dict[str, Any]) -> Choice:
    options = tuple(
        Option(int(o["id"]), str(o["label"]), pick_why(str(o.get("why", ""))))
        for o in reason.get("options", ())
    )
    return Choice(
        id_, " ".join(label.split()), reason.get("code", ""), match_sentence(reason), options
    )


def places_of(session: Session, draft: Draft) -> Sequence[CustomerAddress]:
    if draft.customer_id is None:
        return ()
    return session.scalars(
        select(CustomerAddress)
        .where(CustomerAddress.customer_id == draft.customer_id)
        .order_by(CustomerAddress.is_default.desc(), CustomerAddress.id)
    ).all()


def place_choice(
    id_: int | None, reason: dict[str, Any], places: Sequence[CustomerAddress], kind: str
) -> Choice:
    """Every place of the customer may be chosen, not only the likely ones."""
    found = next((place_label(p) for p in places if p.id == id_), "")
    options = tuple(Option(p.id, place_label(p)) for p in places if p.kind == kind)
    return Choice(
        id_, " ".join(found.split()), reason.get("code", ""), match_sentence(reason), options
    )
