"""What was agreed with this customer: currency, terms, credit."""

from __future__ import annotations

import re
from decimal import Decimal

from core.drafts.case import Case
from core.drafts.change.whole import as_it_was, as_it_will_be, worth
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.prices import line_amount
from core.orders.credit import horizon, is_prepaid
from core.values import plain


def currency_is_agreed(case: Case) -> Found:
    written, agreed = case.text("currency").upper(), _currency(case)
    if written and agreed and written != agreed:
        facts = {"written": written, "agreed": agreed}
        yield ProblemFound("currency-differs", "currency", facts=facts)


def _currency(case: Case) -> str:
    """Of a change that of its order."""
    if case.revised is not None and case.draft.kind == "change":
        return case.revised.currency
    return case.customer.currency if case.customer else ""


def terms_are_agreed(case: Case) -> Found:
    if case.customer is None:
        return
    for name, same in (("payment_terms", _same_terms), ("incoterms", _same_incoterm)):
        written, (agreed, source) = case.text(name), _agreed(case, name)
        if written and agreed and not same(written, agreed):
            facts = {"written": written, "agreed": agreed, "source": source}
            yield ProblemFound("terms-differ", name, facts=facts)


def _agreed(case: Case, name: str) -> tuple[str, str]:
    """(terms, where they are agreed): of the quote or blanket that is cited, else the customer's own."""
    if case.revised is not None and getattr(case.revised, name):
        return getattr(case.revised, name), f"order {case.revised.number}"
    for cited, what in ((case.known.quote, "quote"), (case.known.blanket, "blanket")):
        if cited is not None and getattr(cited, name):
            return getattr(cited, name), f"{what} {cited.number}"
    return (getattr(case.customer, name), "") if case.customer else ("", "")


def _same_terms(written: str, agreed: str) -> bool:
    """ "NET 30", "NET30" and "30 days net" are the same: the figures count, else the first word."""
    figures = sorted(re.findall(r"\d+", written)), sorted(re.findall(r"\d+", agreed))
    if figures[0] or figures[1]:
        return figures[0] == figures[1]
    return _first_word(written) == _first_word(agreed)


def _same_incoterm(written: str, agreed: str) -> bool:
    """The three letters count; the named place and the edition ("Incoterms 2020") do not."""
    return _first_word(written)[:3] == _first_word(agreed)[:3]


def _first_word(text: str) -> str:
    return re.sub(r"[^A-Z]", "", (text.upper().split() or [""])[0])


def _counted(case: Case) -> Decimal:
    """What the draft is worth, without what a long bulk order ships after the days that count; of a change what it adds."""
    if case.draft.kind == "change":
        return (worth(as_it_will_be(case)) - worth(as_it_was(case))).quantize(Decimal("0.01"))
    until = horizon(case.rules, case.today)
    total = Decimal(0)
    for line in case.lines:
        amount, parts = line_amount(line) or Decimal(0), case.answer.lines.get(line.id, ())
        if until is not None and parts and line.stock_quantity:
            near = sum((p.quantity for p in parts if p.ship_date <= until), Decimal(0))
            amount = (amount * near / line.stock_quantity).quantize(Decimal("0.01"))
        total += amount
    return total


def credit_is_enough(case: Case) -> Found:
    """Prepaid orders need no credit, and neither does a change that adds nothing."""
    customer = case.customer
    if (
        case.draft.kind == "cancellation"
        or customer is None
        or customer.credit_limit is None
        or case.exposure is None
    ):
        return
    terms = case.revised.payment_terms if case.revised else customer.payment_terms
    if is_prepaid(terms) or case.draft.currency != customer.currency:
        return
    value = _counted(case)
    if case.draft.kind == "change" and value <= 0:
        return
    if case.exposure + value > customer.credit_limit:
        facts = {
            "limit": plain(customer.credit_limit),
            "exposure": plain(case.exposure),
            "value": plain(value),
            "over": plain(case.exposure + value - customer.credit_limit),
            "currency": customer.currency,
            "name": customer.name,
        }
        yield ProblemFound("credit-exceeded", "total", facts=facts)
