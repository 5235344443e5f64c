"""A UBL message as the rules look at it: its elements by name, walked once, and exact figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from lxml import etree

Element = etree._Element

_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")
_CENT = Decimal("0.01")
ZERO = Decimal(0)


def local(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text(element: Element | None) -> str:
    return " ".join((element.text or "").split()) if element is not None else ""


def decimal(element: Element | None) -> Decimal | None:
    """The figure in an element, None when it is missing or none."""
    found = text(element)
    return Decimal(found) if _DECIMAL.fullmatch(found) else None


def figure(element: Element | None, otherwise: Decimal = ZERO) -> Decimal:
    found = decimal(element)
    return otherwise if found is None else found


def cents(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)


def child(element: Element | None, *names: str) -> Element | None:
    """The first element down a path of names."""
    for name in names:
        if element is None:
            return None
        element = next(element.iterchildren(f"{{*}}{name}"), None)
    return element


def children(element: Element | None, *names: str) -> list[Element]:
    """All elements down a path of names."""
    found = [element] if element is not None else []
    for name in names:
        found = [e for one in found for e in one.iterchildren(f"{{*}}{name}")]
    return found


def parent(element: Element) -> str:
    above = element.getparent()
    return local(above) if above is not None else ""


class Paper:
    """One message; `all(name)` are its elements of a name, in order."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.name = local(root)
        self._named: dict[str, list[Element]] = {}
        for element in root.iter(etree.Element):
            self._named.setdefault(local(element), []).append(element)

    def all(self, *names: str) -> Iterator[Element]:
        for name in names:
            yield from self._named.get(name, ())

    def elements(self) -> Iterator[Element]:
        for named in self._named.values():
            yield from named

    def head(self, *names: str) -> Element | None:
        return child(self.root, *names)

    @cached_property
    def currency(self) -> str:
        return text(self.head("DocumentCurrencyCode"))

    @cached_property
    def lines(self) -> list[Element]:
        return children(self.root, "OrderLine", "LineItem")

    @cached_property
    def allowances(self) -> list[Element]:
        """Allowances and charges of the whole message and of its lines, not those inside a price."""
        own = children(self.root, "AllowanceCharge")
        return own + children(self.root, "OrderLine", "LineItem", "AllowanceCharge")
