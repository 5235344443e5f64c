"""What causes of slips are called, as sentences for people; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.promising.sentences import fill

CAUSES: dict[str, str] = {
    "receipt-moved": "{number} comes on {new} instead of {old} ({days}).",
    "receipt-less": "{number} brings {new} instead of {old}.",
    "receipt-gone": "{number} does not come any more.",
    "receipt-came": "{number} came in, but what came is not released.",
    "receipt-site": "{number} goes to another site.",
    "receipt-overdue": "{number} was due on {old} and is not here.",
    "receipt-new": "{number} is announced for {new}.",
    "lot-quality": "Lot {lot} is {new} now.",
    "lot-release": "Lot {lot} is in inspection until {new} instead of {old}.",
    "lot-release-set": "Lot {lot} is expected to be released on {new}.",
    "lot-no-release": "Nobody knows any more when lot {lot} is released.",
    "lot-overdue": "Lot {lot} was to be released on {old} and is still in inspection.",
    "inspection": "{item} is inspected for {new} working days.",
    "return-gone": "What was to come back on {number} does not come any more.",
    "lot-expiry": "Lot {lot} expires on {new}.",
    "lot-expired": "Lot {lot} has expired.",
    "stock-less": "{quantity} of lot {lot} are not there ({why}).",
    "stock-more": "{quantity} of lot {lot} came in ({why}).",
    "closure": "{centre} is closed from {first} to {last}[: {why}].",
    "closure-gone": "{centre} is open after all from {first} to {last}.",
    "minutes": "{centre} has {new} minutes a day instead of {old}.",
    "centre-calendar": "{centre} works on other days.",
    "calendar": "The company's working days have changed.",
    "site-calendar": "{what} works on other days, or takes longer.",
    "carrier-calendar": "{what} drives on other days.",
    "country-calendar": "Other days are worked on in {what}.",
    "kept": "Stock is kept for one customer.",
    "supplier-late": "{what} is known to come {new} days late, not {old}.",
    "gave-way": "{order} was served first.",
    "expedite": "What was asked for sooner comes on {new}.",
    "expedite-refused": "What was asked for sooner is refused.",
    "not-come": "What was to be bought or made until {old} has not come.",
    "not-shipped": "It was to leave on {old} and has no stock.",
    "shared": "{item} was shared out by {rule}.",
    "supply-more": "There is more of {item} than is promised.",
    "supply-short": "There is not enough of {item} for all that is promised.",
}
"""Sentences by code. A part in brackets is left out without its fact."""


def sentence(code: str, facts: Mapping[str, Any]) -> str:
    template = CAUSES.get(code, "")
    if "[" in template:
        head, _, rest = template.partition("[")
        part, _, tail = rest.partition("]")
        template = f"{head}{part if facts.get('why') else ''}{tail}"
    return fill(template, facts)
