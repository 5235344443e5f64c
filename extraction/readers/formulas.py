"""Works out the plain formulas of an order sheet: figures, cells, + - * /, brackets, SUM, PRODUCT, ROUND."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation, localcontext

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?P<percent>%?)"
    r"|(?P<range>\$?[A-Z]{1,3}\$?[0-9]{1,7}:\$?[A-Z]{1,3}\$?[0-9]{1,7})"
    r"|(?P<cell>\$?[A-Z]{1,3}\$?[0-9]{1,7})(?![A-Z0-9(])"
    r"|(?P<name>[A-Z]+)(?=\()"
    r"|(?P<mark>[-+*/(),;]))",
    re.IGNORECASE,
)
MAX_RANGE = 5_000
_MAX_LENGTH = 500

Lookup = Callable[[int, int], Decimal | None]
"""(row from 1, column from 0) -> the cell's figure, 0 when empty, None when it is no figure."""


class _Unknown(Exception):
    """The formula uses something not worked out here."""


def compute(formula: str, lookup: Lookup) -> Decimal | None:
    """The value of "=B2*C2", or None when it is not plain arithmetic."""
    if len(formula) > _MAX_LENGTH or not formula.startswith("="):
        return None
    try:
        with localcontext() as context:
            context.prec = 28
            reader = _Reader(_tokens(formula[1:]), lookup)
            value = reader.total()
            return value if reader.done else None
    except (_Unknown, InvalidOperation, ArithmeticError, RecursionError):
        return None


def position(reference: str) -> tuple[int, int]:
    """ "$B$7" -> (7, 1)."""
    letters, digits = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?([0-9]+)", reference).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits), column - 1


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _Unknown
        kind = match.lastgroup or "mark"
        if match["number"]:
            figure = Decimal(match["number"])
            found.append(("number", str(figure / 100 if match["percent"] else figure)))
        else:
            found.append((kind, match[kind].upper()))
        at = match.end()
    return found


class _Reader:
    """Recursive descent over the tokens; every method eats what it understands."""

    def __init__(self, tokens: list[tuple[str, str]], lookup: Lookup) -> None:
        self._tokens = tokens
        self._lookup = lookup
        self._at = 0
        self._depth = 0

    @property
    def done(self) -> bool:
        return self._at == len(self._tokens)

    def total(self) -> Decimal:
        value = self._product()
        while self._peek() in (("mark", "+"), ("mark", "-")):
            sign = self._next()[1]
            term = self._product()
            value = value + term if sign == "+" else value - term
        return value

    def _product(self) -> Decimal:
        value = self._single()
        while self._peek() in (("mark", "*"), ("mark", "/")):
            value = value * self._single() if self._next()[1] == "*" else value / self._single()
        return value

    def _single(self) -> Decimal:
        self._depth += 1
        if self._depth > 200:
            raise _Unknown
        kind, text = self._next()
        if kind == "number":
            return Decimal(text)
        if kind == "cell":
            return self._cell(*position(text))
        if kind == "name":
            return self._function(text)
        if text == "-":
            return -self._single()
        if text == "+":
            return self._single()
        if text == "(":
            value = self.total()
            self._expect(")")
            return value
        raise _Unknown

    def _function(self, name: str) -> Decimal:
        self._expect("(")
        values = self._arguments()
        self._expect(")")
        if name == "SUM":
            return sum(values, Decimal(0))
        if name == "PRODUCT":
            product = Decimal(1)
            for value in values:
                product *= value
            return product
        if name == "ROUND" and len(values) == 2 and abs(values[1]) <= 9:
            return values[0].quantize(Decimal(1).scaleb(-int(values[1])), "ROUND_HALF_UP")
        raise _Unknown

    def _arguments(self) -> list[Decimal]:
        values: list[Decimal] = []
        while True:
            kind, text = self._peek()
            if kind == "range":
                self._next()
                values += self._range(text)
            else:
                values.append(self.total())
            if self._peek() not in (("mark", ","), ("mark", ";")):
                return values
            self._next()

    def _range(self, text: str) -> list[Decimal]:
        (top, left), (bottom, right) = (position(p) for p in text.split(":"))
        if (bottom - top + 1) * (right - left + 1) > MAX_RANGE:
            raise _Unknown
        cells = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
        return [v for v in (self._lookup(r, c) for r, c in cells) if v is not None]

    def _cell(self, row: int, column: int) -> Decimal:
        value = self._lookup(row, column)
        if value is None:
            raise _Unknown
        return value

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("", "")

    def _next(self) -> tuple[str, str]:
        token = self._peek()
        if not token[0]:
            raise _Unknown
        self._at += 1
        return token

    def _expect(self, mark: str) -> None:
        if self._next() != ("mark", mark):
            raise _Unknown
