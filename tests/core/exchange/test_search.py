"""Interchanges are found by any number that somebody has at hand, and narrowed by partner, verdict, answer and age."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from sqlalchemy.orm import Session

from core.database import Database
from core.exchange.listing import interchange_list, interchange_page
from core.exchange.search import ANSWERS, Asked
from core.exchange.standing import standing
from core.exchange.tables import ExchangeInterchange, ExchangeMessage, Partner
from core.inbound.envelopes import Fault
from core.values import utc_now
from tests import builders as make
from tests.core.exchange.test_receive_interchanges import arrives
from tests.extraction.test_edi_envelopes import ISA, x12


def _found(session: Session, **asked: object) -> list[str]:
    return [row.control for row in interchange_page(session, Asked(**asked)).rows]  # type: ignore[arg-type]


def _went(session: Session, control: str, **more: object) -> ExchangeInterchange:
    row = ExchangeInterchange(
        direction="out", status="sent", standard="x12", sender_id="OURS", control=control, **more
    )
    session.add(row)
    session.flush()
    return row


def test_an_order_is_found_by_its_own_number_refused_or_not(database: Database) -> None:
    arrives(database, x12(2, number=501), "monday.edi")
    broken = x12(1, number=502).replace("K-1", "K-77").replace("SE*", "SE*9")
    arrives(database, broken, "tuesday.edi")
    arrives(
        database, x12(1, number=503).replace("K-1", "K-88").replace("*P*>", "*T*>"), "wednesday.edi"
    )
    with database.read() as session:
        assert _found(session, words="K-2") == ["000000501"]
        assert _found(session, words="k-77") == ["000000502"]
        assert _found(session, words="K-88") == ["000000503"]  # a test opens no draft
        assert _found(session, words="tuesday") == ["000000502"]
        assert _found(session, words="0000005") == ["000000503", "000000502", "000000501"]
        assert _found(session, verdict="accepted-with-faults") == ["000000502"]  # its message is
        assert _found(session, verdict="accepted") == ["000000503", "000000501"]
        assert _found(session, words="K_2") == _found(session, words="%") == []


def test_what_we_sent_is_found_by_what_it_is_about(database: Database) -> None:
    with database.begin() as session:
        order = make.an_order(session, make.a_customer(session), [], po_number="LW-4500")
        answer = _went(session, "000000009")
        invoice = _went(session, "000000010")
        session.add_all(
            [
                ExchangeMessage(
                    interchange_id=answer.id, ordinal=0, format="x12/855", subject="order",
                    subject_id=order.id,
                ),
                ExchangeMessage(
                    interchange_id=invoice.id, ordinal=0, format="x12/810", told={"number": "INV-31"},
                ),
            ]
        )  # fmt: skip
        number = order.number
    with database.read() as session:
        assert _found(session, words="lw-4500") == _found(session, words=number) == ["000000009"]
        assert _found(session, words="INV-31") == ["000000010"]


def test_each_filter_narrows_what_the_others_leave(database: Database) -> None:
    with database.begin() as session:
        old = utc_now() - timedelta(days=9)
        _went(session, "1", answer_state="rejected", verdict="accepted", created_at=old)
        _went(session, "2", answer_state="waiting")
        _went(session, "3", verdict="rejected")
    with database.read() as session:
        assert _found(session, answer="rejected") == ["1"]
        assert _found(session, answer="none") == _found(session, verdict="rejected") == ["3"]
        assert _found(session, days=7) == ["3", "2"]
        assert _found(session, days=7, show="waiting") == ["2"]
        assert _found(session, answer="no such state") == ["3", "2", "1"]
        now = utc_now()
        rows = interchange_list(session, Asked(days=30), most=2, now=now)
        assert [row.control for row in rows] == ["3", "2"]


def test_the_list_is_walked_to_its_end(database: Database) -> None:
    with database.begin() as session:
        for n in range(1, 121):
            _went(session, str(n))
    with database.read() as session:
        found = list(interchange_list(session, Asked(), most=1000, now=utc_now()))
    assert [row.control for row in found] == [str(n) for n in range(120, 0, -1)]


def test_every_answer_state_can_be_asked_for() -> None:
    """As core.exchange.tables names them."""
    named = {
        "waiting",
        "accepted",
        "accepted-with-faults",
        "partly-accepted",
        "rejected",
        "overdue",
    }
    assert named < set(ANSWERS)


def test_how_it_goes_with_a_partner(database: Database) -> None:
    fault = Fault("message", "AK502", "4", "edi-message-count", 7, "9", "SE", 5)
    with database.begin() as session:
        session.add_all(
            [Partner(id=1, code="LOOM", name="Loom"), Partner(id=2, code="TYNE", name="Tyne")]
        )
        session.flush()
        made = []
        for partner, control, more in (
            (1, "1", {}),
            (1, "2", {"test": True, "verdict": "accepted-with-faults"}),
            (2, "3", {}),
        ):
            row = ExchangeInterchange(
                direction="in", status="received", standard="x12", control=control, partner_id=partner, **more,
            )  # fmt: skip
            session.add(row)
            session.flush()
            made.append(row)
            session.add(
                ExchangeMessage(
                    interchange_id=row.id, ordinal=0, format="x12/850",
                    verdict="rejected" if control == "2" else "accepted",
                    faults=[asdict(fault)] if control == "2" else [],
                )
            )  # fmt: skip
        copy = ExchangeInterchange(
            direction="in", status="copy", standard="x12", control="1", partner_id=1,
            copy_of_id=made[0].id,
        )  # fmt: skip
        went = _went(session, "9", partner_id=1, answer_state="waiting")
        session.add_all(
            [copy, ExchangeMessage(interchange_id=went.id, ordinal=0, format="x12/855")]
        )
        session.flush()
        session.add(ExchangeMessage(interchange_id=copy.id, ordinal=0, format="x12/850"))
        newest = made[1].id
    with database.read() as session:
        found = standing(session, 1, since=utc_now() - timedelta(days=30))
        assert standing(session, 1, since=utc_now() + timedelta(days=1)).formats == ()
    orders, answers = found.formats
    assert (orders.format, orders.live, orders.tests, orders.rejected) == ("x12/850", 1, 1, 1)
    assert (answers.format, answers.live, answers.open) == ("x12/855", 1, 1)
    (most,) = found.faults
    assert (most.example, most.count, most.interchange_id) == (fault, 1, newest)


def test_a_number_in_an_envelope_that_says_nothing_else_is_found(database: Database) -> None:
    arrives(database, ISA.format(number=77) + "\nIEA*0*000000077~\n", "empty.edi")
    with database.read() as session:
        assert _found(session, words="000000077") == ["000000077"]
