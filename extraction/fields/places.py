"""Where a sentence says the goods shall go: "ship to our shop at 12 Mill Road, Ayton"."""

from __future__ import annotations

import re

_SHIP = re.compile(
    r"\b(?:bitte (?:direkt |alles )?an(?! die)|graag (?:direct )?naar|merci de livrer (?:à|chez)|(?:please )?(?:ship(?:ped)?|deliver(?:ed)?|send|sent|drop|delivery|shipping|goes)(?: (?:it|them|this|these|everything|all|the order|goods|address))?\s*(?:to|at|is)|liefer(?:n|ung|adresse)?(?: sie)?(?: bitte)?(?: alles)?(?: (?:bis|am|zum|bis zum|spätestens) [\d.]+)? (?:an|nach)|livrer (?:à|au|chez)|livraison (?:à|au|chez)|entregar en|enviar a|la mercancía va a|consegnare (?:a|presso)|consegna (?:a|presso)|leveren (?:aan|op|bij)|lieferadresse ist)\b\s*:?\s*",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?<![\s.]\w)(?<!\bLoc)(?<!\bSt)(?<!\bAvda)(?<!\bPol)(?<!\bInd)(?<!\bAv)(?<!\bCol)(?<!\bHd)(?<!\bAttn)(?<!\battn)(?<!\bNo)\.\s+(?=[A-Z])|\s+(?:schicken|senden|liefern|leveren|sturen)\b|;|\n|\s[-–—]+\s|\.\s*$|\s+(?:by|until|before|no later|asap)\b"
)
_SITE = re.compile(
    r"(?:our |the |my |unser\w* |notre |nuestr\w* |nostr\w* |ons |onze )?(?:main |new |usual )?(?:warehouse|workshop|depot|shop|store|office|address|plant|site|lager|werk|entrepôt|almacén|magazzino|magazijn)\s*(?:at|in|:|,)?\s+(?=\S*\d)",
    re.IGNORECASE,
)


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
        place = _END.split(text[at:], maxsplit=1)[0].rstrip(" ,.:-")
        if re.search(r"\d", place) and 8 <= len(place) <= 160 and re.search(r"[A-Za-z]{3}", place):
            spans.append((at, at + len(place)))
    return spans
