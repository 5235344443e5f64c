"""What a ZIP's own directory gives away before anything is unpacked: bombs, broken archives, hostile XML."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib

MAX_UNPACKED = 60_000_000
MAX_RATIO = 200
MAX_ENTRIES = 2_000


def names(content: bytes) -> frozenset[str]:
    """Names of the entries; empty when it is no readable archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except BROKEN:
        return frozenset()


def first_words(content: bytes, name: str) -> bytes:
    """The first bytes of an entry; b"" when it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(name) as opened:
            return opened.read(200)
    except (KeyError, *BROKEN):
        return b""


def refusal(content: bytes) -> str:
    """ "" when the archive may be unpacked, else "sheet-too-large" or "sheet-broken"."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED:
                return "sheet-too-large"
            for entry in entries:
                swollen = entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
                if entry.file_size > 1_000_000 and swollen:
                    return "sheet-too-large"
                is_xml = entry.filename.endswith((".xml", ".rels"))
                if is_xml and _has_doctype(archive, entry):
                    return "sheet-broken"
    except BROKEN:
        return "sheet-broken"
    return ""


BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,
    OSError,
    ValueError,
    EOFError,
    NotImplementedError,
)


def _has_doctype(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    with archive.open(entry) as opened:
        head = opened.read(2_000)
    return b"<!DOCTYPE" in head.replace(b"\x00", b"").upper()
