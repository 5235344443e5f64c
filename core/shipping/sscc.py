"""Serial shipping container codes (GS1 General Specifications, section 3.3.1: AI 00); the number is pure arithmetic."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from stdnum import ean

from core.company.tables import Company
from core.numbers import next_number

# GS1 prefixes 200-299 are for use within one company: right until the company enters a number of its own.
INTERNAL_PREFIX = "2000000"
GLN_PREFIX_LENGTH = 7


def sscc(prefix: str, serial: int, extension: int = 0) -> str:
    """18 digits: extension digit, company prefix, serial reference, check digit."""
    width = 16 - len(prefix)
    body = f"{extension}{prefix}{serial % 10**width:0{width}d}"
    return body + ean.calc_check_digit(body)


def next_sscc(session: Session) -> str:
    """The company's next code: prefix from policy gs1_prefix, else the start of its GLN."""
    serial = int(next_number(session, "sscc"))
    prefix = company_prefix(session.scalar(select(Company).order_by(Company.id)))
    return sscc(prefix, serial)


def company_prefix(company: Company | None) -> str:
    named = str(company.policy.get("gs1_prefix", "")) if company else ""
    if named.isdigit() and 4 <= len(named) <= 12:
        return named
    gln = company.gln if company else ""
    return gln[:GLN_PREFIX_LENGTH] if gln.isdigit() and len(gln) == 13 else INTERNAL_PREFIX
