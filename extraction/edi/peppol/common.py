"""Rules of every Peppol post-award message: nothing empty, days, identifiers (PEPPOL-COMMON)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from extraction.edi.peppol import identifiers
from extraction.edi.peppol.paper import Element, Paper, parent, text
from extraction.edi.peppol.rule import FATAL, WARNING, Check, rules

DAYS = ("IssueDate", "DueDate", "TaxPointDate", "StartDate", "EndDate", "ActualDeliveryDate")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BASIC, _AGGREGATE = "CommonBasicComponents-2}", "CommonAggregateComponents-2}"


def empty_values(paper: Paper) -> Iterator[Element]:
    return (
        e for e in paper.elements() if _BASIC in str(e.tag) and not "".join(map(str, e.itertext()))
    )


def empty_groups(paper: Paper) -> Iterator[Element]:
    groups = (e for e in paper.elements() if _AGGREGATE in str(e.tag))
    return (e for e in groups if next(e.iterchildren("{*}*"), None) is None)


def names_a_schema(paper: Paper) -> Iterator[Element]:
    if any(str(name).rpartition("}")[2] == "schemaLocation" for name in paper.root.attrib):
        yield paper.root


def bad_days(paper: Paper) -> Iterator[Element]:
    return (e for e in paper.all(*DAYS) if not _is_day(e.text or ""))


def _is_day(value: str) -> bool:
    try:
        return _DAY.fullmatch(value) is not None and date.fromisoformat(value) is not None
    except ValueError:
        return False


def identifier(
    scheme: str, is_valid: Callable[[str], bool], *, addresses_only: bool = False
) -> Check:
    """A check of the identifiers of one scheme: electronic addresses, and parties' and companies' numbers."""

    def check(paper: Paper) -> Iterator[Element]:
        for element in paper.all("EndpointID", "ID", "CompanyID"):
            if (
                element.get("schemeID") == scheme
                and _counts(element, addresses_only)
                and not is_valid(text(element))
            ):
                yield element

    return check


def _counts(element: Element, addresses_only: bool) -> bool:
    tag = str(element.tag)
    if tag.endswith("}EndpointID"):
        return True
    if addresses_only:
        return False
    return tag.endswith("}CompanyID") or parent(element) == "PartyIdentification"


COMMON = rules(
    "COMMON",
    (
        ("R001", FATAL, "No value may be empty.", empty_values),
        ("R002", FATAL, "No group of values may be empty.", empty_groups),
        ("R003", WARNING, "The message should not name its schema.", names_a_schema),
        ("R030", FATAL, "A day is written as YYYY-MM-DD.", bad_days),
        ("R040", FATAL, "The GLN's check digit is wrong.", identifier("0088", identifiers.gln)),
        ("R041", FATAL, "The Norwegian organisation number is wrong.", identifier("0192", identifiers.norwegian)),
        ("R043", FATAL, "The Belgian enterprise number is wrong.", identifier("0208", identifiers.belgian)),
        ("R044", WARNING, "The Italian office code (IPA) is wrong.", identifier("0201", identifiers.italian_office)),
        ("R045", WARNING, "The Italian tax code is wrong.", identifier("0210", identifiers.italian_fiscal)),
        ("R046", WARNING, "The Italian tax code is wrong.", identifier("9907", identifiers.italian_fiscal, addresses_only=True)),
        ("R047", WARNING, "The Italian VAT number is wrong.", identifier("0211", identifiers.italian_vat)),
        ("R048", WARNING, "The Italian VAT number is wrong.", identifier("9906", identifiers.italian_vat, addresses_only=True)),
        ("R049", FATAL, "The Swedish organisation number is wrong.", identifier("0007", identifiers.swedish)),
        ("R050", FATAL, "The Australian business number is wrong.", identifier("0151", identifiers.australian)),
    ),
)  # fmt: skip
