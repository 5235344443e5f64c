"""Short paths by local names over any prefixes, and where a value was found.

"Delivery/DeliveryLocation/ID", "Line/@quantity", "PARTY[ROLE='buyer']/ID", "Id[@type='ean']", ".//X".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

_STEP = re.compile(r"([^/\[\]]*)((?:\[[^\]]*\])*)(/{0,2})")
_TWIN = "{urn:orderclerk}twin"
_NAME = re.compile(r"[A-Za-z_][\w.\-]*")


@dataclass(frozen=True, slots=True)
class Found:
    """A text with the element or attribute it stands in, `at` as a readable XPath."""

    text: str
    at: str
    element: etree._Element


@lru_cache(maxsize=2000)
def compiled(path: str) -> etree.XPath:
    return etree.XPath(_xpath(path))


def _hits(base: etree._Element, path: str) -> list[Any]:
    found = compiled(path)(base)
    return found if isinstance(found, list) else []


def elements(base: etree._Element, path: str) -> list[etree._Element]:
    """The elements a path leads to."""
    return [e for e in _hits(base, path) if isinstance(e, etree._Element)]


def first(base: etree._Element, *paths: str) -> Found | None:
    """The first text that is not empty, path by path."""
    for path in paths:
        for hit in _hits(base, path):
            found = _found(hit)
            if found.text:
                return found
    return None


def every(base: etree._Element, path: str) -> list[Found]:
    """All texts a path leads to, empty ones left out."""
    return [f for f in map(_found, _hits(base, path)) if f.text]


def text(base: etree._Element, *paths: str) -> str:
    found = first(base, *paths)
    return found.text if found else ""


def number_twins(root: etree._Element) -> None:
    """Write on every element that has namesakes beside it which of them it is, once for the whole tree."""
    for parent in root.iter():
        seen: dict[str, list[etree._Element]] = {}
        for child in parent:
            seen.setdefault(local(child), []).append(child)
        for twins in seen.values():
            if len(twins) > 1:
                for n, twin in enumerate(twins, 1):
                    twin.set(_TWIN, str(n))


def place(element: etree._Element) -> str:
    """Readable XPath by local names, with positions where there are several of a name."""
    steps = []
    node: etree._Element | None = element
    while node is not None:
        number = node.get(_TWIN)
        steps.append(f"{local(node)}[{number}]" if number else local(node))
        node = node.getparent()
    return "/" + "/".join(reversed(steps))


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _found(hit: Any) -> Found:
    if isinstance(hit, etree._Element):
        return Found(" ".join("".join(map(str, hit.itertext())).split()), place(hit), hit)
    parent = hit.getparent()
    name = str(hit.attrname).rpartition("}")[2]
    return Found(" ".join(str(hit).split()), f"{place(parent)}/@{name}", parent)


def _xpath(path: str) -> str:
    return "".join(_step(m[1]) + _predicates(m[2]) + m[3] for m in _STEP.finditer(path))


def _step(name: str) -> str:
    if name.startswith("@"):
        return f"@*[local-name()='{name[1:]}']"
    return f"*[local-name()='{name}']" if _NAME.fullmatch(name) else name


def _predicates(predicates: str) -> str:
    return "".join(f"[{_condition(p)}]" for p in re.findall(r"\[([^\]]*)\]", predicates))


def _condition(condition: str) -> str:
    """`Name='x'`, `@a='x'`, `A/B=../C`, `Name`, `not(Name)` or a position."""
    if condition.isdigit():
        return condition
    if condition.startswith("not(") and condition.endswith(")"):
        return f"not({_xpath(condition[4:-1])})"
    left, equals, right = condition.partition("=")
    if not equals:
        return _xpath(left)
    literal = right.startswith(("'", '"'))
    return f"{_xpath(left)}={right if literal else _xpath(right)}"
