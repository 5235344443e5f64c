"""An order that came as a message is answered by one: written, numbered, stored and owed at once, then handed over."""

from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from core import outbox
from core.config import Settings
from core.correspondence.outbox_page import resend as resend_mail
from core.database import Database
from core.drafts.reject import reject
from core.exchange.partners import save
from core.exchange.resend import resend
from core.exchange.tables import ExchangeInterchange, ExchangeMessage
from core.inbound.blobs import load_blob
from core.journal import history
from core.orders.acknowledge import acknowledge
from core.outbox import OutboxItem
from core.values import utc_now
from extraction.edi.read import read_any
from tests.builders import (
    Wanted,
    a_company,
    a_customer,
    a_lot,
    a_site,
    an_act,
    an_item,
    an_order,
)
from tests.exchanged import Came, a_drop_folder, a_partner, an_electronic_order
from tests.faults.given import tools_for
from tests.servers.scripted_smtp import ScriptedSmtp
from tests.steps import shipped
from workers import deliver, jobs


def _owed(database: Database) -> list[tuple[int, str]]:
    with database.read() as session:
        return [(i, task) for i, task, _ in outbox.due(session, utc_now())]


def _work(database: Database, settings: Settings) -> None:
    """What relay and workers do, until nothing is due."""
    jobs.bind(tools_for(database, settings))
    while due := _owed(database):
        for item_id, _ in due:
            jobs.perform({"v": 1, "id": item_id})


def _sent(database: Database) -> list[ExchangeInterchange]:
    with database.read() as session:
        rows = session.scalars(
            select(ExchangeInterchange)
            .where(ExchangeInterchange.direction == "out")
            .order_by(ExchangeInterchange.id)
        ).all()
        session.expunge_all()
    return list(rows)


def _item(database: Database, task: str) -> OutboxItem:
    with database.read() as session:
        item = session.scalars(
            select(OutboxItem).where(OutboxItem.task == task).order_by(OutboxItem.id.desc())
        ).first()
        assert item is not None
        session.expunge(item)
    return item


@pytest.mark.parametrize(
    ("format", "answer"),
    [
        ("x12/850", "x12/855"),
        ("edifact/ORDERS", "edifact/ORDRSP"),
        ("ubl/Order", "ubl/OrderResponse"),
        ("cxml/OrderRequest", "cxml/ConfirmationRequest"),
        ("opentrans/ORDER", "opentrans/ORDERRESPONSE"),
        ("idoc/ORDERS", "idoc/ORDRSP"),
        ("cii/Order", "cii/OrderResponse"),
    ],
)
def test_without_a_profile_the_answer_goes_the_way_the_order_came(
    database: Database, settings: Settings, tmp_path: Path, format: str, answer: str
) -> None:
    with database.begin() as session:
        a_company(session)
        came = an_electronic_order(session, format, folder=a_drop_folder(session, tmp_path / "in"))
        acknowledge(session, came.order, act=an_act())
    _work(database, settings)
    (row,) = _sent(database)
    assert (row.status, row.carrier, row.control) == ("sent", "drop", "1")
    assert (row.sender_id, row.receiver_id) == ("PROBEFITTINGS", "ACMEWORKS")
    assert row.answers_id == came.interchange.id
    (file,) = (tmp_path / "in" / "out").iterdir()
    assert file.name == row.file_name
    with database.read() as session:
        assert load_blob(session, row.sha256) == file.read_bytes()
        (message,) = session.scalars(
            select(ExchangeMessage).where(ExchangeMessage.interchange_id == row.id)
        ).all()
        assert (message.format, message.subject, message.subject_id) == (
            answer, "order", came.order.id,
        )  # fmt: skip
        assert [e.name for e in history(session, "interchange", row.id)] == [
            "interchange.written", "interchange.sent",
        ]  # fmt: skip
    assert _item(database, "order-acknowledgement").state == "done"
    read = read_any(file.read_bytes(), 1)
    assert read is not None and came.order.po_number.encode() in file.read_bytes()
    if format.startswith(("x12", "edifact")):
        assert read.interchanges[0].faults == () and read.interchanges[0].control.endswith("1")


def test_the_customers_own_words_come_back(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    with database.begin() as session:
        a_company(session)
        came = an_electronic_order(session, folder=a_drop_folder(session, tmp_path / "in"))
        acknowledge(session, came.order, act=an_act())
    _work(database, settings)
    (file,) = (tmp_path / "in" / "out").iterdir()
    segments = [s.strip().split("*") for s in file.read_text("ascii").split("~")]
    (line,) = [s for s in segments if s[0] == "PO1"]
    assert line[:6] == ["PO1", "10", "10", "PC", "1000", "HP"]
    assert "AC-1" in line
    assert next(s for s in segments if s[0] == "GS")[2:4] == ["PROBEG", "ACMEG"]


def test_a_profile_says_how_they_want_it(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "acme"
    out.mkdir()
    more = (
        f'[write]\nseparators = "|:!^"\n[carrier]\nkind = "drop"\nfolder = "{out}"\n'
        "[answers]\noverdue_hours = 4\n"
    )
    with database.begin() as session:
        a_company(session)
        customer = a_customer(session)
        a_partner(session, customer, more)
        came = an_electronic_order(
            session, customer=customer, folder=a_drop_folder(session, tmp_path / "in")
        )
        acknowledge(session, came.order, act=an_act())
    _work(database, settings)
    (row,) = _sent(database)
    (file,) = out.iterdir()
    assert file.name == "855-acme-000000001.edi"
    assert file.read_bytes().startswith(b"ISA|00|") and b"|01|PROBEFIT  " in file.read_bytes()
    assert b"GS|PR|PROBEG|ACMEG|" in file.read_bytes()
    assert row.answer_state == "waiting" and row.answer_due_at is not None


def test_an_order_by_mail_is_answered_by_mail_as_ever(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    with database.begin() as session:
        a_company(session)
        came = an_electronic_order(
            session, "tradacoms/ORDERS", folder=a_drop_folder(session, tmp_path / "in")
        )
        acknowledge(session, came.order, act=an_act())
    jobs.bind(tools_for(database, settings))
    for item_id, _ in _owed(database):
        jobs.perform({"v": 1, "id": item_id})
    item = _item(database, "order-acknowledgement")
    assert (item.state, item.reason) == ("due", "mail-server-away")
    assert _sent(database) == []


def test_each_request_is_a_new_message_under_the_next_number(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    with database.begin() as session:
        a_company(session)
        came = an_electronic_order(session, folder=a_drop_folder(session, tmp_path / "in"))
        for _ in range(3):
            acknowledge(session, came.order, act=an_act())
    _work(database, settings)
    assert [row.control for row in _sent(database)] == ["1", "2", "3"]
    numbers = []
    with database.read() as session:
        for row in _sent(database):
            (message,) = session.scalars(
                select(ExchangeMessage).where(ExchangeMessage.interchange_id == row.id)
            ).all()
            numbers.append(message.told["number"])
    assert len(set(numbers)) == 3


def test_what_the_profile_wants_and_cannot_be_written_waits_for_a_person(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    """The profile asks for EDIFACT, but says no identifiers for it; nothing else goes out instead, no number is lost."""
    more = '[answers]\norder = "edifact/ORDRSP"\n'
    with database.begin() as session:
        a_company(session)
        customer = a_customer(session)
        a_partner(session, customer, more)
        came: Came = an_electronic_order(
            session, customer=customer, folder=a_drop_folder(session, tmp_path / "in")
        )
        acknowledge(session, came.order, act=an_act())
    jobs.bind(tools_for(database, settings))
    for item_id, _ in _owed(database):
        jobs.perform({"v": 1, "id": item_id})
    item = _item(database, "order-acknowledgement")
    assert item.state in ("failed", "due") and "[[identity]]" in item.reason_text
    assert _sent(database) == []


def test_a_profile_s_mail_address_gets_mails_of_its_own(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    """Order acknowledgement to the buyer as ever, and the message to the address that was agreed."""
    more = (
        '[carrier]\nkind = "mail"\nto = "edi@acme.example"\n[answers]\norder = ["same", "mail"]\n'
    )
    with database.begin() as session:
        a_company(session)
        customer = a_customer(session)
        a_partner(session, customer, more)
        came = an_electronic_order(
            session, customer=customer, folder=a_drop_folder(session, tmp_path / "in")
        )
        acknowledge(session, came.order, act=an_act())
    with ScriptedSmtp() as server:
        _work(database, replace(settings, smtp_url=server.url))
    acknowledgement, message = sorted(server.accepted, key=lambda raw: b"EDI-X12" in raw)
    assert b"application/pdf" in acknowledgement and b"EDI-X12" not in acknowledgement
    assert b"To: edi@acme.example" in message and b"855-acme-000000001.edi" in message
    (row,) = _sent(database)
    assert (row.status, row.carrier) == ("sent", "mail")


def test_a_message_in_a_mail_is_answered_in_its_thread(
    database: Database, settings: Settings
) -> None:
    with database.begin() as session:
        a_company(session)
        came = an_electronic_order(session, "ubl/Order", channel="mail")
        acknowledge(session, came.order, act=an_act())
    with ScriptedSmtp() as server:
        _work(database, replace(settings, smtp_url=server.url))
    (mail,) = server.accepted
    assert f"In-Reply-To: {came.document.message_id}".encode() in mail
    assert b"application/xml" in mail and b"OrderResponse-ACMEWORKS-000000001.xml" in mail
    assert [row.status for row in _sent(database)] == ["sent"]


def test_an_invoice_as_factur_x_goes_by_mail_without_any_envelope(
    database: Database, settings: Settings
) -> None:
    """A customer who orders by mail and wants invoices that machines read."""
    text = (
        'code = "plain"\nname = "Plain Ltd"\ncustomer = "C9"\n[[identity]]\nstandard = "cii"\nid = "C9"\n'
        '[answers]\norder = "mail"\nship_notice = "mail"\ninvoice = "cii/FacturX"\n'
        '[carrier]\nkind = "mail"\nto = "bills@plain.example"\nname = "{control}.{suffix}"\n'
    )
    with database.begin() as session:
        a_company(session, tax_ids=["GB999999973"], bank="IBAN GB33BUKB20201555555555")
        site, item = a_site(session), an_item(session)
        customer = a_customer(session, number="C9", tax_percent=Decimal(20))
        save(session, "", text, act=an_act())
        a_lot(session, site, item, 100)
        place = {"name": "Plain Ltd", "street": "2 Plain Row", "postal_code": "AB1 2CD"}
        place |= {"city": "Plainton", "country": "GB"}
        order = an_order(
            session, customer, [Wanted(item, 4)], site=site, ship_to=place, bill_to=place
        )
        shipped(session, order)
    with ScriptedSmtp() as server:
        _work(database, replace(settings, smtp_url=server.url))
    (bill,) = [raw for raw in server.accepted if b"To: bills@plain.example" in raw]
    assert b"application/pdf" in bill and b'filename="000000001.pdf"' in bill
    assert [row.status for row in _sent(database)] == ["sent"]
    assert _item(database, "invoice-message").state == "done"


def test_a_message_whose_mail_stays_here_waits_and_goes_with_it(
    database: Database, settings: Settings
) -> None:
    """The gate holds the mail back; a clerk sends it, and the message goes with it, under the same number."""
    with database.begin() as session:
        a_company(session)
        came = an_electronic_order(session, channel="mail")
        came.document.authentication = "fail"
        acknowledge(session, came.order, act=an_act())
    _work(database, settings)
    item = _item(database, "order-acknowledgement")
    assert (item.state, item.reason) == ("suppressed", "sender-not-verified")
    assert [(row.control, row.status) for row in _sent(database)] == [("1", "unsent")]
    with database.begin() as session:
        resend_mail(session, item.id, act=an_act())
    with ScriptedSmtp() as server:
        _work(database, replace(settings, smtp_url=server.url))
    assert len(server.accepted) == 1
    assert [(row.control, row.status) for row in _sent(database)] == [("1", "sent")]


def test_an_overtaken_acknowledgement_takes_no_number(
    database: Database, settings: Settings
) -> None:
    with database.begin() as session:
        a_company(session)
        came = an_electronic_order(session, channel="mail")
        for _ in range(2):
            acknowledge(session, came.order, act=an_act())
    with ScriptedSmtp() as server:
        _work(database, replace(settings, smtp_url=server.url))
    (mail,) = server.accepted
    assert b"000000001.edi" in mail
    assert [(row.control, row.status) for row in _sent(database)] == [("1", "sent")]


@pytest.mark.parametrize(
    ("standard", "order", "state", "asks"),
    [
        ("edifact", "ORDERS", "waiting", True),
        ("x12", "850", "waiting", False),
        ("ubl", "Order", "", False),
    ],
)
def test_an_answer_is_awaited_and_asked_for_where_there_is_one(
    sqlite_database: Database,
    settings: Settings,
    tmp_path: Path,
    standard: str,
    order: str,
    state: str,
    asks: bool,
) -> None:
    text = (
        f'code = "acme"\nname = "Acme"\n[[identity]]\nstandard = "{standard}"\nid = "ACMEWORKS"\n'
        "[answers]\noverdue_hours = 4\n"
    )
    with sqlite_database.begin() as session:
        a_company(session)
        save(session, "", text, act=an_act())
        came = an_electronic_order(
            session, f"{standard}/{order}", folder=a_drop_folder(session, tmp_path / "in")
        )
        acknowledge(session, came.order, act=an_act())
    _work(sqlite_database, settings)
    (row,) = _sent(sqlite_database)
    assert (row.answer_state, row.wants_answer) == (state, asks)
    assert (row.answer_due_at is not None) == bool(state)
    if standard == "edifact":
        read = read_any(next((tmp_path / "in" / "out").iterdir()).read_bytes(), 1)
        assert read is not None and read.interchanges[0].wants_answer


@pytest.mark.parametrize(
    ("format", "says"),
    [
        ("x12/850", b"BAK*00*R"),
        ("edifact/ORDERS", b"+27'"),
        ("ubl/Order", b">RE<"),
        ("cxml/OrderRequest", b'type="reject"'),
        ("opentrans/ORDER", b"ORDERRESPONSE"),
        ("cii/Order", b"SCRDMCCBDACIOMessageStructure"),
        ("idoc/ORDERS", b"<ACTION>003<"),
    ],
)
def test_a_rejected_draft_is_told_in_every_family(
    sqlite_database: Database, settings: Settings, tmp_path: Path, format: str, says: bytes
) -> None:
    with sqlite_database.begin() as session:
        a_company(session)
        came = an_electronic_order(session, format, folder=a_drop_folder(session, tmp_path / "in"))
        reject(session, came.draft, "We do not deliver there", act=an_act())
    _work(sqlite_database, settings)
    (file,) = (tmp_path / "in" / "out").iterdir()
    raw = file.read_bytes()
    assert says in raw and came.draft.po_number.encode() in raw
    with sqlite_database.read() as session:
        (message,) = session.scalars(
            select(ExchangeMessage).where(ExchangeMessage.lane == "answer")
        ).all()
        assert (message.subject, message.subject_id) == ("draft", came.draft.id)


def test_an_order_by_phone_is_confirmed_electronically_when_the_profile_says_so(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    more = (
        f'[answers]\norder = "x12/855"\n[carrier]\nkind = "exchange"\nfolder = "{tmp_path}/out"\n'
    )
    (tmp_path / "out").mkdir()
    with database.begin() as session:
        a_company(session)
        customer = a_customer(session)
        a_partner(session, customer, more)
        order = an_order(session, customer, [Wanted(an_item(session), 3)])
        acknowledge(session, order, act=an_act())
    _work(database, settings)
    (file,) = (tmp_path / "out").iterdir()
    assert b"*01*PROBEFIT       *ZZ*ACMEWORKS      *" in file.read_bytes()
    assert order.po_number.encode() in file.read_bytes()
    (row,) = _sent(database)
    assert (row.carrier, row.answers_id, row.status) == ("exchange", None, "sent")
    assert _item(database, "order-acknowledgement").recipient == "ACMEWORKS"


def test_several_workers_at_once_number_without_a_gap(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    """Four workers reach for the same rows: each row is answered once, and the numbers are one to twelve."""
    with database.begin() as session:
        a_company(session)
        folder = a_drop_folder(session, tmp_path / "in")
        for n in range(12):
            came = an_electronic_order(session, folder=folder, control=f"{n + 1:09d}")
            acknowledge(session, came.order, act=an_act())
    due = [item_id for item_id, _ in _owed(database)]
    failed: list[BaseException] = []

    def work(rows: list[int]) -> None:
        tools = tools_for(database, settings)
        for item_id in rows:
            try:
                deliver.run(tools, item_id)
            except BaseException as error:
                failed.append(error)

    workers = [threading.Thread(target=work, args=(due[n * 3 :] + due[: n * 3],)) for n in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert failed == []
    _work(database, settings)
    assert sorted(int(row.control) for row in _sent(database)) == list(range(1, 13))
    assert len(list((tmp_path / "in" / "out").iterdir())) == 12


def test_what_went_with_a_mail_is_sent_again_as_a_mail_of_its_own(
    sqlite_database: Database, settings: Settings
) -> None:
    with sqlite_database.begin() as session:
        a_company(session)
        came = an_electronic_order(session, channel="mail")
        acknowledge(session, came.order, act=an_act())
    with ScriptedSmtp() as server:
        by = replace(settings, smtp_url=server.url)
        _work(sqlite_database, by)
        for same_number in (True, False):
            with sqlite_database.begin() as session:
                row = session.scalars(
                    select(ExchangeInterchange).where(
                        ExchangeInterchange.direction == "out", ExchangeInterchange.control == "1"
                    )
                ).one()
                resend(session, row, same_number=same_number, act=an_act())
            _work(sqlite_database, by)
    first, again, anew = server.accepted
    assert b"000000001.edi" in first and b"application/pdf" in first
    assert b"000000001.edi" in again and b"application/pdf" not in again
    assert b"000000002.edi" in anew
    for mail in (again, anew):
        assert f"In-Reply-To: {came.document.message_id}".encode() in mail
    assert [(row.control, row.status) for row in _sent(sqlite_database)] == [
        ("1", "sent"),
        ("2", "sent"),
    ]
