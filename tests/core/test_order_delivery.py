"""Terms of delivery that are agreed after booking: what is open is promised anew, first promises stay."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.change.own import open_change
from core.drafts.confirm import confirm
from core.drafts.delivery import set_delivery as on_draft
from core.drafts.tables import Draft, DraftLine
from core.errors import BadInput, NotFound
from core.journal import history
from core.orders.amendment import amendment
from core.orders.days_ahead import days_ahead
from core.orders.delivery import Wish, preview_delivery, set_delivery
from core.orders.promises import order_promises
from core.orders.tables import Order, OrderLine, PromiseVersion, ScheduleLine
from core.promising.promise import answer_of_json
from tests import builders as make
from tests.core.drafts.counter import a_counter, day, ordered


def parts(session: Session) -> list[list[tuple[int, date | None, date | None]]]:
    """By line (quantity, first promised, promised)."""
    found = []
    for line in session.scalars(select(OrderLine).order_by(OrderLine.position)):
        rows = session.scalars(
            select(ScheduleLine)
            .where(ScheduleLine.line_id == line.id, ScheduleLine.quantity > 0)
            .order_by(ScheduleLine.promised_date, ScheduleLine.id)
        )
        found.append([(int(r.quantity), r.first_promised_date, r.promised_date) for r in rows])
    return found


def an_order(session: Session) -> Order:
    """Four of A are there and six come; B is there."""
    counter = a_counter(session)
    make.a_lot(session, counter["site"], counter["items"]["A"], 4)
    make.a_receipt(session, counter["site"], counter["items"]["A"], 20, day(4))
    make.a_lot(session, counter["site"], counter["items"]["B"], 10)
    draft = ordered(session, ("A", 10), ("B", 5))
    return confirm(session, draft, version=draft.version, act=make.an_act())


def test_ship_complete_moves_the_whole_set_and_back(database: Database) -> None:
    with database.begin() as session:
        order = an_order(session)
        before = [[(4, day(1), day(1)), (6, day(7), day(7))], [(5, day(1), day(1))]]
        assert parts(session) == before
        act = make.an_act()
        event = set_delivery(session, order, Wish("", {"complete": "yes"}), "Ana", act=act)
        assert (
            set_delivery(session, order, Wish("", {"complete": "yes"}), "Ana", act=act).id
            == event.id
        )
        assert all(promised == day(7) for line in parts(session) for _, _, promised in line)
        assert sum(quantity for quantity, _, _ in parts(session)[0]) == 10
        assert parts(session)[1] == [(5, day(1), day(7))]
        assert "All together." in order_promises(session, order.id).delivery[0][1]
        set_delivery(session, order, Wish("", {"complete": "no"}), "Ana again", act=make.an_act())
        now = parts(session)
        assert [(q, promised) for q, _, promised in now[0]] == [(4, day(1)), (6, day(7))]
        assert now[1] == [(5, day(1), day(1))]
        names = [e.name for e in history(session, "order", order.id)]
        assert names.count("order.delivery_set") == 2


@pytest.mark.parametrize(
    ("terms", "quantities"),
    [({"part_quantity": "5"}, [10]), ({"most_dates": "1"}, [10]), ({"part_quantity": "4"}, [4, 6])],
)
def test_least_parts_and_days(
    sqlite_database: Database, terms: dict[str, str], quantities: list[int]
) -> None:
    with sqlite_database.begin() as session:
        order = an_order(session)
        set_delivery(session, order, Wish("", terms), "Ana", act=make.an_act())
        by_day: dict[object, int] = {}
        for quantity, _, promised in parts(session)[0]:
            by_day[promised] = by_day.get(promised, 0) + quantity
        assert list(by_day.values()) == quantities


@pytest.mark.parametrize(
    ("group", "terms", "reason"),
    [
        ("", {}, "x"),
        ("", {"most_dates": "few"}, "x"),
        ("", {"complete": "yes"}, ""),
        ("G", {"complete": "yes"}, "x"),
    ],
)
def test_what_makes_no_sense_changes_nothing(
    sqlite_database: Database, group: str, terms: dict[str, str], reason: str
) -> None:
    with sqlite_database.begin() as session:
        order = an_order(session)
        kept = dict(order.delivery)
        with pytest.raises(BadInput):
            set_delivery(session, order, Wish(group, terms), reason, act=make.an_act())
        assert order.delivery == kept


def a_set(session: Session) -> Order:
    """A comes on day 7, B is there, C comes on day 10; each line is promised for itself."""
    counter = a_counter(session)
    items, site = counter["items"], counter["site"]
    make.a_receipt(session, site, items["A"], 20, day(4), number="PO-A")
    make.a_lot(session, site, items["B"], 10)
    make.a_receipt(session, site, items["C"], 20, day(9), number="PO-C")
    draft = ordered(session, ("A", 10), ("B", 5), ("C", 4))
    return confirm(session, draft, version=draft.version, act=make.an_act())


def ids(session: Session, *positions: int) -> tuple[int, ...]:
    rows = session.execute(select(OrderLine.position, OrderLine.id))
    found = {row.position: row.id for row in rows}
    return tuple(found[position] for position in positions)


def promised(session: Session) -> list[date | None]:
    return [line[-1][2] for line in parts(session)]


def shown(session: Session, order: Order, wish: Wish) -> list[date | None]:
    rows = preview_delivery(session, order, wish, now=make.NOW)
    return [row.then[-1][1] for row in rows]


def test_a_group_is_formed_changed_and_dissolved_and_shown_before(database: Database) -> None:
    with database.begin() as session:
        order = a_set(session)
        alone = promised(session)
        a, b, c = alone
        assert a is not None and b is not None and c is not None and b < a < c
        first = [line[0][1] for line in parts(session)]

        wish = Wish("kit", line_ids=ids(session, 1, 2))
        before = (dict(order.delivery), promised(session))
        assert shown(session, order, wish) == [a, a, c]
        session.flush()
        assert (order.delivery, promised(session)) == before
        assert order.delivery_policy == "partial"
        event = set_delivery(session, order, wish, "Ana", act=make.an_act())
        assert promised(session) == [a, a, c]
        assert event.changes["lines of kit"] == ["", "1, 2"]
        assert event.facts["lines"] == "1, 2" and event.facts["terms"] == "All together."
        versions = session.scalars(
            select(PromiseVersion).where(PromiseVersion.cause != "").order_by(PromiseVersion.id)
        ).all()
        assert "kit (lines 1, 2)" in versions[-1].cause

        grown = Wish("kit", line_ids=ids(session, 2, 3))
        assert shown(session, order, grown) == [a, c, c]
        set_delivery(session, order, grown, "Ana, by phone", act=make.an_act())
        assert promised(session) == [a, c, c]

        gone = Wish("kit", dissolve=True)
        assert shown(session, order, gone) == alone
        set_delivery(session, order, gone, "Ana: not needed", act=make.an_act())
        assert promised(session) == alone
        assert set(order.delivery) == {""}
        assert {line.group_name for line in session.scalars(select(OrderLine))} == {""}
        assert [line[0][1] for line in parts(session)] == first


def test_a_line_goes_from_one_group_to_another_and_an_empty_group_ends(
    sqlite_database: Database,
) -> None:
    with sqlite_database.begin() as session:
        order = a_set(session)
        set_delivery(
            session, order, Wish("one", line_ids=ids(session, 1)), "Ana", act=make.an_act()
        )
        both = Wish("two", line_ids=ids(session, 1, 2))
        set_delivery(session, order, both, "Ana", act=make.an_act())
        assert set(order.delivery) == {"", "two"}
        only_terms = Wish("two", {"complete": "no"})
        set_delivery(session, order, only_terms, "Ana", act=make.an_act())
        names = [
            x.group_name for x in session.scalars(select(OrderLine).order_by(OrderLine.position))
        ]
        assert names == ["two", "two", ""]


def test_an_order_from_before_groups_keeps_its_terms_for_the_rest(
    sqlite_database: Database,
) -> None:
    with sqlite_database.begin() as session:
        order = a_set(session)
        order.delivery, order.delivery_policy = {}, "complete"
        session.flush()
        apart = Wish("apart", {"complete": "no"}, ids(session, 2))
        set_delivery(session, order, apart, "Ana", act=make.an_act())
        assert order.delivery[""]["terms"]["complete"] == "yes"
        now = promised(session)
        assert now[0] == now[2] and now[1] < now[0]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (Wish("", {"complete": "yes"}, (1,)), "group"),
        (Wish("new", {"complete": "yes"}), "group"),
        (Wish("new", dissolve=True), "group"),
        (Wish("", dissolve=True), "group"),
        (Wish("", {}), "complete"),
    ],
)
def test_a_group_that_makes_no_sense_changes_nothing(
    sqlite_database: Database, wish: Wish, field: str
) -> None:
    with sqlite_database.begin() as session:
        order = a_set(session)
        for refused in (
            lambda: set_delivery(session, order, wish, "Ana", act=make.an_act()),
            lambda: preview_delivery(session, order, wish, now=make.NOW),
        ):
            with pytest.raises(BadInput) as caught:
                refused()
            assert caught.value.field == field
        with pytest.raises(NotFound):
            preview_delivery(session, order, Wish("kit", line_ids=(999,)), now=make.NOW)
        assert {line.group_name for line in session.scalars(select(OrderLine))} == {""}


def on_the_desk(session: Session, order: Order) -> Draft:
    """The whole order opened as a change of a clerk's."""
    session.refresh(order)
    return open_change(session, order, act=make.an_act())


def grouped(session: Session, draft: Draft, name: str, changes: dict[str, str], *at: int) -> None:
    rows = session.execute(
        select(DraftLine.position, DraftLine.id).where(DraftLine.draft_id == draft.id)
    )
    found = {row.position: row.id for row in rows}
    on_draft(
        session,
        draft,
        name,
        changes,
        "Ana",
        line_ids=tuple(found[position] for position in at),
        version=draft.version,
        act=make.an_act(),
    )


def told_ahead(session: Session, order: Order, draft: Draft) -> list[date | None]:
    found = amendment(session, order, draft)
    answer = answer_of_json(draft.promise)
    rows = days_ahead(session, order, found, draft=draft, answer=answer, now=make.NOW)
    return [row.then[-1][1] for row in rows]


def test_a_change_on_the_desk_forms_and_dissolves_a_group_and_tells_the_days_before(
    database: Database,
) -> None:
    with database.begin() as session:
        order = a_set(session)
        alone = promised(session)
        first = [line[0][1] for line in parts(session)]
        a, _, c = alone
        draft = on_the_desk(session, order)
        grouped(session, draft, "kit", {"complete": "yes"}, 1, 2)
        assert told_ahead(session, order, draft) == [a, a, c]
        confirm(session, draft, version=draft.version, act=make.an_act())
        assert promised(session) == [a, a, c]
        assert (order.revision, set(order.delivery)) == (2, {"", "kit"})
        again = on_the_desk(session, order)
        grouped(session, again, "kit", {})
        assert told_ahead(session, order, again) == alone
        confirm(session, again, version=again.version, act=make.an_act())
        assert promised(session) == alone
        assert set(order.delivery) == {""}
        assert [line[0][1] for line in parts(session)] == first
