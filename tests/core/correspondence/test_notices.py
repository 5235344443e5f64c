"""New dates are told once: in one mail for each customer, in their language, or as the message that they expect."""

from __future__ import annotations

import email
import email.policy
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import outbox
from core.config import Settings
from core.correspondence.compose import Outgoing, compose
from core.correspondence.notice_page import drafted_notices, notice_view
from core.correspondence.notices import send, send_all
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.tables import Draft
from core.errors import IllegalStep
from core.orders.tables import Order
from core.outbox import OutboxItem
from core.supply.tables import Receipt
from core.values import utc_now
from core.watch.check import check
from core.watch.decide import accept
from core.watch.notice import edit
from core.watch.tables import PromiseNotice, PromiseSlip
from tests import builders as make
from tests.builders import NOW, TODAY, an_act
from tests.core.watch.test_check import Shop, look
from tests.journeys.test_electronic_order import _arrive, _out, _sent, _work, _world
from tests.workers.conftest import settings_in


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def two_customers(session: Session) -> Shop:
    """Three orders live from a receipt that moves by a week: two of a German customer, one of an English one."""
    shop = Shop(session)
    shop.customer.language, shop.customer.name = "de", "Nordlicht Pumpen GmbH"
    document = make.a_document(session, message_id="<first@customer.example>")
    make.a_contact(session, shop.customer, email="buyer@customer.example")
    shop.order(4, po_number="4711", document_id=document.id)
    shop.order(3, po_number="4712")
    shop.customer = make.a_customer(session, name="Ferris & Lane Ltd")
    shop.order(2, po_number="F-1")
    look(session)
    shop.receipt.expected_date = day(14)
    look(session)
    for slip in session.scalars(select(PromiseSlip)):
        accept(session, slip, act=an_act())
    return shop


def notices(session: Session) -> list[PromiseNotice]:
    return list(session.scalars(select(PromiseNotice).order_by(PromiseNotice.id)))


def mails(session: Session) -> list[email.message.EmailMessage]:
    found = []
    for item in session.scalars(select(OutboxItem).where(OutboxItem.task == "promise-notice")):
        made = compose(session, item, now=NOW, secret_key="k" * 32)
        assert isinstance(made, Outgoing)
        found.append(email.message_from_bytes(made.raw, policy=email.policy.default))
    return found


def text_of(mail: email.message.EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_one_mail_for_each_customer_in_their_language(database: Database) -> None:
    with database.begin() as session:
        two_customers(session)
        first, second = notices(session)
        assert [row.dates for row in drafted_notices(session)] == [2, 1]
        act = an_act()
        send_all(session, (first, second), act=act)
        send_all(session, (first, second), act=act)
        assert {n.status for n in notices(session)} == {"sent"}
        german, english = mails(session)
        text = text_of(german)
        assert "Bestellung 4711" in text and "Bestellung 4712" in text
        assert "4 EA Di. 17. März 2026 statt Di. 10. März 2026" in text
        assert german["In-Reply-To"] == "<first@customer.example>"
        assert "2 EA Tue 17 Mar 2026 instead of Tue 10 Mar 2026" in text_of(english)


def test_the_clerks_words_go_out_and_a_newer_date_asks_for_another_look(database: Database) -> None:
    with database.begin() as session:
        shop = two_customers(session)
        first, _ = notices(session)
        assert notice_view(session, first.id).text.startswith("Guten Tag")
        edit(session, first, "Liebe Frau Huber,\n\nalles verschiebt sich.", act=an_act())
        assert notice_view(session, first.id).text == first.text
        shop.receipt.expected_date = day(21)
        look(session)
        for slip in session.scalars(select(PromiseSlip).where(PromiseSlip.status == "open")):
            accept(session, slip, act=an_act())
        assert first.text == ""
        view = notice_view(session, first.id)
        assert [(d.old_date, d.new_date) for d in view.dates] == [(day(8), day(22))] * 2
        edit(session, first, "Liebe Frau Huber,\n\nalles verschiebt sich.", act=an_act())
        send(session, first, act=an_act())
        (mail,) = mails(session)
        assert text_of(mail).startswith("Liebe Frau Huber,")
        html = mail.get_body(("html",))
        assert html is not None and "alles verschiebt sich" in html.get_content()


def test_what_came_back_is_not_told(database: Database) -> None:
    with database.begin() as session:
        shop = Shop(session)
        row = shop.order(4)
        row.requested_date = day(8)
        look(session)
        for expected in (day(14), day(7)):
            shop.receipt.expected_date = expected
            look(session)
            (slip,) = session.scalars(select(PromiseSlip).where(PromiseSlip.status == "open"))
            accept(session, slip, act=an_act())
        assert (row.promised_date, row.promise_version) == (day(8), 3)
        (notice,) = notices(session)
        with pytest.raises(IllegalStep, match="Drop this mail"):
            send(session, notice, act=an_act())
        assert send_all(session, [notice], act=an_act()) == []
        assert notice.status == "dropped"
        assert session.scalars(select(OutboxItem)).all() == []


def test_a_partner_gets_a_message_and_no_mail(database: Database, tmp_path: Path) -> None:
    """The whole way: an X12 order is confirmed, its stock is lost, the new date goes out as an 865."""
    settings: Settings = settings_in(tmp_path)
    _arrive(database, _world(database, tmp_path))
    _work(database, settings)
    with database.begin() as session:
        draft = session.scalars(select(Draft)).one()
        confirm(session, draft, version=draft.version, act=an_act(at=utc_now()))
    _work(database, settings)
    with database.begin() as session:
        order = session.scalars(select(Order)).one()
        item_id = _lose_stock(session)
        now = an_act(at=utc_now())
        assert check(session, {item_id}, act=now).slipped == 1
        accept(session, session.scalars(select(PromiseSlip)).one(), act=now)
        (notice,) = notices(session)
        assert drafted_notices(session)[0].electronic == (order.number,)
        send(session, notice, act=an_act(at=utc_now()))
        tasks = session.scalars(select(OutboxItem.task).where(OutboxItem.state == "due")).all()
        assert list(tasks) == ["order-acknowledgement"]
    _work(database, settings)
    assert _sent(database)[-1] == ("x12/865", "3", "sent")
    written = _out(tmp_path)["865-acme-000000003.edi"].replace(b"\n", b"")
    assert b"*PO-77*" in written
    first, second = (part.split(b"~")[0] for part in written.split(b"~ACK*")[1:])
    assert first.startswith(b"DR*10*EA*") and second.startswith(b"IA*5*EA*")
    with database.read() as session:
        assert outbox.due(session, utc_now()) == []


def _lose_stock(session: Session) -> int:
    """The first item's lot is blocked, and more of it comes in six weeks."""
    from core.supply.count import set_quality
    from core.supply.tables import StockLot

    lot = session.scalars(select(StockLot).order_by(StockLot.id)).first()
    assert lot is not None
    set_quality(session, lot.id, "blocked", act=an_act())
    session.add(
        Receipt(
            kind="purchase",
            number="PO-9",
            site_id=lot.site_id,
            item_id=lot.item_id,
            quantity=lot.on_hand_quantity,
            expected_date=utc_now().date() + timedelta(days=9),
        )
    )
    session.flush()
    return lot.item_id
