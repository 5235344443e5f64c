"""Pictures of pages for the desk, by pdfium; runs in the throw-away child."""

from __future__ import annotations

import io

import pypdfium2

from core.errors import Unreadable

MAX_PIXELS = 12_000_000


def render(content: bytes, page: int, scale: float = 1.5) -> bytes:
    """Page `page` (from 1) of a PDF as PNG at `scale` pixels a point, smaller when it would be huge.

    Raises Unreadable with code "pdf-damaged" or "no-such-page".
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("pdf-damaged", "The PDF cannot be opened.") from error
    try:
        if not 1 <= page <= len(document):
            raise Unreadable("no-such-page", f"The document has {len(document)} pages.")
        sheet = document[page - 1]
        width, height = sheet.get_size()
        fitting = min(scale, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        picture = io.BytesIO()
        sheet.render(scale=fitting).to_pil().save(picture, "PNG")
        return picture.getvalue()
    finally:
        document.close()
