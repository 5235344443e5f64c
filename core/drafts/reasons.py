"""Every reason code as a sentence for people: matches, prices, promises, problems and the questions they raise."""

from __future__ import annotations

from typing import Any

from core.drafts.phrases import PHRASES
from core.drafts.problem_sentences import PROBLEMS, QUESTIONS
from core.drafts.words import REASONS
from core.promising.sentences import fill, shown_day

MATCHES: dict[str, str] = {
    "chosen": "Chosen by a person.",
    "by-customer-number": "Matched by our customer number {value}.",
    "by-tax-number": "Matched by tax number {value}.",
    "by-partner": "The envelope is that of the partner {value}.",
    "by-gln": "Matched by location number {value}.",
    "by-name": "Matched by the name on the document.",
    "by-similar-name": "Matched by a similar name: “{value}”.",
    "by-contact": "Matched by contact {value}.",
    "by-domain": "Matched by mail domain {value} only.",
    "by-place": "Matched by the delivery place's location number {value}.",
    "by-order": "Matched by the order named, {value}.",
    "by-habit": "{count} earlier orders from {value} were this customer's.",
    "customer-unknown": "No customer was recognised.",
    "customer-ambiguous": "It could be {names}.",
    "by-location-number": "Matched by location number {value}.",
    "by-place-code": "Matched by place code {value}.",
    "by-address": "Matched by street and town.",
    "by-default": "The document names no place; this is the usual one.",
    "ship-to-assumed": "The document names no place; the usual one was taken.",
    "ship-to-unknown": "No known place of this customer fits.",
    "ship-to-ambiguous": "Several places of this customer fit.",
    "ship-to-waits": "Needs the customer first.",
    "by-customer-part-number": "Matched by the customer's part number {value}.",
    "by-our-number": "Matched by our number {value}.",
    "by-gtin": "Matched by GTIN {value}.",
    "by-order-line": "The item of line {value} of the order.",
    "by-description": "similar description",
    "item-unknown": "No item has this number.",
    "item-ambiguous": "The numbers on this line lead to {numbers}.",
    "unit-written": "“{written}” is {unit}.",
    "unit-meant": "No unit is written; this part number means {unit}.",
    "unit-only": "No unit is written; the item has only {unit}.",
    "unit-assumed": "No unit is written; taken as {unit}.",
    "unit-unknown": "“{written}” is no unit of this item; it has {units}.",
    "quote": "Quote {reference}: {price} per {unit}.",
    "blanket": "Blanket {reference}: {price} per {unit}.",
    "agreement": "Agreement: {price} per {unit}. {reference}",
    "list": "List price: {price} per {unit}.",
}

ALSO: dict[str, str] = {
    "by-customer-number": "customer number",
    "by-tax-number": "tax number",
    "by-partner": "electronic partner",
    "by-gln": "location number",
    "by-name": "name",
    "by-similar-name": "similar name",
    "by-contact": "known contact",
    "by-domain": "mail domain",
    "by-place": "delivery place",
    "by-order": "the order named",
    "by-habit": "earlier orders from this address",
    "by-our-number": "our number",
    "by-gtin": "GTIN",
    "by-customer-part-number": "customer's part number",
    "by-description": "similar description",
    "in-description": "number in the description",
}

MONEY = ("price", "ours", "theirs", "amount", "product", "sum", "ended_price", "money")
MONEY_OF: dict[str, tuple[str, ...]] = {
    "credit-exceeded": ("over", "limit", "exposure", "value"),
    "value-over-limit": ("value", "limit"),
    "order-value-small": ("value", "least", "surcharge"),
    "discount-differs": ("taken", "agreed"),
    "charge-differs": ("written", "agreed"),
    "tax-differs": ("written", "expected"),
}
"""Facts that are money for one code and something else for others."""


def match_sentence(reason: dict[str, Any]) -> str:
    """Why something was matched, with what else speaks for it."""
    template = MATCHES.get(reason.get("code", ""), "")
    facts = reason.get("facts", {})
    sentence = fill(template, with_cents(facts)).strip()
    also = [ALSO[c] for c in str(facts.get("also", "")).split(",") if c in ALSO]
    return f"{sentence.rstrip('.')}, also {', '.join(also)}." if also else sentence


def pick_why(code: str) -> str:
    return ALSO.get(code, "")


def label(code: str) -> str:
    """A reason in two or three words, for filters and lists."""
    return REASONS.get(code, code.replace("-", " ").capitalize())


def problem_sentence(code: str, facts: dict[str, Any]) -> str:
    facts = with_cents(facts, code)
    return fill(PROBLEMS.get(code, code), {**facts, **_extra(code, facts)})


def question_sentence(code: str, facts: dict[str, Any]) -> str:
    """What to ask the customer about this problem; "" when there is nothing that they could answer."""
    facts = with_cents(facts, code)
    return fill(QUESTIONS.get(code, ""), {**facts, **_extra(code, facts)})


def with_cents(facts: dict[str, Any], code: str = "") -> dict[str, Any]:
    """The facts with prices and sums as people write them: 9.5 is "9.50", 1250 "1,250.00", 0.0425 stays."""
    money = {*MONEY, *MONEY_OF.get(code, ())}
    return {k: _cents(str(v)) if k in money else v for k, v in facts.items()}


def _cents(text: str) -> str:
    whole, point, rest = text.partition(".")
    if not whole.isdigit() or not (rest.isdigit() or not point):
        return text
    return f"{int(whole):,}.{rest:0<2}"


def _extra(code: str, facts: dict[str, Any]) -> dict[str, str]:
    """The parts of a sentence that depend on which facts are there."""
    make = _EXTRAS.get(code) or PHRASES.get(code)
    return make(facts) if make else {}


def _written(facts: dict[str, Any]) -> dict[str, str]:
    written = facts.get("written", "")
    return {"written_as": f": “{written}”" if written else ""}


def _sender(facts: dict[str, Any]) -> dict[str, str]:
    sender = facts.get("sender", "")
    sentences = {
        "failed": f"The mail server could not verify that {sender} sent this; the name may be forged.",
        "stranger": f"{sender} is no contact and no mail domain of {facts.get('name', '')}.",
        "unchecked": f"No trusted mail server checked whether {sender} sent this.",
    }
    return {"why_sender": sentences.get(facts.get("why", ""), "")}


def _duplicate(facts: dict[str, Any]) -> dict[str, str]:
    if "draft" in facts:
        return {
            "duplicate": f"Draft {facts['draft']} on the desk has the same number and contents."
        }
    order, booked = _order_named(facts), shown_day(str(facts.get("booked", "")))
    sentences = {
        "same": f"Order {order} of {booked} has the same number and contents.",
        "other-channel": f"Order {order} of {booked} has the same number and contents; it came another way ({facts.get('channel', '')}).",
        "same-content": f"Order {order} of {booked} has the same contents; no purchase order number tells them apart.",
    }
    if facts.get("slip"):
        sentences["same-content"] = (
            f"Order {order} of {booked} has the same contents under number {facts['slip']}; one of them may be mistyped."
        )
    return {"duplicate": sentences.get(facts.get("outcome", ""), "") + _evidence(facts)}


def _evidence(facts: dict[str, Any]) -> str:
    """ " Same: 2 of 3 lines; 4 days apart." """
    if "same_lines" not in facts:
        return ""
    number = "number, " if facts.get("same_number") == "yes" else ""
    apart = str(facts.get("apart", "0"))
    days = {"0": "of today", "1": "a day apart"}.get(apart, f"{apart} days apart")
    return f" Same: {number}{facts['same_lines']} lines; {days}."


def _order_named(facts: dict[str, Any]) -> str:
    """ "SO1", or "SO1 of another firm of Nord group"."""
    group, order = facts.get("group", ""), str(facts.get("order", ""))
    return f"{order} of another firm of {group}" if group else order


def _revision(facts: dict[str, Any]) -> dict[str, str]:
    number = facts.get("po_number", "")
    if "draft" in facts:
        return {
            "revision": f"Draft {facts['draft']} on the desk has the same number {number} with other contents."
        }
    order, booked = _order_named(facts), shown_day(str(facts.get("booked", "")))
    sentences = {
        "revision": f"Order {order} of {booked} has the same number {number} with other contents: a revision?",
        "call-off": f"A call-off under number {number}, as order {order} of {booked}.",
        "reused-number": f"Number {number} was used for other goods on {booked} (order {order}).",
    }
    return {"revision": sentences.get(facts.get("outcome", ""), "") + _evidence(facts)}


def _pack(facts: dict[str, Any]) -> dict[str, str]:
    amount = f"{facts.get('quantity', '')} {facts.get('unit', '')}"
    unit = facts.get("stock_unit", "")
    if facts.get("why") == "inexact":
        return {"pack": f"{amount} is no exact number of {unit}."}
    return {
        "pack": f"{_in_stock(facts)} are no multiple of {facts.get('multiple', '')} {unit}; "
        f"{' or '.join(q for q in (facts.get('below'), facts.get('above')) if q and q != '0')} would be.",
        "multiples": " or ".join(
            f"{q} {unit}" for q in (facts.get("below"), facts.get("above")) if q and q != "0"
        ),
    }


def _in_stock(facts: dict[str, Any]) -> str:
    """ "3 CS, that is 36 EA,": the ordered amount, and what it is in the stock unit when that is another."""
    ordered = f"{facts.get('quantity', '')} {facts.get('unit', '')}"
    stock = f"{facts.get('stock_quantity', '')} {facts.get('stock_unit', '')}"
    return stock if facts.get("unit") == facts.get("stock_unit") else f"{ordered}, that is {stock},"


def _minimum(facts: dict[str, Any]) -> dict[str, str]:
    return {"in_stock": _in_stock(facts)}


def _price(facts: dict[str, Any]) -> dict[str, str]:
    per_unit = f" {facts.get('currency', '')} per {facts['unit']}" if facts.get("unit") else ""
    return {**_our_price(facts), "at_stake": _at_stake(facts), "per_unit": per_unit}


def _at_stake(facts: dict[str, Any]) -> str:
    """ ": 0.60 EUR less for the line; 2 % and 0.20 EUR are tolerated"."""
    currency = facts.get("currency", "")
    if not facts.get("money"):
        return ""
    more = "less" if facts.get("direction") == "under" else "more"
    percent, money = facts.get("tolerated_percent", ""), facts.get("tolerated_money", "")
    limits = [f"{percent} %"] * bool(percent) + [f"{_cents(money)} {currency}"] * bool(money)
    tolerated = f"; {' and '.join(limits)} are tolerated" if limits else "; nothing is tolerated"
    return f": {facts['money']} {currency} {more} for the line{tolerated}"


def _our_price(facts: dict[str, Any]) -> dict[str, str]:
    ours, source = facts.get("ours", ""), facts.get("source")
    if source in ("quote", "blanket"):
        return {"our_price": f"{source} {facts.get('reference', '')} ({ours})"}
    if source != "agreement":
        return {"our_price": f"the list price ({ours})"}
    until = f" until {shown_day(str(facts['valid_to']))}" if facts.get("valid_to") else ""
    return {"our_price": f"the agreement ({ours}{until})"}


def _missing_price(facts: dict[str, Any]) -> dict[str, str]:
    sentences = {
        "both": "Neither the customer nor our lists give a price.",
        "ours": "We have no price for this item; the customer's is taken.",
        "theirs": f"The customer gives no price; ours is {facts.get('ours', '')}.",
    }
    return {"which_price": sentences.get(facts.get("whose", ""), "")}


def _sum(facts: dict[str, Any]) -> dict[str, str]:
    if "product" in facts:
        return {
            "sum_sentence": f"Quantity times price is {facts['product']}, the document says {facts.get('amount', '')}."
        }
    return {
        "sum_sentence": f"The lines add up to {facts.get('sum', '')}, the document says {facts.get('written', '')}."
    }


def _credit(facts: dict[str, Any]) -> dict[str, str]:
    return {"name_or_customer": facts.get("name", "the customer")}


def _item(facts: dict[str, Any]) -> dict[str, str]:
    value = facts.get("value", "")
    names = [f"“{text}”" for text in (value, facts.get("description", "")) if text]
    return {
        "no_item": f"No item has the number “{value}”." if value else "No part number was read.",
        "which_item": " / ".join(names) or "the line without a number",
    }


def _earlier(facts: dict[str, Any]) -> dict[str, str]:
    order, booked = facts.get("order", ""), shown_day(str(facts.get("booked", "")))
    count = facts.get("orders", "1")
    source = f"order {order} of {booked}"
    if count != "1":
        source = f"what repeats in the last {count} orders, the newest being {order} of {booked}"
    missed = f" Not understood: “{facts['missed']}”." if facts.get("missed") else ""
    return {
        "taken_from": f"“{facts.get('words', '')}”: the lines are taken from {source}; check them.{missed}",
        "their_number": facts.get("po_number") or order,
    }


def _no_earlier(facts: dict[str, Any]) -> dict[str, str]:
    sentences = {
        "customer": "the customer is not known yet",
        "number": f"this customer has none with number {facts.get('number', '')}",
        "day": f"this customer placed none on {shown_day(str(facts.get('day', '')))}",
    }
    return {"why_missing": sentences.get(facts.get("why", ""), "this customer has none")}


_EXTRAS = {
    "earlier-order": _earlier,
    "earlier-order-missing": _no_earlier,
    "item-unknown": _item,
    "customer-unknown": _written,
    "ship-to-unknown": _written,
    "sender-not-verified": _sender,
    "duplicate-order": _duplicate,
    "revision-of-order": _revision,
    "quantity-not-pack-multiple": _pack,
    "quantity-below-minimum": _minimum,
    "price-differs": _price,
    "price-missing": _missing_price,
    "totals-do-not-add-up": _sum,
    "credit-exceeded": _credit,
}
