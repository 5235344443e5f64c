"""An order names a part that nobody knows. The ERP puts the part number by REST, and the draft that waits is in order."""

from __future__ import annotations

import json
from typing import Any, cast

from sqlalchemy import select

from core.config import settings
from core.database import Database
from core.drafts.tables import Draft, DraftLine
from core.outbox import OutboxItem
from core.people import tokens
from core.values import utc_now
from review_app import create_app
from tests import builders as make
from tests.core.drafts.test_changes import mail
from tests.core.drafts.test_open import a_house, codes, reading
from workers import recheck
from workers.tools import Tools

LINE = {"buyer_sku": "NEW-9", "quantity": "3", "uom": "CS", "unit_price": "49.2"}


def test_a_part_number_from_the_erp_mends_the_waiting_draft(database: Database) -> None:
    options = settings({"ORDERCLERK_SECRET_KEY": "test " * 8, "ORDERCLERK_INSECURE_HTTP": "1"})
    with database.begin() as session:
        house = a_house(session)
        draft_id = mail(session, reading(LINE, po_number="1")).id
        customer = cast(Any, house["customer"]).number
        act = make.an_act(at=utc_now())
        _, token = tokens.add_token(session, "ERP", ("write:parties",), 1, act=act)
    assert "item-unknown" in _codes(database, draft_id)

    answer = (
        create_app(options, database)
        .test_client()
        .put(
            f"/api/v1/part-numbers/{customer},NEW-9",
            data=json.dumps({"item": "BX-40", "unit": "CS"}),
            headers={"Authorization": f"Bearer {token}"},
        )
    )
    assert answer.status_code == 201, answer.text
    assert "item-unknown" in _codes(database, draft_id)  # nothing is done before the commit

    with database.begin() as session:
        (owed,) = session.scalars(select(OutboxItem).where(OutboxItem.task == "recheck-drafts"))
        owed.due_at = utc_now()
        item_id = owed.id
    tools = Tools(options, database, cast(Any, None), "tests")
    recheck.run(tools, item_id)
    recheck.run(tools, item_id)

    assert _codes(database, draft_id) == []
    with database.read() as session:
        line = session.scalars(select(DraftLine).where(DraftLine.draft_id == draft_id)).one()
        assert line.item_id is not None
        assert session.scalar(select(OutboxItem.state).where(OutboxItem.id == item_id)) == "done"


def _codes(database: Database, draft_id: int) -> list[str]:
    with database.read() as session:
        return codes(session, session.get_one(Draft, draft_id))
