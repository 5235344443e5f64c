"""The door of this package: a word processor file laid out as pages and read like them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.errors import Unreadable
from core.inbound.values import Finding
from extraction.page.layout import Reading
from extraction.readers import archive, pdf
from extraction.readers.word import docx, odt, paper, rtf
from extraction.readers.word.flow import Block, text_of

_FORMS: dict[str, Callable[[bytes], list[Block]]] = {
    "docx": docx.blocks,
    "odt": odt.blocks,
    "rtf": rtf.blocks,
}
LAID_OUT = "The document was laid out by us to be read; its pages may break elsewhere than in the writer's program."
NO_TEXT = "The document holds no text, perhaps only a picture; ask the sender for it as PDF."


def form_of(content: bytes) -> str:
    """ "docx", "odt", "rtf" or ""."""
    if content.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    if not content.startswith(b"PK\x03\x04"):
        return ""
    names = archive.names(content)
    if "word/document.xml" in names:
        return "docx"
    written = "content.xml" in names and archive.first_words(content, "mimetype")
    return "odt" if written and b"opendocument.text" in written else ""


def as_pdf(content: bytes) -> bytes:
    """Its pages as we lay them out. Raises Unreadable, "document-empty" when there is nothing to lay out."""
    blocks = _FORMS[form_of(content)](content)
    if not text_of(blocks).strip():
        raise Unreadable("document-empty", NO_TEXT)
    return paper.draw(blocks)


def read(content: bytes, part: int) -> Reading:
    """Never raises; what cannot be read is a finding."""
    place = f"part {part}"
    try:
        reading = pdf.read(as_pdf(content), part)
    except Unreadable as error:
        return Reading(part, "pdf", findings=(Finding(error.code, "error", error.sentence, place),))
    kept = tuple(f for f in reading.findings if f.code != "pdf-readers-disagree")
    return replace(reading, findings=(*kept, Finding("laid-out", "info", LAID_OUT, place)))
