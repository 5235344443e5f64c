"""Who may place and lift a hold by hand is data, by kind of hold; asked on the server, whatever door it comes through."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.defaults import HOLDS
from core.agreements.hold_people import hold_people
from core.agreements.tables import HoldRule
from core.database import Database
from core.errors import BadInput, NotAllowed
from core.masterdata.every import table_named
from core.masterdata.history import changes_of
from core.masterdata.put import SCREEN, put_one
from core.masterdata.remove import remove_one
from core.orders.hold import KINDS, lifters, place, placeable, release
from core.orders.tables import Order
from tests import builders as make

TABLE = "hold-kinds"


@pytest.fixture
def order(database: Database) -> int:
    with database.begin() as session:
        make.a_company(session)
        make.a_user(session, login="clerk", role="clerk")
        make.a_user(session, login="quality", role="clerk", duties=["quality"])
        make.a_user(session, login="boss", role="admin")
        item = make.an_item(session)
        customer = make.a_customer(session)
        return make.an_order(session, customer, [make.Wanted(item, 3)]).id


CLERK, QUALITY, BOSS = "user:1", "user:2", "user:3"


def kept(session: Session, kind: str, place: list[str], lift: list[str]) -> None:
    values = {"kind": kind, "place_roles": place, "lift_roles": lift}
    put_one(session, table_named(TABLE), values, door=SCREEN, act=make.an_act(BOSS))


def test_every_kind_has_its_people_and_they_are_as_they_were(
    database: Database, order: int
) -> None:
    assert [row.kind for row in HOLDS] == sorted(KINDS, key=[row.kind for row in HOLDS].index)
    with database.begin() as session:
        found = session.get_one(Order, order)
        assert set(placeable(session, CLERK)) == set(KINDS)
        hold = place(session, found, "quality", "Batch 7", act=make.an_act(CLERK))
        assert lifters(session, found, hold) == ("quality", "admin")
        with pytest.raises(NotAllowed, match="quality duty"):
            release(session, hold, "Looks fine", act=make.an_act(CLERK))
        release(session, hold, "Looked at", act=make.an_act(QUALITY))


def test_the_company_says_who_places_and_who_lifts(database: Database, order: int) -> None:
    with database.begin() as session:
        found = session.get_one(Order, order)
        standing = place(session, found, "manual", "Wait", act=make.an_act(CLERK))
        kept(session, "manual", ["admin"], ["quality"])
        assert "manual" not in placeable(session, CLERK)
        with pytest.raises(NotAllowed, match="Only an admin may place manual holds"):
            place(session, found, "manual", "Wait", act=make.an_act(CLERK))
        place(session, found, "manual", "Wait", act=make.an_act(BOSS))
        with pytest.raises(NotAllowed, match="lift manual holds"):
            release(session, standing, "Go", act=make.an_act(BOSS))
        release(session, standing, "Go", act=make.an_act(QUALITY))
        remove_one(session, table_named(TABLE), ["manual"], door=SCREEN, act=make.an_act(BOSS))
        assert hold_people(session)["manual"] == next(r for r in HOLDS if r.kind == "manual")
        assert len(changes_of(session, table_named(TABLE))) == 2


def test_what_a_check_or_a_program_places_asks_nobody_and_is_lifted_by_its_check(
    database: Database, order: int
) -> None:
    with database.begin() as session:
        found = session.get_one(Order, order)
        kept(session, "export", [], ["sales"])
        by_check = place(
            session, found, "export", "Listed", code="restricted-party", act=make.an_act(CLERK)
        )
        assert lifters(session, found, by_check) == ("export", "admin")
        place(session, found, "export", "Nightly look", act=make.an_act("system:watch"))
        with pytest.raises(NotAllowed, match="Nobody may place export holds"):
            place(session, found, "export", "By hand", act=make.an_act(BOSS))


@pytest.mark.parametrize(
    ("place_roles", "lift_roles", "field"),
    [
        (["clerk"], [], "lift_roles"),
        (["king"], ["admin"], "place_roles"),
        ([], ["x"], "lift_roles"),
    ],
)
def test_a_hold_that_nobody_could_lift_is_refused(
    database: Database, order: int, place_roles: list[str], lift_roles: list[str], field: str
) -> None:
    with database.begin() as session:
        with pytest.raises(BadInput) as caught:
            kept(session, "manual", place_roles, lift_roles)
        assert caught.value.field == field
        assert session.scalars(select(HoldRule)).all() == []
