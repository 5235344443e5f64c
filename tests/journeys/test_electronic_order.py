"""An electronic order from the drop folder to its answers: read, kept, acknowledged, booked, confirmed, shipped, billed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from core import outbox
from core.config import Settings
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.reject import reject
from core.drafts.tables import Draft
from core.exchange.tables import ExchangeInterchange, ExchangeMessage
from core.inbound.receive import Arrival, receive
from core.orders.timeline import timeline
from core.shipping.tables import Shipment
from core.values import utc_now
from extraction.edi.read import read_any
from tests import steps
from tests.builders import (
    a_company,
    a_customer,
    a_list_price,
    a_lot,
    a_site,
    an_act,
    an_address,
    an_item,
)
from tests.exchanged import a_drop_folder, a_partner
from tests.faults.given import tools_for
from tests.workers.conftest import settings_in
from workers import jobs

X12 = """ISA*00*          *00*          *ZZ*ACMEWORKS      *ZZ*PROBEFITTINGS  *260302*0900*U*00401*000000007*0*P*>~
GS*PO*ACMEWORKS*PROBEFITTINGS*20260302*0900*7*X*004010~
ST*850*0001~
BEG*00*SA*PO-77**20260302~
N1*ST*Acme dock*92*DOCK1~
PO1*1*10*EA*4.10**VP*BX-40~
PO1*2*5*EA*2.00**VP*BX-60~
CTT*2~
SE*7*0001~
GE*1*7~
IEA*1*000000007~
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def _world(database: Database, tmp_path: Path, more: str = "") -> int:
    with database.begin() as session:
        a_company(session)
        site = a_site(session)
        customer = a_customer(session, number="C1")
        an_address(session, customer, code="DOCK1")
        for number, price in (("BX-40", "4.10"), ("BX-60", "2.00")):
            item = an_item(session, number=number)
            a_list_price(session, item, price)
            a_lot(session, site, item, 100)
        a_partner(session, customer, more)
        return a_drop_folder(session, tmp_path / "in").id


def _arrive(database: Database, folder_id: int, text: str = X12) -> int:
    with database.begin() as session:
        arrival = Arrival(
            "drop", text.encode(), utc_now(), source_name="o.edi", drop_folder_id=folder_id
        )
        return receive(session, arrival, act=an_act("system:intake")).document_id


def _work(database: Database, settings: Settings) -> None:
    jobs.bind(tools_for(database, settings))
    for _ in range(20):
        with database.read() as session:
            due = [i for i, _, _ in outbox.due(session, utc_now())]
        if not due:
            return
        for item_id in due:
            jobs.perform({"v": 1, "id": item_id})
    raise AssertionError("work does not end")


def _sent(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as session:
        rows = session.execute(
            select(ExchangeMessage.format, ExchangeInterchange.control, ExchangeInterchange.status)
            .join(ExchangeInterchange, ExchangeInterchange.id == ExchangeMessage.interchange_id)
            .where(ExchangeInterchange.direction == "out")
            .order_by(ExchangeInterchange.id)
        )
        return [(f, c, s) for f, c, s in rows]


def _out(tmp_path: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((tmp_path / "in" / "out").iterdir())}


def test_from_the_folder_to_the_confirmation(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    folder = _world(database, tmp_path)
    _arrive(database, folder)
    _work(database, settings)
    assert _sent(database) == [("x12/997", "1", "sent")]
    with database.begin() as session:
        draft = session.scalars(select(Draft)).one()
        assert draft.customer_id is not None and draft.customer_reason["code"] == "by-partner"
        confirm(session, draft, version=draft.version, act=an_act())
    _work(database, settings)
    assert _sent(database)[1] == ("x12/855", "2", "sent")
    files = _out(tmp_path)
    assert sorted(files) == ["855-acme-000000002.edi", "997-acme-000000001.edi"]
    told = files["997-acme-000000001.edi"].decode()
    assert "AK1*PO*7~" in told.replace("\n", "") and "AK5*A~" in told.replace("\n", "")
    answer = read_any(files["855-acme-000000002.edi"], 1)
    assert answer is not None and answer.interchanges[0].faults == ()
    assert b"PO-77" in files["855-acme-000000002.edi"]


def test_a_rejected_draft_is_told_so(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    _arrive(database, _world(database, tmp_path))
    _work(database, settings)
    with database.begin() as session:
        draft = session.scalars(select(Draft)).one()
        reject(session, draft, "Not our goods", act=an_act())
    _work(database, settings)
    assert [row[0] for row in _sent(database)] == ["x12/997", "x12/855"]
    segments = _out(tmp_path)["855-acme-000000002.edi"].decode().replace("\n", "").split("~")
    (head,) = [s.split("*") for s in segments if s.startswith("BAK")]
    assert head[2] in ("RJ", "RD") and head[3] == "PO-77"


def test_ship_notice_and_invoice_when_the_profile_wants_them(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    more = '[answers]\nship_notice = "same"\ninvoice = "same"\n'
    _arrive(database, _world(database, tmp_path, more))
    _work(database, settings)
    with database.begin() as session:
        draft = session.scalars(select(Draft)).one()
        order = confirm(session, draft, version=draft.version, act=an_act())
    with database.begin() as session:
        steps.shipped(session, session.merge(order))
        assert session.scalars(select(Shipment)).one().status == "shipped"
    _work(database, settings)
    formats = [row[0] for row in _sent(database)]
    assert sorted(formats) == ["x12/810", "x12/855", "x12/856", "x12/997"]
    assert {row[2] for row in _sent(database)} == {"sent"}
    assert sorted(int(row[1]) for row in _sent(database)) == [1, 2, 3, 4]
    for raw in _out(tmp_path).values():
        read = read_any(raw, 1)
        assert read is not None and read.interchanges[0].faults == (), raw


CHANGE = """ISA*00*          *00*          *ZZ*ACMEWORKS      *ZZ*PROBEFITTINGS  *260303*0900*U*00401*000000008*0*P*>~
GS*PC*ACMEWORKS*PROBEFITTINGS*20260303*0900*8*X*004010~
ST*860*0001~
BCH*04*SA*PO-77**1*20260302*****20260303~
POC*1*QD*6**EA*4.10**VP*BX-40~
CTT*1~
SE*5*0001~
GE*1*8~
IEA*1*000000008~
"""


def _confirm(database: Database, kind: str) -> None:
    with database.begin() as session:
        draft = session.scalars(select(Draft).where(Draft.kind == kind)).one()
        confirm(session, draft, version=draft.version, act=an_act())


def test_a_change_is_answered_as_a_change(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    """The 865 answers the 860, in its words; a new number for each answer, none left out."""
    folder = _world(database, tmp_path)
    _arrive(database, folder)
    _work(database, settings)
    _confirm(database, "order")
    _work(database, settings)
    _arrive(database, folder, CHANGE)
    _work(database, settings)
    _confirm(database, "change")
    _work(database, settings)
    assert [(row[0], row[1]) for row in _sent(database)] == [
        ("x12/997", "1"),
        ("x12/855", "2"),
        ("x12/997", "3"),
        ("x12/865", "4"),
    ]
    rows = _out(tmp_path)["865-acme-000000004.edi"].decode().replace("\n", "").split("~")
    segments = [row.split("*") for row in rows]
    (head,) = [s for s in segments if s[0] == "BCA"]
    assert "PO-77" in head and head[5] == "1"  # BCA05: the number of their change
    changed = next(s for s in segments if s[0] == "POC" and s[1] == "1")
    assert "6" in changed
    with database.read() as session:
        answered = session.execute(
            select(ExchangeInterchange.control)
            .join(ExchangeMessage, ExchangeMessage.interchange_id == ExchangeInterchange.id)
            .where(ExchangeMessage.format == "x12/860")
        ).scalar_one()
        assert answered == "000000008"


def test_the_same_file_again_is_answered_again_and_booked_once(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    """Sent once more under the same number with other line breaks: told again that it came, no second draft."""
    folder = _world(database, tmp_path)
    _arrive(database, folder)
    _work(database, settings)
    _arrive(database, folder, X12.replace("~\n", "~\r\n"))
    _work(database, settings)
    formats = [row[0] for row in _sent(database)]
    assert formats == ["x12/997", "x12/997"]
    with database.read() as session:
        assert len(session.scalars(select(Draft)).all()) == 1


def test_a_file_that_is_cut_is_told_so(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    folder = _world(database, tmp_path)
    _arrive(database, folder, X12[: X12.index("CTT")])
    _work(database, settings)
    assert [row[0] for row in _sent(database)] == ["x12/TA1"]
    (told,) = _out(tmp_path).values()
    assert b"TA1*000000007*260302*0900*R*" in told
    with database.read() as session:
        assert session.scalars(select(Draft)).all() == []


@pytest.mark.parametrize(
    ("sender", "name"), [("               ", "UNKNOWN"), ("PROBEFITTINGS  ", "PROBEFITTINGS")]
)
def test_an_envelope_that_names_nobody_or_ourselves_is_answered_too(
    sqlite_database: Database, settings: Settings, tmp_path: Path, sender: str, name: str
) -> None:
    """Whoever reads the folder that it came from sees that it came; an answer is never answered, so nothing loops."""
    folder = _world(sqlite_database, tmp_path)
    _arrive(sqlite_database, folder, X12.replace("ACMEWORKS      ", sender))
    _work(sqlite_database, settings)
    assert "x12/997" in {row[0] for row in _sent(sqlite_database)}
    for raw in _out(tmp_path).values():
        assert f"*{name:15}*".encode() in raw[50:70]
    for raw in _out(tmp_path).values():
        _arrive(sqlite_database, folder, raw.decode())
    before = len(_sent(sqlite_database))
    _work(sqlite_database, settings)
    assert len(_sent(sqlite_database)) == before


def test_the_order_s_story_tells_its_messages(
    sqlite_database: Database, settings: Settings, tmp_path: Path
) -> None:
    _arrive(sqlite_database, _world(sqlite_database, tmp_path))
    _work(sqlite_database, settings)
    _confirm(sqlite_database, "order")
    _work(sqlite_database, settings)
    with sqlite_database.read() as session:
        order_id = session.scalars(select(Draft.order_id)).one()
        told = [row.sentence for row in timeline(session, order_id or 0)]
    assert any("x12/855 was written for Acme Works under number 2" in row for row in told)
    assert any(row.startswith("It went out by drop") and "855-acme" in row for row in told)
    assert any("order acknowledgement" in row and "sent to ACMEWORKS" in row for row in told)
