"""Who ordered: evidence adds up, contradictions go to a person, the sender proves nothing."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.open import open_drafts
from core.drafts.tables import Draft
from tests import builders as make
from tests.core.drafts.test_open import codes, reading


def draft_from(session: Session, sender: str, lane: str = "order", **fields: str) -> Draft:
    document = make.a_document(session, sender_address=sender, authentication="pass", lane=lane)
    (draft,) = open_drafts(session, document, reading(lane=lane, **fields), act=make.an_act())
    return draft


def two_firms(session: Session) -> tuple[Any, Any]:
    make.a_company(session)
    north = make.a_customer(
        session,
        name="Nordlicht Pumpen GmbH",
        number="K-100",
        tax_id="DE 811 222 333",
        domains=["nordlicht.example", "gmail.com"],
    )
    south = make.a_customer(session, name="Südwind Ventile AG", domains=["suedwind.example"])
    make.a_contact(session, north, email="Einkauf@Nordlicht.example")
    return north, south


def test_numbers_on_the_document_win(database: Database) -> None:
    with database.begin() as session:
        north, _ = two_firms(session)
        for number, code in (("k100", "by-customer-number"), ("DE811222333", "by-tax-number")):
            draft = draft_from(session, "someone@else.example", buyer_id=number)
            assert (draft.customer_id, draft.customer_reason["code"]) == (north.id, code)


def test_a_known_contact_without_a_name_is_enough(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        north, _ = two_firms(session)
        draft = draft_from(session, "einkauf@nordlicht.example")
        assert draft.customer_id == north.id
        assert draft.customer_reason["code"] == "by-contact"


def test_the_sender_against_the_name_on_the_document_is_a_question(database: Database) -> None:
    """The mail comes from one firm and the order is signed by another: forwarded, or forged."""
    with database.begin() as session:
        two_firms(session)
        draft = draft_from(
            session, "einkauf@nordlicht.example", buyer_name="Suedwind Ventile Aktiengesellschaft"
        )
        assert draft.customer_id is None
        assert "customer-ambiguous" in codes(session, draft)
        assert len(draft.customer_reason["options"]) == 2


def test_a_mail_domain_alone_does_not_beat_another_name(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        two_firms(session)
        draft = draft_from(session, "who@nordlicht.example", buyer_name="Fremde Firma KG")
        assert draft.customer_id is None
        assert draft.customer_reason["code"] == "customer-unknown"


def test_a_public_domain_never_identifies(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        two_firms(session)
        draft = draft_from(session, "nordlicht@gmail.com")
        assert draft.customer_id is None
        assert draft.customer_reason["options"] == []


def test_two_customers_behind_one_domain_are_a_pick_list(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        two_firms(session)
        make.a_customer(session, name="Nordlicht Service GmbH", domains=["nordlicht.example"])
        draft = draft_from(session, "new@nordlicht.example")
        assert draft.customer_id is None
        assert "customer-ambiguous" in codes(session, draft)


def test_our_own_domain_says_nothing(sqlite_database: Database) -> None:
    """A colleague forwards an order: the sender is us."""
    with sqlite_database.begin() as session:
        two_firms(session)
        make.a_customer(session, name="Probe Intern", domains=["probe.example"])
        draft = draft_from(session, "sales@probe.example")
        assert draft.customer_id is None


def test_legal_forms_accents_and_typing_errors_do_not_matter(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        north, south = two_firms(session)
        pairs = (
            ("NORDLICHT PUMPEN GMBH & CO. KG", north),
            ("Sudwind Ventile", south),
            ("Nordlicht Pumpn GmbH", north),
        )
        for name, firm in pairs:
            draft = draft_from(session, "einkauf@" + firm.domains[0], buyer_name=name)
            assert draft.customer_id == firm.id, name


def test_a_forged_or_strange_sender_blocks(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        two_firms(session)
        draft = draft_from(session, "x@stranger.example", buyer_name="Nordlicht Pumpen GmbH")
        assert "sender-not-verified" in codes(session, draft)
