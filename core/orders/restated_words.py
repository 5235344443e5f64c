"""What a change says to our offer, in words for the desk."""

from __future__ import annotations

from core.orders.restated import LineWord, Restated
from core.promising.sentences import shown_day

OTHERS = {
    "line": "line {name}, which we took as ordered, is changed",
    "new": "line {name} is new",
    "untaken": "line {name}, which we did not take, is still wanted",
    "place": "another place of delivery",
    "currency": "another currency",
    "payment_terms": "other payment terms",
    "incoterms": "other delivery terms",
    "ship_via": "another way of shipping",
    "notes": "a note to be read",
    "discount": "another discount",
    "freight": "other freight",
    "quote_number": "another quote",
    "contract_number": "another blanket order",
}


def told(found: Restated) -> str:
    """ "Line 1 agrees to our offer; line 2 differs: wants 4 Jul 2026, we offered 10 Jul 2026"."""
    words = [_line(word) for word in found.lines]
    words += [OTHERS[what].format(name=name) for what, name in found.others]
    text = "; ".join(words)
    return text[:1].upper() + text[1:]


def against(found: Restated) -> str:
    """Only what is not as we offer it."""
    words = [_line(word) for word in found.lines if word.differs]
    return "; ".join((*words, *(OTHERS[what].format(name=name) for what, name in found.others)))


def _line(word: LineWord) -> str:
    if not word.differs:
        return f"line {word.name} agrees to our offer"
    if word.differs[0][0] == "unsaid":
        return f"line {word.name} is not spoken of"
    return f"line {word.name} differs: {' and '.join(_differs(*one) for one in word.differs)}"


def _differs(what: str, theirs: str, ours: str) -> str:
    if what == "item":
        return "another item"
    if not theirs:
        return f"does not say the {what}, we offered {_shown(what, ours)}"
    return f"wants {_shown(what, theirs)}, we offered {_shown(what, ours)}"


def _shown(what: str, value: str) -> str:
    if what == "price":
        return f"a price of {value}"
    if what == "date":
        return ", ".join(_part(*one.rpartition("@")[::2]) for one in value.split())
    return value


def _part(quantity: str, day: str) -> str:
    when = "a day to follow" if day == "-" else shown_day(day)
    return f"{quantity} on {when}" if quantity else when
