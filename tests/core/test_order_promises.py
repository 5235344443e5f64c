"""What the order's screen tells of its promises, and a supplier who cannot come sooner."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from core.catalogue.tables import Substitute
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, correct
from core.drafts.delivery import set_delivery
from core.drafts.ways.take import take_alternative
from core.errors import NotFound
from core.orders.expedite import refuse_expedite
from core.orders.promises import order_promises
from core.orders.repromise import repromise
from core.promising.tables import Expedite
from tests import builders as make
from tests.core.drafts.counter import a_counter, day, lines_of, ordered


def test_four_dates_terms_and_the_supplier_who_cannot_come_sooner(database: Database) -> None:
    with database.begin() as session:
        counter = a_counter(session)
        item = counter["items"]["A"]
        receipt = make.a_receipt(session, counter["site"], item, 20, day(7), number="PO-77")
        mara = make.a_user(session, name="Mara")
        by = f"user:{mara.id}"
        draft = ordered(session, ("A", 10), wish=3)
        (line,) = lines_of(session, draft)
        take_alternative(
            session,
            draft,
            line.id,
            "expedite",
            receipt.id,
            reason="fair",
            version=draft.version,
            act=make.an_act(by),
        )
        set_delivery(
            session,
            draft,
            "",
            {"complete": "yes"},
            "Ana",
            version=draft.version,
            act=make.an_act(by),
        )
        order = confirm(session, draft, version=draft.version, act=make.an_act(by))
        found = order_promises(session, order.id)
        (row,) = found.rows
        assert (row.requested_date, row.first_promised_date, row.promised_date) == (
            day(3),
            day(3),
            day(3),
        )
        assert found.delivery == (("", "All together.", "Mara: Ana"),)
        (asked,) = found.expedites
        assert (asked.words, asked.refused) == (
            "PO-77, due Mon 9 Mar 2026, on Wed 4 Mar 2026",
            False,
        )
        event = refuse_expedite(session, order, asked.id, "no truck", act=make.an_act(by))
        assert "PO-77" in event.facts["asked"]
        repromise(session, order, "PO-77 stays late", act=make.an_act(by))
        (row,) = order_promises(session, order.id).rows
        assert (row.first_promised_date, row.promised_date) == (day(3), day(8))
        assert [(v.version, v.cause, v.by) for v in row.versions] == [
            (1, "", "Mara"),
            (2, "PO-77 stays late", "Mara"),
        ]
        with pytest.raises(NotFound):
            refuse_expedite(session, order, 999, "x", act=make.an_act(by))


def test_a_substitute_is_told_with_what_it_stands_in_for(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        counter = a_counter(session, substitutes="in-time")
        items = counter["items"]
        make.a_lot(session, counter["site"], items["B"], 100)
        session.add(Substitute(item_id=items["A"].id, substitute_id=items["B"].id))
        session.flush()
        draft = ordered(session, ("A", 10))
        order = confirm(session, draft, version=draft.version, act=make.an_act())
        (row,) = order_promises(session, order.id).rows
        assert (row.item, row.ordered_as) == ("IT-B", "IT-A")


def test_nothing_is_asked_for_sooner_by_a_draft_that_goes_back_to_usual(
    sqlite_database: Database,
) -> None:
    with sqlite_database.begin() as session:
        counter = a_counter(session)
        receipt = make.a_receipt(session, counter["site"], counter["items"]["A"], 20, day(7))
        draft = ordered(session, ("A", 10), wish=3)
        (line,) = lines_of(session, draft)
        for kind, id_, left in (("expedite", receipt.id, 1), ("usual", 0, 0)):
            take_alternative(
                session, draft, line.id, kind, id_, version=draft.version, act=make.an_act()
            )
            assert len(session.scalars(select(Expedite)).all()) == left
        edit = Edit(line.id, "quantity", "11")
        correct(session, draft, (edit,), version=draft.version, act=make.an_act())
        assert line.stock_quantity == Decimal(11)
