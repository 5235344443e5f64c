"""What the desk has to show of each kind of attachment: its pages, its words, or why it was not read."""

from __future__ import annotations

from email.message import EmailMessage

from sqlalchemy import select

from core.config import Settings
from core.database import Database
from core.drafts.tables import DraftLine
from core.inbound.documents import document_view
from core.inbound.tables import Part
from review_app.desk.document_text import shown_text
from tests.faults.given import a_received_mail, document_in, tools_for
from tests.intake.compound import compound
from tests.workers.test_every_kind_of_file import book, docx
from workers import extract_document


def test_pages_words_and_reasons(database: Database, settings: Settings) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "anna@doors.example", "Order K-4711"
    mail["Message-ID"] = "<4711@doors.example>"
    mail.set_content("Please see the order attached.\n")
    for name, content in (
        ("order.docx", docx()),
        ("order.xlsx", book()),
        ("old.doc", compound({"WordDocument": b"x" * 5000})),
    ):
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    document_id, item_id = a_received_mail(database, mail.as_bytes())
    extract_document.run(tools_for(database, settings), item_id)
    with database.read() as session:
        assert len(session.scalars(select(DraftLine)).all()) == 2
        pages = {p.filename: len(p.pages) for p in session.scalars(select(Part))}
        view = document_view(session, document_id)
        shown = {p.filename: shown_text(p) for p in view.parts}
    assert pages["order.docx"] == 1
    assert "KR-310\tHinge\t10" in shown["order.xlsx"]
    assert shown["old.doc"] == ""
    told = {f["code"]: f["text"] for f in document_in(database, document_id).findings}
    assert told["format-unsupported"].startswith("old.doc is an old Word file (DOC).")
    assert document_in(database, document_id).reading["texts"] == []
