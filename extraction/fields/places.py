"""Where a sentence says the goods shall go: "ship to our shop at 12 Mill Road, Ayton"."""

from __future__ import annotations

import re
from functools import lru_cache

from extraction.fields import addresses

_SHIP = re.compile(
    r"\b(?:bitte (?:direkt |alles )?an(?! die)|graag (?:direct )?naar|merci de livrer (?:à|chez)|(?:please )?(?:ship(?:ped)?|deliver(?:ed)?|send|sent|drop|delivery|shipping|goes)(?: (?:it|them|this|these|everything|all|the order|goods|address))?\s*(?:to|at|is)|liefer(?:n|ung|adresse)?(?: sie)?(?: bitte)?(?: alles)?(?: (?:bis|am|zum|bis zum|spätestens) [\d.]+)? (?:an|nach)|livrer (?:à|au|chez)|livraison (?:à|au|chez)|entregar en|enviar a|la mercancía va a|consegnare (?:a|presso)|consegna (?:a|presso)|leveren (?:aan|op|bij)|lieferadresse ist)\b\s*:?\s*",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?<![\s.]\w)(?<!\bLoc)(?<!\bSt)(?<!\bAvda)(?<!\bPol)(?<!\bInd)(?<!\bAv)(?<!\bCol)(?<!\bHd)(?<!\bAttn)(?<!\battn)(?<!\bNo)(?<!\bDr)(?<!\bCtra)(?<!\bFa)(?<!\bul)(?<![Ss]tr)(?<!\bAve)(?<!\bRd)\.\s+(?=[A-Z])|\s+(?:schicken|senden|liefern|leveren|sturen)\b|;|\n|\s[-–—]+\s|\.\s*$|,?\s+(?:by|until|before|no later|asap|please|pls|thanks|no hurry|we are open|bitte|danke|svp|graag|gracias|grazie|merci|avant|antes del?|entro|vóór|uiterlijk|bis zum)\b"
)
_TOWARDS = re.compile(
    r"\b(?:deliver\w*|ship\w*|send|sent|drop\w*|goods|goes|(?:same |delivery )?address\w*|to (?:us|site)|shipment|dispatch\w*|liefer\w*|versand\w*|bitte|schick\w*|livr\w*|expédi\w*|envoy\w*|adresse|entreg\w*|env[ií]\w*|consegn\w*|spedi\w*|mand[ai]\w*|lever\w*|bezorg\w*|stu(?:ur|ren)|brauch\w*)\b"
    r"(?P<gap>[^;\n?]{0,80}?)(?::\s+|(?<!\w)(?:to|at|an|auf|nach|in|à|au|chez|a|al|en|presso|op|naar|aan|für)\s+)(?=[^;\n?]{0,70}\d)",
    re.IGNORECASE,
)
"""A word of sending with the place some words behind it; what follows must look like an address."""
_STREET = r"(?:\w*(?:straße|strasse|str\.?|weg|platz|gasse|allee|ring|ufer|damm|straat|laan|kade|gracht|plein)|rue|avenue|av\.|bd|boulevard|allée|chemin|route|quai|place|via|viale|piazza|corso|calle|c/|camino|polígono|plaza|avda\.?|paseo|carretera|ul\.)"
_TOWN = r"[A-ZÀ-Þ][\w'’-]+(?:[ -](?:(?:am|an|der|de|la|le|les|del|di|sur|en|upon|on|aan|den)\b|[A-ZÀ-Þ][\w'’-]+)){0,4}(?:\s\([A-Za-z .]{2,20}\))?"
_POST = re.compile(
    rf"\b[A-Z]{{1,2}}\d[A-Z\d]?\s\d[A-Z]{{2}}\b|\b[A-Z]{{2}},?\s\d{{5}}(?:-\d{{4}})?\b|\b(?:[A-Z]{{1,2}}-)?\d{{2}}-?\d{{3}}\s{_TOWN}|\b\d{{4}}(?:\s?[A-Z]{{2}})?\s{_TOWN}"
)
_ADDRESS = re.compile(
    rf"{_POST.pattern}|(?i:(?<!\w){_STREET}\s[\w .'’-]{{0,30}}?\d+)|(?i:\b\w{{3,}}(?:straße|strasse|str\.?|weg|gasse|straat|laan)\s\d+)|\b\d{{1,5}}[A-Za-z]?\s(?:[A-Z][\w'’.-]+\s){{1,3}}?(?:St|Street|Rd|Road|Ave|Avenue|Ln|Lane|Dr|Drive|Blvd|Way|Ct|Court|Hwy|Place|Pl|Square|Row|Yard|Close|Terrace)\b"
)
_COUNTRY = re.compile(r",?\s*(?:[A-Z][a-zà-ÿ]+(?: [A-Z][a-z]+)?|USA|UK|U\.K\.|U\.S\.A\.)\s*$")
_SITE = re.compile(
    r"(?:our |the |my |unser\w* |notre |nuestr\w* |nostr\w* |ons |onze )?(?:main |new |usual )?(?:warehouse|workshop|depot|shop|store|office|address|plant|site|lager|werk|entrepôt|almacén|magazzino|magazijn)\s*(?:at|in|:|,)?\s+(?=\S*\d)",
    re.IGNORECASE,
)


_BEGINS_STREET = re.compile(rf"\s*{_STREET}\s", re.IGNORECASE)


def begins_with_street(text: str) -> bool:
    """Whether a text begins with a word for a street: "via Dante 4", "Rue du Port 3"."""
    return _BEGINS_STREET.match(text) is not None


_SENDS = re.compile(
    r"\b(?:deliver\w*|ship\w*|send|sent|drop\w*|bring|goods|shipment|dispatch\w*|liefer\w*|anliefer\w*|versand\w*|schick\w*|livr\w*|expédi\w*|envoy\w*|entreg\w*|env[ií]\w*|consegn\w*|spedi\w*|mand[ai]\w*|lever\w*|aflever\w*|bezorg\w*|stu(?:ur|ren))\b",
    re.IGNORECASE,
)
_INVOICES = re.compile(
    r"\b(?:invoic\w*|bill(?:ed|ing)?|rechnung\w*|factur\w*|fattur\w*|factuur\w*|registered office|head office|sitz|siège|sede legale)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def destinations(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each place where a sentence of a mail wants the goods: an address that a preposition or a word
    of sending leads to, else what follows such a word."""
    spans, until = [], 0
    for found in addresses.find(text):
        before = text[until : found.start]
        until = found.end
        sent = max((m.end() for m in _SENDS.finditer(before)), default=0)
        billed = max((m.end() for m in _INVOICES.finditer(before)), default=0)
        if sent > billed or (found.led and not billed):
            spans.append((found.start, found.end))
    return tuple(spans if until else place_spans(text))


def place_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each place named as the goods' destination; it must hold a figure."""
    spans = []
    for found in _SHIP.finditer(text):
        at = found.end()
        colon = re.match(r"[^:\d.]{0,40}:\s*", text[at:])
        at += colon.end() if colon else 0
        dash = re.match(r"[^\d,.]{0,30}\s[-–—]\s(?=.*\d)", text[at:])
        at += dash.end() if dash else 0
        site = _SITE.match(text[at:])
        at += site.end() if site else 0
        place = _trimmed(_END.split(text[at:], maxsplit=1)[0])
        if re.search(r"\d", place) and 8 <= len(place) <= 160 and re.search(r"[A-Za-z]{3}", place):
            spans.append((at, at + len(place)))
    return spans or _addressed(text)


def _addressed(text: str) -> list[tuple[int, int]]:
    """The first address that stands some words behind a word of sending."""
    for found in _TOWARDS.finditer(text):
        if re.search(r"[.!]\s+[A-ZÀ-Þ]", found["gap"]):
            continue
        at = found.end()
        place = _END.split(text[at:], maxsplit=1)[0]
        lead = re.match(r"(?:[a-zà-ÿ'’]+[\s:]+)+(?=[A-ZÀ-Þ\d])", place)
        street = re.match(rf"(?i:(?<!\w){_STREET}\s)", place)
        start = lead.end() if lead and not street else 0
        if lead and not street:
            inner = re.search(
                r"(?i:(?<!\w)(?:via|viale|rue|calle|c/|ul\.)\s)$", place[: lead.end()]
            )
            start = inner.start() if inner else start
        if place[start:] == place[start:].lower():
            named = re.search(r"\b\w{3,}(?:straße|strasse|str\.?|weg|gasse|straat|laan)\s\d", place)
            start = named.start() if named else start
        place = _trimmed(place[start:])
        if 8 <= len(place) <= 160 and _ADDRESS.search(place):
            return [(at + start, at + start + len(place))]
    return []


_BILL = re.compile(
    r"\b(?:invoices?|bill(?:ed)?|rechnung(?:en)?|factures?|facturar?|fattura\w*|factuur|factureren)\b[^.;:\d]{0,24}?(?::|\b(?:to|an|à|a|aan|naar)\b)\s+(?=[^;\n?]{0,90}\d)",
    re.IGNORECASE,
)


_ACCOUNT = re.compile(
    r"\s*(?:our|my|the|unser\w*|notre|nuestra|nostro|onze)\s+(?:account|konto|kundenkonto|compte|cuenta|conto|rekening)\b",
    re.IGNORECASE,
)


def billed_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each address that invoices shall go to."""
    spans = []
    for found in _BILL.finditer(text):
        place = _trimmed(_END.split(text[found.end() :], maxsplit=1)[0])
        if _ACCOUNT.match(place):
            continue
        if 8 <= len(place) <= 160 and _ADDRESS.search(place):
            spans.append((found.end(), found.end() + len(place)))
    return spans


def _trimmed(place: str) -> str:
    """An address ends with its postcode and town, or the country behind them."""
    place = re.split(r",?\s+(?:attention|attn|att\.|z\. ?hd)\b", place, flags=re.IGNORECASE)[0]
    post = list(_POST.finditer(place))
    if post and not _COUNTRY.fullmatch(place[post[-1].end() :]):
        place = place[: post[-1].end()]
    return place.rstrip(" ,.:-")
