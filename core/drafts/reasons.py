"""Every reason code as a sentence for people: matches, prices, promises, problems and the questions they raise."""

from __future__ import annotations

from typing import Any

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

PROBLEMS: dict[str, str] = {
    "customer-unknown": "No customer was recognised{written_as}.",
    "customer-ambiguous": "It is not certain who ordered: {names}.",
    "customer-blocked": "{name} is blocked: {reason}.",
    "sender-not-verified": "{why_sender}",
    "duplicate-order": "{duplicate}",
    "revision-of-order": "{revision}",
    "order-not-found": "This {kind} names PO {po_number}, but no order of this customer has that number yet.",
    "order-not-booked": "PO {po_number} is still draft {draft} on the desk: decide on that first, then on this {kind}.",
    "po-number-missing": "The customer's purchase order number is missing.",
    "ship-to-unknown": "The delivery address is not known{written_as}.",
    "ship-to-assumed": "The document names no delivery address; {name} was taken as usual.",
    "currency-differs": "The order is in {written}, but {agreed} is agreed.",
    "terms-differ": "The customer writes “{written}”; agreed is “{agreed}”.",
    "no-lines": "No order line was found.",
    "earlier-order": "{taken_from}",
    "earlier-order-missing": "“{words}” speaks of an earlier order, but {why_missing}.",
    "item-unknown": "{no_item}",
    "item-ambiguous": "The numbers on this line lead to different items: {numbers}.",
    "item-blocked": "{number} is not for sale.",
    "item-superseded": "{number} is replaced by {by}.",
    "unit-unknown": "“{written}” is no unit of this item; it has {units}.",
    "unit-assumed": "No unit is written; {unit} was taken (it could be {units}).",
    "quantity-missing": "The quantity is missing or not above zero.",
    "quantity-below-minimum": "{stock_quantity} {stock_unit} is below the minimum of {minimum}.",
    "quantity-not-pack-multiple": "{pack}",
    "price-differs": "Customer's price {theirs} is {percent} % {direction} {our_price}.",
    "price-missing": "{which_price}",
    "totals-do-not-add-up": "{sum_sentence}",
    "requested-date-past": "The wanted day {requested} is over.",
    "requested-before-lead-time": "Wanted {requested}, possible {promised}.",
    "beyond-latest": "{quantity} {unit} could arrive on {arrives} only, later than this customer takes; they are not promised.",
    "credit-exceeded": "With this order {name_or_customer} owes {over} {currency} over the limit of {limit} {currency} ({exposure} open, {value} new).",
    "field-doubtful": "“{value}” was read with {percent} % confidence only.",
    "reader-finding": "{text}",
}

QUESTIONS: dict[str, str] = {
    "customer-unknown": "Please tell us for which company this order is.",
    "customer-ambiguous": "Please tell us for which company this order is.",
    "duplicate-order": "We already have an order from you under number {po_number}. Is this a new order, or the same again?",
    "revision-of-order": "We already have an order from you under number {po_number} with other contents. Does this replace it?",
    "order-not-found": "We find no order with number {po_number}. Which order do you mean?",
    "po-number-missing": "Please send us your purchase order number.",
    "ship-to-unknown": "Please confirm the delivery address: {written}.",
    "ship-to-assumed": "To which address shall we deliver?",
    "currency-differs": "Your order is in {written}, we agreed on {agreed}. Please confirm the currency.",
    "earlier-order": "You wrote “{words}”. We take that to be your order {their_number} of {booked}. Is that right?",
    "earlier-order-missing": "You wrote “{words}”. Which articles do you want, and how many of each?",
    "item-unknown": "Which article do you mean by {which_item}?",
    "item-ambiguous": "The numbers given lead to different articles: {numbers}. Which one do you want?",
    "item-blocked": "We no longer sell {number}. May we offer another article?",
    "item-superseded": "{number} has been replaced by {by} ({by_text}). May we deliver that?",
    "unit-unknown": "In which unit do you order: {units}?",
    "unit-assumed": "In which unit do you order: {units}?",
    "quantity-missing": "How many do you want?",
    "quantity-below-minimum": "The minimum quantity is {minimum} {stock_unit}. May we deliver that many?",
    "quantity-not-pack-multiple": "We deliver in multiples of {multiple} {stock_unit}. Do you want {below} or {above}?",
    "price-differs": "You ordered at {theirs} {currency} per {unit}; our price is {ours}. Do you agree?",
    "price-missing": "Which price did we agree?",
    "totals-do-not-add-up": "The amounts of your order do not add up. Please check quantity and price.",
    "requested-date-past": "The day you wanted, {requested}, is over. When do you need the goods?",
    "beyond-latest": "{quantity} {unit} can arrive on {arrives} at the soonest. Do you take them then?",
    "requested-before-lead-time": "We can deliver on {promised} at the soonest instead of {requested}. Is that possible?",
}

MONEY = ("price", "ours", "theirs", "amount", "product", "sum")


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
    facts = with_cents(facts)
    return fill(PROBLEMS.get(code, code), {**facts, **_extra(code, facts)})


def question_sentence(code: str, facts: dict[str, Any]) -> str:
    """What to ask the customer about this problem; "" when there is nothing that they could answer."""
    facts = with_cents(facts)
    return fill(QUESTIONS.get(code, ""), {**facts, **_extra(code, facts)})


def with_cents(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with prices and sums as people write them: 9.5 is "9.50", 0.0425 stays."""
    return {k: _cents(str(v)) if k in MONEY else v for k, v in facts.items()}


def _cents(text: str) -> str:
    whole, point, rest = text.partition(".")
    return f"{whole}.{rest:0<2}" if whole.isdigit() and (rest.isdigit() or not point) else text


def _extra(code: str, facts: dict[str, Any]) -> dict[str, str]:
    """The parts of a sentence that depend on which facts are there."""
    make = _EXTRAS.get(code)
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
    order, booked = facts.get("order", ""), shown_day(str(facts.get("booked", "")))
    sentences = {
        "same": f"Order {order} of {booked} has the same number and contents.",
        "other-channel": f"Order {order} of {booked} has the same number and contents; it came another way ({facts.get('channel', '')}).",
        "same-content": f"Order {order} of {booked} has the same contents; no purchase order number tells them apart.",
    }
    return {"duplicate": sentences.get(facts.get("outcome", ""), "")}


def _revision(facts: dict[str, Any]) -> dict[str, str]:
    number = facts.get("po_number", "")
    if "draft" in facts:
        return {
            "revision": f"Draft {facts['draft']} on the desk has the same number {number} with other contents."
        }
    order, booked = facts.get("order", ""), shown_day(str(facts.get("booked", "")))
    sentences = {
        "revision": f"Order {order} of {booked} has the same number {number} with other contents: a revision?",
        "call-off": f"A call-off under number {number}, as order {order} of {booked}.",
        "reused-number": f"Number {number} was used for other goods on {booked} (order {order}).",
    }
    return {"revision": sentences.get(facts.get("outcome", ""), "")}


def _pack(facts: dict[str, Any]) -> dict[str, str]:
    amount = f"{facts.get('quantity', '')} {facts.get('unit', '')}"
    unit = facts.get("stock_unit", "")
    if facts.get("why") == "inexact":
        return {"pack": f"{amount} is no exact number of {unit}."}
    return {
        "pack": f"{facts.get('stock_quantity', '')} {unit} is no multiple of {facts.get('multiple', '')}; "
        f"{facts.get('below', '')} or {facts.get('above', '')} would be."
    }


def _price(facts: dict[str, Any]) -> dict[str, str]:
    ours = facts.get("ours", "")
    if facts.get("source") != "agreement":
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
    "price-differs": _price,
    "price-missing": _missing_price,
    "totals-do-not-add-up": _sum,
    "credit-exceeded": _credit,
}
