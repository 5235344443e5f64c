"""Partners are kept with their history and found by how a file names them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core import journal
from core.database import Database
from core.errors import BadInput, Stale
from core.exchange.partners import (
    partner_coded,
    partner_of,
    partner_of_customer,
    save,
    wants_invoice,
)
from core.exchange.secrets import secrets_of, set_secret
from core.exchange.tables import PartnerIdentity
from core.inbound.envelopes import Endpoint
from tests.builders import a_customer, an_act
from tests.exchanged import a_partner, a_profile

KEY = "k" * 32


def test_saved_with_history_and_found_by_its_identity(database: Database) -> None:
    with database.begin() as session:
        partner = a_partner(session, a_customer(session, number="C1"))
        assert partner_of(session, "x12", Endpoint("ACMEWORKS", "ZZ")) is partner
        assert partner_of(session, "x12", Endpoint("ACMEWORKS", "01")) is None
        assert partner_of(session, "ubl/Order", Endpoint("ACMEWORKS", "0088")) is partner
        assert partner_of(session, "edifact", Endpoint("ACMEWORKS", "ZZ")) is None
        assert partner_of(session, "x12", Endpoint()) is None
        assert partner_of(session, "x12", Endpoint("ACMEWORKS")) is partner
        assert partner_of_customer(session, partner.customer_id or 0) is partner
        text = a_profile("C1", '[answers]\ninvoice = "x12/810"\n')
        save(session, "acme", text, version=partner.version, act=an_act())
        assert wants_invoice(session, partner.customer_id or 0)
        events = journal.history(session, "partner", partner.id)
        assert [event.name for event in events] == ["partner.saved", "partner.saved"]
        assert events[1].changes["profile"][1] == text


def test_an_end_without_a_qualifier_names_nobody_when_two_have_its_identifier(
    database: Database,
) -> None:
    with database.begin() as session:
        a_partner(session)
        twin = a_profile().replace('"acme"', '"twin"').replace('"ZZ"', '"01"')
        save(session, "", twin.replace('standard = "ubl"', 'standard = "cii"'), act=an_act())
        assert partner_of(session, "x12", Endpoint("ACMEWORKS")) is None
        found = partner_of(session, "x12", Endpoint("ACMEWORKS", "01"))
        assert found is not None and found.code == "twin"


def test_saved_twice_under_one_key_is_saved_once(database: Database) -> None:
    with database.begin() as session:
        act = an_act()
        first = save(session, "", a_profile(), act=act)
        assert save(session, "acme", a_profile(), act=act) is first
        assert len(session.scalars(select(PartnerIdentity)).all()) == 2


def test_a_switched_off_partner_is_not_found(database: Database) -> None:
    with database.begin() as session:
        save(session, "", "enabled = false\n" + a_profile(), act=an_act())
        assert partner_of(session, "x12", Endpoint("ACMEWORKS", "ZZ")) is None


@pytest.mark.parametrize(
    ("code", "text", "word"),
    [
        ("", "code = 1", "code"),
        ("", a_profile("C-404"), "customer"),
        ("other", a_profile(), "must stay"),
        ("", a_profile().replace('"acme"', '"twin"'), "belongs to the partner 'acme'"),
    ],
)
def test_what_cannot_be_kept_says_why(database: Database, code: str, text: str, word: str) -> None:
    with database.begin() as session:
        a_partner(session)
        with pytest.raises(BadInput, match=word):
            save(session, code, text, act=an_act())


def test_an_older_page_does_not_overwrite(database: Database) -> None:
    with database.begin() as session:
        partner = a_partner(session)
        shown = partner.version
        save(session, "acme", "currency = 'EUR'\n" + a_profile(), version=shown, act=an_act())
        with pytest.raises(Stale):
            save(session, "acme", a_profile(), version=shown, act=an_act())


def test_secrets_are_sealed_and_the_journal_knows_only_their_names(database: Database) -> None:
    with database.begin() as session:
        partner = a_partner(session)
        set_secret(session, partner, "cxml-secret-in", "open sesame", secret_key=KEY, act=an_act())
        set_secret(session, partner, "sftp-password", "hush", secret_key=KEY, act=an_act())
        assert "sesame" not in partner.secrets
        assert secrets_of(partner, KEY) == {
            "cxml-secret-in": "open sesame",
            "sftp-password": "hush",
        }
        set_secret(session, partner, "sftp-password", "", secret_key=KEY, act=an_act())
        assert list(secrets_of(partner_coded(session, "acme"), KEY)) == ["cxml-secret-in"]
        told = [str(event.facts) for event in journal.history(session, "partner", partner.id)]
        assert not any("sesame" in text or "hush" in text for text in told)
        with pytest.raises(BadInput):
            set_secret(session, partner, "pin", "1", secret_key=KEY, act=an_act())
