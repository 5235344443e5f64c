"""What names people: the shape of a name, and the words of duties that stand beside one."""

from __future__ import annotations

import re

from extraction.fields.companies import looks_like_company
from extraction.fields.courtesies import greets, is_sign_off
from extraction.vocabulary import fold, meanings

ROLE = re.compile(
    r"\b(?:purchas(?:ing|er)|procurement|buyer|einkauf\w*|einkaufer\w*|achats?|acheteu\w*|compras|comprador\w*|acquisti|buyer|inkoop|inkoper|inkop|kopare|nakup|materials manager|supply chain|office manager|business manager|owner|proprietor|store manager|manager)\b"
)
""" "Purchasing Manager", "Einkauf": who may order. Folded."""
DUTY = re.compile(
    r"\b(?:manager\w*|directors?|buyer|purchas\w*|procurement|owner|proprietor|founder|partner|assistant|officer|engineer\w*|head|lead|sales|chef|brewer|foreman|superintendent|receptionist|caretaker|nurse"
    r"|leiter\w*|leitung|\w+leit(?:er|ung)\w*|einkauf\w*|einkaufer\w*|abteilung|geschaftsfuhr\w*|sachbearbeit\w*|disposition|disponent\w*|lager(?:ist\w*|leit\w*)|buchhaltung|kuchenchef\w*|polier|inh|inhaber\w*|\w*meister\w*"
    r"|achats?|acheteu\w*|responsable|directeur|directrice|gerant\w*|chef de \w+|intendant\w*|econome|compras|comprador\w*|jefe|jefa|encargad[oa]|gobernanta|administracion|administratie|administration|almacen\w*|tecnic[oa]|propietari[oa]"
    r"|acquist\w*|responsabile|direttore|direttrice|titolare|ufficio|magazziniere|amministrazione|inkoop\w*|inkoper|hoofd|bedrijfsleider|beheerder|eigenaar|facilitair|uitvoerder|werkvoorbereider"
    r"|departments?|dept|\w*team|operations|logistics?|logistik|facilit\w+|maintenance|production|produktion|accounts|finance|catering|housekeeping|sekretariat|secretariaat|boekhouding|magazijn\w*|comptabilite|economato|contabilidad|contabilita|prof\w*|enseign\w*|teacher|supervisor|technician|planner|coordinator|clerk|administrator|secret\w*|sekret\w*"
    r"|sent from|gesendet von|phone|tel|mobile|mob|fax)\b"
)
"""A duty, an office or a telephone, as it stands in a signature. Folded."""
_TITLED = re.compile(
    r"(?:(?:mr|mrs|ms|miss|dr|ing|herr|frau|hr|fr|mme|mlle|m|sr|sra|dott|dott\.ssa|sig|sig\.ra|dhr|mevr|mw)\.? +)?"
    r"(?:[^\W\d_][\w'’-]*\.? +){0,3}[^\W\d_][\w'’-]+\.?",
    re.IGNORECASE,
)
_SMALL_WORDS = "de la del della van der den von di da du le ter el dos e y zu"
_SMALL = frozenset(_SMALL_WORDS.split())
_OFFICE_WORDS = """
team purchasing orders order procurement einkauf sales info dept department achats compras acquisti inkoop service office the thanks sent accounts
phone tel mobile procurment admin support inventory ops operations kitchen kontakt contact stores warehouse buying logistics lager magazzino almacén
administration verwaltung shop reception notifications notification noreply mailer portal store bar hotel restaurant commerciale vertrieb verkoop ventes
"""
_OFFICES = frozenset(_OFFICE_WORDS.split())
"""Names of mailboxes that are no people's."""


def is_person(text: str, least: int = 1) -> bool:
    """Whether a text has the shape of a person's name, of at least so many words."""
    text = text.strip(" ,")
    words = text.split()
    if not least <= len(words) <= 5 or len(text) > 40 or not _TITLED.fullmatch(text):
        return False
    if not all(w[:1].isupper() or w.lower() in _SMALL for w in words) or (
        text.isupper() and len(words) > 3
    ):
        return False
    if all(w.lower() in _SMALL for w in words) or any(
        w.lower().strip(".") in _OFFICES for w in words
    ):
        return False
    return not (
        meanings(text)
        or looks_like_company(text)
        or ROLE.search(fold(text))
        or is_sign_off(text)
        or greets(text)
    )


def has_duty(text: str) -> bool:
    return DUTY.search(fold(text)) is not None
