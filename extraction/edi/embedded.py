"""Electronic messages inside a PDF, as Order-X and Factur-X carry them (ISO 19005-3, PDF/A-3)."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2

from core.errors import Unreadable
from extraction.edi.findings import Findings
from extraction.edi.read import read_any
from extraction.edi.sniff import sniff
from extraction.edi.values import EdiReading

MAX_FILES = 20
MAX_BYTES = 10_000_000


def read_embedded(pdf: bytes, part: int) -> EdiReading | None:
    """The reading of the first file in the PDF that is an electronic message, orders before others.

    None when there is none, when it cannot be read, or when the PDF itself cannot.
    """
    if b"%PDF-" not in pdf[:1024]:
        return None
    found = [r for name, content in _files(pdf) if (r := _read(name, content, part)) is not None]
    return next((r for r in found if r.orders), found[0] if found else None)


def _files(pdf: bytes) -> list[tuple[str, bytes]]:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return []
    files = []
    try:
        for n in range(min(document.count_attachments(), MAX_FILES)):
            attachment = document.get_attachment(n)
            files.append((attachment.get_name(), bytes(attachment.get_data())[: MAX_BYTES + 1]))
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return files
    finally:
        document.close()
    return files


def _read(name: str, content: bytes, part: int) -> EdiReading | None:
    if len(content) > MAX_BYTES or sniff(content) is None:
        return None
    try:
        reading = read_any(content, part)
    except Unreadable:
        return None
    told = Findings()
    told.add("edi-embedded", name=name)
    return reading and replace(reading, findings=(*told.listed(), *reading.findings))
