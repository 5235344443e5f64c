"""The clerk sends the receipt note that was not sent by itself (sender unknown or not verified)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.tables import Draft
from core.journal import Event


def send_receipt(session: Session, draft: Draft, *, act: Act) -> Event:
    return journal.advance(
        session, draft, "send_receipt", act=act, tasks={"receipt-note": {"by_person": True}}
    )
