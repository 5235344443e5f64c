"""Number words and articles that count goods."""

from __future__ import annotations

import re

from extraction.fields.words import DOZENS
from extraction.goods.words import ARTICLES

_NO_GOODS = re.compile(
    r"\s+(?:de |di |d[\'’])?(?:people|persons?|guests|personnes|personas|persone|clients?|clientes|clienti|couverts|coperti|comensales|minut[eoi]s?|invitados|invités|invitati|days?|weeks?|months?|years?|hours?|minutes?|tagen?|wochen?|monaten?|stunden?|jours?|semaines?|mois|heures?|d[ií]as?|semanas?|mes(?:es)?|horas?|giorn[oi]|settiman[ae]|mes[ei]|or[ae]|dagen|weken|maanden|uur|uhr|of (?:us|them)|or|thing|things|question|questions|more thing|site|sites|orders?|bestellungen|commandes?|pedidos?|ordini|bestellingen)\b",
    re.IGNORECASE,
)
_PACK_OF_ONE = re.compile(
    r"\s+(?:of|jeu|lot|coffret|bobine|juego|bolsa|bidón|serie|set|kit|box|roll|pack|case|pallet|dutzend|karton|rolle|palette|packung|paar|sack|eimer|kiste|flasche|satz|douzaine|demi-douzaine|carton|rouleau|sac|seau|bidon|bo[iî]te|paire|palette|docena|media docena|caja|rollo|saco|par|palet|bote|dozzina|mezza dozzina|scatola|rotolo|sacco|confezione|bancale|paio|dozijn|half dozijn|doos|rol|zak|emmer|pak|paar|halbes dutzend)\b",
    re.IGNORECASE,
)
_ONE_MORE = re.compile(r"(?:\b(?:und|sowie|dazu|plus|noch)|[,;+&])\s+$", re.IGNORECASE)
_THING = re.compile(
    r"\s+(?!(?:Frage|Bitte|Tag|Abend|Woche|Angebot|Preis|Rückmeldung|Antwort|Bestätigung|Auftragsbestätigung|Lieferschein|Rechnung|Termin|Anruf|Mail|Info|Nachricht|Gruß|Teil|Hinweis|Kopie|Gutschrift|Lieferung|Bestellung|Skonto|Rabatt)\b)[A-ZÄÖÜ][a-zäöüß-]{2,}"
)


def word_counts(word: str, after: str, before: str = "") -> bool:
    """A number word counts where goods follow; an article only before a pack, or where a German noun joins others."""
    after = re.sub(r"^\s*\(\d+\)", "", after)
    if (
        word in DOZENS
        or word in ("a", "an")
        or word.startswith(("half", "demi", "media", "mezza", "halb"))
    ):
        return True
    if word in ARTICLES:
        joins = word.startswith("ein") and _ONE_MORE.search(before)
        return bool(_PACK_OF_ONE.match(after) or (joins and _THING.match(after)))
    if word == "one" and re.match(r"\s+of\b", after):
        return False
    return bool(
        re.match(r"\s+(?:\d[\d.,/x×-]*[\"”]?\s?\w{0,3}\s+)?[^\W\d_]{2}", after)
    ) and not _NO_GOODS.match(after)
