"""The list of interchanges and one with its tree."""

from dataclasses import asdict

import pytest

from core.errors import NotFound
from core.exchange.listing import interchange_page, troubled_count
from core.exchange.search import Asked
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage, Partner
from core.exchange.view import interchange_view
from core.inbound.envelopes import Fault

FAULT = Fault("segment", "AK304", "3", "edi-segment-missing", 12, "BEG", "BEG", 2)


def _interchange(direction="in", status="received", **more):
    values = {
        "standard": "x12",
        "sender_id": "ACME",
        "sender_qualifier": "ZZ",
        "receiver_id": "OURS",
        "control": "000000077",
        **more,
    }
    return ExchangeInterchange(direction=direction, status=status, **values)


@pytest.fixture
def filled(database):
    with database.begin() as session:
        session.add(Partner(id=1, code="ACME", name="Acme Pumps"))
        session.flush()
        came = _interchange(partner_id=1)
        held = _interchange(status="quarantined", control="000000078", verdict="rejected")
        session.add_all([came, held])
        session.flush()
        went = _interchange(
            "out",
            "sent",
            sender_id="OURS",
            receiver_id="ACME",
            control="000000001",
            answers_id=came.id,
            answer_state="overdue",
        )
        session.add(went)
        session.flush()
        group = ExchangeGroup(interchange_id=came.id, ordinal=0, kind="PO", control="5")
        session.add(group)
        session.flush()
        session.add_all(
            [
                ExchangeMessage(
                    interchange_id=came.id,
                    group_id=group.id,
                    ordinal=n,
                    format="x12/850",
                    control=f"000{n}",
                    verdict="rejected" if n == 2 else "accepted",
                    faults=[asdict(FAULT)] if n == 2 else [],
                )
                for n in (1, 2)
            ]
        )
        ids = came.id, held.id, went.id
    return database, ids


def test_the_list_is_newest_first_and_counts_what_needs_a_person(filled):
    database, (came, held, went) = filled
    with database.read() as session:
        everything = interchange_page(session)
        assert [row.id for row in everything.rows] == [went, held, came]
        assert everything.counts == {
            "in": 2,
            "out": 1,
            "trouble": 2,
            "waiting": 0,
            "test": 0,
            "copies": 0,
        }
        assert troubled_count(session) == 2
        first = everything.rows[-1]
        assert (first.partner, first.formats, first.messages) == ("Acme Pumps", ("x12/850",), 2)
        assert everything.rows[0].other_end == "ACME"
        assert [row.id for row in interchange_page(session, Asked("trouble")).rows] == [went, held]
        assert [row.id for row in interchange_page(session, Asked(words="0078")).rows] == [held]
        assert [row.id for row in interchange_page(session, Asked(partner_id=1)).rows] == [came]


def test_one_has_its_tree_its_faults_and_what_answers_it(filled):
    database, (came, _, went) = filled
    with database.read() as session:
        view = interchange_view(session, came)
    (group,) = view.groups
    assert [m.control for m in group.messages] == ["0001", "0002"]
    assert group.messages[1].faults == (FAULT,)
    assert [(one.how, one.row.id) for one in view.related] == [("answered by", went)]
    assert view.sender == "ACME (ZZ)" and view.receiver == "OURS"


def test_an_unknown_interchange_is_not_found(database):
    with database.read() as session, pytest.raises(NotFound):
        interchange_view(session, 99)
