"""Terms of payment and carriers as mails tell them in passing: "betaling binnen 30 dagen", "UPS red to our shop"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.inbound.reading import Evidence
from extraction.prose.passages import Passage
from extraction.weighing.clues import Clue

_PAYMENT = re.compile(
    r"\b(?:payments?|terms(?: are)?|paid|we pay|paiement|règlement|payable|zahlung|zahlbar|zahlungsziel|pago|se paga|factura|pagamento|saldo|betaling|betaald|te betalen)\b"
    r"[\s:]*(?:(?:is|are|will be|sera|terms?|bei|per|por|con|with|met|par|virement|bonifico|transferencia|giro)\s+)*"
    r"(?P<said>(?:[^\W\d_]+\s+){0,4}?(?:net\s+)?\d{1,3}\s+(?:days?|tagen?|jours?|d[ií]as?|giorni|gg|dagen)\b[^.;:\n(]{0,40})",
    re.IGNORECASE,
)
_CARRIER = re.compile(
    r"(?<![\w@.])(?:(?i:via|by|per|mit|par|con|met|through|using)\s+)?(?P<name>UPS|FedEx|Fedex|FEDEX|DHL|DPD|GLS|TNT|USPS|Hermes|Royal Mail|Parcelforce|Evri|Yodel|Chronopost|Colissimo|Geodis|SEUR|MRW|Nacex|BRT|Bartolini|SDA|PostNL|Purolator|Canada Post|AusPost|StarTrack|Schenker|Dachser|Kuehne \+ Nagel|DSV|Saia|Estes|XPO|R\+L)\b"
    r"(?P<service>(?:\s+(?i:red|blue|brown|ground|next[ -]day(?: air)?|2nd[ -]day(?: air)?|overnight|express\w*|freight|standard|collect|saver|worldwide|parcel|economy|priority|air|classic|home|international|24|48))*)"
)


def clues(passage: Passage, part: int) -> Iterator[Clue]:
    """Clues for payment_terms and ship_via from one sentence."""
    for field, start, end in told(passage.text):
        yield _clue(field, passage, start, end, part)


def told(text: str) -> Iterator[tuple[str, int, int]]:
    """(field, start, end) of the terms of payment and the carrier that a sentence tells."""
    paid = _PAYMENT.search(text)
    if paid:
        start = paid.start() if not re.match(r"(?i:we pay|terms)", paid[0]) else paid.start("said")
        yield "payment_terms", start, paid.end()
    carrier = _CARRIER.search(text)
    if carrier:
        yield "ship_via", carrier.start("name"), carrier.end()


def _clue(field: str, passage: Passage, start: int, end: int, part: int) -> Clue:
    text = passage.text[start:end].rstrip(" ,")
    at = passage.start + start
    evidence = Evidence(part, span=(at, at + len(text)), text=text[:200])
    return Clue(
        field, " ".join(text.split()), 0.58 if field == "payment_terms" else 0.5, "prose", evidence
    )
