"""Takes values out of a TOML table, noting each that is wrong with its key and what would be right."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any


@dataclass(frozen=True, slots=True)
class ProfileProblem:
    """key: where it stands, "carrier.host"; text: what is wrong and what would be right."""

    key: str
    text: str

    def __str__(self) -> str:
        return f"{self.key}: {self.text}"


class Keys:
    """One table of the profile. Every method takes its key away, so that `close` can tell what nobody knows."""

    def __init__(self, table: dict[str, Any], place: str, problems: list[ProfileProblem]) -> None:
        self._table = dict(table)
        self._place = place
        self._known: list[str] = []
        self._problems = problems

    def wrong(self, key: str, text: str) -> None:
        self._problems.append(ProfileProblem(f"{self._place}{key}", text))

    def text(self, key: str, default: str = "", *, needed: str = "") -> str:
        """needed: what must stand here, in words; "" when it may be absent."""
        found = self._take(key, default)
        if not isinstance(found, str):
            self.wrong(key, f'must be a text in quotes, like {key} = "...", it is {found!r}.')
            return default
        if needed and not found.strip():
            self.wrong(key, f"is missing; it must be {needed}.")
        return found.strip() if key != "newline" else found

    def choice(self, key: str, among: Collection[str], default: str) -> str:
        found = self.text(key, default)
        if found not in among:
            self.wrong(key, f"is {found!r}; possible are {', '.join(map(repr, among))}.")
            return default
        return found

    def flag(self, key: str, default: bool | None) -> bool | None:
        found = self._take(key, default)
        if found is not default and not isinstance(found, bool):
            self.wrong(key, f"must be true or false, it is {found!r}.")
            return default
        return found

    def number(self, key: str, default: int, least: int, most: int) -> int:
        found = self._take(key, default)
        if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
            self.wrong(key, f"must be a whole number from {least} to {most}, it is {found!r}.")
            return default
        return found

    def choices(
        self, key: str, among: Collection[str], default: tuple[str, ...]
    ) -> tuple[str, ...]:
        """A text, a list of texts, or "none"."""
        found = self._take(key, list(default))
        wanted = [found] if isinstance(found, str) else found
        if wanted == ["none"]:
            return ()
        if not isinstance(wanted, list) or any(one not in among for one in wanted):
            possible = ", ".join(map(repr, (*among, "none")))
            self.wrong(key, f"is {found!r}; possible are one or several of {possible}.")
            return default
        return tuple(dict.fromkeys(wanted))

    def words(self, key: str, among: Collection[str] = ()) -> dict[str, str]:
        """A table of texts."""
        found = self._take(key, {})
        if not isinstance(found, dict):
            self.wrong(key, f"must be a table, [{self._place}{key}], it is {found!r}.")
            return {}
        kept = {}
        for name, value in found.items():
            if not isinstance(value, str) or (among and value not in among):
                right = ", ".join(map(repr, among)) if among else "a text in quotes"
                self.wrong(f"{key}.{name}", f"is {value!r}; right would be {right}.")
            else:
                kept[str(name)] = value
        return kept

    def table(self, key: str) -> Keys | None:
        """A table below; None when it is absent."""
        found = self._take(key, None)
        if found is None:
            return None
        if not isinstance(found, dict):
            self.wrong(key, f"must be a table, [{self._place}{key}], it is {found!r}.")
            return None
        return Keys(found, f"{self._place}{key}.", self._problems)

    def tables(self, key: str) -> list[Keys]:
        found = self._take(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.wrong(key, f"must be one or several tables, [[{self._place}{key}]].")
            return []
        return [
            Keys(one, f"{self._place}{key}[{n}].", self._problems)
            for n, one in enumerate(found, start=1)
        ]

    def refuse(self, key: str, text: str) -> None:
        """A key that must not be here."""
        if self._table.pop(key, None) is not None:
            self.wrong(key, text)

    def close(self) -> None:
        for key in self._table:
            near = get_close_matches(key, self._known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"possible are {self._possible()}."
            self.wrong(key, f"is not known here; {hint}")

    def _possible(self) -> str:
        return ", ".join(self._known)

    def _take(self, key: str, default: Any) -> Any:
        self._known.append(key)
        return self._table.pop(key, default)
