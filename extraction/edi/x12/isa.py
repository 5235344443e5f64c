"""The interchange header as a value, and what is wrong with its elements (X12.5, TA105 codes I18)."""

from __future__ import annotations

import re

from core.inbound.envelopes import Endpoint, Interchange
from extraction.edi.findings import Findings, note
from extraction.edi.x12.segments import Segment

FORMS = (
    (5, "ISA05", r"[A-Z0-9]{2}", "005"),
    (7, "ISA07", r"[A-Z0-9]{2}", "007"),
    (9, "ISA09", r"[0-9]{6}|[0-9]{8}", "014"),
    (10, "ISA10", r"(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?", "015"),
    (12, "ISA12", r"[0-9]{5,6}", "017"),
    (13, "ISA13", r"[0-9]{1,9}", "018"),
    (14, "ISA14", r"[01]?", "019"),
    (15, "ISA15", r"[PTI]", "020"),
)
"""Elements of ISA, their form, and the TA105 code when they have another."""


def check_header(found: Segment, findings: Findings) -> None:
    if found.delimiters.unusual:
        findings.add("edi-repair-delimiters", found.place, form=found.delimiters.unusual)
    for place, name, form, code in FORMS:
        if not re.fullmatch(form, found[place].upper()):
            findings.add(
                "edi-header-value", found.place, element=name, value=found[place], code=note(f"TA105 code {code}")
            )  # fmt: skip
    if _is_test(found):
        findings.add("edi-test", found.place, mark="ISA15 T")


def interchange_of(found: Segment) -> Interchange:
    return Interchange(
        "x12", found[12], Endpoint(found[6], found[5]), Endpoint(found[8], found[7]), found[13], _is_test(found),
        f"{found[9]} {found[10]}".strip(), found[14] == "1", place=found.place,
        separators=found.delimiters.as_told(found[11]),
    )  # fmt: skip


def _is_test(found: Segment) -> bool:
    return found[15][:1].upper() == "T"
