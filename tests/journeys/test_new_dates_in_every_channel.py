"""A promise that slips is told in the customer's own channel: the acknowledgement anew, valid, with the new day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import select

from core.config import Settings
from core.correspondence.notices import send
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.tables import Draft
from core.inbound.receive import Arrival, receive
from core.orders.tables import OrderLine, ScheduleLine
from core.outbox import OutboxItem
from core.supply.count import set_quality
from core.supply.tables import Receipt, StockLot
from core.values import utc_now
from core.watch.check import check
from core.watch.decide import accept
from core.watch.tables import PromiseNotice, PromiseSlip
from extraction.edi.read import read_any
from tests.builders import an_act
from tests.core.messages.test_xml_idoc import valid as valid_idoc
from tests.core.messages.xml_schemas import faults
from tests.journeys import test_xml_orders_answered as answered
from tests.workers.conftest import settings_in

EDIFACT = (
    "UNA:+.? 'UNB+UNOC:3+7080001000004:14+5390001000006:14+260302:0900+77'"
    "UNH+1+ORDERS:D:96A:UN:EAN008'BGM+220+ED-9+9'DTM+137:20260302:102'"
    "NAD+BY+7080001000004::9'NAD+SU+5390001000006::9'CUX+2:EUR:9'"
    "LIN+1++BX-40:SA'QTY+21:10:PCE'PRI+AAA:4.10'LIN+2++BX-60:SA'QTY+21:5:PCE'PRI+AAA:2.00'"
    "UNS+S'CNT+2:2'UNT+15+1'UNZ+1+77'"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def no_faults(format: str, raw: bytes) -> None:
    """By the schema, or for EDIFACT by reading it back."""
    family = format.partition("/")[0]
    if family == "edifact":
        read = read_any(raw, 1)
        assert read is not None and read.interchanges[0].faults == ()
    elif family == "idoc":
        valid_idoc(raw)
    elif family in answered.MODELS:
        model = answered.MODELS[family]
        assert model.validate(etree.fromstring(raw)), model.error_log
    else:
        assert faults("cii/comfort" if family == "cii" else format, raw) == []
        assert family != "ubl" or not answered.broken(etree.fromstring(raw))


def the_stock_is_lost(database: Database) -> date:
    """All of it is blocked and comes again in some weeks; the slips are accepted and sent. The last new day."""
    act = an_act(at=utc_now())
    with database.begin() as session:
        for lot in session.scalars(select(StockLot)).all():
            set_quality(session, lot.id, "blocked", act=an_act())
            session.add(
                Receipt(
                    kind="purchase",
                    number=f"PO-{lot.id}",
                    site_id=lot.site_id,
                    item_id=lot.item_id,
                    quantity=lot.on_hand_quantity,
                    expected_date=utc_now().date() + timedelta(days=20),
                )
            )
        session.flush()
        items = set(session.scalars(select(OrderLine.item_id)))
        assert check(session, items, act=act).slipped == 2
        for slip in session.scalars(select(PromiseSlip).order_by(PromiseSlip.id)).all():
            accept(session, slip, act=an_act(at=utc_now()))
        send(session, session.scalars(select(PromiseNotice)).one(), act=an_act(at=utc_now()))
        due = session.scalars(select(OutboxItem.task).where(OutboxItem.state == "due")).all()
        assert list(due) == ["order-acknowledgement"]  # and no mail beside it
        rows = session.scalars(select(ScheduleLine)).all()
        assert all(row.first_promised_date != row.promised_date for row in rows)
        return max(row.promised_date for row in rows if row.promised_date)


@pytest.mark.parametrize(
    ("text", "format", "prices"),
    [
        (answered.UBL, "ubl/OrderResponse", ("0.125", "10.00")),
        (answered.CXML, "cxml/ConfirmationRequest", ("4.10", "2.00")),
        (answered.CII, "cii/OrderResponse", ("4.10", "2.00")),
        (answered.OPENTRANS, "opentrans/ORDERRESPONSE", ("4.10", "2.00")),
        (answered.GS1, "gs1/orderResponse", ("4.10", "2.00")),
        (answered.OAGIS, "oagis/AcknowledgePurchaseOrder", ("4.10", "2.00")),
        (answered.IDOC, "idoc/ORDRSP", ("4.10", "2.00")),
        (EDIFACT, "edifact/ORDRSP", ("4.10", "2.00")),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "",
)
def test_a_slip_is_told_as_the_order_was_answered(
    sqlite_database: Database,
    settings: Settings,
    tmp_path: Path,
    text: str,
    format: str,
    prices: tuple[str, str],
) -> None:
    database, folder = sqlite_database, answered._world(sqlite_database, tmp_path, *prices)
    out = tmp_path / "in" / "out"
    with database.begin() as session:
        arrival = Arrival("drop", text.encode(), utc_now(), drop_folder_id=folder)
        receive(session, arrival, act=an_act("system:intake"))
    answered._work(database, settings)
    with database.begin() as session:
        draft = session.scalars(select(Draft)).one()
        confirm(session, draft, version=draft.version, act=an_act(at=utc_now()))
    answered._work(database, settings)
    known = {path.name for path in out.iterdir()}
    new_day = the_stock_is_lost(database)
    answered._work(database, settings)
    (name,) = {path.name for path in out.iterdir()} - known
    raw = (out / name).read_bytes()
    no_faults(format, raw)
    assert new_day.isoformat().encode() in raw or f"{new_day:%Y%m%d}".encode() in raw
