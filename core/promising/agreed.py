"""Terms of delivery as they are kept: the customer's own, what was agreed for one order, and for a group of its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.errors import BadInput
from core.parties.tables import Customer
from core.promising.sentences import day_text
from core.promising.terms import SUBSTITUTES, Terms
from core.values import exact, plain

Kept = Mapping[str, Mapping[str, Any]]
"""By group name ("" the whole order): {"terms": {name: text}, "by", "reason", "at"}; only the terms that differ."""

TOLD = {
    "never": "never a substitute",
    "in-time": "a substitute when only that is in time",
    "earliest": "a substitute when that is sooner",
}

EARLIER_WORDS = {"yes": "in-time", "no": "ask"}
"""What orders kept before there was more to say about substitutes than yes and no."""


def _substitutes(text: str) -> str:
    word = EARLIER_WORDS.get(text, text)
    if word not in SUBSTITUTES:
        raise ValueError(text)
    return word


READ: dict[str, Callable[[str], Any]] = {
    "complete": lambda text: text == "yes",
    "part_quantity": exact,
    "part_value": exact,
    "latest_days": lambda text: int(text) if text else None,
    "latest_date": lambda text: date.fromisoformat(text) if text else None,
    "most_dates": int,
    "substitutes": _substitutes,
}
"""How each term's text is read; raises ValueError when it cannot be."""


def of_customer(customer: Customer | None) -> Terms:
    if customer is None:
        return Terms()
    return Terms(
        customer.delivery_policy == "complete",
        customer.part_quantity,
        customer.part_value,
        customer.latest_days,
        None,
        customer.most_dates,
        customer.substitutes,
    )


def with_changes(terms: Terms, changes: Mapping[str, str]) -> Terms:
    """Raises ValueError when a text is not what its term wants."""
    return replace(terms, **{name: READ[name](text) for name, text in changes.items()})


def require_sense(changes: Mapping[str, str], reason: str) -> None:
    """Raises BadInput with the name of what is not understood, or without a reason for what differs."""
    for name, text in changes.items():
        try:
            value = READ[name](text)
        except (KeyError, ValueError):
            raise BadInput(f"“{text}” is not understood; nothing was saved.", name) from None
        if isinstance(value, (int, Decimal)) and value < 0:
            raise BadInput("A number below zero makes no sense here.", name)
    if changes and not reason.strip():
        raise BadInput("Say with whom or why this was agreed.", "reason")


def told(changes: Mapping[str, str]) -> str:
    """For the journal."""
    return ", ".join(f"{name.replace('_', ' ')} {text}" for name, text in changes.items())


def as_texts(terms: Terms) -> dict[str, str]:
    found = {}
    for field in fields(terms):
        value = getattr(terms, field.name)
        if isinstance(value, bool):
            found[field.name] = "yes" if value else "no"
        elif value is None:
            found[field.name] = ""
        else:
            found[field.name] = plain(value) if hasattr(value, "quantize") else str(value)
    return found


def terms_of(group: str, own: Terms, kept: Kept) -> Terms:
    """own: the customer's. A group's terms go over the order's, and those over the customer's."""
    for name in dict.fromkeys(("", group)):
        own = with_changes(own, kept.get(name, {}).get("terms", {}))
    return own


def for_order(customer: Customer, kept: Kept, groups: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What an order keeps: all its terms, so that later master data cannot change them, and who said which ("said")."""
    own = of_customer(customer)
    return {
        name: {
            **kept.get(name, {}),
            "terms": as_texts(terms_of(name, own, kept)),
            "said": dict(kept.get(name, {}).get("terms", {})),
        }
        for name in dict.fromkeys(("", *groups))
    }


def policy_word(kept: Kept) -> str:
    """ "complete" when all of the order goes together, else "partial"."""
    alone = len(kept) == 1 and kept.get("", {}).get("terms", {}).get("complete") == "yes"
    return "complete" if alone else "partial"


def sentence(terms: Terms) -> str:
    """ "All together, not after Thu 3 Dec 2026, never a substitute." """
    parts = ["all together" if terms.complete else "in parts"]
    if not terms.complete:
        parts += [f"at least {plain(terms.part_quantity)} of a line"] if terms.part_quantity else []
        parts += [f"worth at least {plain(terms.part_value)}"] if terms.part_value else []
        parts += [f"on at most {_days(terms.most_dates)}"] if terms.most_dates else []
    if terms.latest_date is not None:
        parts.append(f"not after {day_text(terms.latest_date)}")
    elif terms.latest_days is not None:
        late = f"at most {_days(terms.latest_days)} late" if terms.latest_days else "never late"
        parts.append(late)
    if terms.substitutes in TOLD:
        parts.append(TOLD[terms.substitutes])
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
