"""The parts of problem sentences that depend on which facts are there; facts in, words out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.messages.offer import listed, of_text
from core.promising.sentences import shown_day

Facts = dict[str, Any]


def _day(facts: Facts, name: str) -> str:
    return shown_day(str(facts.get(name, "")))


def _look_alike(facts: Facts) -> dict[str, str]:
    how = {
        "letters": "with letters of another alphabet or with accents",
        "signs": "with signs that look alike",
        "typo": "with a letter changed",
        "added": "with something added",
        "ending": "under another ending",
    }.get(facts.get("why", ""), "")
    domain, known, whose = (facts.get(n, "") for n in ("domain", "known", "whose"))
    return {
        "look_alike": f"The sender's domain {domain} is not {known} ({whose}), but looks like it, {how}."
    }


def _account(facts: Facts) -> dict[str, str]:
    account = facts.get("account", "")
    return {"which_account": f" ({account})" if account else ""}


def _address(facts: Facts) -> dict[str, str]:
    sentences = {
        "box": "Goods cannot be delivered to a post office box: {address}.",
        "missing": "The address lacks its {missing}: {address}.",
        "country": "“{country}” is no country: {address}.",
        "postal-code": "“{postal_code}” is no postal code of {country} (they look like {shape}): {address}.",
    }
    return {"address_fault": sentences.get(facts.get("why", ""), "").format_map(_Known(facts))}


class _Known(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def _party(facts: Facts) -> dict[str, str]:
    reference = facts.get("reference", "")
    return {
        "what_party": str(facts.get("what", "The name")).capitalize(),
        "list_reference": f" ({reference})" if reference else "",
    }


def _cited(facts: Facts) -> dict[str, str]:
    if facts.get("why") == "early":
        return {"cited_fault": f"is valid from {_day(facts, 'valid_from')} on only"}
    return {"cited_fault": f"ended on {_day(facts, 'valid_to')}"}


def _approval(facts: Facts) -> dict[str, str]:
    number, name = facts.get("number", ""), facts.get("name", "")
    sentences = {
        "ended": f"{name} approved {number} until {_day(facts, 'ended')} only.",
        "early": f"{name}'s approval of {number} is not valid yet.",
        "revision": f"{name} approved {number} in revision {facts.get('approved', '')}, and orders {facts.get('revision', '')}.",
    }
    never = f"{name} buys approved items only, and {number} is none of them."
    return {"not_approved": sentences.get(facts.get("why", ""), never)}


def _revision(facts: Facts) -> dict[str, str]:
    number, ordered = facts.get("number", ""), facts.get("ordered", "")
    if not facts.get("released"):
        return {
            "revision_state": f"No revision of {number} is released for sale.",
            "revision_question": f"{number} is not released yet. Shall we hold your order until it is?",
        }
    released = facts["released"]
    return {
        "revision_state": f"Revision {ordered} of {number} is {facts.get('state', '')}; released is {released}.",
        "revision_question": f"Revision {ordered} of {number} cannot be delivered. Do you want revision {released}?",
    }


def _exemption(facts: Facts) -> dict[str, str]:
    name, country = facts.get("name", ""), facts.get("country", "")
    where = f" for {country}" if country else ""
    if facts.get("why") == "ended":
        text = f"{name} pays no tax, but its exemption{where} ended on {_day(facts, 'ended')}."
    else:
        text = f"{name} pays no tax, and no exemption{where} is on file."
    return {"exemption": text}


def _small(facts: Facts) -> dict[str, str]:
    charge = facts.get("surcharge", "")
    currency = facts.get("currency", "")
    return {"small_charge": f"; a surcharge of {charge} {currency} is agreed" if charge else ""}


def _paper(facts: Facts) -> dict[str, str]:
    paper, what = facts.get("paper", ""), facts.get("for", "")
    if facts.get("why") == "ended":
        fault = f"“{paper}” for {what} ended on {_day(facts, 'ended')}"
    else:
        fault = f"“{paper}” for {what} is not there"
    end = (
        "before it ships" if facts.get("needed_for") == "shipment" else "before the order is booked"
    )
    return {
        "paper_fault": f"{fault}; it is needed {end}.",
        "paper_question": f"We need “{paper}” from you. Please send it to us.",
    }


def _terms(facts: Facts) -> dict[str, str]:
    source = facts.get("source", "")
    return {"by_whom": f" ({source})" if source else ""}


def _differing(facts: Facts) -> dict[str, str]:
    return {"lines_differ": listed(of_text(str(facts.get("lines", ""))))}


def _other_unit(facts: Facts) -> dict[str, str]:
    """ "3 CS are 36 EA", and what the other unit would be when that is not the stock unit."""
    quantity, unit, stock = (facts.get(n, "") for n in ("quantity", "unit", "stock_unit"))
    other = facts.get("other", "")
    words = [f"{quantity} {unit} are {facts.get('as_written', '')} {stock}"] * (unit != stock)
    words += [f"{quantity} {other} are {facts.get('as_meant', '')} {stock}"] * (other != stock)
    return {"in_words": ", ".join(words)}


def _blanket_left(facts: Facts) -> dict[str, str]:
    agreed, called = facts.get("agreed", ""), facts.get("called", "")
    return {"of_agreed": f" ({called} of {agreed} are called off before)" if agreed else ""}


def _discount(facts: Facts) -> dict[str, str]:
    agreed, currency = str(facts.get("agreed", "0")), facts.get("currency", "")
    nothing = not agreed.strip("0.")
    return {"agreed_discount": "none is agreed" if nothing else f"{agreed} {currency} are agreed"}


PHRASES: dict[str, Callable[[Facts], dict[str, str]]] = {
    "look-alike-domain": _look_alike,
    "bank-details-changed": _account,
    "address-implausible": _address,
    "restricted-party": _party,
    "unit-doubted": _other_unit,
    "blanket-exceeded": _blanket_left,
    "discount-differs": _discount,
    "quote-not-valid": _cited,
    "blanket-not-valid": _cited,
    "item-not-approved": _approval,
    "revision-not-released": _revision,
    "tax-exemption-missing": _exemption,
    "order-value-small": _small,
    "paper-missing": _paper,
    "terms-differ": _terms,
    "acceptance-differs": _differing,
}
