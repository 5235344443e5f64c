"""From a clerk's correction to the next mail: learned once, for this sender only, shown, revoked, and never from a forged mail."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import outbox
from core.config import Settings
from core.database import Database
from core.drafts.accept import accept_problem
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, add_line, correct
from core.drafts.gate import open_problems
from core.drafts.tables import Draft, DraftField, DraftLine
from core.inbound.receive import Arrival, receive
from core.inbound.tables import InboundDocument
from core.journal import Event
from core.lessons.page import lesson_page, origins
from core.lessons.recall import recall
from core.lessons.revoke import restore, revoke
from core.lessons.tables import Lesson
from core.outbox import OutboxItem
from core.parties.tables import Customer
from core.values import utc_now
from extraction.training import labelled
from tests import builders as make
from tests.extraction.test_memory import zettel
from tests.faults.given import ReaderInProcess, tools_for
from workers import extract_document, learn_from_draft
from workers.export_corrections import export
from workers.reader.client import Reader
from workers.reader.values import ReadFailure
from workers.tools import Tools

BUYER = "eva@huber.example"
RIGHT = {
    "KL-200": {"buyer_sku": "KL-200", "description": "Klammer verzinkt", "quantity": "40", "uom": "EA"},
}  # fmt: skip
ROW = ("KL-200", "Klammer verzinkt", "40", "EA", "1,25")
OTHER_ROW = ("KL-200", "Klammer verzinkt", "15", "EA", "1,25")


def mail(number: str, row: tuple[str, str, str, str, str], sender: str = BUYER) -> bytes:
    pdf = zettel(number, row).parts[0].content
    letter = EmailMessage()
    letter["From"], letter["To"] = f"Eva Huber <{sender}>", "orders@probe.example"
    letter["Subject"], letter["Message-ID"] = "Bestellung", f"<{number.replace('/', '-')}@x.example>"  # fmt: skip
    letter.set_content("Bitte siehe Anhang.\n")
    letter.add_attachment(pdf, maintype="application", subtype="pdf", filename="zettel.pdf")
    return letter.as_bytes()


@pytest.fixture
def house(sqlite_database: Database) -> Database:
    with sqlite_database.begin() as session:
        make.a_company(session)
        make.a_user(session)
        customer = make.a_customer(session, name="Huber Werkzeuge GmbH", domains=["huber.example"])
        make.an_address(session, customer)
        make.an_address(session, customer, "bill_to")
        make.a_contact(session, customer, email=BUYER)
        item = make.an_item(session, number="BX-40")
        make.a_customer_item(session, customer, item, "KL-200")
        make.a_list_price(session, item, "1.25")
        make.a_lot(session, make.a_site(session), item, 1000)
    return sqlite_database


def read(database: Database, tools: Tools, raw: bytes) -> int:
    """A mail arrives and is read; the id of its draft."""
    with database.begin() as session:
        arrived = receive(session, Arrival("mail", raw, utc_now()), act=make.an_act())
        document_id = arrived.document_id
        item_id = session.scalars(
            select(OutboxItem.id).where(
                OutboxItem.task == "read-document", OutboxItem.subject_id == document_id
            )
        ).one()
    extract_document.run(tools, item_id)
    with database.read() as session:
        return session.scalars(select(Draft.id).where(Draft.document_id == document_id)).one()


def correct_and_confirm(
    database: Database, draft_id: int, number: str, quantity: str, user: str = "user:1"
) -> int:
    """The clerk puts the order right and confirms it; the id of the outbox row that owes learning."""
    with database.begin() as session:
        draft = session.get_one(Draft, draft_id)
        rows = list(session.scalars(select(DraftLine).where(DraftLine.draft_id == draft_id)))
        for surplus in rows[1:]:
            edits = (Edit(surplus.id, "removed", "yes"),)
            correct(session, draft, edits, version=draft.version, act=make.an_act(user))
        if not rows:
            add_line(session, draft, act=make.an_act(user))
            rows = list(session.scalars(select(DraftLine).where(DraftLine.draft_id == draft_id)))
        values = {**RIGHT["KL-200"], "quantity": quantity, "unit_price": "1.25"}
        fields = [Edit(None, "po_number", number), Edit(None, "requested_date", "")]
        fields += [Edit(rows[0].id, name, value) for name, value in values.items()]
        correct(session, draft, tuple(fields), version=draft.version, act=make.an_act(user))
        for problem in open_problems(session, draft, make.NOW):
            accept_problem(session, draft, problem.id, "looked at", act=make.an_act(user))
        confirm(session, draft, version=draft.version, act=make.an_act(user))
        return session.scalars(
            select(OutboxItem.id).where(
                OutboxItem.task == "learn-from-draft", OutboxItem.subject_id == draft_id
            )
        ).one()


def learned(database: Database, tools: Tools, number: str = "ZT/55-1") -> int:
    """The first mail read, corrected, confirmed and learned from; its draft's id."""
    draft_id = read(database, tools, mail(number, ROW))
    item_id = correct_and_confirm(database, draft_id, number, "40")
    learn_from_draft.run(tools, item_id)
    return draft_id


def values(database: Database, draft_id: int) -> dict[str, str]:
    with database.read() as session:
        rows = session.scalars(select(DraftField).where(DraftField.draft_id == draft_id))
        return {row.name: row.value for row in rows}


def sources(database: Database, draft_id: int) -> set[str]:
    with database.read() as session:
        query = select(DraftField.source).where(DraftField.draft_id == draft_id)
        return set(session.scalars(query))


def count(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Lesson)) or 0


@pytest.fixture
def tools(house: Database, settings: Settings) -> Tools:
    return tools_for(house, settings)


def test_the_next_mail_is_read_by_what_was_corrected(house: Database, tools: Tools) -> None:
    first = learned(house, tools)
    second = read(house, tools, mail("ZT/58-9", OTHER_ROW))
    found = values(house, second)
    assert (found["po_number"], found["buyer_sku"], found["quantity"]) == ("ZT/58-9", "KL-200", "15")  # fmt: skip
    with house.read() as session:
        row = session.scalars(
            select(DraftField).where(DraftField.draft_id == second, DraftField.name == "po_number")
        ).one()
        (origin,) = origins(session, {row.source}).values()
        assert origin.draft_id == first
        assert origin.sentence == "What stands beside “zettel” is the PO number."
        page = lesson_page(session)
        told = {view.sentence for view in page.rows}
        assert "On orders from Huber Werkzeuge GmbH what stands beside “zettel” is the PO number." in told  # fmt: skip
        assert {view.draft_id for view in page.rows} == {first}
        assert {view.sender for view in page.rows} == {"@huber.example"}


def test_run_twice_it_learns_once(house: Database, tools: Tools) -> None:
    learned(house, tools)
    before = count(house)
    assert before
    with house.begin() as session:
        item = session.scalars(
            select(OutboxItem).where(OutboxItem.task == "learn-from-draft")
        ).one()
        item.state = "due"
        item_id = item.id
    learn_from_draft.run(tools, item_id)
    learn_from_draft.run(tools, item_id)
    assert count(house) == before
    with house.read() as session:
        events = session.scalars(select(Event).where(Event.name == "draft.learned_from")).all()
        assert len(events) == 1
        assert {row.right for row in session.scalars(select(Lesson))} == {0}


def test_a_lesson_that_holds_gains_weight(house: Database, tools: Tools) -> None:
    learned(house, tools)
    second = read(house, tools, mail("ZT/58-9", OTHER_ROW))
    learn_from_draft.run(tools, correct_and_confirm(house, second, "ZT/58-9", "15"))
    with house.read() as session:
        view = next(v for v in lesson_page(session).rows if "zettel” is" in v.sentence)
        assert (view.used, view.right, view.state) == (1, 1, "speaks")


def test_a_revoked_lesson_no_longer_acts_until_it_is_restored(
    house: Database, tools: Tools
) -> None:
    learned(house, tools)
    with house.begin() as session:
        number = session.scalars(select(Lesson).where(Lesson.field == "po_number", Lesson.kind == "label")).one()  # fmt: skip
        revoke(session, number.id, act=make.an_act())
        revoke(session, number.id, act=make.an_act())
        assert number.revoked_by == "user:1"
    second = read(house, tools, mail("ZT/58-9", OTHER_ROW))
    assert f"memory:{number.id}" not in sources(house, second)
    with house.begin() as session:
        restore(session, number.id, act=make.an_act())
    third = read(house, tools, mail("ZT/61-2", OTHER_ROW))
    assert f"memory:{number.id}" in sources(house, third)
    assert values(house, third)["po_number"] == "ZT/61-2"


def test_what_was_revoked_is_not_learned_back_by_itself(house: Database, tools: Tools) -> None:
    learned(house, tools)
    with house.begin() as session:
        for row in session.scalars(select(Lesson)):
            revoke(session, row.id, act=make.an_act())
    second = read(house, tools, mail("ZT/58-9", OTHER_ROW))
    learn_from_draft.run(tools, correct_and_confirm(house, second, "ZT/58-9", "15"))
    with house.read() as session:
        assert recall(session, BUYER, "pass") == ()


def test_lessons_of_one_sender_never_touch_another(house: Database, tools: Tools) -> None:
    learned(house, tools)
    stranger = read(house, tools, mail("ZT/58-9", OTHER_ROW, "someone@elsewhere.example"))
    assert not {s for s in sources(house, stranger) if s.startswith("memory")}
    with house.read() as session:
        assert recall(session, "someone@elsewhere.example", "pass") == ()
        assert recall(session, BUYER, "pass") and recall(session, "tom@huber.example", "none")


def test_a_forged_sender_is_neither_read_by_memory_nor_learned_from(
    house: Database, tools: Tools
) -> None:
    learned(house, tools)
    with house.read() as session:
        assert recall(session, BUYER, "fail") == ()
    forged = read(house, tools, mail("ZT/90-1", OTHER_ROW))
    before = count(house)
    with house.begin() as session:
        draft = session.get_one(Draft, forged)
        session.get_one(InboundDocument, draft.document_id).authentication = "fail"
    learn_from_draft.run(tools, correct_and_confirm(house, forged, "K/770-01", "15"))
    assert count(house) == before


def test_a_domain_of_two_customers_is_told_apart_by_the_address(
    house: Database, tools: Tools
) -> None:
    learned(house, tools)
    with house.begin() as session:
        other = make.a_customer(session, name="Huber Nord GmbH", domains=["huber.example"])
        row = session.scalars(select(Lesson).limit(1)).one()
        session.add(
            Lesson(
                customer_id=other.id, sender=row.sender, address="nord@huber.example", key="k1", kind="constant",
                field="currency", content={**row.content, "kind": "constant"}, draft_id=row.draft_id, learned_by="user:1", learned_at=utc_now(),
            )
        )  # fmt: skip
    with house.read() as session:
        assert len(recall(session, "nord@huber.example", "pass")) == 1
        assert len(recall(session, BUYER, "pass")) == count(house) - 1
        assert recall(session, "tom@huber.example", "pass") == ()


def test_a_public_domain_is_nobodys(house: Database, tools: Tools) -> None:
    draft_id = read(house, tools, mail("ZT/55-1", ROW, "huber.werkzeuge@gmail.com"))
    with house.begin() as session:
        draft = session.get_one(Draft, draft_id)
        edits = (Edit(None, "customer_id", str(_customer(session))),)
        correct(session, draft, edits, version=draft.version, act=make.an_act())
    learn_from_draft.run(tools, correct_and_confirm(house, draft_id, "ZT/55-1", "40"))
    with house.read() as session:
        assert recall(session, "huber.werkzeuge@gmail.com", "pass")
        assert recall(session, "somebody@gmail.com", "pass") == ()


def _customer(session: Session) -> int:
    return session.scalars(select(Customer.id)).one()


def test_what_cannot_be_learned_is_left_with_its_reason(
    house: Database, tools: Tools, settings: Settings
) -> None:
    draft_id = read(house, tools, mail("ZT/55-1", ROW))
    item_id = correct_and_confirm(house, draft_id, "ZT/55-1", "40")
    broken = tools_for(house, settings, ReaderInProcess(ReadFailure("too-complex", "x")))
    learn_from_draft.run(broken, item_id)
    with house.read() as session:
        item = session.get_one(OutboxItem, item_id)
        assert (item.state, item.reason) == ("failed", "too-complex")


def test_a_draft_that_nobody_corrected_teaches_nothing(house: Database, tools: Tools) -> None:
    with house.begin() as session:
        draft = Draft(kind="order", status="confirmed", customer_id=1, order_id=1)
        document = make.a_document(session, sender_address=BUYER)
        draft.document_id = document.id
        session.add(draft)
        session.flush()
        row = outbox.put(session, "learn-from-draft", subject="draft", subject_id=draft.id, key="l")
        item_id = row.id
    learn_from_draft.run(tools, item_id)
    with house.read() as session:
        item = session.get_one(OutboxItem, item_id)
        assert (item.state, item.reason) == ("done", "nothing-to-learn")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    found = Reader(Path(tmp_path_factory.mktemp("scratch")))
    yield found
    found.close()


def test_the_real_child_learns_and_recalls(
    house: Database, settings: Settings, reader: Reader
) -> None:
    tools = Tools(settings, house, reader, "test/worker-1")
    learned(house, tools)
    assert count(house)
    second = read(house, tools, mail("ZT/58-9", OTHER_ROW))
    assert values(house, second)["po_number"] == "ZT/58-9"


def test_confirmed_documents_become_labelled_examples(
    house: Database, tools: Tools, tmp_path: Path
) -> None:
    learned(house, tools)
    path = tmp_path / "corrections.jsonl"
    assert export(house, path, corrected_only=True) == (1, [])
    found, problems = labelled.read(path)
    assert problems == []
    assert found[0].fields["po_number"] == "ZT/55-1"
    assert found[0].lines[0]["quantity"] == "40"
    sample, _ = labelled.sample_of(found[0])
    assert "ZT/55-1" in {
        sample.text[a:b] for a, b, label in sample.entities if label == "PO_NUMBER"
    }
