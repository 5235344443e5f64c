"""Syntax identifiers (0001) and the letters that each allows (ISO 9735, annex A; ISO 9735-1 for levels D to K, W, Y)."""

from __future__ import annotations

from dataclasses import dataclass

DIGITS = "0123456789"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SIGNS = " .,-()/='+:?!\"%&*;<>"
"""Of levels A and B; @, _, # and the rest are in neither."""

CODECS = {
    "UNOA": "ascii", "UNOB": "ascii", "UNOC": "iso8859-1", "UNOD": "iso8859-2", "UNOE": "iso8859-5",
    "UNOF": "iso8859-7", "UNOG": "iso8859-3", "UNOH": "iso8859-4", "UNOI": "iso8859-6", "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9", "UNOL": "iso8859-15", "UNOW": "utf-8", "UNOY": "utf-8",
}  # fmt: skip

LIMITED = {
    "UNOA": frozenset(CAPITALS + DIGITS + SIGNS),
    "UNOB": frozenset(CAPITALS + CAPITALS.lower() + DIGITS + SIGNS),
}
"""Levels that allow less than their encoding holds."""

LIKE_ENDS = "’‘´`"
"""Typographic apostrophes: readers that repair files take them for segment ends, so texts have the plain one."""


@dataclass(frozen=True, slots=True)
class Letters:
    """level: "UNOC". codec: how its letters become bytes."""

    level: str
    codec: str

    @property
    def is_upper(self) -> bool:
        return self.level == "UNOA"

    @property
    def is_limited(self) -> bool:
        """Whether the level allows less than ASCII."""
        return self.level in LIMITED

    def encodes(self, letter: str) -> bool:
        try:
            letter.encode(self.codec)
        except UnicodeEncodeError:
            return False
        return letter.isprintable()

    def holds(self, letter: str) -> bool:
        """Whether a text may have this letter; level A is written in capitals afterwards."""
        if letter in LIKE_ENDS:
            return False
        allowed = LIMITED.get("UNOB" if self.is_upper else self.level)
        return letter in allowed if allowed is not None else self.encodes(letter)
