"""The ERP keeps the addresses, a clerk needs a new place today: it counts here, is told as not yet there, and is met later."""

from __future__ import annotations

from sqlalchemy import select

from core.database import Database
from core.drafts.assess import assess
from core.drafts.fixes.new_place import add_place
from core.drafts.reasons import problem_sentence
from core.drafts.tables import Draft, DraftField, Problem
from core.masterdata.every import table_named
from core.masterdata.found import Given
from core.masterdata.history import changes_of
from core.masterdata.keepers import BOTH, ERP, set_keeper
from core.masterdata.proposals import proposal_of, proposals, waiting
from core.masterdata.put import REST, put_one, put_rows
from core.parties.tables import CustomerAddress
from tests.builders import Wanted, a_customer, a_draft, a_site, an_act, an_item

ADDRESSES = table_named("addresses")


def a_draft_to_a_new_place(database: Database) -> tuple[int, int, str]:
    """(draft, place, customer's number) after the clerk took the place over from the document."""
    with database.begin() as session:
        set_keeper(session, ADDRESSES, ERP, act=an_act())
        a_site(session)
        customer, item = a_customer(session), an_item(session)
        draft = a_draft(session, customer, [Wanted(item, 1)])
        for name, value in (
            ("ship_to_name", "Works two"),
            ("ship_to", "7 Quay Street, 20457 Hafen, DE"),
        ):
            session.add(DraftField(draft_id=draft.id, name=name, value=value, read_value=value, confidence=1.0))  # fmt: skip
        session.flush()
        place = add_place(session, draft, act=an_act("user:1"))
        draft.customer_reason = {"code": "chosen", "facts": {}}
        draft.ship_to_id = place.id
        draft.ship_to_reason = {"code": "chosen", "facts": {}}
        assess(session, draft, act=an_act("user:1"))
        return draft.id, place.id, customer.number


def told(database: Database, draft_id: int) -> str:
    with database.read() as session:
        query = select(Problem).where(Problem.draft_id == draft_id, Problem.code == "ship-to-new")
        row = session.scalars(query).one()
        return problem_sentence(row.code, row.facts)


def test_the_erp_sends_the_same_place_under_its_own_code(database: Database) -> None:
    draft_id, place_id, number = a_draft_to_a_new_place(database)
    assert "not in the ERP yet" in told(database, draft_id)
    theirs = {
        "customer": number, "kind": "ship_to", "code": "4711", "name": "Works Two",
        "street": "7 QUAY STREET", "postal_code": "20457", "city": "Hafen", "country": "DE",
    }  # fmt: skip
    with database.begin() as session:
        (found,) = proposals(session, [ADDRESSES])
        assert (found.action, found.values and found.values["city"]) == ("created", "Hafen")
        plan = put_one(session, ADDRESSES, theirs, door=REST, act=an_act("token:ERP"))
        assert plan.row_id == place_id
        (place,) = session.scalars(select(CustomerAddress)).all()
        assert (place.id, place.code, place.name) == (place_id, "4711", "Works Two")
        assert proposals(session, [ADDRESSES]) == ()
        draft = session.get_one(Draft, draft_id)
        assert draft.ship_to_id == place_id
        assess(session, draft, act=an_act("user:1"))
        change = changes_of(session, ADDRESSES, row_id=place_id)[0]
        assert (change.door, {n: new for n, _, new in change.changes}["code"]) == ("rest", "4711")  # fmt: skip
    assert "not in the ERP yet" not in told(database, draft_id)


def test_another_place_is_no_proposal_of_ours(database: Database) -> None:
    _, place_id, number = a_draft_to_a_new_place(database)
    theirs = {
        "customer": number, "kind": "ship_to", "code": "4712", "name": "Works three",
        "street": "8 Quay Street", "postal_code": "20457", "city": "Hafen", "country": "DE",
    }  # fmt: skip
    with database.begin() as session:
        put_rows(session, ADDRESSES, [Given(1, theirs)], door=REST, act=an_act("token:ERP"))
        assert len(session.scalars(select(CustomerAddress)).all()) == 2
        assert proposal_of(session, ADDRESSES, place_id) is not None


def test_nothing_waits_when_the_erp_is_no_longer_the_master(database: Database) -> None:
    _, place_id, _ = a_draft_to_a_new_place(database)
    with database.begin() as session:
        assert waiting(session) == {"addresses": 1}
        set_keeper(session, ADDRESSES, BOTH, act=an_act())
        assert waiting(session) == {} and proposal_of(session, ADDRESSES, place_id) is None
