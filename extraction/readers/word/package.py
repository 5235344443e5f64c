"""The XML files inside DOCX and ODT, opened within limits; links to the outside are never followed."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from core.errors import Unreadable
from extraction.readers import archive

MAX_ENTRY = 40_000_000


class Package:
    """One such file. Raises Unreadable "document-broken" or "document-too-large"."""

    def __init__(self, content: bytes) -> None:
        refused = archive.refusal(content)
        if refused:
            raise too_large() if refused == "sheet-too-large" else damaged()
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._names = frozenset(self._archive.namelist())

    def tree(self, name: str) -> Any:
        """The root element of a file in it, None when there is no such file."""
        if name not in self._names:
            return None
        try:
            with self._archive.open(name) as opened:
                raw = opened.read(MAX_ENTRY + 1)
            if len(raw) > MAX_ENTRY:
                raise too_large()
            return etree.fromstring(raw, _parser())
        except (etree.XMLSyntaxError, ValueError, *archive.BROKEN) as error:
            raise damaged() from error


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def damaged() -> Unreadable:
    return Unreadable(
        "document-broken",
        "The document is damaged and cannot be read; ask the sender for it as PDF.",
    )


def too_large() -> Unreadable:
    return Unreadable(
        "document-too-large",
        "The document unpacks to more than can be read safely; it was not opened.",
    )
