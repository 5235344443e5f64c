"""Lines of the customer's message that a clerk took off the draft: an answer tells that nothing of them comes.

A line that an electronic message holds was ordered; to leave it out of the answer would leave it open for ever.
"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.correspondence.electronic.source import Source
from core.correspondence.line_numbers import distinct_numbers
from core.drafts.tables import DraftField, DraftLine
from core.messages.electronic.figures import given
from core.messages.facts import Asked, Line

READ = "edi"
"""DraftField.source of what an electronic message says; a line that a clerk added has none."""
REASON = "Not accepted"


def refused_lines(
    session: Session, source: Source, booked: dict[str, int | None]
) -> tuple[dict[str, int], tuple[Line, ...]]:
    """Their numbers, none of which is in `booked`, with the draft lines' ids, and the lines as refused.

    Nothing for a change: what it does not repeat stays as it was.
    """
    draft = source.draft
    if draft is None or source.message is None or draft.kind != "order":
        return {}, ()
    removed = session.scalars(
        select(DraftLine)
        .where(DraftLine.draft_id == draft.id, DraftLine.removed.is_(True))
        .order_by(DraftLine.position)
    ).all()
    texts = _texts(session, [line.id for line in removed])
    told = [line for line in removed if texts.get(line.id)]
    named = distinct_numbers(
        [
            *((("booked", number), number, 0) for number in booked),
            *(
                (("removed", line.id), _free(texts[line.id], booked), line.position)
                for line in told
            ),
        ]
    )
    numbers = {named["removed", line.id]: line.id for line in told}
    items = _items(session, told)
    return numbers, tuple(
        _line(number, line, texts[line.id], items)
        for number, line in zip(numbers, told, strict=True)
    )


def _texts(session: Session, line_ids: list[int]) -> dict[int, dict[str, str]]:
    """What the message said of each line; of lines that it does not hold there is nothing."""
    found: dict[int, dict[str, str]] = {}
    for row in session.scalars(
        select(DraftField).where(DraftField.line_id.in_(line_ids), DraftField.source == READ)
    ):
        assert row.line_id is not None
        found.setdefault(row.line_id, {})[row.name] = row.read_value
    return found


def _free(texts: dict[str, str], booked: dict[str, int | None]) -> str:
    number = texts.get("line_no", "")
    return "" if number in booked else number


def _items(session: Session, lines: list[DraftLine]) -> dict[int, str]:
    ids = {line.item_id for line in lines if line.item_id}
    rows = session.execute(select(Item.id, Item.number).where(Item.id.in_(ids)))
    return {item_id: number for item_id, number in rows}  # noqa: C416 (rows are not tuples to mypy)


def _line(number: str, line: DraftLine, texts: dict[str, str], items: dict[int, str]) -> Line:
    quantity = line.quantity or given(texts.get("quantity", "")) or Decimal(0)
    return Line(
        number=number,
        item=items.get(line.item_id or 0, "?"),
        description=texts.get("description", ""),
        asked=Asked(
            quantity,
            line.unit or texts.get("uom", ""),
            line.unit_price,
            line.requested_date,
            texts.get("buyer_sku", ""),
        ),
        parts=(),
        price=line.unit_price,
        rejected_reason=REASON,
    )
