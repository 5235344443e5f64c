"""What reading noticed that is about this draft: of a file with many orders, only what stands in its own message."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft
from core.exchange.tables import ExchangeInterchange, ExchangeMessage
from core.inbound.tables import InboundDocument

_SEGMENT = re.compile(r"segment ([0-9]{1,9})")


def noticed_in(
    session: Session, draft: Draft, document: InboundDocument | None
) -> tuple[dict[str, Any], ...]:
    if document is None:
        return ()
    ours = (
        select(ExchangeMessage)
        .join(ExchangeInterchange, ExchangeInterchange.id == ExchangeMessage.interchange_id)
        .where(ExchangeInterchange.document_id == document.id)
    )
    message = session.scalar(ours.where(ExchangeMessage.order_ordinal == draft.ordinal))
    if message is None:
        return tuple(document.findings)
    if message.findings:
        return tuple(message.findings)
    several = session.scalar(select(func.count()).select_from(ours.limit(2).subquery()))
    return tuple(document.findings if several == 1 else _inside(document.findings, message))


def _inside(
    findings: Iterable[dict[str, Any]], message: ExchangeMessage
) -> Iterable[dict[str, Any]]:
    """Those that name no place, or one in the message: a segment of it, or an element below it."""
    first = _SEGMENT.fullmatch(message.place)
    for finding in findings:
        place = str(finding.get("place", ""))
        segment = _SEGMENT.search(place)
        if first and segment:
            if not 0 <= int(segment[1]) - int(first[1]) < message.counted:
                continue
        elif place.startswith("/") and not place.startswith(message.place):
            continue
        yield finding
