"""Which control numbers were met, in memory that does not grow with a file numbered in sequence."""

from __future__ import annotations


class NumbersSeen:
    """Remembers a run of numbers by its ends, and only what stands outside it one by one."""

    def __init__(self) -> None:
        self._first = 0
        self._last = -1
        self._others: set[str] = set()

    def again(self, number: str) -> bool:
        """Whether this number was met before; from now on it was."""
        text = number.strip().lstrip("0")
        if text.isdecimal() and len(text) < 15:
            n = int(text)
            if self._last < 0:
                self._first = self._last = n
                return False
            if self._first <= n <= self._last:
                return True
            if n == self._last + 1 and text not in self._others:
                self._last = n
                return False
        if text in self._others:
            return True
        self._others.add(text)
        return False
