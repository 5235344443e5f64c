"""Money and terms: what was agreed, what it costs, and what this customer may owe."""

from __future__ import annotations

from decimal import Decimal

from core.agreements.tables import AgreedCharge, Blanket, BlanketLine, Quote
from core.drafts.tables import Draft
from tests import builders as make
from tests.core.drafts.checked import Desk
from tests.core.drafts.scenes import DAY, Scenes, add, line

scene = Scenes()


@scene("currency-differs")
def _currency(desk: Desk) -> Draft:
    return desk.draft(currency="USD")


@scene("terms-differ")
def _terms(desk: Desk) -> Draft:
    desk.customer.payment_terms = "NET 30"
    return desk.draft(payment_terms="NET 60")


@scene("terms-differ/incoterms")
def _incoterms(desk: Desk) -> Draft:
    desk.customer.incoterms = "EXW Works"
    return desk.draft(incoterms="DDP Bremen")


def quote(desk: Desk, **facts: object) -> None:
    add(desk, Quote(number="Q-2044", customer_id=desk.customer.id, currency="EUR", **facts))


@scene("quote-not-valid")
def _quote(desk: Desk) -> Draft:
    quote(desk, valid_to=make.TODAY - DAY)
    return desk.draft(quote_number="Q-2044")


@scene("quote-lacks-item")
def _not_quoted(desk: Desk) -> Draft:
    quote(desk)
    return desk.draft(quote_number="Q-2044")


def blanket(desk: Desk, **facts: object) -> None:
    """Ten pieces at our price; holds: another item than the one that is ordered."""
    item = facts.pop("holds", desk.item)
    row = Blanket(number="BL-77", customer_id=desk.customer.id, currency="EUR", **facts)
    add(desk, row)
    part = {"unit": "EA", "price": Decimal("4.10"), "quantity": Decimal(10)}
    add(desk, BlanketLine(blanket_id=row.id, item_id=item.id, **part))


@scene("blanket-exceeded")
def _blanket(desk: Desk) -> Draft:
    blanket(desk)
    return desk.draft(line(quantity="12"), contract_number="BL-77")


@scene("blanket-not-valid")
def _ended_blanket(desk: Desk) -> Draft:
    blanket(desk, valid_to=make.TODAY - DAY)
    return desk.draft(contract_number="BL-77")


@scene("blanket-lacks-item")
def _not_in_the_blanket(desk: Desk) -> Draft:
    blanket(desk, holds=make.an_item(desk.session))
    return desk.draft(contract_number="BL-77")


@scene("price-differs/under")
def _under(desk: Desk) -> Draft:
    return desk.draft(line(unit_price="3.90"))


@scene("price-differs/over")
def _over(desk: Desk) -> Draft:
    return desk.draft(line(unit_price="4.50"))


@scene("price-missing")
def _no_price(desk: Desk) -> Draft:
    return desk.draft(line(unit_price=""))


@scene("price-agreement-ended")
def _agreement(desk: Desk) -> Draft:
    ended = make.TODAY - DAY
    make.a_price_agreement(desk.session, desk.customer, desk.item, "3.50", valid_to=ended)
    return desk.draft()


@scene("discount-differs")
def _discount(desk: Desk) -> Draft:
    return desk.draft(line(quantity="100"), discount="5 %")


@scene("charge-differs")
def _freight(desk: Desk) -> Draft:
    add(desk, AgreedCharge(kind="freight", customer_id=desk.customer.id, amount=Decimal(15)))
    return desk.draft(freight="10")


@scene("tax-differs")
def _tax(desk: Desk) -> Draft:
    return desk.draft(line(quantity="100"), tax="28.70")


@scene("tax-exemption-missing/none")
def _exempt(desk: Desk) -> Draft:
    desk.customer.tax_exempt = True
    return desk.draft()


@scene("totals-do-not-add-up")
def _totals(desk: Desk) -> Draft:
    return desk.draft(total="99.00")


@scene("order-value-small")
def _small(desk: Desk) -> Draft:
    desk.customer.minimum_order_value = Decimal(50)
    return desk.draft()


@scene("value-over-limit")
def _large(desk: Desk) -> Draft:
    desk.rule("value-over-limit", "blocking", roles=["sales"], limits={"value": "10"})
    return desk.draft()


@scene("margin-too-low")
def _margin(desk: Desk) -> Draft:
    desk.rule("margin-too-low", "blocking", roles=["sales"], limits={"percent": "25"})
    desk.item.standard_cost = Decimal("3.50")
    return desk.draft()


@scene("credit-exceeded")
def _credit(desk: Desk) -> Draft:
    desk.customer.credit_limit, desk.customer.open_receivables = Decimal(100), Decimal(95)
    return desk.draft()
