"""Stored bytes, by id only: originals as downloads, pages as pictures, a mail's HTML in a cage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Response, make_response, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.inbound.blobs import blob_pieces, blob_size, blob_start, load_blob
from core.inbound.tables import InboundDocument, PageImage, Part
from review_app.desk.document_text import cleaned, is_too_tangled
from review_app.here import database
from review_app.security import STRANGERS_POLICY


def part(document_id: int, number: int) -> Response:
    """One part's bytes as a download; the type is never the sender's word."""
    with database().read() as session:
        row = _part(session, document_id, number)
        sha256, name = row.sha256, row.filename or f"part-{number}"
    return download_of(sha256, name)


def original(document_id: int) -> Response:
    """The document exactly as it arrived."""
    with database().read() as session:
        document = session.get(InboundDocument, document_id)
        if document is None:
            raise NotFound(f"There is no document {document_id}.")
        sha256 = document.raw_sha256
        ending = "eml" if document.channel == "mail" else "bin"
        name = document.source_name or f"document-{document_id}.{ending}"
    return download_of(sha256, name)


def page_image(part_id: int, number: int) -> Response:
    """A page as the limited child drew it."""
    with database().read() as session:
        sha256 = session.scalar(
            select(PageImage.sha256).where(PageImage.part_id == part_id, PageImage.page == number)
        )
        if sha256 is None:
            raise NotFound("This page has no picture yet.")
        content = load_blob(session, sha256)
    response = make_response(content)
    response.headers["Content-Type"] = "image/png"
    response.headers["Content-Security-Policy"] = STRANGERS_POLICY
    return response


def mail_html(document_id: int, number: int) -> Response:
    """The mail's own layout, cleaned, for a sandboxed frame; nothing in it runs or loads."""
    with database().read() as session:
        row = _part(session, document_id, number)
        markup = row.text if row.content_type == "text/html" else None
    if markup is None:
        raise NotFound("This part is not a mail's HTML.")
    body = "" if is_too_tangled(markup) else cleaned(markup)
    response = make_response(render_template("mail_html.html", body=body))
    response.headers["Content-Security-Policy"] = STRANGERS_POLICY
    return response


def _part(session: Session, document_id: int, number: int) -> Part:
    row = session.scalar(select(Part).where(Part.document_id == document_id, Part.number == number))
    if row is None:
        raise NotFound("This document has no such part.")
    return row


def download_of(sha256: str, name: str) -> Response:
    """Stored bytes, piece by piece: a file may be longer than what a process should hold."""
    found = database()
    with found.read() as session:
        first = blob_start(session, sha256, 1)  # what is missing is told before the answer begins
        is_whole = blob_size(session, sha256) == len(first)

    def pieces() -> Iterator[bytes]:
        with found.read() as session:
            yield from blob_pieces(session, sha256)

    response = make_response(first) if is_whole else Response(pieces())
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers.set("Content-Disposition", "attachment", filename=safe_name(name))
    response.headers["Content-Security-Policy"] = STRANGERS_POLICY
    return response


def safe_name(name: str) -> str:
    """A file name for saving: no path, no control or direction characters, at most 120 characters."""
    bare = re.split(r"[/\\]", name)[-1]
    kept = "".join(c for c in bare if c.isprintable() and c not in '"<>|:*?')
    return kept.strip(". ")[-120:] or "file"
