"""Rows under a line that tell how its price came about: gross price, discounts, net value."""

from __future__ import annotations

import re
from itertools import takewhile

from extraction.heads.values import CORE
from extraction.page.segments import Segment
from extraction.tables.body import LINE_NO, Body
from extraction.vocabulary import fold

_MONEY = {"unit_price", "amount"}
_GROSS = r"gross(?: price| value)?|brutto(?:preis|wert)?|prix brut|precio bruto|prezzo lordo|bruto ?prijs|list price|listenpreis"
_LESS = r"(?:header |item |customer |material )?(?:discount|rabatt|remise|descuento|sconto|korting|surcharge|zuschlag)(?: (?:amount|value|betrag))?"
_NET = r"net(?: price| value| amount| item value)?|netto(?:preis|wert|betrag)?|prix net|valeur nette|valor neto|precio neto|prezzo netto|netto ?prijs"
_ROW = re.compile(
    rf"(?:(?P<gross>{_GROSS})|(?P<less>{_LESS})|(?P<net>{_NET}))\s*(?:\(?%\)?)?\W*", re.IGNORECASE
)


def find_conditions(body: Body, kinds: list[str]) -> None:
    """Rows of conditions made part of their line; of their figures only those stay that the line lacks, net before gross."""
    start = -1
    told: dict[int, str] = {}
    for number, kind in enumerate(kinds):
        word = _word(body, number)
        if word and start >= 0:
            told[number] = word
        elif kind in ("start", "summary", "head"):
            _settle(body, kinds, start, told)
            told, start = {}, number if kind == "start" else -1
    _settle(body, kinds, start, told)


def _word(body: Body, number: int) -> str:
    """What a row tells, "gross", "less" or "net"; "" for all other rows."""
    row, split = body.rows[number], body.splits[number]
    found = _ROW.fullmatch(fold(row.segments[0].text))
    counted = body.cell(split, {"line_no"})
    if found is None or len(row.segments) < 2 or (counted and LINE_NO.fullmatch(counted.text)):
        return ""
    return found.lastgroup or ""


def _settle(body: Body, kinds: list[str], start: int, told: dict[int, str]) -> None:
    """The rows of one line. A single row of a net value with the line's own figures above it is a sum."""
    if not told or (set(told.values()) == {"net"} and body.core(body.splits[start]) & _MONEY):
        return
    between = range(start + 1, min(told))
    lead = takewhile(lambda n: kinds[n] == "more", between)
    valued = any(body.core(body.splits[n]) & _MONEY for n in (start, *lead))
    last = {word: number for number, word in told.items()}
    kept = None if valued else last.get("net", last.get("gross"))
    for number in told:
        kinds[number] = "more"
        body.splits[number] = _money(body, number) if number == kept else {}


def _money(body: Body, number: int) -> dict[int, Segment]:
    return {
        slot: segment
        for slot, segment in body.splits[number].items()
        if any(c.role in CORE for c in body.columns.in_slot(slot))
    }
