"""Elements by prefixed name, only those that say something, and the bytes of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from lxml import etree

from core.messages.electronic.facts import Style
from core.messages.electronic.problems import CannotWrite
from core.values import plain

Element: TypeAlias = "etree._Element"
Content: TypeAlias = "str | Decimal | date | Element | Iterable[Content] | None"

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes elements of one family. namespaces: prefix -> address, "" for the names without a prefix."""

    namespaces: dict[str, str]

    def __call__(self, name: str, /, *content: Content, **attributes: str) -> Element | None:
        """An element with its text or children; None when it would say nothing.

        Attributes without a value are left out; `lang` is xml:lang.
        """
        made = self.always(name, *content, **attributes)
        return made if len(made) or made.text else None

    def always(self, name: str, /, *content: Content, **attributes: str) -> Element:
        """An element that stands even when it is empty."""
        made: Element = etree.Element(self._tag(name), nsmap=self._prefixes())  # type: ignore[arg-type]
        _fill(made, content)
        for key, value in attributes.items():
            if value:
                made.set(_LANGUAGE if key == "lang" else key, clean(value))
        return made

    def _tag(self, name: str) -> str:
        prefix, colon, local = name.rpartition(":")
        address = self.namespaces.get(prefix if colon else "")
        return f"{{{address}}}{local}" if address else local

    def _prefixes(self) -> dict[str | None, str]:
        return {prefix or None: address for prefix, address in self.namespaces.items()}


def _fill(made: Element, content: Iterable[Content]) -> None:
    for each in content:
        if isinstance(each, etree._Element):
            made.append(each)
        elif each is None:
            continue
        elif isinstance(each, (str, Decimal, date)):
            made.text = (made.text or "") + said(each)
        else:
            _fill(made, each)


def said(value: str | Decimal | date) -> str:
    """A value as XML writes it: plain decimals, ISO days, text without what XML forbids."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return clean(value)


def clean(text: str) -> str:
    """Text without the control characters that no XML document may hold."""
    return _NOT_XML.sub("\ufffd", text).strip()


def first(*texts: str) -> str:
    """The first that says something."""
    return next(filter(None, map(clean, texts)), "")


def document(root: Element | None, style: Style, doctype: str = "") -> bytes:
    """The bytes of a document in the style's character set. Raises CannotWrite for one that nobody knows."""
    if root is None:
        raise CannotWrite("document", "there is nothing to say")
    etree.indent(root)
    try:
        written = etree.tostring(
            root,
            encoding=style.charset or "UTF-8",
            xml_declaration=True,
            doctype=doctype or None,  # type: ignore[arg-type]
        )
    except LookupError:
        raise CannotWrite("encoding", style.charset) from None
    assert isinstance(written, bytes)
    return written + b"\n"
