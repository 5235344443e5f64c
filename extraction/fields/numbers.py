"""Printed numbers with our own strict grammar; what one number leaves open, the document decides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_MARKS = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "−": "-", "\u00ad": "-", "–": "-"}
)
_CURRENCY = (
    r"(?:[A-Z]{3}|US\$|CA?\$|AU?\$|NZ\$|HK\$|S\$|R\$|Kč|Ft|\$|€|£|₹|¥|Rs\.?|INR|EUR|Fr\.|kr\.?|zł)"
)
_DIGITS = r"(?:[0-9]{1,3}(?:[ '][0-9]{3})+|[0-9][0-9.,']*[0-9]|[0-9]|[.,][0-9]+)(?:[.,][0-9]+)?"
_NUMBER = re.compile(
    rf"(?P<open>\()?\s*(?P<minus>-)?\s*(?:{_CURRENCY})?\s*(?P<minus2>-)?\s*(?P<digits>{_DIGITS})"
    rf"\s*(?:/-)?(?P<minus3>-)?\s*(?:{_CURRENCY})?\s*(?P<close>\))?"
)
_POINT_GROUPS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
_COMMA_GROUPS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")
_INDIAN_GROUPS = re.compile(r"[0-9]{1,2}(,[0-9]{2})+,[0-9]{3}")


@dataclass(frozen=True, slots=True)
class Style:
    """Which mark is the decimal sign in this document: "." or ","; `sure` when printed numbers prove it."""

    decimal: str = "."
    sure: bool = False


POINT = Style()


def parse(text: str, style: Style = POINT) -> Decimal | None:
    """The number that fills the whole text (a currency sign or code may stand beside it), or None."""
    cleaned = text.translate(_MARKS).strip()
    found = _NUMBER.fullmatch(cleaned)
    if not found:
        return None
    value = digits_value(found["digits"], style)
    if value is None:
        return None
    negative = (
        found["minus"] or found["minus2"] or found["minus3"] or (found["open"] and found["close"])
    )
    return -value if negative else value


def digits_value(digits: str, style: Style = POINT) -> Decimal | None:
    """Digits with grouping and decimal marks as a Decimal that keeps the printed number of decimals."""
    plain_digits = digits.replace(" ", "").replace("'", "")
    if len(plain_digits) > 18:
        return None
    points, commas = plain_digits.count("."), plain_digits.count(",")
    if not points and not commas:
        return Decimal(plain_digits)
    if points and commas:
        return _two_marks(plain_digits)
    mark = "." if points else ","
    if points + commas > 1:
        grouped = _POINT_GROUPS if points else _COMMA_GROUPS
        if grouped.fullmatch(plain_digits) or (commas and _INDIAN_GROUPS.fullmatch(plain_digits)):
            return Decimal(plain_digits.replace(mark, ""))
        return None
    return _one_mark(plain_digits, mark, style)


def _two_marks(digits: str) -> Decimal | None:
    decimal = "." if digits.rfind(".") > digits.rfind(",") else ","
    group = "," if decimal == "." else "."
    whole, _, rest = digits.rpartition(decimal)
    groups = _COMMA_GROUPS if group == "," else _POINT_GROUPS
    if decimal in whole or group in rest:
        return None
    if not groups.fullmatch(whole) and not (group == "," and _INDIAN_GROUPS.fullmatch(whole)):
        return None
    return Decimal(f"{whole.replace(group, '')}.{rest}")


def _one_mark(digits: str, mark: str, style: Style) -> Decimal:
    whole, rest = digits.split(mark)
    could_group = len(rest) == 3 and 1 <= len(whole) <= 3 and whole != "0"
    if could_group and mark != style.decimal:
        return Decimal(whole + rest)
    return Decimal(f"{whole or '0'}.{rest or '0'}")


def is_ambiguous(digits: str) -> bool:
    """Whether one mark with three digits behind it may group or may divide ("4.002")."""
    return bool(re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", digits.strip()))


def other_reading(text: str, style: Style) -> Decimal | None:
    """How an ambiguous number reads under the opposite style; None when it is not ambiguous."""
    found = _NUMBER.fullmatch(text.translate(_MARKS).strip())
    if not found or not is_ambiguous(found["digits"]):
        return None
    return digits_value(found["digits"], Style("," if style.decimal == "." else "."))


def style_of(texts: Iterable[str], default: str = ".") -> Style:
    """The decimal sign that the printed numbers of a document speak for."""
    votes = {".": 0.0, ",": 0.0}
    for text in texts:
        for token in re.findall(
            r"(?<![\w.,/-])[0-9][0-9.,]*[0-9](?!\w|[/-]\w|[.,][0-9])", text.translate(_MARKS)
        ):
            for mark, weight in _votes(token):
                votes[mark] += weight
    if votes["."] == votes[","]:
        return Style(default, False)
    winner = "." if votes["."] > votes[","] else ","
    return Style(winner, votes[winner] >= 2 * min(votes.values()) + 1)


def _votes(token: str) -> list[tuple[str, float]]:
    points, commas = token.count("."), token.count(",")
    if points and commas:
        return [("." if token.rfind(".") > token.rfind(",") else ",", 3.0)]
    if commas > 1 and (_COMMA_GROUPS.fullmatch(token) or _INDIAN_GROUPS.fullmatch(token)):
        return [(".", 2.0)]
    if points > 1:
        return [(",", 2.0)] if _POINT_GROUPS.fullmatch(token) else []
    if commas == 1 and not is_ambiguous(token):
        return [(",", 1.0)]
    if points == 1 and not is_ambiguous(token):
        return [(".", 1.0)]
    return []


def find(text: str, style: Style = POINT) -> list[tuple[Decimal, int, int]]:
    """Every number in a text with its start and end; parts of codes and days are left out."""
    found = []
    source = text.translate(_MARKS)
    for match in re.finditer(
        rf"(?<![\w/.,#-])-?(?:{_CURRENCY})?\s?({_DIGITS})(?!\w|[/-]\w)", source
    ):
        value = digits_value(match[1].strip(), style)
        if value is not None:
            negative = match[0].lstrip().startswith("-")
            found.append((-value if negative else value, match.start(1), match.end(1)))
    return found


def printed(value: Decimal) -> str:
    """A plain decimal that keeps the printed number of decimals: Decimal("48.000") -> "48.000"."""
    return format(value, "f")
