"""Why a promised day is that day, as a sentence for people; pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

PROMISES: dict[str, str] = {
    "from-stock": "From stock in {site}.",
    "soonest-shipping": "From stock in {site}; it can leave on {ship_date} at the soonest.",
    "soonest-taken-in": "From stock in {site}; on {wished} the customer takes nothing in, next on {arrives}.",
    "by-transfer": "From stock in {from_site} by transfer to {site}, which leaves on {leaves}.",
    "from-receipt": "Waits for {quantity} {unit} of {item}, due {due} on {number}.",
    "from-late-receipt": "Waits for {quantity} {unit} of {item} on {number}, which is overdue and counted as due {due}.",
    "in-time-receipt": "In time: {quantity} {unit} of {item} on {number}, due {due}.",
    "in-time-late-receipt": "In time if {number} comes: it is overdue and counted as due {due}.",
    "from-inspection": "Waits for {quantity} {unit} of {item}: lot {number} is in inspection until {due}.",
    "from-late-inspection": "Waits for {quantity} {unit} of {item}: lot {number} should be out of inspection by now and is counted from {due}.",
    "in-time-inspection": "In time: {quantity} {unit} of {item} of lot {number}, in inspection until {due}.",
    "in-time-late-inspection": "In time if lot {number} is released: it should be out of inspection by now and is counted from {due}.",
    "from-return": "Waits for {quantity} {unit} of {item} that a customer sends back on {number}, counted from {due}.",
    "in-time-return": "In time: {quantity} {unit} of {item} that a customer sends back on {number}, counted from {due}.",
    "lead-time-bought": "No supply is planned for {item}; {days} working days to buy it.",
    "lead-time-made": "No supply is planned for {item}; {days} working days to make it.",
    "lead-time-bought-late": "No supply is planned for {item}; {days} working days of {supplier} to buy it, and {late_days} more by which they tend to be late.",
    "in-time-bought-late": "{item} is bought in time: it takes {days} working days of {supplier}, and {late_days} more by which they tend to be late.",
    "in-time-bought": "{item} is bought in time: it takes {days} working days.",
    "in-time-made": "{item} is made in time: it takes {days} working days.",
    "make-in-time": "{item} is made in time: ready on {ready}.",
    "make-work": "{item} has to be made; the work ends on {ready}.",
    "make-capacity": "{item} has to be made; {centre} has no time for it before {free}.",
    "make-waits-stock": "{item} has to be made from {component}, which is there on {due}.",
    "make-waits-receipt": "{item} has to be made and waits for {component}, due {due} on {number}.",
    "make-waits-inspection": "{item} has to be made and waits for {component}: lot {number} is in inspection until {due}.",
    "make-waits-return": "{item} has to be made and waits for {component} that a customer sends back on {number}, counted from {due}.",
    "make-waits-buying": "{item} has to be made and {component} bought first: {days} working days of {supplier}, here on {due}.",
    "make-waits-late-buying": "{item} has to be made and {component} bought first: {days} working days of {supplier} and {late_days} more by which they tend to be late, here on {due}.",
    "waits-for-line": "Waits for line {position} ({other_item}), since all is delivered together; alone it would arrive on {alone}, {waits} days sooner.",
    "waits-for-value": "Would arrive on {alone}, but a delivery worth less than {least} is not sent: it waits {waits} days for more.",
    "beyond-latest": "Would arrive on {arrives}, after the latest day that this customer takes; it is not promised.",
    "gave-way": "Leaves later, since {order} was served first.",
    "not-promised": "No day was promised.",
}


INSTEAD = "It goes instead of {instead_of}, which would be there on {ordered_date}."
INSPECTED = "On the shelf on {inspected}, after receiving and inspection."
MADE_AT = "It is made in {made_at} and brought from there."
INSTEAD_OF_NONE = "It goes instead of {instead_of}."

PEGS: dict[str, str] = {
    "stock": "{quantity} {item} in stock (lot {number})",
    "receipt": "{quantity} {item} on {number}, due {due_date}",
    "inspection": "{quantity} {item} in inspection until {due_date} (lot {number})",
    "return": "{quantity} {item} sent back on {number}, from {due_date}",
    "make": "make {quantity} {item}",
    "step": "{hours} h at {number} for {item}",
    "buy": "buy {quantity} {item} from {number}, here {due_date}",
    "lead-time": "{quantity} {item} by lead time, ready {due_date}",
}


def peg_sentence(peg: Mapping[str, Any], item: str) -> str:
    """From what a promise lives, in a few words. peg: as drafts and schedule lines keep it; item: the promised one."""
    facts = {**peg, "item": peg.get("item") or item}
    if peg.get("kind") == "step":
        facts["hours"] = f"{Decimal(str(peg['quantity'])) / 60:.1f}"
    told = fill(PEGS.get(str(peg.get("kind")), ""), facts)
    if peg.get("inspected"):
        told += fill(", on the shelf on {inspected}", facts)
    return f"{told}, by transfer from {peg['from_site']}" if peg.get("from_site") else told


def promise_sentence(reason: Mapping[str, Any]) -> str:
    """reason: {"code", "facts"} as drafts and schedule lines keep it."""
    facts = reason.get("facts", {})
    said = fill(PROMISES.get(reason.get("code", ""), ""), facts)
    if said and facts.get("inspected"):
        said = f"{said} {fill(INSPECTED, facts)}"
    if said and facts.get("made_at"):
        said = f"{said} {fill(MADE_AT, facts)}"
    if not facts.get("instead_of"):
        return said
    return f"{said} {fill(INSTEAD if facts.get('ordered_date') else INSTEAD_OF_NONE, facts)}"


def fill(template: str, facts: Mapping[str, Any]) -> str:
    """The template with its facts, days with their weekday, quantities in groups; a missing fact is left out."""
    shown = {
        k: _grouped(str(v)) if k == "quantity" else shown_day(str(v)) for k, v in facts.items()
    }
    return _ONE.sub(r"\1", template.format_map(defaultdict(str, shown)))


_ONE = re.compile(r"((?<![\d.,-])1 (?:working )?(?:day|line|order|promise|hour))s\b")
"""Templates count in the plural; one of a thing is told in the singular."""


def _grouped(text: str) -> str:
    """ "1250.5" as "1,250.5"; what is no plain figure stays."""
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.isdigit() and whole.isascii() else text


def day_text(day: date) -> str:
    """A day with its weekday: "Thu 3 Dec 2026"."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def shown_day(text: str) -> str:
    """An ISO day as day_text; anything else as it is."""
    try:
        return day_text(date.fromisoformat(text)) if len(text) == 10 else text
    except ValueError:
        return text
