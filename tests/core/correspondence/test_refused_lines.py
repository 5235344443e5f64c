"""A line that a clerk took off an electronic order is refused in the answer, never left out of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from core.correspondence.electronic.facts_of import order_answer
from core.correspondence.electronic.source import Source
from core.database import Database
from core.drafts.tables import DraftField, DraftLine
from core.messages.electronic.facts import Style
from core.messages.electronic.write import write_order_answer
from tests.builders import NOW, a_company
from tests.core.messages.electronic.answered import EDIFACT_ROUTE, ROUTE
from tests.core.messages.electronic.parsed import body
from tests.exchanged import Came, an_electronic_order


def took_off(session: Session, came: Came, source: str = "edi", number: str = "20") -> None:
    """Another line of the message, which the clerk removed."""
    line = DraftLine(draft_id=came.draft.id, position=2, removed=True, quantity=Decimal(3))
    session.add(line)
    session.flush()
    raw = f"PO1*{number}*3*EA*2.50*PE*BP*AC-9"
    for name, value in (
        ("line_no", number),
        ("quantity", "3"),
        ("uom", "EA"),
        ("buyer_sku", "AC-9"),
    ):
        session.add(
            DraftField(
                draft_id=came.draft.id, line_id=line.id, name=name, value=value, read_value=value,
                confidence=Decimal("0.99"), source=source, evidence={"part": 1, "text": raw},
            )
        )  # fmt: skip
    session.flush()


def answered(session: Session, came: Came, format: str, *, is_change: bool = False) -> list[str]:
    source = Source(came.draft, came.document, came.interchange, None, came.message)
    facts = order_answer(session, came.order, source, is_change=is_change, at=NOW)
    route = ROUTE if format.startswith("x12") else EDIFACT_ROUTE
    return body(write_order_answer(facts, route, Style(newline="\n"), format))


@pytest.mark.parametrize(
    ("order", "answer", "expected"),
    [
        ("x12/850", "x12/855", ["PO1*20*3*EA***BP*AC-9", "ACK*IR*3*EA"]),
        ("edifact/ORDERS", "edifact/ORDRSP", ["LIN+20+7", "QTY+21:3:EA"]),
    ],
)
def test_it_is_refused(database: Database, order: str, answer: str, expected: list[str]) -> None:
    with database.begin() as session:
        a_company(session)
        came = an_electronic_order(session, order)
        took_off(session, came)
        rows = answered(session, came, answer)
        assert [row for row in rows if row in expected] == expected
        assert rows[-1].startswith(("CTT*2", "CNT+2:2"))


def test_what_a_clerk_added_and_took_off_again_is_not_told(database: Database) -> None:
    with database.begin() as session:
        a_company(session)
        came = an_electronic_order(session)
        took_off(session, came, source="")
        assert answered(session, came, "x12/855")[-1].split("*")[:2] == ["CTT", "1"]


def test_a_number_that_is_used_already_is_made_distinct(database: Database) -> None:
    with database.begin() as session:
        a_company(session)
        came = an_electronic_order(session)
        took_off(session, came, number="10")
        rows = answered(session, came, "x12/855")
        assert len([row for row in rows if row.startswith("PO1*10*")]) == 2
        assert [row for row in rows if row.startswith("ACK*IR")] == ["ACK*IR*3*EA"]
