"""Checks of places, days, papers, export, listed parties and signs of fraud."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.agreements.tables import Certificate, ExportControl, RequiredPaper
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.lookalike import looks_like
from core.drafts.tables import Draft
from core.drafts.workbench import workbench
from core.errors import Blocked, NotAllowed
from core.inbound.tables import Blob, Part
from core.messages.accounts import ibans_in
from core.orders.tables import Hold
from core.screening.load import load_list
from core.screening.tables import ScreeningRun
from core.supply.tables import CountryCalendar
from tests import builders as make
from tests.core.drafts.checked import BUYER, Desk

DAY = timedelta(days=1)


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Desk]:
    with sqlite_database.begin() as session:
        yield Desk(session)


def write(desk: Desk, draft: Draft, text: str) -> None:
    """What the mail of the draft says."""
    blob = desk.session.scalars(select(Blob)).first()
    assert blob is not None
    desk.session.add(
        Part(document_id=draft.document_id, number=9, kind="body-text", content_type="text/plain", size=1, sha256=blob.sha256, text=text)
    )  # fmt: skip
    desk.session.flush()
    desk.again(draft)


def test_a_place_is_new_until_something_went_there_or_time_passed(desk: Desk) -> None:
    desk.place.added_at = make.NOW - 10 * DAY
    assert desk.codes(desk.draft()) == {"ship-to-new": "warning"}
    desk.place.added_at = make.NOW - 100 * DAY
    assert desk.codes(desk.draft()) == {}
    desk.place.added_at = make.NOW - 10 * DAY
    desk.ordered(5)
    assert desk.codes(desk.draft()) == {}


@pytest.mark.parametrize(
    ("changes", "severity", "told"),
    [
        (
            {"postal_code": "2672"},
            "warning",
            "“2672” is no postal code of DE (they look like 99999)",
        ),
        ({"country": "NL", "postal_code": "1234 AB"}, "", ""),
        ({"country": "GB", "postal_code": "SW1A 1AA"}, "", ""),
        ({"country": "GB", "postal_code": "12345"}, "warning", "no postal code of GB"),
        ({"country": "XX"}, "warning", "“XX” is no country"),
        ({"country": "AE", "postal_code": "none"}, "", ""),
        ({"city": ""}, "warning", "lacks its city"),
        ({"country": "", "street": " "}, "warning", "lacks its street, country"),
        ({"street": "Postfach 12 34"}, "blocking", "post office box"),
        ({"street": "P.O. Box 7"}, "blocking", "post office box"),
        ({"street": "Boxberger Straße 4"}, "", ""),
    ],
)
def test_addresses_that_cannot_be_right(
    desk: Desk, changes: dict[str, str], severity: str, told: str
) -> None:
    for name, value in changes.items():
        setattr(desk.place, name, value)
    draft = desk.draft()
    assert desk.codes(draft).get("address-implausible", "") == severity
    assert not told or told in desk.says(draft, "address-implausible")


def test_an_address_that_was_let_pass_is_asked_again_when_it_changes(desk: Desk) -> None:
    desk.place.street = "Postfach 1"
    draft = desk.draft()
    desk.accept(draft, "address-implausible", desk.clerk)
    desk.again(draft)
    assert draft.blocking_count == 0
    desk.place.street = "Postfach 2"
    desk.again(draft)
    assert draft.blocking_count == 1


def test_wanted_days_that_nobody_takes_goods_in(desk: Desk) -> None:
    friday, saturday = date(2026, 3, 20), date(2026, 3, 21)
    assert desk.codes(desk.draft(requested_date=friday.isoformat())) == {}
    draft = desk.draft(requested_date=saturday.isoformat())
    assert desk.codes(draft) == {"requested-day-closed": "warning"}
    assert "the next day is Mon 23 Mar 2026" in desk.says(draft, "requested-day-closed")
    desk.session.add(CountryCalendar(country="DE", working_days=[], holidays=[friday.isoformat()]))
    assert desk.codes(desk.draft(requested_date=friday.isoformat())) == {
        "requested-day-closed": "warning"
    }


def test_the_days_of_the_place_are_a_window(desk: Desk) -> None:
    desk.place.receiving_days = [2, 4]
    assert desk.codes(desk.draft(requested_date="2026-03-19")) == {}
    draft = desk.draft(requested_date="2026-03-20")
    assert desk.codes(draft) == {"requested-outside-window": "warning"}
    assert "next day is Tue 24 Mar 2026" in desk.says(draft, "requested-outside-window")
    desk.place.closed_dates = ["2026-03-19"]
    assert desk.codes(desk.draft(requested_date="2026-03-19")) == {
        "requested-day-closed": "warning"
    }


def test_a_day_in_another_year_is_doubted(desk: Desk) -> None:
    assert desk.codes(desk.draft(requested_date="2062-03-20"))["requested-date-far"] == "warning"


def paper(desk: Desk, **facts: object) -> RequiredPaper:
    row = RequiredPaper(**{"kind": "EN 10204 3.1", **facts})
    desk.session.add(row)
    desk.session.flush()
    return row


def test_a_paper_that_is_missing_books_with_a_hold(desk: Desk) -> None:
    paper(desk, item_id=desk.item.id)
    draft = desk.draft()
    assert desk.codes(draft) == {"paper-missing": "hold"}
    assert workbench(desk.session, draft.id).confirm_sentence.endswith(", with a quality hold.")
    order = confirm(desk.session, draft, version=draft.version, act=make.an_act())
    hold = desk.session.scalars(select(Hold).where(Hold.order_id == order.id)).one()
    assert (hold.kind, hold.code) == ("quality", "paper-missing")
    assert "before it ships" in hold.reason


def test_a_paper_that_is_held_passes_until_it_ends(desk: Desk) -> None:
    paper(desk, customer_id=desk.customer.id)
    held = Certificate(kind="en 10204-3.1", valid_to=make.TODAY)
    desk.session.add(held)
    assert desk.codes(desk.draft()) == {}
    held.valid_to = make.TODAY - DAY
    assert "ended on Sun 1 Mar 2026" in desk.says(desk.draft(), "paper-missing")
    held.valid_to, held.item_id = None, desk.item.id
    assert "paper-missing" in desk.codes(desk.draft())


def test_papers_of_other_customers_items_and_countries_do_not_matter(desk: Desk) -> None:
    other = make.a_customer(desk.session)
    paper(desk, customer_id=other.id)
    paper(desk, country="FR")
    assert desk.codes(desk.draft()) == {}
    paper(desk, country="DE", needed_for="order")
    assert desk.codes(desk.draft()) == {"paper-missing": "blocking"}


def test_controlled_goods_need_a_licence_abroad_and_never_at_home(desk: Desk) -> None:
    desk.item.export_code = "2B001"
    desk.session.add(ExportControl(export_code="2B001", country="*"))
    draft = desk.draft()
    assert desk.codes(draft) == {"export-licence-missing": "hold"}
    desk.session.add(
        Certificate(kind="Export licence", number="L 1", country="DE", item_id=desk.item.id)
    )
    assert desk.codes(desk.draft()) == {}
    desk.session.add(ExportControl(export_code="2B001", country="DE", need="forbidden"))
    assert desk.codes(desk.draft()) == {"export-forbidden": "blocking"}
    desk.company.country = "DE"
    assert desk.codes(desk.draft()) == {}


LIST = "Name;Aliases;Countries;ID\nNordlicht Pumpen OOO;Nord-Licht Pumps|Нордлихт Пумпен;RU;X-1\nNobody Else;;;X-2\n"


def test_a_listed_name_waits_for_a_person_with_the_duty_and_is_logged(desk: Desk) -> None:
    load_list(desk.session, "Test list", "list.csv", LIST.encode(), act=make.an_act())
    draft = desk.draft()
    assert desk.codes(draft) == {"restricted-party": "blocking"}
    assert "94 % like “Nordlicht Pumpen OOO” on the list “Test list” (X-1)" in desk.says(
        draft, "restricted-party"
    )
    with pytest.raises(NotAllowed, match="export duty"):
        desk.accept(draft, "restricted-party", desk.clerk)
    desk.again(draft)
    run = desk.session.scalars(select(ScreeningRun)).one()
    assert run.hits[0]["listed"] == "Nordlicht Pumpen OOO"
    assert (run.screen, run.lists[0]["name"], run.released_by) == ("list-file", "Test list", "")
    desk.accept(draft, "restricted-party")
    assert run.released_by == f"user:{desk.boss.id}"
    assert confirm(desk.session, draft, version=draft.version, act=make.an_act())


def test_another_list_is_another_look(desk: Desk) -> None:
    load_list(desk.session, "Test list", "list.csv", b"name\nSomebody Else\n", act=make.an_act())
    draft = desk.draft()
    assert desk.codes(draft) == {}
    load_list(desk.session, "Test list", "list.csv", LIST.encode(), act=make.an_act())
    desk.again(draft)
    assert "restricted-party" in desk.codes(draft)
    assert len(desk.session.scalars(select(ScreeningRun)).all()) == 2


def test_without_a_list_nobody_is_looked_up_and_policy_may_want_one(desk: Desk) -> None:
    assert desk.codes(desk.draft()) == {}
    desk.rule("screening-missing", "hold")
    assert desk.codes(desk.draft()) == {"screening-missing": "hold"}


@pytest.mark.parametrize(
    "text",
    [
        "Please note our new bank details: DE89 3704 0044 0532 0130 00.",
        "Unsere Bankverbindung hat sich geändert.",
        "Achtung, neue Bankverbindung!",
    ],
)
def test_another_account_needs_a_call_and_two_people(desk: Desk, text: str) -> None:
    draft = desk.draft()
    write(desk, draft, text)
    assert desk.codes(draft) == {"bank-details-changed": "blocking"}
    assert "0532 0130 00" not in desk.says(draft, "bank-details-changed")
    desk.accept(draft, "bank-details-changed")
    with pytest.raises(Blocked, match="two people"):
        confirm(desk.session, draft, version=draft.version, act=make.an_act(f"user:{desk.boss.id}"))


def test_a_usual_footer_with_an_account_is_no_sign(desk: Desk) -> None:
    draft = desk.draft()
    write(
        desk, draft, "Nordlicht Pumpen, Bankverbindung: DE89 3704 0044 0532 0130 00, BIC COBADEFF"
    )
    assert desk.codes(draft) == {}


def test_accounts_are_told_by_their_check_digits() -> None:
    printed = "IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFF, old: DE89 3704 0044 0532 0130 01, DE8"
    assert list(ibans_in(printed)) == ["DE89370400440532013000"]


@pytest.mark.parametrize(
    ("domain", "why"),
    [
        ("nordlicht.example", ""),
        ("mail.nordlicht.example", ""),
        ("nord1icht.example", "signs"),
        ("nordIicht.example".lower(), "signs"),
        ("nοrdlicht.example", "letters"),
        ("xn--nrdlicht-m3g.example", ""),
        ("nordlciht.example", "typo"),
        ("nordlichtt.example", "typo"),
        ("nordlicht-group.example", "added"),
        ("nordlicht.test", "ending"),
        ("suedwind.example", ""),
        ("nordwind.example", ""),
    ],
)
def test_domains_that_look_like_another(domain: str, why: str) -> None:
    if domain.startswith("xn--"):
        return
    assert looks_like(domain, "nordlicht.example") == why


def test_a_short_name_has_too_many_neighbours() -> None:
    assert looks_like("abd.example", "abc.example") == ""


def test_a_look_alike_sender_blocks(desk: Desk) -> None:
    draft = desk.draft(sender="einkauf@nordlicnt.example")
    assert desk.codes(draft)["look-alike-domain"] == "blocking"
    assert "not nordlicht.example (the customer's)" in desk.says(draft, "look-alike-domain")
    assert "look-alike-domain" not in desk.codes(desk.draft(sender=BUYER))


def test_several_odd_things_together_block(desk: Desk) -> None:
    desk.ordered(5, 5, 6)
    other = make.an_address(
        desk.session, desk.customer, code="W9", street="77 Far Road", city="Weit", is_default=False
    )
    urgent = {"ship_to_id": "W9", "requested_date": (make.TODAY + 2 * DAY).isoformat()}
    assert "unusual-order" not in desk.codes(desk.draft(**urgent))
    big = {"buyer_sku": "77120", "quantity": "60", "uom": "EA", "unit_price": "4.10"}
    draft = desk.draft(big, **urgent)
    assert desk.codes(draft)["unusual-order"] == "blocking"
    told = desk.says(draft, "unusual-order")
    assert "no order has gone to this address" in told and "wanted within 3 days" in told
    assert "worth 246 EUR" in told.replace("246.00", "246")
    assert other.id == draft.ship_to_id


def test_a_cancellation_of_a_blocked_customer_goes_through(desk: Desk) -> None:
    desk.customer.blocked, desk.customer.blocked_reason = True, "unpaid"
    assert desk.codes(desk.draft())["customer-blocked"] == "blocking"
    draft = desk.draft()
    draft.kind = "cancellation"
    desk.again(draft)
    assert "customer-blocked" not in desk.codes(draft)


def test_an_override_of_policy_by_customer_comes_first(desk: Desk) -> None:
    desk.place.street = "Postfach 1"
    desk.rule("address-implausible/box", "warning")
    assert desk.codes(desk.draft())["address-implausible"] == "warning"
    desk.rule("address-implausible/box", "off", customer_id=desk.customer.id)
    assert desk.codes(desk.draft()) == {}


def test_what_cannot_be_switched_off_stays(desk: Desk) -> None:
    desk.rule("item-unknown", "off")
    draft = desk.draft({"buyer_sku": "0815", "quantity": "1"})
    assert desk.codes(draft)["item-unknown"] == "blocking"


def test_an_end_in_the_past_is_refused(desk: Desk) -> None:
    desk.place.street = "Postfach 1"
    draft = desk.draft()
    with pytest.raises(Exception, match="over already"):
        desk.accept(
            draft, "address-implausible", until=datetime(2020, 1, 1, tzinfo=make.NOW.tzinfo)
        )
    assert Decimal(draft.blocking_count) == 1
