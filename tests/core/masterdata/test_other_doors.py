"""Verbs of other rooms that change master data leave their change in the same history, and tell who must know."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.catalogue.tables import CustomerItem
from core.database import Database
from core.drafts.remember import remember_item, remember_new
from core.drafts.tables import DraftField, DraftLine
from core.errors import NotAllowed
from core.masterdata.every import table_named
from core.masterdata.history import changes_of
from core.masterdata.keepers import ERP, set_keeper
from core.masterdata.note import waits_for_erp
from core.masterdata.put import REST, put_one
from core.outbox import OutboxItem
from core.supply.receive import receive_goods
from core.watched import SupplyChange
from tests.builders import (
    Wanted,
    a_company,
    a_customer,
    a_draft,
    a_receipt,
    a_site,
    an_act,
    an_item,
)


def test_a_part_number_that_is_remembered(database: Database) -> None:
    with database.begin() as session:
        item, customer = an_item(session), a_customer(session)
        draft = a_draft(session, customer, [Wanted(item, 1)])
        line = session.scalars(select(DraftLine)).one()
        line.item_reason = {"code": "chosen", "facts": {}}
        session.add(
            DraftField(
                draft_id=draft.id, line_id=line.id, name="buyer_sku", value="THEIRS",
                read_value="THEIRS", confidence=1.0,
            )
        )  # fmt: skip
        session.flush()
        remember_item(session, line, act=an_act("user:1"))
        (kept,) = changes_of(session, table_named("part-numbers"))
    assert (kept.action, kept.door, kept.key) == ("created", "desk", f"{customer.number},THEIRS")
    assert kept.changes == (("item", None, item.number),)


def test_a_new_part_number_is_a_proposal_to_the_erp_and_one_of_its_own_stays(
    database: Database,
) -> None:
    with database.begin() as session:
        item, customer = an_item(session), a_customer(session)
        draft = a_draft(session, customer, [Wanted(item, 1)])
        line = session.scalars(select(DraftLine)).one()
        session.add(
            DraftField(
                draft_id=draft.id, line_id=line.id, name="buyer_sku", value="THEIRS",
                read_value="THEIRS", confidence=1.0,
            )
        )  # fmt: skip
        set_keeper(session, table_named("part-numbers"), ERP, act=an_act())
        remember_new(session, draft, line, act=an_act("user:1"))
        (kept,) = session.scalars(select(CustomerItem)).all()
        assert waits_for_erp(session, "part-numbers", kept.id)
        row = {"customer": customer.number, "customer_sku": "THEIRS", "item": item.number}
        put_one(session, table_named("part-numbers"), row, door=REST, act=an_act("token:ERP"))
        assert not waits_for_erp(session, "part-numbers", kept.id)
        with pytest.raises(NotAllowed, match="kept in the ERP"):
            remember_item(session, line, act=an_act("user:1"))


def test_goods_that_arrive(database: Database) -> None:
    with database.begin() as session:
        a_company(session)
        item, site = an_item(session), a_site(session)
        receipt = a_receipt(session, site, item, "10", date(2026, 3, 9))
        receive_goods(session, receipt.id, Decimal(4), "L1", act=an_act())
        (kept,) = changes_of(session, table_named("receipts"))
        assert (kept.door, kept.changes) == ("warehouse", (("received_quantity", "0", "4"),))


def test_supply_that_changes_by_rest_is_noticed(database: Database) -> None:
    """The promise watch and the waiting drafts hear of it from the same transaction."""
    with database.begin() as session:
        item, site = an_item(session), a_site(session)
        row = {
            "kind": "purchase", "number": "PO1", "item": item.number, "site": site.code,
            "quantity": Decimal(5), "expected_date": date(2026, 3, 9),
        }  # fmt: skip
        put_one(session, table_named("receipts"), row, door=REST, act=an_act())
        later = {**row, "expected_date": date(2026, 3, 20)}
        put_one(session, table_named("receipts"), later, door=REST, act=an_act())
        put_one(session, table_named("items"), {"number": item.number, "lead_days": 3}, door=REST, act=an_act())  # fmt: skip
        noticed = session.scalars(select(SupplyChange.moment).order_by(SupplyChange.id)).all()
        owed = session.scalars(select(OutboxItem.task)).all()
    assert noticed == ["insert", "update"]
    assert owed == ["recheck-drafts"]
