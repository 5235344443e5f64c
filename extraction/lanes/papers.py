"""Papers that are to come back: "please return a signed copy" asks for no return of goods."""

from __future__ import annotations

import re

_PAPER = (
    r"(?:(?:l['’]|la |le |les |un |une |una |unas |el |il |lo |die |den |das |der |eine?n? |de |het |een |the |a |an |one |this |our |your |ce |cet |cette |ci-joint |the attached |enclosed |signed |completed |duly |unterschriebene |unterzeichnete |firmada |firmado |firmata ){0,4})"
    r"(?:signed |completed |countersigned )?(?:copy|copies|acknowledge?ment|confirmation|form|slip|receipt|order\b|purchase order|po\b|accus[eé]|ar\b|bon\b|copie|double|exemplaire|confirmation|commande|formulaire|auftragsbest\w*|bestätigung|kopie|exemplar|doppel|durchschlag|formular|copia|acuse|confirmaci[oó]n|formulario|conferma|ricevuta|modulo|orderbevestiging|bevestiging|formulier)"
)
_BACK = re.compile(
    rf"\b(?:return(?:ed|ing)?|send(?:ing)? back|fax back|sign and return|renvoyer|retourner|devolver|remitir|restituire|rispedire|ritornare|retourneren?|terugsturen)\s+(?:(?:to )?(?:us|nous|nos|ci|ons)\s+)?{_PAPER}"
    rf"|{_PAPER}\s+(?:\w+\s+){{0,4}}(?:zurück\w*|retour\b|devuelt\w+|terug\w*)",
    re.IGNORECASE,
)


def without_papers(text: str) -> str:
    """The text with such phrases blanked out; places stay what they are."""
    return _BACK.sub(lambda found: " " * len(found[0]), text)
