"""Checks of prices, what they are agreed in, charges, taxes, limits and credit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.agreements.tables import (
    AgreedCharge,
    Blanket,
    BlanketLine,
    Quote,
    QuoteLine,
    TaxExemption,
)
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.queue import QueueFilter, queue
from core.drafts.tables import Problem
from core.drafts.workbench import workbench
from core.errors import Blocked, NotAllowed
from core.orders.credit import exposure
from tests import builders as make
from tests.core.drafts.checked import Desk

DAY = timedelta(days=1)


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Desk]:
    with sqlite_database.begin() as session:
        yield Desk(session)


def a_line(**texts: str) -> dict[str, str]:
    return {"buyer_sku": "77120", "quantity": "3", "uom": "EA", "unit_price": "4.10", **texts}


def test_the_tolerance_counts_in_per_cent_and_in_money_of_the_line(desk: Desk) -> None:
    desk.customer.price_tolerance_percent = Decimal(5)
    assert desk.codes(desk.draft(a_line(unit_price="4.00"))) == {}
    desk.customer.price_tolerance_amount = Decimal("0.20")
    draft = desk.draft(a_line(unit_price="4.00"))
    assert desk.codes(draft) == {"price-differs": "blocking"}
    assert desk.codes(desk.draft(a_line(unit_price="4.05"))) == {}
    desk.customer.price_tolerance_percent = Decimal(0)
    assert desk.codes(desk.draft(a_line(unit_price="4.05"))) == {}


def test_each_direction_has_its_own_strictness_and_limit(desk: Desk) -> None:
    assert desk.codes(desk.draft(a_line(unit_price="4.00"))) == {"price-differs": "blocking"}
    assert desk.codes(desk.draft(a_line(unit_price="4.20"))) == {"price-differs": "warning"}
    desk.rule("price-differs/over", "warning", limits={"percent": "10"})
    assert desk.codes(desk.draft(a_line(unit_price="4.20"))) == {}
    assert desk.codes(desk.draft(a_line(unit_price="4.00"))) == {"price-differs": "blocking"}


def test_a_lower_price_that_was_let_pass_does_not_let_a_still_lower_one_pass(desk: Desk) -> None:
    draft = desk.draft(a_line(unit_price="4.00"))
    desk.accept(draft, "price-differs", desk.clerk)
    desk.line(draft)
    make_cheaper(desk, draft, "4.05")
    assert draft.blocking_count == 0
    make_cheaper(desk, draft, "3.95")
    assert draft.blocking_count == 1


def make_cheaper(desk: Desk, draft: object, price: str) -> None:
    from core.drafts.correct import Edit, correct

    line = desk.line(draft)  # type: ignore[arg-type]
    edits = (Edit(line.id, "unit_price", price),)
    correct(desk.session, draft, edits, version=draft.version, act=make.an_act())  # type: ignore[arg-type, attr-defined]


def a_quote(desk: Desk, **changes: object) -> Quote:
    facts = {"number": "Q-2044", "customer_id": desk.customer.id, "currency": "EUR", **changes}
    quote = Quote(**facts)
    desk.session.add(quote)
    desk.session.flush()
    desk.session.add(
        QuoteLine(
            quote_id=quote.id,
            item_id=desk.item.id,
            unit="CS",
            price=Decimal(36),
            minimum_quantity=Decimal(2),
        )
    )
    desk.session.flush()
    return quote


def test_a_quote_that_is_cited_gives_the_price(desk: Desk) -> None:
    quote = a_quote(desk)
    draft = desk.draft(a_line(uom="CS", unit_price="36"), notes="as quoted, Q-2044")
    assert desk.codes(draft) == {}
    assert draft.quote_id == quote.id
    assert desk.line(draft).price_reason["code"] == "quote"
    small = desk.draft(a_line(uom="CS", quantity="1", unit_price="36"), notes="quote Q-2044")
    assert desk.codes(small)["price-differs"] == "blocking"
    assert desk.draft(notes="quote Q-204").quote_id is None


def test_a_quote_that_ended_is_asked_about(desk: Desk) -> None:
    a_quote(desk, valid_to=make.TODAY - DAY)
    draft = desk.draft(a_line(uom="CS", unit_price="36"), quote_number="Q-2044")
    found = desk.codes(draft)
    assert found["quote-not-valid"] == "blocking"
    assert found["price-agreement-ended"] == "warning"
    assert "ended on Sun 1 Mar 2026" in desk.says(draft, "quote-not-valid")
    with pytest.raises(NotAllowed, match="sales duty"):
        desk.accept(draft, "quote-not-valid", desk.clerk)


def test_terms_of_the_quote_come_before_the_customers(desk: Desk) -> None:
    desk.customer.payment_terms = "NET 30"
    a_quote(desk, payment_terms="NET 10", incoterms="DAP")
    draft = desk.draft(a_line(uom="CS", unit_price="36"), notes="Q-2044", payment_terms="NET 30")
    assert "agreed is “NET 10” (quote Q-2044)" in desk.says(draft, "terms-differ")
    order = confirm(desk.session, draft, version=draft.version, act=make.an_act())
    assert (order.payment_terms, order.incoterms, order.quote_id) == (
        "NET 10",
        "DAP",
        draft.quote_id,
    )


def a_blanket(desk: Desk, **changes: object) -> Blanket:
    facts = {"number": "BL-77", "customer_id": desk.customer.id, "currency": "EUR", **changes}
    blanket = Blanket(**{"po_number": "4500001", "po_key": "4500001", **facts})
    desk.session.add(blanket)
    desk.session.flush()
    desk.session.add(
        BlanketLine(
            blanket_id=blanket.id,
            item_id=desk.item.id,
            unit="CS",
            price=Decimal(40),
            quantity=Decimal(10),
            called_before=Decimal(2),
        )
    )
    desk.session.flush()
    return blanket


def test_a_blanket_counts_down_and_stops_at_its_end(desk: Desk) -> None:
    blanket = a_blanket(desk)
    first = desk.draft(a_line(uom="CS", quantity="5", unit_price="40"), po_number="4500001")
    assert desk.codes(first) == {}
    order = confirm(desk.session, first, version=first.version, act=make.an_act())
    assert order.blanket_id == blanket.id
    second = desk.draft(
        a_line(uom="CS", quantity="5", unit_price="40"),
        po_number="Release 2",
        contract_number="4500001",
    )
    assert desk.codes(second)["blanket-exceeded"] == "blocking"
    assert (
        "has 36 EA of BX-40 left (84 of 120 are called off before); 60 are called off, 24 too many"
        in desk.says(second, "blanket-exceeded")
    )
    third = desk.draft(a_line(uom="CS", quantity="3", unit_price="40"), contract_number="BL-77")
    assert "blanket-exceeded" not in desk.codes(third)


def test_lines_of_one_item_count_together_against_the_blanket(desk: Desk) -> None:
    a_blanket(desk)
    row = a_line(uom="CS", quantity="5", unit_price="40")
    draft = desk.draft(row, row, contract_number="BL-77")
    assert "too many" in desk.says(draft, "blanket-exceeded")


def test_a_blanket_outside_its_days_and_without_the_item(desk: Desk) -> None:
    a_blanket(desk, valid_from=make.TODAY + DAY)
    other = make.an_item(desk.session, number="ZZ-1")
    make.a_list_price(desk.session, other, "1")
    make.a_lot(desk.session, desk.site, other, 10)
    draft = desk.draft({"supplier_sku": "ZZ-1", "quantity": "1"}, contract_number="BL-77")
    found = desk.codes(draft)
    assert found["blanket-not-valid"] == "blocking"
    assert found["blanket-lacks-item"] == "warning"


def test_an_agreement_that_ended_is_told(desk: Desk) -> None:
    make.a_price_agreement(
        desk.session, desk.customer, desk.item, "3.50", valid_to=make.TODAY - DAY
    )
    draft = desk.draft()
    assert desk.codes(draft) == {"price-agreement-ended": "warning"}
    assert "3.50 that was agreed for BX-40 ended" in desk.says(draft, "price-agreement-ended")


def charge(desk: Desk, kind: str, **facts: object) -> None:
    desk.session.add(AgreedCharge(**{"kind": kind, "customer_id": desk.customer.id, **facts}))
    desk.session.flush()


def test_a_discount_must_be_agreed_for_that_value(desk: Desk) -> None:
    line = a_line(quantity="100")
    assert desk.codes(desk.draft(line, discount="5 %"))["discount-differs"] == "blocking"
    charge(desk, "discount", percent=Decimal(5), from_value=Decimal(400))
    assert desk.codes(desk.draft(line, discount="5 %")) == {}
    assert desk.codes(desk.draft(line, discount="20.00")) == {}
    assert (
        desk.codes(desk.draft(a_line(quantity="50"), discount="5 %"))["discount-differs"]
        == "blocking"
    )


def test_freight_against_what_is_agreed(desk: Desk) -> None:
    charge(desk, "freight", amount=Decimal(15))
    charge(desk, "freight", amount=Decimal(0), from_value=Decimal(300))
    assert desk.codes(desk.draft(freight="15")) == {}
    assert "15.00 is agreed" in desk.says(desk.draft(freight="10"), "charge-differs")
    assert "0 is agreed" in desk.says(
        desk.draft(a_line(quantity="100"), freight="15"), "charge-differs"
    )


def test_tax_as_written_against_the_rate(desk: Desk) -> None:
    line = a_line(quantity="100")
    assert desk.codes(desk.draft(line, tax="77.90")) == {}
    assert "19 % are 77.90" in desk.says(desk.draft(line, tax="28.70"), "tax-differs")


def test_an_exemption_must_be_there_and_hold_where_the_goods_go(desk: Desk) -> None:
    desk.customer.tax_exempt = True
    assert "no exemption for DE is on file" in desk.says(desk.draft(), "tax-exemption-missing")
    row = TaxExemption(customer_id=desk.customer.id, country="FR", number="E-1")
    desk.session.add(row)
    assert "tax-exemption-missing" in desk.codes(desk.draft())
    row.country = "DE"
    assert desk.codes(desk.draft()) == {}
    row.valid_to = make.TODAY - DAY
    assert "ended on Sun 1 Mar 2026" in desk.says(desk.draft(), "tax-exemption-missing")


def test_a_small_order_is_told_with_its_surcharge(desk: Desk) -> None:
    desk.customer.minimum_order_value = Decimal(50)
    charge(desk, "surcharge", amount=Decimal(10))
    assert "a surcharge of 10.00 EUR is agreed" in desk.says(desk.draft(), "order-value-small")
    assert desk.codes(desk.draft(a_line(quantity="100"))) == {}


def test_a_large_order_needs_two_people(desk: Desk) -> None:
    desk.rule(
        "value-over-limit", "blocking", roles=["sales"], limits={"value": "400"}, expires_hours=48
    )
    assert desk.codes(desk.draft()) == {}
    draft = desk.draft(a_line(quantity="100"))
    assert desk.codes(draft) == {"value-over-limit": "blocking"}
    with pytest.raises(NotAllowed):
        desk.accept(draft, "value-over-limit", desk.clerk)
    for_two = QueueFilter(second=True)
    assert queue(desk.session, for_two).rows == ()
    desk.accept(draft, "value-over-limit")
    for problem in desk.session.scalars(select(Problem).where(Problem.draft_id == draft.id)):
        problem.accepted_until = None  # the queue looks at the clock
    desk.session.flush()
    (row,) = queue(desk.session, for_two).rows
    assert (row.draft_id, row.second) == (draft.id, desk.boss.name)
    assert queue(desk.session).counts["second look"] == 1
    for user, mine in ((desk.boss, True), (desk.clerk, False)):
        problems = workbench(desk.session, draft.id, user.id).problems
        assert [p.by_me for p in problems if p.two_people] == [mine]
    boss, clerk = (make.an_act(f"user:{u.id}") for u in (desk.boss, desk.clerk))
    with pytest.raises(Blocked, match="two people"):
        confirm(desk.session, draft, version=draft.version, act=boss)
    with pytest.raises(Blocked, match="two people"):
        confirm(desk.session, draft, version=draft.version, act=make.an_act("policy:auto-confirm"))
    assert confirm(desk.session, draft, version=draft.version, act=clerk).number
    assert queue(desk.session, for_two).rows == ()


def test_a_low_margin_needs_two_people_and_names_the_worst_line(desk: Desk) -> None:
    desk.rule("margin-too-low", "blocking", roles=["sales"], limits={"percent": "25"})
    assert desk.codes(desk.draft()) == {}
    desk.item.standard_cost = Decimal("3.00")
    assert desk.codes(desk.draft()) == {}
    desk.item.standard_cost = Decimal("3.50")
    draft = desk.draft()
    assert "margin is 14.6 %, below 25 % (lowest: BX-40 with 14.6 %)" in desk.says(
        draft, "margin-too-low"
    )
    desk.accept(draft, "margin-too-low")
    make_cheaper(desk, draft, "4.20")
    assert desk.problem(draft, "margin-too-low").accepted_by != ""
    make_cheaper(desk, draft, "4.00")
    assert desk.problem(draft, "margin-too-low").accepted_by == ""


def test_credit_counts_what_is_owed_and_an_override_ends(desk: Desk) -> None:
    desk.customer.credit_limit, desk.customer.open_receivables = Decimal(100), Decimal(95)
    draft = desk.draft()
    assert desk.codes(draft) == {"credit-exceeded": "blocking"}
    with pytest.raises(NotAllowed, match="credit duty"):
        desk.accept(draft, "credit-exceeded", desk.clerk)
    found = desk.accept(draft, "credit-exceeded", until=make.NOW + timedelta(days=90))
    assert found.accepted_until == make.NOW + timedelta(days=7)
    desk.again(draft, days=6)
    assert draft.blocking_count == 0
    desk.again(draft, days=8)
    assert draft.blocking_count == 1


def test_a_credit_override_covers_less_and_not_more(desk: Desk) -> None:
    desk.customer.credit_limit, desk.customer.open_receivables = Decimal(100), Decimal(95)
    draft = desk.draft()
    desk.accept(draft, "credit-exceeded")
    desk.customer.open_receivables = Decimal(90)
    desk.again(draft)
    assert draft.blocking_count == 0
    desk.customer.open_receivables = Decimal(99)
    desk.again(draft)
    assert draft.blocking_count == 1


def test_prepaid_orders_need_no_credit(desk: Desk) -> None:
    desk.customer.credit_limit, desk.customer.open_receivables = Decimal(100), Decimal(95)
    for terms in ("Prepayment", "Vorkasse", "Payment in advance"):
        desk.customer.payment_terms = terms
        assert desk.codes(desk.draft()) == {}


def test_exposure_leaves_out_what_is_prepaid_or_far_away(desk: Desk) -> None:
    desk.customer.credit_limit = Decimal(1000)
    desk.ordered(10)
    assert exposure(desk.session, desk.customer, make.TODAY).total == Decimal("41")
    desk.ordered(10, payment_terms="Prepaid")
    desk.ordered(10, prepaid_amount=Decimal(30))
    assert exposure(desk.session, desk.customer, make.TODAY).total == Decimal("52")
    desk.ordered(1000, promised=make.TODAY + 200 * DAY)
    assert exposure(desk.session, desk.customer, make.TODAY).total == Decimal("52")
    assert exposure(desk.session, desk.customer, make.TODAY + 150 * DAY).total == Decimal("4152")
