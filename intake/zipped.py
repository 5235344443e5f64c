"""The files in a ZIP that was sent as a parcel; ZIPs that are documents themselves stay closed."""

from __future__ import annotations

import io
import zipfile

from core.inbound.values import Finding
from intake.composing import File
from intake.display import file_name

MAX_FILES = 100
MAX_BYTES = 60_000_000
MAX_RATIO = 200
_DOCUMENTS = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "Index/Document.iwa")
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_BROKEN = (zipfile.BadZipFile, RuntimeError, OSError, ValueError, EOFError, NotImplementedError)
_SENTENCES = {
    "archive-encrypted": (
        "error",
        "{name} is locked with a password; nothing was read from it. Ask the sender for the files themselves.",
    ),
    "archive-broken": (
        "error",
        "{name} is damaged and could not be unpacked in full; ask the sender to send it again.",
    ),
    "archive-too-large": (
        "error",
        "{name} unpacks to more than can be read safely; what is beyond the limit was not opened.",
    ),
    "archive-empty": ("warning", "{name} holds no file; ask the sender to send it again."),
}


def is_parcel(content: bytes) -> bool:
    """Whether it is a ZIP of files, and not a document that happens to be one."""
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return not any(name in _DOCUMENTS for name in archive.namelist()[:2_000])
    except _BROKEN:
        return False


def unpack(content: bytes, name: str, place: str) -> tuple[list[File], list[Finding]]:
    """The files within the limits, without folders and litter; never raises."""
    files: list[File] = []
    codes: list[str] = []
    left = MAX_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wanted = [e for e in archive.infolist() if not (e.is_dir() or _is_litter(e.filename))]
            for entry in wanted:
                if len(files) >= MAX_FILES or entry.file_size > left or _is_swollen(entry):
                    codes.append("archive-too-large")
                elif entry.flag_bits & 1:
                    codes.append("archive-encrypted")
                else:
                    with archive.open(entry) as opened:
                        inside = opened.read(left + 1)
                    left -= len(inside)
                    files.append(File(file_name(entry.filename), "", inside))
            if not wanted:
                codes.append("archive-empty")
    except Exception:  # beside zipfile's own, zlib and lzma raise theirs
        codes.append("archive-broken")
    return files, [_finding(code, name, place) for code in dict.fromkeys(codes)]


def _is_litter(name: str) -> bool:
    return name.startswith(_LITTER) or name.endswith(_LITTER)


def _is_swollen(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > 1_000_000 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)


def _finding(code: str, name: str, place: str) -> Finding:
    severity, sentence = _SENTENCES[code]
    return Finding(code, severity, sentence.format(name=name or "The archive"), place)
