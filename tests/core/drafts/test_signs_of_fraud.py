"""Who really writes: threads that are taken over, names that are borrowed, forwarders, accounts on paper; and no alarm without cause."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.database import Database
from core.drafts.open import open_drafts
from core.drafts.tables import Draft
from core.inbound.tables import InboundDocument, PageText, Part
from tests import builders as make
from tests.core.drafts.checked import BUYER, NAME, Desk
from tests.core.drafts.test_open import reading

IBAN = "DE89 3704 0044 0532 0130 00"
SOON = (make.TODAY + timedelta(days=2)).isoformat()


@pytest.fixture
def desk(sqlite_database: Database) -> Any:
    with sqlite_database.begin() as session:
        desk = Desk(session)
        desk.ordered(5, 5, 6)
        yield desk


def a_mail(desk: Desk, sender: str, *, paper: str = "", name: str = "", **changes: Any) -> Draft:
    wanted: dict[str, Any] = {"authentication": "pass", "sender_name": name, **changes}
    fields = {n: wanted.pop(n) for n in ("requested_date", "ship_to") if n in wanted}
    document = make.a_document(desk.session, sender_address=sender, **wanted)
    if paper:
        part = Part(document_id=document.id, number=2, kind="attachment", content_type="application/pdf", filename="po.pdf", size=1, sha256=document.raw_sha256)  # fmt: skip
        desk.session.add(part)
        desk.session.flush()
        words = [[0, 0, 1, 1, word] for word in paper.split()]
        desk.session.add(PageText(part_id=part.id, page=1, words=words))
        desk.session.flush()
    line = {"buyer_sku": "77120", "quantity": "3", "uom": "EA", "unit_price": "4.10"}
    found = reading(line, po_number=f"F-{document.id}", buyer_name=NAME, **fields)
    (draft,) = open_drafts(desk.session, document, found, act=make.an_act("system:reader"))
    return draft


def signs(desk: Desk, draft: Draft) -> str:
    return desk.says(draft, "unusual-order") if "unusual-order" in desk.codes(draft) else ""


def test_a_conversation_that_goes_on_from_elsewhere(desk: Desk) -> None:
    first = make.a_document(desk.session, sender_address=BUYER, message_id="<1@nordlicht.example>")
    assert first.id
    cited = {"in_reply_to": "<1@nordlicht.example>", "requested_date": SOON}
    told = signs(desk, a_mail(desk, "einkauf@nl-buying.example", **cited))
    assert f"goes on with a conversation with {BUYER}, from another domain" in told
    assert "unusual-order" not in desk.codes(a_mail(desk, "lager@nordlicht.example", **cited))
    assert "unusual-order" not in desk.codes(a_mail(desk, BUYER, **cited))


def test_a_known_name_from_a_free_mailbox(desk: Desk) -> None:
    make.a_contact(desk.session, desk.customer, name="Karin Holm", email="holm@nordlicht.example")
    told = signs(desk, a_mail(desk, "karin.holm77@gmail.com", name="Karin Holm", requested_date=SOON))  # fmt: skip
    assert "“Karin Holm” writes from a free mailbox, known is holm@nordlicht.example" in told
    assert signs(desk, a_mail(desk, "holm@nordlicht.example", name="Karin Holm", requested_date=SOON)) == ""  # fmt: skip


def test_a_domain_like_that_of_a_contact_or_of_any_customer(desk: Desk) -> None:
    make.a_contact(desk.session, desk.customer, email="x@nordlicht-einkauf.example")
    draft = a_mail(desk, "x@nordIicht-einkauf.example".lower())
    assert desk.codes(draft)["look-alike-domain"] == "blocking"
    other = make.a_customer(desk.session, name="Suedwind AG", domains=["suedwind.example"])
    assert other.id
    document = make.a_document(desk.session, sender_address="a@suedvvind.example")
    found = reading({"buyer_sku": "1", "quantity": "1"}, po_number="9", buyer_name="Nobody Knows")
    (draft,) = open_drafts(desk.session, document, found, act=make.an_act("system:reader"))
    assert draft.customer_id is None
    assert desk.codes(draft)["look-alike-domain"] == "blocking"


def test_a_forwarder_in_a_hurry_from_a_stranger(desk: Desk) -> None:
    far = "Blue Sea Freight Forwarding, Dock 7, 20457 Hamburg"
    told = signs(desk, a_mail(desk, "new@elsewhere.example", ship_to=far, requested_date=SOON))
    assert "the address is a forwarder's" in told
    assert "has not written for this customer before" in told


@pytest.mark.parametrize(
    ("paper", "caught"),
    [
        (f"Please note our new bank details: IBAN {IBAN}", True),
        (f"Unsere neue Bankverbindung lautet\nKonto {IBAN}", True),
        (f"Bank: {IBAN}\nTerms: supplier shall tell us of changed bank details in writing.", False),
        (f"IBAN {IBAN}", False),
    ],
)
def test_accounts_on_paper(desk: Desk, paper: str, caught: bool) -> None:
    draft = a_mail(desk, BUYER, paper=paper)
    assert ("bank-details-changed" in desk.codes(draft)) is caught
    if caught:
        assert "DE89 … 3000" in desk.says(draft, "bank-details-changed")


def test_a_usual_order_in_a_hurry_is_no_alarm(desk: Desk) -> None:
    draft = a_mail(desk, BUYER, requested_date=SOON)
    assert not {"unusual-order", "look-alike-domain", "bank-details-changed"} & {*desk.codes(draft)}
    assert isinstance(desk.session.get(InboundDocument, draft.document_id), InboundDocument)
