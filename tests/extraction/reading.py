"""Short ways for tests to feed a document and look at what was read."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from core.inbound.reading import Extraction, ReadOrder
from core.inbound.values import Mailbox, Message, Part
from extraction.context import Context
from extraction.extract import extract

Piece = tuple[float, float, str]


def pdf(
    *pages: Sequence[Piece],
    rules: Sequence[tuple[float, float, float, float]] = (),
    size: float = 9,
) -> bytes:
    """A PDF whose pages hold texts at (x, top); rules are lines x0, top, x1, bottom on the first page."""
    stream = io.BytesIO()
    pen = Canvas(stream, pagesize=(595, 842), invariant=1)
    for number, pieces in enumerate(pages):
        for x, top, text in pieces:
            pen.setFont("Helvetica", size)
            pen.drawString(x, 842 - top - size, text)
        for x0, top, x1, bottom in rules if not number else ():
            pen.line(x0, 842 - top, x1, 842 - bottom)
        pen.showPage()
    pen.save()
    return stream.getvalue()


def read_pdf(content: bytes, context: Context | None = None) -> Extraction:
    part = Part(1, "attachment", "application/pdf", "order.pdf", content)
    return extract(Message("upload", parts=(part,)), context or Context())


def read_mail(
    body: str, *attached: Part, subject: str = "", sender: str = "", context: Context | None = None
) -> Extraction:
    text = Part(1, "body-text", "text/plain", "", body.encode(), body)
    message = Message("mail", subject, Mailbox("", sender), parts=(text, *attached))
    return extract(message, context or Context())


def fields(order: ReadOrder) -> dict[str, str]:
    return {name: candidate.value for name, candidate in order.fields.items()}


def lines(order: ReadOrder) -> list[dict[str, str]]:
    return [{name: candidate.value for name, candidate in line.items()} for line in order.lines]
