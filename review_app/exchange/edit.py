"""The raw text of an interchange that was set aside, to be corrected and read again; the original stays."""

from __future__ import annotations

from flask import Response, flash, request
from sqlalchemy.orm import Session

from core.errors import BadInput, NotFound
from core.exchange.tables import ExchangeInterchange
from core.exchange.view_values import InterchangeView
from core.inbound.edit import replay_edited
from core.inbound.tables import InboundDocument
from review_app.fragments import go
from review_app.here import act, database

LONGEST = 300_000
CHARSETS = ("utf-8", "latin-1")
LINE_ENDS = {"crlf": "\r\n", "cr": "\r", "lf": "\n"}


def editable(view: InterchangeView, content: bytes, verbs: tuple[str, ...]) -> tuple[str, str]:
    """(text, its character set) when a person may correct it here, else ("", "")."""
    if view.row.direction != "in" or "edit" not in verbs or not 0 < len(content) <= LONGEST:
        return "", ""
    if view.row.status != "quarantined" and view.row.verdict == "accepted":
        return "", ""
    for charset in CHARSETS:
        try:
            return content.decode(charset), charset
        except UnicodeDecodeError:
            continue
    return "", ""


def save(interchange_id: int) -> Response:
    """Reads the file again with the corrected text; line ends stay as they were."""
    charset = request.form.get("charset", "")
    if charset not in CHARSETS:
        raise BadInput("The character set is missing; load the page again.", "charset")
    text = request.form.get("text", "").replace("\r\n", "\n")
    text = text.replace("\n", LINE_ENDS.get(request.form.get("ends", ""), "\n"))
    try:
        content = text.encode(charset)
    except UnicodeEncodeError as error:
        sign = text[error.start]
        raise BadInput(
            f"“{sign}” cannot be written in this file's character set.", "text"
        ) from None
    by = act()
    tell = request.form.get("answer") == "yes"

    def work(session: Session) -> None:
        row = session.get(ExchangeInterchange, interchange_id)
        if row is None or row.document_id is None:
            raise NotFound(f"There is no interchange {interchange_id}.")
        document = session.get_one(InboundDocument, row.document_id, with_for_update=True)
        replay_edited(session, document, content, part=row.part or 1, answer=tell, act=by)

    database().run(work)
    flash("It is read again with your correction; the original is kept.", "done")
    return go("exchange.one", interchange_id=interchange_id)
