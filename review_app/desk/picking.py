"""Another reading of a field, or words that a person picked on the document, with their place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Response, jsonify, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.drafts.correct import Edit, correct
from core.drafts.tables import Draft
from core.drafts.take import take_alternative
from core.errors import BadInput
from core.inbound.reading import Evidence
from core.inbound.tables import InboundDocument, PageText, Part
from core.values import Box, storable
from review_app.desk.edits import place_of
from review_app.desk.picked import as_value
from review_app.desk.screen import correcting
from review_app.here import database, whole_number

LONGEST = 2_000
_BOX = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)(?: (\d{1,6}(?:\.\d{1,4})?)){3}")


def words(part_id: int, number: int) -> Response:
    """The words of a page with their places: [[x0, top, x1, bottom, text], ...]; [] when none were read."""
    with database().read() as session:
        return jsonify(_words(session, part_id, number))


def take(draft_id: int, field_id: int, number: int) -> Response:
    """Alternative `number` becomes the value."""
    version = whole_number("version")
    return correcting(
        draft_id,
        lambda session, draft, by: take_alternative(
            session, draft, field_id, number, version=version, act=by
        ),
        with_paper=True,
    )


def pick(draft_id: int) -> Response:
    """Words of the document become the value of one field ("h.po_number", "l.17.quantity")."""
    version = whole_number("version")
    place = place_of(request.form.get("field", ""))
    picked = storable(request.form.get("words", ""))[:LONGEST]
    if place is None or not picked.strip():
        raise BadInput("Choose a field, then words of the document.", "words")
    line_id, name = place

    def work(session: Session, draft: Draft, by: Act) -> None:
        document = session.get(InboundDocument, draft.document_id) if draft.document_id else None
        part = _part(session, draft)
        evidence = _evidence(part, picked) if part else None
        near = document.received_at.date() if document else None
        beside = _beside(session, part, evidence) if part and evidence else ()
        value = as_value(name, picked, beside, near)
        correct(session, draft, (Edit(line_id, name, value, evidence),), version=version, act=by)

    return correcting(draft_id, work, with_paper=True)


def _part(session: Session, draft: Draft) -> Part | None:
    return session.scalar(
        select(Part).where(
            Part.document_id == draft.document_id, Part.number == whole_number("part")
        )
    )


def _evidence(part: Part, picked: str) -> Evidence:
    """The place as the form names it, as far as the part has such a place."""
    text = " ".join(picked.split())[:400]
    page, box = request.form.get("page", ""), request.form.get("box", "")
    if page.isdigit() and 1 <= int(page) <= len(part.pages) and _BOX.fullmatch(box):
        return Evidence(part.number, int(page), Box(*map(float, box.split())), text=text)
    first, _, last = request.form.get("span", "").partition(" ")
    if first.isdigit() and last.isdigit() and int(first) < int(last) < 10**9:
        return Evidence(part.number, span=(int(first), int(last)), text=text)
    at = request.form.get("at", "")[:100]
    return Evidence(part.number, at=at, text=text)


def _beside(session: Session, part: Part, evidence: Evidence) -> Sequence[str]:
    if evidence.page:
        return [str(word[4]) for word in _words(session, part.id, evidence.page)]
    return [(part.text or "")[:20_000]]


def _words(session: Session, part_id: int, number: int) -> list[list[object]]:
    found = session.scalar(
        select(PageText.words).where(PageText.part_id == part_id, PageText.page == number)
    )
    return found or []
