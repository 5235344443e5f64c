"""Labels of part numbers put together from their parts: an owner, a kind of thing, a word for "number".

"Supplier item no.", "Ihre Art.-Nr.", "Cod. Vs. articolo": no list of phrases is long enough, but the parts are few.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extraction.vocabulary import Token, tokens

OWNERS = {
    "buyer_sku": "our unser unsere unserer notre nos nuestra nuestro nostro nostra ns ons onze customer customers cust client clients buyer buyers kunden kunde klant cliente internal intern interne",
    "supplier_sku": "your ihr ihre ihrer votre vos su sus vostro vostra vs uw vendor vendors supplier suppliers supp seller sellers lieferant lieferanten lief fournisseur frn proveedor prov fornitore forn leverancier leveranciers lev catalog catalogue katalog katalognummer cat",
    "manufacturer_sku": "manufacturer manufacturers mfg mfr mfgr maker oem hersteller fabricant fabricante produttore fabrikant fabrikants mpn",
}
KINDS = "item items part parts article articles art artikel articulo articolo material materials mat matl product products prod produkt produit producto prodotto stock sku style ref referenz reference referencia riferimento referentie teile sach ident materialnummer artikelnummer artikelnr teilenummer bestellnummer catalog catalogue cat model code kode codigo codice cod codes p pn"
NUMBERS = (
    "no nr nrs num number numbers nummer numero numer n id code kode codigo codice cod nbr pn sku #"
)
BARE = "item part article art artikel articulo articolo artnr artikelnr artikelnummer materialnummer teilenummer sku ref referenz reference referencia rif riferimento code kode codigo codice cod pn"
"""Kinds that name a part number without a word for "number" behind them; "Material: brass" names none."""
_FILL = {"de", "d", "del", "des", "du", "di", "van", "the", "s", "is", "with", "us"}


@cache
def _words() -> dict[str, str]:
    return {word: role for role, words in OWNERS.items() for word in words.split()}


_KINDS, _NUMBERS, _BARES = (frozenset(w.split()) for w in (KINDS, NUMBERS, BARE))


@dataclass(frozen=True, slots=True)
class CodeLabel:
    """role: whose number it is; end: where the label ends in the text."""

    role: str
    end: int


def code_label(text: str) -> CodeLabel | None:
    """The label of a part number with a named owner that opens a text; None when none does."""
    words = _parted(text)
    owner, kinds, end = "", 0, 0
    for at, token in enumerate(words[:6]):
        word = token.text
        if at and re.search(r"[:=]", text[end : token.start]):
            break
        if word in _words() and not owner:
            owner = _words()[word]
            kinds += word in _KINDS
        elif word in _KINDS or word in _NUMBERS:
            kinds += 1
        elif word in _FILL and at:
            continue
        else:
            break
        end = token.end
    if not owner or not kinds:
        return None
    return CodeLabel(owner, end)


def plain_code_label(text: str) -> int:
    """Where the label of a part number with no owner named ends that opens a text ("Art.-Nr.", "P/N:"); 0 when none does."""
    kind = number = False
    end = 0
    for at, token in enumerate(tokens(text)[:4]):
        if at and re.search(r"[:=]", text[end : token.start]):
            break
        if token.text in _KINDS or (token.text == "p" and not at):
            kind = True
            number = number or token.text in _BARES
        elif token.text in _NUMBERS and at:
            number = True
        else:
            break
        end = token.end
    return end if kind and number else 0


def _parted(text: str) -> tuple[Token, ...]:
    """Folded words; "Vendor's" without its ending."""
    return tokens(re.sub(r"(?<=\w)['’]s\b", "  ", text))
