"""How DOCX text looks, as far as reading needs it: bold, size, hidden, indent, tab stops, list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from extraction.readers.word.flow import SIZE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHAIN = 10


@dataclass(frozen=True, slots=True)
class Look:
    """size, indent and tabs in points; list: (numbering, level) of a list that the style belongs to."""

    bold: bool = False
    size: float = SIZE
    hidden: bool = False
    indent: float = 0.0
    tabs: tuple[float, ...] = ()
    list: tuple[str, str] = ("", "")


class Styles:
    """The styles of one document; root: of word/styles.xml, None when it has none."""

    def __init__(self, root: Any) -> None:
        found = root.findall(f"{W}style") if root is not None else []
        self._styles = {s.get(f"{W}styleId"): s for s in found[:5_000]}
        self._known: dict[str, Look] = {}
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._plain = _marked(Look(), defaults)
        usual = next(
            (s for s in found if s.get(f"{W}default") == "1" and s.get(f"{W}type") == "paragraph"),
            None,
        )
        self._usual = usual.get(f"{W}styleId") if usual is not None else ""

    def paragraph(self, element: Any) -> Look:
        properties = element.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        look = self._of(style.get(f"{W}val") if style is not None else self._usual)
        return _placed(look, properties)

    def run(self, run: Any, around: Look) -> Look:
        properties = run.find(f"{W}rPr")
        if properties is None:
            return around
        style = properties.find(f"{W}rStyle")
        if style is not None:
            named = self._of(style.get(f"{W}val"))
            around = replace(around, bold=around.bold or named.bold, hidden=named.hidden)
        return _marked(around, properties)

    def _of(self, name: str | None) -> Look:
        """A style with what it is based on."""
        chain: list[Any] = []
        style = self._styles.get(name)
        while style is not None and style not in chain and len(chain) < _CHAIN:
            chain.append(style)
            base = style.find(f"{W}basedOn")
            style = self._styles.get(base.get(f"{W}val")) if base is not None else None
        if name not in self._known:
            look = self._plain
            for step in reversed(chain):
                look = _placed(_marked(look, step.find(f"{W}rPr")), step.find(f"{W}pPr"))
            self._known[name or ""] = look
        return self._known[name or ""]


def flag(element: Any) -> bool:
    """An on-off property that is there counts as on, unless it says otherwise."""
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off")


def _marked(look: Look, properties: Any) -> Look:
    if properties is None:
        return look
    bold, size, hidden = (properties.find(f"{W}{n}") for n in ("b", "sz", "vanish"))
    return replace(
        look,
        bold=look.bold if bold is None else flag(bold),
        size=look.size if size is None else _number(size.get(f"{W}val"), 4, 144) / 2,
        hidden=look.hidden if hidden is None else flag(hidden),
    )


def _placed(look: Look, properties: Any) -> Look:
    if properties is None:
        return look
    indent = properties.find(f"{W}ind")
    tabs = properties.findall(f"{W}tabs/{W}tab")
    listed = properties.find(f"{W}numPr")
    if listed is not None:
        named = [listed.find(f"{W}{n}") for n in ("numId", "ilvl")]
        number, level = ("" if e is None else e.get(f"{W}val", "") for e in named)
        look = replace(look, list=(number or look.list[0], level or "0"))
    if indent is not None:
        left = indent.get(f"{W}left") or indent.get(f"{W}start")
        look = replace(look, indent=_number(left, 0, 8_000) / 20)
    if tabs:
        stops = sorted(_number(t.get(f"{W}pos"), 0, 20_000) / 20 for t in tabs[:50])
        look = replace(look, tabs=tuple(s for s in stops if s))
    return look


def _number(text: str | None, least: float, most: float) -> float:
    try:
        return min(max(float(text or least), least), most)
    except ValueError:
        return least
