"""SAP IDocs in flat form (port type "file"): records of fixed width, read into the tree that their XML form has.

A control record EDI_DC40 of 524 characters, then data records: segment name 30, client 3, number 16, segment number 6,
parent's number 6, level 2, data 1000 (structure EDI_DD40). Widths of fields as in SAP's segment definitions (E2EDK01,
E2EDKA1, E2EDP01 ...): a later version of a definition only adds fields behind the others, so the first ones stay where
they are. What does not fit that layout is not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from core.errors import Unreadable
from extraction.edi.decoding import is_utf8
from extraction.edi.findings import Findings
from extraction.edi.values import Ledger, ReadMessage
from extraction.edi.xml.envelope import interchange_of
from extraction.edi.xml.families import family_of
from extraction.edi.xml.parse import MAX_BYTES
from extraction.edi.xml.paths import number_twins
from extraction.edi.xml.reader import read_root

Widths = tuple[tuple[str, int], ...]

CONTROL: Widths = (
    ("TABNAM", 10), ("MANDT", 3), ("DOCNUM", 16), ("DOCREL", 4), ("STATUS", 2), ("DIRECT", 1), ("OUTMOD", 1),
    ("EXPRSS", 1), ("TEST", 1), ("IDOCTYP", 30), ("CIMTYP", 30), ("MESTYP", 30), ("MESCOD", 3), ("MESFCT", 3),
    ("STD", 1), ("STDVRS", 6), ("STDMES", 6), ("SNDPOR", 10), ("SNDPRT", 2), ("SNDPFC", 2), ("SNDPRN", 10),
    ("SNDSAD", 21), ("SNDLAD", 70), ("RCVPOR", 10), ("RCVPRT", 2), ("RCVPFC", 2), ("RCVPRN", 10), ("RCVSAD", 21),
    ("RCVLAD", 70), ("CREDAT", 8), ("CRETIM", 6),
)  # fmt: skip
HEAD: Widths = (("SEGNAM", 30), ("MANDT", 3), ("DOCNUM", 16), ("SEGNUM", 6), ("PSGNUM", 6), ("HLEVEL", 2))  # fmt: skip
_PARTNER: Widths = (
    ("PARVW", 3), ("PARTN", 17), ("LIFNR", 17), ("NAME1", 35), ("NAME2", 35), ("NAME3", 35), ("NAME4", 35),
    ("STRAS", 35), ("STRS2", 35), ("PFACH", 35), ("ORT01", 35), ("COUNC", 9), ("PSTLZ", 9), ("PSTL2", 9), ("LAND1", 3),
)  # fmt: skip
SEGMENTS: dict[str, Widths] = {
    "E1EDK01": (
        ("ACTION", 3), ("KZABS", 1), ("CURCY", 3), ("HWAER", 3), ("WKURS", 12), ("ZTERM", 17), ("KUNDEUINR", 20),
        ("EIGENUINR", 20), ("BSART", 4), ("BELNR", 35),
    ),
    "E1EDK02": (("QUALF", 3), ("BELNR", 35), ("POSNR", 6), ("DATUM", 8), ("UZEIT", 6)),
    "E1EDK03": (("IDDAT", 3), ("DATUM", 8), ("UZEIT", 6)),
    "E1EDK17": (("QUALF", 3), ("LKOND", 3), ("LKTEXT", 70)),
    "E1EDK18": (("QUALF", 3), ("TAGE", 8), ("PRZNT", 8), ("ZTERM_TXT", 70)),
    "E1EDKA1": _PARTNER,
    "E1EDPA1": _PARTNER,
    "E1EDKT2": (("TDLINE", 70), ("TDFORMAT", 2)),
    "E1EDP01": (
        ("POSEX", 6), ("ACTION", 3), ("PSTYP", 1), ("KZABS", 1), ("MENGE", 15), ("MENEE", 3), ("BMNG2", 15),
        ("PMENE", 3), ("ABFTZ", 7), ("VPREI", 15), ("PEINH", 9), ("NETWR", 18), ("ANETW", 18), ("SKFBP", 18),
        ("NTGEW", 18), ("GEWEI", 3), ("EINKZ", 1), ("CURCY", 3), ("PREIS", 18), ("MATKL", 9),
    ),
    "E1EDP19": (("QUALF", 3), ("IDTNR", 35), ("KTEXT", 70)),
    "E1EDP20": (("WMENG", 15), ("AMENG", 15), ("EDATU", 8), ("EZEIT", 6)),
    "E1EDS01": (("SUMID", 3), ("SUMME", 18), ("SUNIT", 3), ("WAERQ", 3)),
}  # fmt: skip
"""Segment type -> its fields from the first on, as far as an order needs them."""

FORMS = {
    "QUALF": r"[0-9]{3}", "IDDAT": r"[0-9]{3}", "SUMID": r"[0-9]{3}", "PARVW": r"[A-Z][A-Z0-9]{1,2}",
    "DATUM": r"[0-9]{8}", "EDATU": r"[0-9]{8}", "MENGE": r"-?[0-9]+(\.[0-9]+)?-?", "WMENG": r"-?[0-9]+(\.[0-9]+)?-?",
    "VPREI": r"-?[0-9]+(\.[0-9]+)?-?", "PEINH": r"[0-9]+(\.[0-9]+)?", "CURCY": r"[A-Z]{3}", "LAND1": r"[A-Z]{2}",
}  # fmt: skip
"""Fields whose form tells that the layout is another one."""

START = b"EDI_DC40"
CONTROL_LENGTH = 524
DATA_LENGTH = 63 + 1000
_NAME = re.compile(r"E[12](ED[A-Z0-9]{3})(?:[0-9]{3})?")
_PARENTS = {"E1EDKT2": "E1EDKT1", "E1EDPT2": "E1EDPT1"}


class _Otherwise(Exception):
    """The records are laid out in a way that is not SAP's own."""


def messages(
    blocks: Iterable[bytes], part: int, findings: Findings, ledger: Ledger
) -> Iterator[ReadMessage]:
    """Each IDoc is an interchange of its own. Raises Unreadable("edi-too-large")."""
    for records in _documents(_text(blocks)):
        try:
            root = _tree(records)
        except _Otherwise as error:
            findings.add("edi-flat-unread", what=str(error))
            yield ReadMessage("idoc/flat", "order")
            continue
        family = family_of(root)
        form = family.format if family else "idoc/flat"
        ledger.open_interchange(interchange_of(root, root, form, "\n".join(records).encode()))
        if ledger.interchanges[-1].test:
            findings.add("edi-test", mark="EDI_DC40 TEST")
        read = list(read_root(root, family, part, findings))
        ledger.close_interchange(counted=len(read))
        yield from read


def _text(blocks: Iterable[bytes]) -> str:
    whole = bytearray()
    for block in blocks:
        whole += block
        if len(whole) > MAX_BYTES:
            raise Unreadable("edi-too-large", "The file is larger than can be read at once.")
    return whole.decode("utf-8" if is_utf8(bytes(whole)) else "windows-1252", "replace")


def _documents(text: str) -> Iterator[list[str]]:
    """The records of each IDoc, its control record first; with line ends, or one after the other at full length."""
    rows = [row for row in re.split(r"[\r\n]+", text) if row.strip()]
    if len(rows) == 1:
        rows = _unwrapped(rows[0])
    found: list[str] = []
    for row in rows:
        if row.startswith(START.decode()) and found:
            yield found
            found = []
        found.append(row)
    if found:
        yield found


def _unwrapped(text: str) -> list[str]:
    rows, at = [], 0
    while at < len(text):
        length = CONTROL_LENGTH if text.startswith(START.decode(), at) else DATA_LENGTH
        rows.append(text[at : at + length])
        at += length
    return rows


def _tree(records: list[str]) -> etree._Element:
    control = _fields(records[0], CONTROL)
    if not (control["DOCNUM"].isdigit() and re.fullmatch(r"[A-Z0-9_/]{2,30}", control["MESTYP"])):
        raise _Otherwise("the control record")
    kind = control["IDOCTYP"]
    root = etree.Element(kind if re.fullmatch(r"[A-Z][A-Z0-9_]{1,29}", kind) else "IDOCS")
    idoc = etree.SubElement(root, "IDOC")
    _add(idoc, "EDI_DC40", control)
    last: dict[str, etree._Element] = {}
    for number, record in enumerate(records[1:], 2):
        head = _fields(record, HEAD)
        name = _NAME.fullmatch(head["SEGNAM"])
        if not head["SEGNUM"].isdigit() or not head["HLEVEL"].isdigit():
            raise _Otherwise(f"record {number}")
        if name is None:
            continue  # a segment of the sender's own
        kind = f"E1{name[1]}"
        data = _fields(record[63:], SEGMENTS.get(kind, ()))
        _check(data, number)
        last[kind] = _add(_parent(kind, last, idoc), kind, data)
    number_twins(root)
    return root


def _parent(kind: str, last: dict[str, etree._Element], idoc: etree._Element) -> etree._Element:
    """Items hold what belongs to them, text headers their lines."""
    wanted = _PARENTS.get(kind, "E1EDP01" if kind.startswith("E1EDP") and kind != "E1EDP01" else "")
    return last.get(wanted, idoc)


def _fields(record: str, widths: Widths) -> dict[str, str]:
    found, at = {}, 0
    for name, width in widths:
        found[name] = record[at : at + width].strip()
        at += width
    return found


def _check(data: dict[str, str], number: int) -> None:
    for name, value in data.items():
        if value and name in FORMS and not re.fullmatch(FORMS[name], value):
            raise _Otherwise(f"{name} in record {number}")


def _add(parent: etree._Element, name: str, fields: dict[str, str]) -> etree._Element:
    element = etree.SubElement(parent, name)
    for field, value in fields.items():
        if value:
            etree.SubElement(element, field).text = _CONTROLS.sub(" ", value)
    return element


_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
