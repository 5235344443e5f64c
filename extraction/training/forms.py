"""Generated orders as rows of "label: value" with their items, as programs mail them."""

from __future__ import annotations

from extraction.training import words
from extraction.training.mails import block, items
from extraction.training.sample import Facts, Sample, value_of
from extraction.training.wording import decoy, label, party

Piece = tuple[int, str, str]
_HEAD = (
    "PO_NUMBER",
    "ORDER_DATE",
    "REQUESTED_DATE",
    "TERMS",
    "INCOTERMS",
    "SHIP_VIA",
    "CURRENCY",
    "CONTACT",
    "decoy",
    "decoy",
)


def form(made: Sample, facts: Facts) -> None:
    """Rows of "label: value" as programs print them, then the items."""
    r = facts.r
    names = r.sample(_HEAD, r.randint(3, 8))
    between = r.choice((": ", ":", " : ", "  ", ":   ", "\t", " - "))
    for name in ["PO_NUMBER", *[n for n in names if n != "PO_NUMBER"]]:
        made.put((decoy(facts) if name == "decoy" else label(facts, name)) + between)
        made.put(
            _figure(facts) if name == "decoy" else value_of(name, facts),
            "" if name == "decoy" else name,
        )
        made.put("\n")
    if r.random() < 0.6:
        block(made, facts, r.choice(("SHIP_TO", "BILL_TO")))
    if r.random() < 0.5:
        made.put(party(facts, "buyer") + between)
        made.put(facts.buyer, "BUYER")
        made.put("\n")
    items(made, facts)
    if r.random() < 0.5:
        _totals(made, facts, 40)


def put_row(made: Sample, pieces: list[Piece]) -> None:
    """Pieces (column, text, label) on one row; wider pieces push the next to the right."""
    start = len(made.text)
    for at, text, marked in sorted(pieces, key=lambda p: p[0]):
        gap = at - (len(made.text) - start)
        made.put(" " * (max(gap, 2) if len(made.text) > start else max(gap, 0)))
        made.put(text, marked)
    made.put("\n")


def _totals(made: Sample, facts: Facts, width: int) -> None:
    r = facts.r
    names = [name for name in ("SUBTOTAL", "TAX", "FREIGHT") if r.random() < 0.55] + (
        ["TOTAL"] if r.random() < 0.85 else []
    )
    at, gap = int(width * r.choice((0, 0.5, 0.65))), r.choice((2, 8, 18))
    for name in names:
        said = label(facts, name) + r.choice((":", "", ""))
        put_row(made, [(at, said, ""), (at + len(said) + gap, value_of(name, facts), name)])


def _figure(facts: Facts) -> str:
    """A value of something we do not ask for."""
    r = facts.r
    return r.choice(
        (
            words.phone(r),
            words.order_number(r),
            words.sku(r),
            words.person(r, facts.region),
            str(r.randint(1, 99999)),
            words.printed_day(r, words.day(r), facts.language, facts.month_first),
        )
    )
