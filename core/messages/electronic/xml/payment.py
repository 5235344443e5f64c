"""Where to pay, told from the company's bank details as they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

_IBAN = re.compile(r"\b([A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?)\b")
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
    for found in _IBAN.finditer(bank):
        iban = _valid(found[1])
        if iban:
            bic = _BIC.search(bank)
            return Account(iban, bic[1].upper() if bic else "")
    return None


def _valid(written: str) -> str:
    """The IBAN without blanks, as long as its check sum wants it; words that follow it are left out."""
    words = written.split(" ")
    for length in range(len(words), 0, -1):
        iban = "".join(words[:length])
        turned = "".join(str(int(c, 36)) for c in iban[4:] + iban[:4])
        if len(iban) >= 15 and int(turned) % 97 == 1:
            return iban
    return ""
