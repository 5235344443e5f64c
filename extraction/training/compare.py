"""Whether a value read is the value wanted, and which line read is which line wanted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from core.inbound.reading import Candidate

Line = Mapping[str, str]
Read = Mapping[str, Candidate]
SKUS = ("buyer_sku", "supplier_sku", "manufacturer_sku")
PLACES = frozenset({"ship_to", "bill_to"})
TEXTS = PLACES | {
    "buyer_name",
    "buyer_contact",
    "payment_terms",
    "incoterms",
    "ship_via",
    "description",
}
NEAR = Decimal("0.005")


def same(name: str, wanted: str, given: str) -> bool:
    """Numbers by value; texts when most words agree or the wanted ones stand within; all else by letters and figures."""
    try:
        return abs(Decimal(wanted) - Decimal(given)) <= NEAR
    except InvalidOperation:
        pass
    if name in TEXTS:
        return _alike(_words(wanted), _words(given), 0.6 if name in PLACES else 0.75)
    return "".join(_words(wanted)) == "".join(_words(given))


def _words(text: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", plain.casefold())


def _alike(wanted: list[str], given: list[str], least: float) -> bool:
    if not wanted or not given:
        return False
    if len(given) <= 2 * len(wanted) + 3 and " ".join(wanted) in " ".join(given):
        return True
    left, common = list(given), 0
    for word in wanted:
        if word in left:
            left.remove(word)
            common += 1
    return 2 * common / (len(wanted) + len(given)) >= least


def part_read(wanted: Line, read: Read) -> str:
    """The field in which a part number without a named owner was read."""
    return next((name for name in SKUS if name in read), "sku")


def aligned(wanted: Sequence[Line], read: Sequence[Read]) -> Iterator[tuple[Line, Read]]:
    """Pairs in order so that most cells agree; what has no partner stands against an empty line."""
    rows, columns = len(wanted), len(read)
    gain = [[_agreeing(w, r) for r in read] for w in wanted] if rows != columns else []
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows if gain else 0)):
        for j in reversed(range(columns)):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + gain[i][j])
    i = j = 0
    while i < rows or j < columns:
        both = i < rows and j < columns
        if both and (not gain or (gain[i][j] and best[i][j] == best[i + 1][j + 1] + gain[i][j])):
            yield wanted[i], read[j]
            i, j = i + 1, j + 1
        elif i < rows and (j == columns or best[i][j] == best[i + 1][j]):
            yield wanted[i], {}
            i += 1
        else:
            yield {}, read[j]
            j += 1


def _agreeing(wanted: Line, read: Read) -> int:
    found = 0
    for name, value in wanted.items():
        given = read.get(part_read(wanted, read) if name == "sku" else name)
        found += given is not None and same(name, value, given.value)
    return found
