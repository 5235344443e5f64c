"""Our own company: one row, with its calendar and its named limits."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.company.policy import Policy
from core.company.tables import Company
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
    choice,
)


def _zone(cell: str) -> str:
    try:
        return ZoneInfo(cell).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("a time zone such as Europe/Berlin") from None


ZONE = Type("zone", _zone, {"type": "string", "maxLength": 64}, longest=64)


def _limit(name: str, default: Any) -> Column:
    kind = YES_NO if isinstance(default, bool) else WHOLE if isinstance(default, int) else NUMBER
    words = name.replace("_", " ").capitalize()
    return Column(
        f"limit_{name}", kind, f"{words}.", default=default, attribute="policy", inside=name
    )


COMPANY = Table(
    name="company",
    one="company",
    title="Our company",
    help="Who we are on every paper, when we work, and which limits we keep.",
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
        Column("mail_domains", WORDS, "Our own; mail from them is no customer's.", default=[]),
        Column("time_zone", ZONE, "Days and cut-offs are counted in it.", default="UTC"),
        Column("working_days", WEEKDAYS, "1 is Monday, 7 is Sunday.", default=[1, 2, 3, 4, 5]),
        Column("holidays", DAYS, "Days without work.", default=[]),
        Column("currency", CURRENCY, "ISO 4217.", default="EUR"),
        Column("language", choice("en", "de"), "Of mails to who has none.", default="en"),
        *(_limit(f.name, f.default) for f in fields(Policy)),
    ),
    listed=("name", "city", "country", "time_zone"),
    touches=(DRAFTS, PROMISES),
)  # fmt: skip

TABLES = (COMPANY,)
