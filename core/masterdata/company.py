"""Our own company: one row with its calendar, and the same row's named limits as a table of their own."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.company.limits import LIMITS as NAMED
from core.company.limits import Limit
from core.company.policy import Policy
from core.company.tables import Company
from core.masterdata.checks import Case, Problem
from core.masterdata.described import DRAFTS, PROMISES, Column, Table
from core.masterdata.types import (
    ADDRESS,
    COUNTRY,
    CURRENCY,
    DAYS,
    GLN,
    LINE,
    NUMBER,
    PROSE,
    WEEKDAYS,
    WHOLE,
    WORD,
    WORDS,
    YES_NO,
    Type,
    between,
    choice,
)


def _zone(cell: str) -> str:
    try:
        return ZoneInfo(cell).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("a time zone such as Europe/Berlin") from None


ZONE = Type("zone", _zone, {"type": "string", "maxLength": 64}, longest=64)


def _domains(cell: str) -> list[str]:
    """ "@Firm.example" as "firm.example"."""
    return [word.lower().removeprefix("@") for word in WORDS.parse(cell)]


DOMAINS = Type("words", _domains, WORDS.schema)


def _prefix(cell: str) -> str:
    if not (cell.isascii() and cell.isdigit() and 4 <= len(cell) <= 12):
        raise ValueError("a GS1 company prefix of 4 to 12 digits")
    return cell


PREFIX = Type("word", _prefix, {"type": "string", "pattern": "^[0-9]{4,12}$"}, longest=12)


def _limit(limit: Limit) -> Column:
    default = getattr(Policy(), limit.name)
    kind = YES_NO if isinstance(default, bool) else WHOLE if isinstance(default, int) else NUMBER
    if limit.least is not None and limit.most is not None:
        kind = between(kind, limit.least, limit.most)
    return Column(
        limit.name,
        kind,
        limit.help,
        default=default,
        unit=limit.unit,
        attribute="policy",
        inside=limit.name,
        section=limit.section,
    )


def company_first(case: Case) -> Iterator[Problem]:
    if case.before is None:
        yield Problem("", "There is no company yet; enter it first.")


COMPANY = Table(
    name="company",
    one="company",
    title="Our company",
    help="Who we are on every paper, and when we work.",
    group="company",
    model=Company,
    key=(),
    columns=(
        Column("name", LINE, "The firm's name.", required=True),
        Column("street", LINE, "", default=""),
        Column("postal_code", WORD, "", default=""),
        Column("city", LINE, "", default=""),
        Column("region", LINE, "", default=""),
        Column("country", COUNTRY, "Two letters, ISO 3166-1.", default=""),
        Column("gln", GLN, "Global Location Number.", default=""),
        Column("tax_ids", WORDS, "As printed on invoices.", default=[]),
        Column("phone", LINE, "", default=""),
        Column("website", LINE, "", default=""),
        Column("bank", PROSE, "As printed on invoices.", default=""),
        Column("mail_from", ADDRESS, "Mails come from it.", default=""),
        Column("mail_from_name", LINE, "Name of the sender.", default=""),
        Column("bounce_address", ADDRESS, "Undeliverable mail goes to it.", default=""),
        Column("mail_domains", DOMAINS, "Our own; mail from them is no customer's.", default=[]),
        Column("time_zone", ZONE, "Days and cut-offs are counted in it.", default="UTC"),
        Column("working_days", WEEKDAYS, "1 is Monday, 7 is Sunday.", default=[1, 2, 3, 4, 5]),
        Column("holidays", DAYS, "Days without work.", default=[]),
        Column("currency", CURRENCY, "ISO 4217.", default="EUR"),
        Column("language", choice("en", "de"), "Of mails to who has none.", default="en"),
        Column("gs1_prefix", PREFIX, "Numbers of our pallets and cartons (SSCC) begin with it; empty: the GLN's.", default="", attribute="policy", inside="gs1_prefix"),
    ),
    listed=("name", "city", "country", "time_zone"),
    touches=(DRAFTS, PROMISES),
)  # fmt: skip

LIMITS = Table(
    name="limits",
    one="set of limits",
    title="Limits",
    help="Figures that the company chose: how long goods are held for a draft, when a value is doubtful, and more.",
    group="company",
    model=Company,
    key=(),
    columns=tuple(map(_limit, NAMED)),
    checks=(company_first,),
    touches=(DRAFTS, PROMISES),
)

TABLES = (COMPANY, LIMITS)
