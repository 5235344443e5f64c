"""One hardened XML parser for bytes from strangers."""

from __future__ import annotations

import re

from lxml import etree

from core.errors import Unreadable
from extraction.edi.decoding import as_utf8, is_utf8
from extraction.edi.findings import Findings
from extraction.edi.xml.paths import local, number_twins

MAX_BYTES = 40_000_000
MAX_ELEMENTS = 1_000_000
_DECLARATION = re.compile(rb"^\s*<\?xml\b[^>]{0,300}\?>")
_ENCODING = re.compile(rb"(<\?xml\b[^>]{0,200}?)\s+encoding\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]{0,1000}(\[)?", re.IGNORECASE)


def parser(*, recover: bool = False, encoding: str | None = None) -> etree.XMLParser:
    """No network, no DTD, no entity expansion, no huge trees; comments and instructions dropped."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
        encoding=encoding,
    )


def parse(content: bytes, findings: Findings) -> etree._Element:
    """The root element. Raises Unreadable("xml-too-large" | "xml-broken")."""
    if len(content) > MAX_BYTES:
        raise Unreadable("xml-too-large", "The XML file is larger than can be read.")
    content = as_utf8(content).lstrip(b" \t\r\n\x00")
    doctype = _DOCTYPE.search(content[:20_000])
    if doctype:
        findings.add("xml-entities" if doctype[1] and b"<!ENTITY" in content else "xml-doctype")
    root = _strict(content, findings)
    if root is None:
        root = _attempt(content, parser(recover=True, encoding=_charset(content)))
        if root is None or len(root) == 0:
            raise Unreadable("xml-broken", "The XML cannot be read.")
        findings.add("xml-repaired")
    etree.strip_elements(root, etree.Entity, with_tail=False)
    number_twins(root)
    return root


def is_cut(content: bytes, root: etree._Element) -> bool:
    """Whether the end of the root element never comes: what a parser makes of it may lack any number of lines."""
    name = re.escape(local(root)).encode()
    whole = (
        rb"</(?:[\w.\-]{1,60}:)?"
        + name
        + rb"\s{0,99}>|<(?:[\w.\-]{1,60}:)?"
        + name
        + rb"[^<>]{0,20000}/>"
    )
    return re.search(whole, as_utf8(content)) is None


def _strict(content: bytes, findings: Findings) -> etree._Element | None:
    root = _attempt(content, parser())
    if root is not None:
        return root
    charset = _charset(content)
    root = _attempt(_ENCODING.sub(rb"\1", content, count=1), parser(encoding=charset))
    if root is not None:
        findings.add("xml-encoding", charset=charset)
    return root


def _attempt(content: bytes, with_parser: etree.XMLParser) -> etree._Element | None:
    try:
        return etree.fromstring(content, with_parser)
    except (etree.XMLSyntaxError, ValueError, LookupError, AssertionError):
        return None


def _charset(content: bytes) -> str:
    return "utf-8" if is_utf8(content) else "windows-1252"
