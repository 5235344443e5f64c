"""Pictures of pages for the desk; runs in the throw-away child."""

from __future__ import annotations

import io
from itertools import islice

import pypdfium2
from PIL import Image

from core.errors import Unreadable
from extraction.readers.ocr import pictures
from extraction.readers.word import read as word

MAX_PIXELS = 12_000_000
LONGEST = 1800  # pixels of a picture file as shown


def render(content: bytes, page: int, scale: float = 1.5) -> bytes:
    """Page `page` (from 1) of a PDF, picture or word processor file as PNG, at `scale` pixels a point or fewer.

    Raises Unreadable with code "pdf-damaged", "picture-damaged", "too-large", "no-such-page" or "document-...".
    """
    if pictures.is_picture(content):
        return _picture(content, page)
    if word.form_of(content):
        content = word.as_pdf(content)
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


def _picture(content: bytes, page: int) -> bytes:
    shown = next(islice(pictures.pages(content, LONGEST), max(page - 1, 0), None), None)
    if page < 1 or shown is None:
        raise Unreadable("no-such-page", "The picture has fewer pages.")
    png = io.BytesIO()
    Image.fromarray(shown[:, :, ::-1]).save(png, "PNG")
    return png.getvalue()
