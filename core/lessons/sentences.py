"""A lesson in words, for the screen and the workbench; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.drafts.words import FIELDS

Content = Mapping[str, Any]
NAMES = {
    "order_date": "order date",
    "requested_date": "wanted day",
    "ship_to": "delivery address",
    "bill_to": "billing address",
    "buyer_email": "contact's mail address",
    "ship_to_id": "code of the place",
    "line_no": "line number",
}
PLACES = {
    "behind": "what stands behind “{words}”",
    "right": "what stands beside “{words}”",
    "below": "what stands below “{words}”",
    "above": "what stands above “{words}”",
}
PIECES = {
    "number": "the figure in ",
    "unit": "the unit in ",
    "first": "the first row of ",
    "rest": "the rows after the first of ",
    "last": "the last row of ",
    "head": "the first word of ",
    "tail": "the last word of ",
    "headless": "what follows the first word of ",
    "tailless": "all but the last word of ",
}


def sentence(content: Content, customer: str) -> str:
    """What was learned, as a person would say it: "On orders from Miller GmbH what stands beside “beleg” is the PO number"."""
    told = _KINDS.get(str(content.get("kind")), _unknown)(content)
    opening = f"On orders from {customer} " if customer else ""
    return f"{opening}{told}." if opening else f"{told[:1].upper()}{told[1:]}."


def name_of(field: str) -> str:
    """The field as the workbench calls it, inside a sentence."""
    label = NAMES.get(field) or FIELDS.get(field, field.replace("_", " "))
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _label(content: Content) -> str:
    place = PLACES.get(str(content.get("where")), "what stands at “{words}”")
    return f"{place.format(words=content.get('words', ''))} is the {name_of(content['field'])}"


def _place(content: Content) -> str:
    left, top = (round(float(v)) for v in list(content.get("box", (0, 0)))[:2])
    where = f"at one place of page {content.get('page')} ({left} from the left, {top} from the top)"
    return f"the {name_of(content['field'])} stands {where}"


def _constant(content: Content) -> str:
    return f"the {name_of(content['field'])} is always “{content.get('value')}”"


def _never(content: Content) -> str:
    words, field = content.get("words"), name_of(content["field"])
    if words:
        return f"what “{words}” announces is not the {field}"
    return f"what was taken for the {field} without a label ({content.get('where')}) is not"


def _table(content: Content) -> str:
    cells = [_cell(c) for c in content.get("cells", ())]
    return "in the table of lines " + "; ".join(cells) if cells else "the table of lines is known"


def _cell(cell: Content) -> str:
    field = name_of(cell["field"])
    if cell.get("piece") == "none":
        return f"there is no {field}"
    title, piece = cell.get("title"), str(cell.get("piece"))
    column = f"the column “{title}”" if title else f"column {int(cell['column']) + 1}"
    per = f", for {cell['per']} units" if int(cell.get("per", 1)) > 1 else ""
    told = column
    for step in piece.split(";"):
        name, _, words = step.partition(" ")
        if name == "after":
            told = f"what follows “{words}” in {told}"
        elif name == "before":
            told = f"{told} up to “{words.replace('|', '” or “')}”"
        else:
            told = f"{PIECES.get(name, '')}{told}"
    return f"{told} is the {field}{per}"


def _no_line(content: Content) -> str:
    return f"rows that begin with “{content.get('words')}” are no order lines"


def _unit(content: Content) -> str:
    return f"the unit “{content.get('words')}” means {content.get('value')}"


def _style(content: Content) -> str:
    return f"days are written {content.get('value')}"


def _unknown(content: Content) -> str:
    return "something was learned that this version cannot say"


_KINDS: dict[str, Callable[[Content], str]] = {
    "label": _label,
    "place": _place,
    "constant": _constant,
    "never": _never,
    "table": _table,
    "no-line": _no_line,
    "unit": _unit,
    "style": _style,
}
