"""Sentences that tell of an order placed before, "last week we ordered 40 boxes": what they count is not ordered now."""

from __future__ import annotations

import re

from extraction.document import Document
from extraction.fields import dates

_PLACED = re.compile(
    r"\b(?:we|i)(?: have|'ve| had)? (?:already )?(?:ordered|placed|put in)\b|\border(?:ed)? (?:was )?placed\b"
    r"|\b(?:placed on|aufgegeben am|bestellt am|passée le|passé le|realizado el|effettuato il|geplaatst op)\b"
    r"|\b(?:habe[nt]?|hatten?)\b[^.?!\n]{0,120}\b(?:bestellt|aufgegeben|geordert)\b"
    r"|\b(?:avons|avions|ai|avais) (?:bien )?(?:passé|commandé)\b"
    r"|\b(?:hebben|hadden|heb|had)\b[^.?!\n]{0,120}\b(?:besteld|geplaatst)\b"
    r"|\b(?:hemos|habíamos|he|había) (?:pedido|hecho|realizado|cursado)\b|\b(?:pedimos|encargamos|hicimos el pedido)\b"
    r"|\b(?:abbiamo|avevamo|ho|avevo) (?:già )?(?:ordinato|inviato l'ordine|fatto l'ordine)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:last (?:week|month|monday|tuesday|wednesday|thursday|friday|year)|yesterday|(?:days?|weeks?|months?) ago|recently"
    r"|letzte[nrs]?|vorige[nrs]?|vergangene[nrs]?|gestern|vor (?:\d+|einer?|zwei|drei)\s+(?:tage?n?|wochen?|monate?n?)|neulich"
    r"|(?:semaine|mois|lundi|mardi|mercredi|jeudi|vendredi) (?:dernière?|passée?)|hier|il y a"
    r"|(?:semana|mes) pasad[ao]|ayer|hace (?:\d+|un|una|dos|tres)|(?:settimana|mese) scors[ao]|ieri|(?:giorni|settimane) fa"
    r"|afgelopen|gisteren|geleden)\b",
    re.IGNORECASE,
)


_ABOUT = re.compile(
    r"\W*(?:it (?:is|'s|was) (?:about|for)|it concerns|(?:the|this) order (?:was|is) for|es geht um|es handelt sich um|es betrifft|il s'agit d|cela concerne|se trata d|es sobre|si tratta d|riguarda|het (?:gaat om|betreft))\b",
    re.IGNORECASE,
)
""" "It is about 20 boxes of paper": said of an order that somebody asks about."""
_DAY = re.compile(r"\b(?:am|vom)\s+\d{1,2}\.\s?\d{1,2}\.", re.IGNORECASE)


def before(text: str, document: Document) -> bool:
    """Whether the sentence tells of an order placed on a day or in a time that is over: its tense says which."""
    if _ABOUT.match(text):
        return True
    if not _PLACED.search(text):
        return False
    return bool(_PERIOD.search(text) or _DAY.search(text) or dates.find(text, document.near))
