"""Files that are not read: told by their first bytes, with what they are and what to do."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import olefile

from core.inbound.values import Finding
from extraction.page.layout import Reading
from extraction.readers import archive

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ASK = "Nothing was read from it; ask the sender for a PDF, or key it in from the download."


@dataclass(frozen=True, slots=True)
class Kind:
    """fits: by the content. what: the file, as a sentence's object. advice: what is safe and what to do."""

    code: str
    fits: Callable[[bytes], bool]
    what: str
    advice: str = _ASK


def kind_of(content: bytes) -> Kind | None:
    return next((k for k in KINDS if k.fits(content)), None)


def refused(content: bytes, part: int, filename: str) -> Reading:
    """An empty reading that says why, of a file that `kind_of` knows."""
    kind = kind_of(content)
    assert kind is not None
    return told(part, kind.code, f"{filename or 'The file'} is {kind.what}. {kind.advice}")


def told(part: int, code: str, sentence: str, severity: str = "error") -> Reading:
    return Reading(part, "none", findings=(Finding(code, severity, sentence, f"part {part}"),))


def entries(content: bytes) -> frozenset[str]:
    """Names of the streams in an OLE file; empty when it is none or is damaged."""
    if not content.startswith(_OLE):
        return frozenset()
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as opened:
            return frozenset(path[0] for path in opened.listdir()[:2_000])
    except Exception:  # olefile raises whatever a damaged file provokes
        return frozenset()


def _ole(name: str) -> Callable[[bytes], bool]:
    return lambda content: name in entries(content)


def _zipped(start: str) -> Callable[[bytes], bool]:
    return lambda content: (
        content.startswith(b"PK\x03\x04")
        and any(n.startswith(start) for n in archive.names(content))
    )


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _brand(*brands: bytes) -> Callable[[bytes], bool]:
    return lambda content: content[4:8] == b"ftyp" and content[8:12] in brands


_PASSWORD = "Nothing was read from it; ask the sender for an open copy."
_UNPACK = "Archives of this kind are not opened; ask the sender for the files themselves or a ZIP."
KINDS = (
    Kind("document-encrypted", _ole("EncryptedPackage"), "locked with a password", _PASSWORD),
    Kind("format-unsupported", _ole("WordDocument"), "an old Word file (DOC)",
         "Nothing was read from it; ask the sender for PDF or DOCX, or key it in from the download."),
    Kind("format-unsupported", _ole("PowerPoint Document"), "an old PowerPoint file"),
    Kind("format-unsupported", _zipped("ppt/"), "a PowerPoint file"),
    Kind("format-unsupported", _zipped("Index/"), "a Pages or Numbers file"),
    Kind("format-unsupported", _zipped("Documents/1/"), "an XPS file"),
    Kind("format-unsupported", _brand(b"msf1", b"hevc", b"avis"),
         "a moving picture of the HEIC or AVIF kind",
         "Nothing was read from it; ask for JPEG or PDF, or open it from the download."),
    Kind("archive-broken", lambda content: content.startswith(b"PK\x03\x04") and not archive.names(content),
         "a damaged archive or Office file", "Nothing was read from it; ask the sender to send it again."),
    Kind("archive-unsupported", _starts(b"7z\xbc\xaf\x27\x1c"), "a 7z archive", _UNPACK),
    Kind("archive-unsupported", _starts(b"Rar!\x1a\x07"), "a RAR archive", _UNPACK),
    Kind("archive-unsupported", _starts(b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"), "a packed file", _UNPACK),
    Kind("program-refused", _starts(b"MZ", b"\x7fELF"), "a program",
         "It was not opened. Do not run it; tell whoever looks after your mail."),
    Kind("format-unsupported", _starts(b"%!PS"), "a PostScript file"),
    Kind("document-broken", lambda content: content.startswith(_OLE) and not entries(content),
         "a damaged Office file"),
)  # fmt: skip
