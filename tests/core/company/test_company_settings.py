"""Company settings: what may be set, and what is refused with its field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.company.policy import company_calendar, policy_of
from core.company.settings import update_company
from core.company.tables import Company
from core.database import Database
from core.errors import BadInput
from tests import builders as make


def test_settings_are_typed_and_kept(database: Database) -> None:
    values = {
        "name": "Probe Fittings Ltd",
        "country": "gb",
        "time_zone": "Europe/London",
        "working_days": "1, 2, 3, 4",
        "holidays": "2026-12-25\n2026-12-26",
        "tax_ids": "GB1; GB2",
        "mail_domains": "@Probe.example",
        "policy.doubt_threshold": "0.9",
        "policy.verify_sender": "no",
        "policy.claim_minutes": "5",
    }
    with database.begin() as session:
        update_company(session, values, act=make.an_act())
    with database.read() as session:
        company = session.get(Company, 1)
        assert company is not None
        assert (company.country, company.tax_ids, company.mail_domains) == (
            "GB",
            ["GB1", "GB2"],
            ["probe.example"],
        )
        policy = policy_of(company)
        assert (policy.doubt_threshold, policy.verify_sender, policy.claim_minutes) == (
            Decimal("0.9"),
            False,
            5,
        )
        assert policy.late_receipt_days == 5
        calendar = company_calendar(company)
        assert not calendar.works(date(2026, 3, 6)) and not calendar.works(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("name", ""),
        ("time_zone", "Europe/Atlantis"),
        ("working_days", "1,8"),
        ("working_days", ""),
        ("holidays", "25.12."),
        ("mail_from", "orders at probe"),
        ("country", "Germany"),
        ("language", "fr"),
        ("policy.claim_minutes", "2.5"),
        ("policy.claim_minutes", "-1"),
        ("policy.price_tolerance_percent", "lots"),
        ("policy.no_such_limit", "1"),
        ("no_such_setting", "1"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(
    sqlite_database: Database, name: str, text: str
) -> None:
    with pytest.raises(BadInput) as caught, sqlite_database.begin() as session:
        make.a_company(session)
        update_company(session, {name: text}, act=make.an_act())
    assert caught.value.field == name
