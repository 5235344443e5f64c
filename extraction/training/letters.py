"""Orders told in mails: a greeting, lines in one wording, when and where, a signature, and what else mails carry."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from extraction.training import words
from extraction.training.knobs import Knobs
from extraction.training.purchase import Item, Purchase, purchase_of
from extraction.training.sample import Facts
from extraction.training.wording import label, phrase, said

SHOWN = {"the text": 70, "the subject only": 15, "no number": 15}


@dataclass(frozen=True)
class Letter:
    """A mail body with its reading."""

    subject: str
    sender: tuple[str, str]
    text: str
    truth: dict[str, str]
    lines: tuple[dict[str, str], ...]
    lenient: frozenset[str]
    language: str
    ordered: Purchase


def letter(r: Random, language: str, held_out: bool, knobs: Knobs) -> Letter:
    order = purchase_of(r, language, held_out, knobs, r.choice((1, 1, 1, 2, 3, 5)))
    facts = order.facts
    truth = {"buyer_name": facts.buyer, "buyer_contact": facts.contact}
    lenient = set()
    rows, lines = (_table if knobs.has("table typed in a mail", 0.12) else _list)(r, knobs, order)
    number = label(facts, "PO_NUMBER")
    where = knobs.pick("number in", SHOWN)
    subject = phrase(facts, "subject_order").replace("{PO_NUMBER}", facts.po)
    subject = subject if "{" not in subject else said(facts, "title")
    body = [phrase(facts, "hello").replace("{name}", words.name(r)), ""]
    if where != "no number":
        truth["po_number"] = facts.po
        if where == "the text":
            body.append(f"{number}: {facts.po}")
        subject = f"{number} {facts.po}"
    elif facts.po in subject:
        truth["po_number"] = facts.po
    body += [*rows, ""]
    if r.random() < 0.7:
        body.append(phrase(facts, "when").replace("{REQUESTED_DATE}", order.day(order.wanted)))
        truth["requested_date"] = order.wanted.isoformat()
    if r.random() < 0.6:
        body.append(phrase(facts, "where").replace("{SHIP_TO}", ", ".join(facts.ship_to)))
        truth["ship_to"] = ", ".join(facts.ship_to)
    if r.random() < 0.25:
        text = phrase(facts, "terms")
        if text.count("{") == 1 and "{TERMS}" in text:
            body.append(text.replace("{TERMS}", facts.terms))
            truth["payment_terms"] = facts.terms
    body += ["", phrase(facts, "close"), facts.contact]
    if knobs.has("buyer only in the address", 0.12):
        lenient.add("buyer_name")
    else:
        body.append(facts.buyer)
    body += _signature(r, facts)
    if knobs.has("quoted history", 0.15):
        body += _history(r, order)
    sender = (facts.contact, words.mail_address(r, facts.contact, facts.buyer))
    truth["buyer_email"] = sender[1]
    return Letter(
        subject, sender, "\n".join(body), truth, tuple(lines), frozenset(lenient), language, order
    )


def _signature(r: Random, facts: Facts) -> list[str]:
    rows = []
    if r.random() < 0.4:
        rows += words.address(r, facts.region)
    if r.random() < 0.4:
        rows.append(f"Tel. {words.phone(r)}")
    if r.random() < 0.2:
        rows += ["", phrase(facts, "disclaimer").replace("{order}", str(r.randint(1000, 99999)))]
    return rows


def _history(r: Random, order: Purchase) -> list[str]:
    """An earlier order cited below: its lines are not meant."""
    facts = order.facts
    head = f"On {order.day(words.day(r))}, {words.person(r, facts.region)} wrote:"
    old = [
        f"{words.quantity(r)} x {words.sku(r)} {words.goods(r, facts.language)}"
        for _ in range(r.randint(1, 3))
    ]
    return [
        "",
        head,
        *(f"> {row}" for row in (phrase(facts, "hello").replace("{name}", words.name(r)), *old)),
    ]


def _list(r: Random, knobs: Knobs, order: Purchase) -> tuple[list[str], list[dict[str, str]]]:
    wanted = [
        t
        for t in (phrase(order.facts, "item") for _ in range(12))
        if "{SKU}" in t and "{GOODS}" in t
    ]
    template = r.choice(wanted) if wanted else "{QUANTITY} {UOM} {GOODS} ({SKU})"
    bullet = r.choice(("", "", "- ", "* ", "{n}. ", "{n}) "))
    rows, lines = [], []
    for number, item in enumerate(order.items, 1):
        text, line = _told(template, order, item)
        rows.append(bullet.replace("{n}", str(number)) + text)
        lines.append(line)
    return rows, lines


def _told(template: str, order: Purchase, item: Item) -> tuple[str, dict[str, str]]:
    places = 0 if item.quantity == int(item.quantity) else 1
    known = {
        "SKU": ("sku", item.sku, item.sku), "GOODS": ("description", item.goods, item.goods), "UOM": ("uom", item.unit, item.unit),
        "QUANTITY": ("quantity", order.figure(item.quantity, places), format(item.quantity.normalize(), "f")),
        "PRICE": ("unit_price", f"{order.price(item.net)} {order.currency}", format(item.net.normalize(), "f")),
    }  # fmt: skip
    text, line = template, {}
    for slot, (name, shown, value) in known.items():
        if "{" + slot + "}" in text:
            text = text.replace("{" + slot + "}", shown, 1)
            line[name] = value
    return text, line


def _table(r: Random, knobs: Knobs, order: Purchase) -> tuple[list[str], list[dict[str, str]]]:
    """Columns held by blanks or bars, as typed or pasted."""
    facts = order.facts
    head = [
        said(facts, name).replace("~", " ") for name in ("sku", "description", "quantity", "uom")
    ]
    cells, lines = [head], []
    for item in order.items:
        places = 0 if item.quantity == int(item.quantity) else 1
        cells.append([item.sku, item.goods, order.figure(item.quantity, places), item.unit])
        lines.append(
            {
                "sku": item.sku,
                "description": item.goods,
                "quantity": format(item.quantity.normalize(), "f"),
                "uom": item.unit,
            }
        )
    if r.random() < 0.3:
        return [" | ".join(row) for row in cells], lines
    widths = [max(len(row[n]) for row in cells) + r.choice((2, 3, 5)) for n in range(4)]
    return [
        "".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ], lines
