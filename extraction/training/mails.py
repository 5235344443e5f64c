"""Generated mails: orders in sentences and lists, and the messages of every other lane."""

from __future__ import annotations

import textwrap

from extraction.training import words
from extraction.training.sample import Facts, Sample
from extraction.training.wording import chosen, fill, label, party, phrase, phrases


def mail(made: Sample, facts: Facts) -> None:
    """A mail of the lane that `made` has."""
    r = facts.r
    if r.random() < 0.75:
        _line(made, phrase(facts, f"subject_{made.lane}"), facts, "\n\n")
    if r.random() < 0.8:
        _line(made, phrase(facts, "hello"), facts, r.choice(("\n\n", "\n")))
    (_order if made.lane == "order" else _note)(made, facts)
    if r.random() < 0.4:
        _line(made, phrase(facts, "filler"), facts)
    _signature(made, facts)
    _tail(made, facts)


def _line(made: Sample, template: str, facts: Facts, end: str = "\n", plain: bool = False) -> None:
    fill(made, template, facts, plain)
    made.put(end)


def _order(made: Sample, facts: Facts) -> None:
    r = facts.r
    if r.random() < 0.9:
        _line(made, phrase(facts, "intro"), facts, r.choice(("\n\n", "\n", " ")))
    before = r.random() < 0.25
    if before:
        _around(made, facts)
    if r.random() < 0.35:
        for _ in range(r.randint(1, 3)):
            _line(made, phrase(facts, "prose"), facts, r.choice((" ", "\n")))
        made.put("\n")
    else:
        items(made, facts)
    if not before:
        _around(made, facts)


def _around(made: Sample, facts: Facts) -> None:
    """When, where, on what terms: sentences, label rows or address blocks."""
    r = facts.r
    parts = [
        name
        for name, chance in (("when", 0.6), ("where", 0.5), ("terms", 0.5))
        if r.random() < chance
    ]
    r.shuffle(parts)
    for name in parts:
        if name == "where" and r.random() < 0.35:
            block(made, facts, r.choice(("SHIP_TO", "SHIP_TO", "BILL_TO")))
        else:
            _line(made, phrase(facts, name), facts, r.choice(("\n", "\n", " ", "\n\n")))
    for name in r.sample(
        [
            "PO_NUMBER",
            "ORDER_DATE",
            "REQUESTED_DATE",
            "TERMS",
            "CONTACT",
            "INCOTERMS",
            "SHIP_VIA",
            "TOTAL",
        ],
        r.choice((0, 0, 0, 1, 2)),
    ):
        made.put(f"{label(facts, name)}{r.choice((': ', ' - ', ': '))}")
        _line(made, "{" + name + "}", facts)


def block(made: Sample, facts: Facts, role: str) -> None:
    """A label and the rows of an address below it."""
    made.put(party(facts, role.lower()) + facts.r.choice((":\n", "\n")))
    for row in facts.ship_to if role == "SHIP_TO" else facts.bill_to:
        made.put(row, role)
        made.put("\n")
    made.put(facts.r.choice(("\n", "")))


def items(made: Sample, facts: Facts) -> None:
    """A list of order lines in one wording."""
    r = facts.r
    bullet, template = (
        r.choice(("- ", "* ", "", "", "1. ", "1) ", "• ", "  ", "Pos. 1: ", "> ", "10 ")),
        phrase(facts, "item"),
    )
    gap = r.choice(("\n", "\n", "\n", "\n\n", ", "))
    for number in range(1, r.randint(1, 6) + 1):
        made.put(
            bullet.replace("10", str(number * 10))
            if "10" in bullet
            else bullet.replace("1", str(number))
        )
        _line(made, template, facts, gap)
        if r.random() < 0.1:
            template = phrase(facts, "item")
    made.put(r.choice(("\n", "")))


def _note(made: Sample, facts: Facts) -> None:
    r = facts.r
    for _ in range(r.choice((1, 1, 2))):
        _line(made, phrase(facts, made.lane), facts, r.choice((" ", "\n")))
    made.put("\n")
    if made.lane in ("change", "quote_request", "return_request") and r.random() < 0.3:
        items(made, facts)


def _signature(made: Sample, facts: Facts) -> None:
    r = facts.r
    if r.random() > 0.9:
        return
    made.put("\n" + phrase(facts, "close") + r.choice(("\n", "\n\n", " ")))
    _line(made, "{CONTACT}", facts)
    if r.random() < 0.4:
        made.put(
            r.choice(
                (
                    "Purchasing",
                    "Buyer",
                    "Einkauf",
                    "Achats",
                    "Compras",
                    "Ufficio acquisti",
                    "Inkoop",
                    "Office Manager",
                    "Leiter Einkauf",
                    "Supply Chain",
                )
            )
            + "\n"
        )
    if r.random() < 0.75:
        _line(made, "{BUYER}", facts)
    if r.random() < 0.5:
        made.put("\n".join(words.address(r, facts.region)) + "\n")
    if r.random() < 0.4:
        made.put(f"{r.choice(('Tel.', 'Phone:', 'T', 'Tel:', 'Mobil'))} {words.phone(r)}\n")
    if r.random() < 0.4:
        made.put(words.mail_address(r, facts.contact, facts.buyer) + "\n")


def _tail(made: Sample, facts: Facts) -> None:
    """Disclaimers, and quoted history whose values are nobody's."""
    r = facts.r
    if r.random() < 0.25:
        _line(made, "\n" + phrase(facts, "disclaimer"), facts)
    if r.random() < 0.15:
        _line(made, "\n" + phrase(facts, "history"), facts)
        lane = r.choice(("quote_request", "status_question", "filler", "other"))
        quoted = Sample()
        for _ in range(r.randint(1, 3)):
            _line(quoted, chosen(r, r.choice(phrases()[facts.language][lane])), facts, plain=True)
        made.put(textwrap.indent(quoted.text, r.choice(("> ", "> ", ""))))
