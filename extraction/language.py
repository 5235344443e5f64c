"""Which of six languages a text is written in, by its commonest small words."""

from __future__ import annotations

import re

_WORDS = {
    "en": "the and of to for please you with is are we this order date number ship from your quantity price delivery hello hi dear thanks regards need by send total unit terms",
    "de": "der die das und bitte wir sie mit ist für von zu den ein nicht bestellung menge preis lieferung datum nr lieferadresse guten tag hallo grüßen grüße freundlichen viele stück bezeichnung liefertermin einzelpreis gesamt anschrift zahlung vom an auf im zum bis",
    "fr": "le la les et de du des nous vous merci pour avec est une un commande quantité prix livraison veuillez votre bonjour cordialement salutations au désignation adresse facturation paiement rue avenue par sur jours",
    "es": "el la los y de del por para favor con es una un nos pedido cantidad precio entrega fecha su gracias hola buenos buenas días tardes saludos estimados atentamente calle descripción dirección pago unidades",
    "it": "il la i e di del per con è una un si prego ordine quantità prezzo consegna data vostro grazie spett buongiorno buonasera saluti cordiali distinti richiesta via descrizione pagamento indirizzo pezzi entro della del",
    "nl": "de het en van een wij u met is voor graag bestelling aantal prijs levering datum uw onze niet ordernummer geachte beste groet groeten vriendelijke goedemorgen omschrijving leveren graag stuks betaling adres",
}
_SETS = {language: frozenset(words.split()) for language, words in _WORDS.items()}


def language_of(text: str, default: str = "en") -> str:
    """ISO 639-1 code of the likeliest language; `default` when there is nothing to go by."""
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    scores = {language: sum(w in known for w in words) for language, known in _SETS.items()}
    best = max(scores, key=lambda k: (scores[k], k == default))
    return best if scores[best] >= 2 else default
