"""An answer that differs from the order, where the customer has to agree first, is our offer and says so.

Peppol Ordering lets a seller accept with changes only where the parties agreed beforehand how the buyer consents.
"""

from __future__ import annotations

from collections.abc import Iterable

Differing = tuple[tuple[str, tuple[str, ...]], ...]
"""(number of the line, codes of core.messages.outcome) of each line that differs."""

WORDS = {
    "en": {
        "rejected": "not accepted",
        "cancelled": "cancelled",
        "substituted": "substituted",
        "quantity-changed": "quantity changed",
        "price-changed": "price changed",
        "backordered": "date follows",
        "split": "in several deliveries",
        "date-changed": "date changed",
        "line": "line",
        "differs": "Our answer differs from your order",
        "offer": "This is our offer; we deliver when you agree.",
    },
    "de": {
        "rejected": "nicht angenommen",
        "cancelled": "storniert",
        "substituted": "Ersatzartikel",
        "quantity-changed": "Menge geändert",
        "price-changed": "Preis geändert",
        "backordered": "Termin folgt",
        "split": "in mehreren Lieferungen",
        "date-changed": "Termin geändert",
        "line": "Position",
        "differs": "Unsere Antwort weicht von Ihrer Bestellung ab",
        "offer": "Das ist unser Angebot; wir liefern, sobald Sie zustimmen.",
    },
}


def as_text(differing: Iterable[tuple[str, Iterable[str]]]) -> str:
    """As facts keep it: "2:quantity-changed,date-changed;4:rejected"."""
    return ";".join(f"{name}:{','.join(codes)}" for name, codes in differing)


def of_text(text: str) -> Differing:
    parts = (part.partition(":") for part in text.split(";") if part)
    return tuple((name, tuple(codes.split(","))) for name, _, codes in parts)


def listed(differing: Differing, language: str = "en") -> str:
    """ "line 2: quantity changed, date changed; line 4: not accepted"."""
    say = WORDS.get(language, WORDS["en"])
    return "; ".join(
        f"{say['line']} {name}: {', '.join(say.get(code, code) for code in codes)}"
        for name, codes in differing
    )


def offer_sentence(differing: Differing, language: str) -> str:
    """What differs, that it is our offer, and what happens next."""
    say = WORDS.get(language, WORDS["en"])
    which = listed(differing, language)
    return f"{say['differs']}{': ' if which else ''}{which}. {say['offer']}"
