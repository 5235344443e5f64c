"""Lesson 5 without paper: our 855 is an offer, their 860 restates it, and with the 865 it is agreed; nobody pressed a key."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from core.agreements.tables import CheckRule
from core.config import Settings
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.tables import Draft
from core.orders.hold import reasons
from core.orders.tables import Hold, Order, OrderLine, ScheduleLine
from core.parties.tables import Customer
from core.values import utc_now
from tests.builders import an_act
from tests.journeys.test_electronic_order import _arrive, _out, _sent, _work, _world
from tests.workers.conftest import settings_in

SOON = (utc_now() + timedelta(days=1)).strftime("%Y%m%d")

ORDERED = f"""ISA*00*          *00*          *ZZ*ACMEWORKS      *ZZ*PROBEFITTINGS  *260302*0900*U*00401*000000007*0*P*>~
GS*PO*ACMEWORKS*PROBEFITTINGS*20260302*0900*7*X*004010~
ST*850*0001~
BEG*00*SA*PO-77**20260302~
N1*ST*Acme dock*92*DOCK1~
PO1*1*10*EA*4.10**VP*BX-40~
DTM*002*{SOON}~
PO1*2*900*EA*2.00**VP*BX-60~
DTM*002*{SOON}~
CTT*2~
SE*9*0001~
GE*1*7~
IEA*1*000000007~
"""

CHANGED = """ISA*00*          *00*          *ZZ*ACMEWORKS      *ZZ*PROBEFITTINGS  *260303*0900*U*00401*00000000{n}*0*P*>~
GS*PC*ACMEWORKS*PROBEFITTINGS*20260303*0900*{n}*X*004010~
ST*860*0001~
BCH*04*SA*PO-77**{n}*20260302*****20260303~
POC*2*CT*{quantity}**EA*2.00**VP*BX-60~
DTM*002*{day}~
CTT*1~
SE*6*0001~
GE*1*{n}~
IEA*1*00000000{n}~
"""


def _segments(raw: bytes) -> list[list[str]]:
    return [row.split("*") for row in raw.decode().replace("\n", "").split("~")]


def _of(raw: bytes, tag: str, element: int) -> list[str]:
    return [row[element] for row in _segments(raw) if row[0] == tag]


def test_an_offer_in_an_855_is_agreed_by_an_860(database: Database, tmp_path: Path) -> None:
    settings: Settings = settings_in(tmp_path)
    folder = _world(database, tmp_path)
    with database.begin() as session:
        customer = session.scalars(select(Customer)).one()
        customer.delivery_policy = "complete"
        rule = CheckRule(code="acceptance-differs", severity="hold", roles=["clerk", "admin"])
        rule.customer_id = customer.id
        session.add(rule)
    _arrive(database, folder, ORDERED)
    _work(database, settings)
    with database.begin() as session:
        draft = session.scalars(select(Draft)).one()
        confirm(session, draft, version=draft.version, act=an_act(at=utc_now()))
    _work(database, settings)
    offer = _out(tmp_path)["855-acme-000000002.edi"]
    assert _of(offer, "BAK", 2) == ["AH"]
    assert _of(offer, "ACK", 1) == ["IH", "IH"]
    (day,) = set(_of(offer, "ACK", 5))
    assert day != SOON
    assert any("This is our offer" in text for text in _of(offer, "MSG", 1))

    less = CHANGED.format(n=8, quantity=800, day=day)
    _arrive(database, folder, less)
    _work(database, settings)
    with database.read() as session:
        assert session.scalars(select(Hold.status)).all() == ["active"]
        waits = session.scalars(select(Draft).where(Draft.kind == "change")).one()
        assert waits.status == "open"

    first = dict(_promises(database))
    both = CHANGED.format(n=9, quantity=900, day=day).replace(
        "POC*2", f"POC*1*CT*10**EA*4.10**VP*BX-40~\nDTM*002*{day}~\nPOC*2"
    ).replace("SE*6", "SE*8").replace("CTT*1", "CTT*2")  # fmt: skip
    _arrive(database, folder, both)
    _work(database, settings)
    with database.read() as session:
        hold = session.scalars(select(Hold)).one()
        assert (hold.status, hold.released_by) == ("released", "policy:offer-restated")
        order = session.scalars(select(Order)).one()
        assert order.revision == 2 and not reasons(session, order, "release")
        wished = set(session.scalars(select(OrderLine.requested_date)).all())
        assert {f"{found:%Y%m%d}" for found in wished if found} == {day}
    assert dict(_promises(database)) == first
    assert [row[0] for row in _sent(database)][-2:] == ["x12/997", "x12/865"]
    name = next(n for n in _out(tmp_path) if n.startswith("865"))
    agreed = _out(tmp_path)[name]
    assert _of(agreed, "BCA", 2) == ["AD"]
    assert _of(agreed, "ACK", 1) == ["IA", "IA"]
    assert _of(agreed, "BCA", 5) == ["9"]


def _promises(database: Database) -> list[tuple[int, tuple[object, ...]]]:
    with database.read() as session:
        return [
            (row.id, (row.quantity, row.first_promised_date, row.promised_date, row.ship_date))
            for row in session.scalars(select(ScheduleLine))
        ]
