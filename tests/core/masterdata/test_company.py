"""Our own company and its limits: what may be set, between which values, and what is refused with its field."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from core.company.limits import LIMITS
from core.company.policy import Policy, company_calendar, policy_of
from core.company.tables import Company
from core.database import Database
from core.masterdata.cells import POINT, given
from core.masterdata.every import table_named
from core.masterdata.history import changes_of
from core.masterdata.put import SCREEN, Refused, put_one
from tests import builders as make


def put(session: Session, table: str, cells: dict[str, str]) -> None:
    typed = given(table_named(table), 1, cells, POINT)
    if typed.problems:
        raise AssertionError(typed.problems)
    put_one(session, table_named(table), typed.values, door=SCREEN, act=make.an_act())


def test_settings_are_typed_and_kept(database: Database) -> None:
    facts = {
        "name": "Probe Fittings Ltd",
        "country": "gb",
        "time_zone": "Europe/London",
        "working_days": "1, 2, 3, 4",
        "holidays": "2026-12-25\n2026-12-26",
        "tax_ids": "GB1; GB2",
        "mail_domains": "@Probe.example",
        "gs1_prefix": "4012345",
    }
    limits = {"doubt_threshold": "0.9", "verify_sender": "no", "claim_minutes": "5"}
    with database.begin() as session:
        put(session, "company", facts)
        put(session, "limits", limits)
        put(session, "company", {"city": "Leeds"})
    with database.read() as session:
        company = session.get(Company, 1)
        assert company is not None
        assert (company.country, company.tax_ids) == ("GB", ["GB1", "GB2"])
        assert company.mail_domains == ["probe.example"]
        assert company.policy["gs1_prefix"] == "4012345"
        policy = policy_of(company)
        assert policy.doubt_threshold == Decimal("0.9")
        assert (policy.verify_sender, policy.claim_minutes) == (False, 5)
        assert policy.late_receipt_days == Policy().late_receipt_days
        calendar = company_calendar(company)
        assert not calendar.works(date(2026, 3, 6)) and not calendar.works(date(2026, 12, 25))
        (kept,) = changes_of(session, table_named("limits"))
    assert {name: (old, new) for name, old, new in kept.changes} == {
        "doubt_threshold": ("0.85", "0.9"),
        "verify_sender": (True, False),
        "claim_minutes": (10, 5),
    }


@pytest.mark.parametrize(
    ("table", "name", "text"),
    [
        ("company", "time_zone", "Europe/Atlantis"),
        ("company", "working_days", "1,8"),
        ("company", "holidays", "25.12."),
        ("company", "mail_from", "orders at probe"),
        ("company", "country", "Germany"),
        ("company", "language", "fr"),
        ("company", "gs1_prefix", "12a4"),
        ("company", "no_such_setting", "1"),
        ("limits", "claim_minutes", "2.5"),
        ("limits", "claim_minutes", "0"),
        ("limits", "price_tolerance_percent", "101"),
        ("limits", "doubt_threshold", "1.01"),
        ("limits", "night_hour", "24"),
        ("limits", "offer_minutes", "-1"),
        ("limits", "no_such_limit", "1"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(table: str, name: str, text: str) -> None:
    typed = given(table_named(table), 1, {name: text}, POINT)
    assert [p.column for p in typed.problems] == [name]


def test_limits_need_a_company(sqlite_database: Database) -> None:
    with pytest.raises(Refused, match="enter it first"), sqlite_database.begin() as session:
        put(session, "limits", {"claim_minutes": "5"})


def test_a_company_needs_a_name(sqlite_database: Database) -> None:
    with pytest.raises(Refused, match="Name is missing"), sqlite_database.begin() as session:
        put(session, "company", {"city": "Leeds"})


def test_each_limit_is_told_with_its_range_and_lies_in_it() -> None:
    assert [limit.name for limit in LIMITS] == [f.name for f in fields(Policy)]
    for limit in LIMITS:
        default = getattr(Policy(), limit.name)
        assert limit.help.endswith("."), limit.name
        assert (limit.least is None) == isinstance(default, bool), limit.name
        if limit.least is not None and limit.most is not None:
            assert limit.least <= default <= limit.most, limit.name


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"code": "no-such-check"}, "code"),
        ({"code": "item-unknown"}, "code"),
        ({"roles": "clerk|king"}, "roles"),
        ({"expires_hours": "0"}, "expires_hours"),
        ({"limits": "amount=5"}, "limits"),
        ({"limits": "value=9999999999"}, "limits"),
    ],
)
def test_a_rule_names_known_checks_people_and_figures(
    sqlite_database: Database, row: dict[str, str], column: str
) -> None:
    cells = {"code": "value-over-limit", "severity": "warning", **row}
    with pytest.raises(Refused) as caught, sqlite_database.begin() as session:
        put(session, "check-rules", cells)
    assert caught.value.field == column
