"""A firm that is only used through its doors: mail comes in, a clerk presses at the desk, mail goes out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import outbox
from core.config import settings as settings_of
from core.database import Database
from core.drafts.tables import Draft, DraftLine
from core.inbound.receive import Arrival, Transport, receive
from core.inbound.tables import InboundDocument, Mailbox
from core.orders.tables import Order
from core.people.accounts import add_user
from core.values import utc_now
from review_app import create_app
from tests.builders import (
    a_company,
    a_contact,
    a_customer,
    a_customer_item,
    a_list_price,
    a_site,
    an_act,
    an_address,
    an_item,
)
from tests.faults.given import tools_for
from tests.review_app.conftest import PASSWORD, Browser
from tests.servers.scripted_smtp import ScriptedSmtp
from tests.workers.conftest import settings_in
from workers import jobs
from workers.tools import Tools

EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
SERVER = "mx.probe.example"
BUYER = "buyer@north.example"


def day(offset: int) -> date:
    """So many days from today; every day is a working day here, and the way to a customer takes one."""
    return utc_now().date() + timedelta(days=offset)


def words(when: date) -> str:
    """As mails write a day: "Thu 3 Dec 2026"."""
    return f"{when:%a} {when.day} {when:%b %Y}"


@dataclass(slots=True)
class FrontDoor:
    database: Database
    tools: Tools
    smtp: ScriptedSmtp
    clerk: Browser
    items: dict[str, int]
    site_id: int
    customer_id: int
    sent: int = field(default=0)

    def order_mail(
        self,
        po: str,
        *lines: tuple[str, int, int],
        subject: str = "Purchase order",
        says: str = "our order {po} is attached.",
    ) -> int:
        """An order, or a change of one, as a mail with a CSV: (letter of the item, quantity, wanted on day(n)) per line;
        the draft's id."""
        rows = [
            f"{po},{n},N-{letter},Part {letter},{quantity},EA,10.00,{day(wish).isoformat()}"
            for n, (letter, quantity, wish) in enumerate(lines, start=1)
        ]
        head = "PO number,Line,Item number,Description,Quantity,Unit,Unit price,Delivery date"
        mail = EmailMessage()
        mail["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from=north.example"
        mail["From"], mail["To"] = f"Ana Byrne <{BUYER}>", "orders@probe.example"
        mail["Subject"] = f"{subject} {po}"
        mail["Message-ID"] = f"<{subject.replace(' ', '-')}-{po}@north.example>"
        mail["Date"] = utc_now()
        mail.set_content(f"Dear all,\n\n{says.format(po=po)}\n\nKind regards\nAna Byrne\n")
        content = "\n".join([head, *rows]).encode()
        mail.add_attachment(content, maintype="text", subtype="csv", filename=f"{po}.csv")
        document_id = self._comes(mail)
        with self.database.read() as session:
            found = session.scalar(select(Draft.id).where(Draft.document_id == document_id))
        assert found is not None, "no draft was opened"
        return found

    def reply(self, text: str) -> int:
        """The customer's answer to the last mail that went out; the document's id."""
        ours = message_from_bytes(self.smtp.accepted[-1], policy=default)
        mail = EmailMessage()
        mail["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from=north.example"
        mail["From"], mail["To"] = f"Ana Byrne <{BUYER}>", "orders@probe.example"
        mail["Subject"], mail["Date"] = "Re: your answer", utc_now()
        mail["Message-ID"] = f"<reply-{len(self.smtp.accepted)}@north.example>"
        mail["In-Reply-To"] = mail["References"] = str(ours["Message-ID"])
        mail.set_content(text)
        return self._comes(mail)

    def _comes(self, mail: EmailMessage) -> int:
        """The mail is received and everything done that it leads to."""
        with self.database.begin() as session:
            box = session.scalars(select(Mailbox)).one()
            uid = (session.scalar(select(func.count(InboundDocument.id))) or 0) + 1
            place = Transport(box.id, box.folder, 1, uid)
            arrival = Arrival("mail", mail.as_bytes(), utc_now(), place)
            document_id = receive(session, arrival, act=an_act("system:intake")).document_id
        self.work()
        return document_id

    def work(self) -> None:
        """What the workers owe is done."""
        jobs.bind(self.tools)
        for _ in range(20):
            with self.database.read() as session:
                due = [i for i, _, _ in outbox.due(session, utc_now())]
            if not due:
                return
            for item_id in due:
                jobs.perform({"v": 1, "id": item_id})
        raise AssertionError("work does not end")

    def mails(self) -> list[tuple[str, str]]:
        """(subject, text) of what went out since the last look."""
        self.work()
        new = self.smtp.accepted[self.sent :]
        self.sent = len(self.smtp.accepted)
        return [_opened(raw) for raw in new]

    def page(self, path: str) -> str:
        """What a person reads there, without markup."""
        answer = self.clerk.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return plain(answer.get_data(as_text=True))

    def press(self, path: str, **form: Any) -> str:
        """One press at the desk, then the page that it leads to (a refusal too)."""
        answer = self.clerk.post(path, form, follow_redirects=True)
        return plain(answer.get_data(as_text=True))

    def at_desk(self, draft_id: int, what: str, **form: Any) -> str:
        return self.press(f"/draft/{draft_id}/{what}", version=self.version(draft_id), **form)

    def confirm(self, draft_id: int) -> int:
        """The clerk confirms; the order's id."""
        told = self.at_desk(draft_id, "confirm")
        with self.database.read() as session:
            found = session.scalar(select(Order.id).where(Order.draft_id == draft_id))
        assert found is not None, told
        return found

    def version(self, draft_id: int) -> int:
        with self.database.read() as session:
            return session.get_one(Draft, draft_id).version

    def line(self, draft_id: int, position: int) -> int:
        with self.database.read() as session:
            found = session.scalar(
                select(DraftLine.id).where(
                    DraftLine.draft_id == draft_id, DraftLine.position == position
                )
            )
        assert found is not None
        return found


@contextmanager
def front_door(database: Database, folder: Path, **customer: Any) -> Iterator[FrontDoor]:
    """Items A to D at 10.00, made or bought in 40 days; one customer; a clerk signed in; a mail server that takes all."""
    with database.begin() as session:
        site, buyer, items = _firm(session, customer)
        for role, name in (("clerk", "Mara"), ("planner", "Ben"), ("warehouse", "Ida")):
            add_user(session, role, name, role, PASSWORD)
    options = settings_of({"ORDERCLERK_SECRET_KEY": "test " * 8, "ORDERCLERK_INSECURE_HTTP": "1"})
    clerk = Browser(create_app(options, database).test_client()).sign_in("clerk")
    with ScriptedSmtp() as smtp:
        tools = tools_for(database, replace(settings_in(folder), smtp_url=smtp.url))
        yield FrontDoor(database, tools, smtp, clerk, items, site, buyer)


def _firm(session: Session, customer: dict[str, Any]) -> tuple[int, int, dict[str, int]]:
    a_company(session, working_days=EVERY_DAY)
    session.add(Mailbox(name="Orders", host="mx", username="orders", authserv_id=SERVER))
    site = a_site(session, code="MAIN", cut_off="23:59")
    buyer = a_customer(session, name="North Works", domains=["north.example"], **customer)
    an_address(session, buyer, code="W1")
    a_contact(session, buyer, name="Ana Byrne", email=BUYER, known=True)
    items = {}
    for letter in "ABCD":
        item = an_item(session, number=f"IT-{letter}", description=f"Part {letter}", lead_days=40)
        a_customer_item(session, buyer, item, f"N-{letter}")
        a_list_price(session, item, "10")
        items[letter] = item.id
    return site.id, buyer.id, items


def _opened(raw: bytes) -> tuple[str, str]:
    mail: Any = message_from_bytes(raw, policy=default)
    body = mail.get_body(("plain",)).get_content()
    return str(mail["Subject"]), " ".join(body.split())


def plain(html: str) -> str:
    without = re.sub(r"(?s)<(script|style|datalist).*?</\1>|<dialog.*?</dialog>|<[^>]+>", " ", html)
    return " ".join(without.replace("&#39;", "'").replace("&amp;", "&").split())


def in_order(text: str, parts: Iterable[str]) -> bool:
    """Whether the parts stand in the text one after the other."""
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True
