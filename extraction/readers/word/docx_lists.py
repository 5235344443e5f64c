"""The numbers that Word prints before the paragraphs of a list; they stand nowhere in the text."""

from __future__ import annotations

import re
from typing import Any

from extraction.readers.word.docx_styles import Look

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9


class Lists:
    """Counters of one document; root: of word/numbering.xml, None when it has none."""

    def __init__(self, root: Any) -> None:
        self._levels: dict[str, dict[str, Any]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        if root is None:
            return
        drawn = {a.get(f"{W}abstractNumId"): a for a in root.findall(f"{W}abstractNum")[:2_000]}
        for number in root.findall(f"{W}num")[:2_000]:
            link = number.find(f"{W}abstractNumId")
            plan = drawn.get(link.get(f"{W}val")) if link is not None else None
            if plan is not None:
                self._levels[number.get(f"{W}numId", "")] = {
                    level.get(f"{W}ilvl", ""): level for level in plan.findall(f"{W}lvl")
                }

    def mark(self, paragraph: Any, look: Look) -> str:
        """ "3. " for the third of a numbered list, "• " for bullets, "" outside of lists."""
        number, level = look.list
        levels = self._levels.get(number)
        if not levels or level not in levels or not level.isdigit() or int(level) >= _LEVELS:
            return ""
        if not any(True for _ in paragraph.iter(f"{W}t")):
            return ""
        own = int(level)
        start = _value(levels[level], "start", "1")
        first = int(start) if start.isdigit() and len(start) < 7 else 1
        self._counts[number, own] = self._counts.get((number, own), first - 1) + 1
        for deeper in range(own + 1, _LEVELS):
            self._counts.pop((number, deeper), None)
        if _value(levels[level], "numFmt", "decimal") == "bullet":
            return "• "
        shown = re.sub(
            r"%([1-9])", lambda m: self._count(number, int(m[1]) - 1, levels), _text(levels[level])
        )
        return f"{shown} " if shown.strip() else ""

    def _count(self, number: str, level: int, levels: dict[str, Any]) -> str:
        count = self._counts.get((number, level), 1)
        form = (
            _value(levels[str(level)], "numFmt", "decimal") if str(level) in levels else "decimal"
        )
        if form in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
            return chr((96 if form == "lowerLetter" else 64) + count)
        return f"{count:02d}" if form == "decimalZero" else str(count)


def _text(level: Any) -> str:
    return _value(level, "lvlText", "")[:40]


def _value(level: Any, name: str, otherwise: str) -> str:
    found = level.find(f"{W}{name}")
    return otherwise if found is None else str(found.get(f"{W}val", otherwise))
