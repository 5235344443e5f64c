"""Where to pay, told from the company's bank details as they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.messages.accounts import ibans_in

_BIC = re.compile(
    r"\b(?:BIC|SWIFT)[ :]{0,3}([A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b", re.IGNORECASE
)

CREDIT_TRANSFER = "30"  # UN/CEFACT 4461


@dataclass(frozen=True, slots=True)
class Account:
    """iban without blanks; bic "" when none is told."""

    iban: str
    bic: str = ""


def account(bank: str) -> Account | None:
    """None when no IBAN with a right check sum stands in the text."""
    for iban in ibans_in(bank):
        bic = _BIC.search(bank)
        return Account(iban, bic[1].upper() if bic else "")
    return None
