"""The day that a mail wants its goods for: told in a sentence that asks for them, else the one day to come that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from core.inbound.reading import Evidence
from extraction.document import Document
from extraction.fields import dates, when
from extraction.fields.words import ORDERING
from extraction.prose.passages import Passage
from extraction.weighing.clues import Clue

SOON = timedelta(days=120)
_WANTS = re.compile(
    r"\b(?:by|before|until|no later than|not later than|need(?:ed)?(?: it| them| these| this)?(?: there| here)?|deliver(?:y|ed)?|requested|required|due|arrive|ship(?:ped)?|on or before|want it|latest|pick(?:ing)? (?:it |them )?up|collect|grab|bring|come by|in house|graag|"
    r"bis|spätestens|liefer\w*|am|zum|benötigen|brauchen|termin|plazo|délai|avant|pour|livr\w*|au plus tard|tardar|tarde|antes del?|para|entreg\w*|entro|per|consegn\w*|voor|uiterlijk|lever\w*|op|servir|recog\w*|pasar\w*|traer|traiga\w*|abhol\w*|bring\w*|passe[zr]?|passons|chercher|récupér\w*|ritir\w*|passiamo|ophal\w*|halen|afhal\w*|bezorg\w*)\b",
    re.IGNORECASE,
)
NEAR = 120
"""How many characters before a day tell what it is of."""
_OF_ANOTHER = re.compile(
    r"\b(?:price ?list|list|quote|quotation|offer|estimate|angebot|preisliste|liste|devis|offre|tarifs?|preventivo|offerta|listino|presupuesto|oferta|tarifa|offerte|prijslijst|invoice|rechnung|facture|fattura|factura|factuur"
    r"|contract|vertrag|agreement|vereinbarung|rahmen\w*|e?-?mail|letter|schreiben|telefonat|call|conversation|gespräch|meeting|besuch|visit|fair|messe|since|seit|depuis|desde|dal|sinds|last|letzte\w*"
    r"|dated|dtd?|ordered on|bestellt am|received|erhalten|delivered|geliefert|paid|bezahlt|valid|gültig|valable|válid\w*|geldig|quote by|reply by|antwort bis|answer by|confirm by)\b"
    r"\W*(?:(?:no|nr|n[°º])\W*)?(?:[\w/.-]*\d[\w/.-]*\W+)?(?:(?:of|from|on|dated|until|till|by|vom|am|bis|du|le|jusqu'au|del?|el|hasta|della?|il|fino al|van|op|tot|dtd?\.?)\W+)*$",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\b(?:closed|shut|away|not in|nobody|except|geschlossen|zu|niemand|außer|nicht|ferm[ée]\w*|sauf|cerrad\w*|excepto|salvo|chius\w*|tranne|eccetto|gesloten|dicht|behalve|niet)\b(?:\s\w{1,4})?\s*$",
    re.IGNORECASE,
)
""" "closed on Wednesday" tells when not to come."""
_DELIVERS = re.compile(
    r"\b(?:deliver\w*|arriv\w*|need(?:ed)?|(?:an)?liefer\w*|eintreff\w*|livr\w*|entreg\w*|consegn\w*|lever\w*|bezorg\w*)\b",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"\W*(?:at (?:the )?(?:very )?latest|latest|spätestens|au plus tard|a más tardar|como muy tarde|al más tardar|al più tardi|uiterlijk|ten laatste)\b",
    re.IGNORECASE,
)


def clues(told: Sequence[Passage], document: Document) -> Iterator[Clue]:
    """Clues for requested_date, and notes where the time is left open."""
    asked = [clue for passage in told for clue in _asked(passage, document)]
    yield from asked
    if not any(c.field == "requested_date" for c in asked):
        yield from _lone(told, document)


def _asked(passage: Passage, document: Document) -> Iterator[Clue]:
    """The first day of a sentence that has a word of wanting before it."""
    text = passage.text
    for day in dates.find(text, document.near):
        before = text[max(day.start - NEAR, 0) : day.start]
        if _WANTS.search(before[-60:]) and not _OF_ANOTHER.search(before):
            value = dates.choose(day, document.day_style)
            yield _clue(passage, value, day.start, day.end, 0.55, document)
            return
    yield from _in_words(passage, document)


def _in_words(passage: Passage, document: Document) -> Iterator[Clue]:
    """A day told in words where it is certain, else the words themselves."""
    text = passage.text
    if not (ORDERING.search(text) or _WANTS.search(text)):
        return
    found = [
        told
        for told in when.find(text, document.near)
        if not _OF_ANOTHER.search(before := text[max(told.start - NEAR, 0) : told.start])
        and not _AWAY.search(before)
    ]
    last = next((told for told in found if told.day and _LATEST.match(text[told.end :])), None)
    for told in [last] if last else found:
        if told.day:
            yield _clue(passage, told.day, told.start, told.end, 0.52, document)
        else:
            words = text[told.start : told.end]
            yield Clue(
                "notes",
                words.strip(),
                0.5,
                "prose",
                _evidence(passage, told.start, words, document),
            )
        return


def in_cells(document: Document, tabled: frozenset[int]) -> Iterator[Clue]:
    """The day that a remark in a sheet or a saved page asks for. tabled: rows of item tables, left out."""
    for number, row in enumerate(document.canvas.rows):
        for segment in row.segments if number not in tabled else ():
            if len(segment.words) < 4 or len(segment.text) > 300:
                continue
            for told in _asked(Passage(segment.text, 0, False), document):
                span = told.evidence.span
                place = segment.cut(*span) if span else None
                if span and not _DELIVERS.search(segment.text[: span[0] + 12]):
                    continue
                if place and told.field == "requested_date":
                    yield Clue(told.field, told.value, 0.48, "prose", place.evidence(), row.page)


def _lone(told: Sequence[Passage], document: Document) -> Iterator[Clue]:
    """The one day to come that a mail names, though no word says what for."""
    near = document.near
    found = [
        (passage, day, dates.choose(day, document.day_style))
        for passage in told
        for day in dates.find(passage.text, near)
        if not _OF_ANOTHER.search(passage.text[max(day.start - NEAR, 0) : day.start])
    ]
    if near and len({value for _, _, value in found}) == 1:
        passage, day, value = found[0]
        if near < value <= near + SOON:
            yield _clue(passage, value, day.start, day.end, 0.38, document)


def _clue(
    passage: Passage, value: date, start: int, end: int, score: float, document: Document
) -> Clue:
    evidence = _evidence(passage, start, passage.text[start:end], document)
    return Clue("requested_date", value.isoformat(), score, "prose", evidence)


def _evidence(passage: Passage, start: int, text: str, document: Document) -> Evidence:
    at = passage.start + start
    return Evidence(document.canvas.part, span=(at, at + len(text)), text=text[:200])
