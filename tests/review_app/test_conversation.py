"""The clerk reads the customer's answer beside the draft that asked."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from core.act import Act
from core.database import Database
from core.drafts.ask import ask
from core.drafts.open import open_drafts
from core.drafts.tables import Draft
from core.inbound.reading import Extraction
from core.inbound.tables import Part
from core.outbox import OutboxItem
from tests import builders as make
from tests.review_app.conftest import Browser


def test_question_and_answer_stand_beside_the_draft(app: Flask, sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        draft = session.scalars(select(Draft).where(Draft.status == "open")).first()
        assert draft is not None
        ask(session, draft, (), "Which colour?", act=Act("user:1"))
        asked = session.scalars(select(OutboxItem).where(OutboxItem.task == "question")).one()
        asked.message_id = "<q1@probe.example>"
        answer = make.a_document(
            session, in_reply_to="<q1@probe.example>", sender_address="ana@<b>firm.example"
        )
        body = "Blue & <b>bold</b>.\n> Which colour?"
        part = Part(document_id=answer.id, number=1, kind="body-text", content_type="text/plain")
        part.size, part.sha256, part.text = len(body), answer.raw_sha256, body
        session.add(part)
        session.flush()
        open_drafts(session, answer, Extraction("other"), act=Act("system:reader"))
    page = Browser(app.test_client()).sign_in("clerk").get(f"/draft/{draft.id}")
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "Which colour?" in text
    assert "Blue &amp; &lt;b&gt;bold&lt;/b&gt;." in text
    assert f"/document/{answer.id}" in text
