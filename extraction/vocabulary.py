"""The wording of labels and column heads (vocabulary.toml), and how printed words are matched against it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice, takewhile
from pathlib import Path

_LETTERS = dict(zip("øØłŁæÆœŒđĐıßðÐ−–", "oollaaooddisdd--", strict=True))
_TOKEN = re.compile(r"[a-z0-9]+|[#&%]")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: group "labels", "decoys", "parties" or "columns", its name, and how sure the wording is."""

    group: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word with its place in the text it came from."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a text: characters start..end."""

    meanings: tuple[Meaning, ...]
    start: int
    end: int
    phrase: str

    def meaning(self, group: str) -> Meaning | None:
        return next((m for m in self.meanings if m.group == group), None)


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case without accents; one character stays one character."""
    if text.isascii():
        return text.lower()
    out = []
    for c in text:
        if ord(c) < 128:
            out.append(c.lower())
            continue
        if c in _LETTERS:
            out.append(_LETTERS[c])
            continue
        folded = unicodedata.normalize("NFKD", c)[:1].lower()
        out.append(folded if folded.isascii() and folded else " ")
    return "".join(out)


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[Token, ...]:
    """Folded words with their places; "P.O." and "S.No" become "po" and "sno"'s parts "s", "no" as printed."""
    folded = _join_initials(fold(text))
    found = []
    for match in _TOKEN.finditer(folded):
        found.append(Token(match[0], match.start(), match.end()))
    return _glue(found, folded)


def _join_initials(folded: str) -> str:
    return folded.replace("'", " ")


def _glue(found: list[Token], folded: str) -> tuple[Token, ...]:
    """Single letters parted by a full stop only become one word: p.o. -> po, i.v.a. -> iva."""
    out: list[Token] = []
    for token in found:
        last = out[-1] if out else None
        joined = last is not None and folded[last.end : token.start] == "."
        if (
            last
            and joined
            and len(token.text) == 1
            and token.text.isalpha()
            and _is_initials(last, folded)
        ):
            out[-1] = Token(last.text + token.text, last.start, token.end)
        else:
            out.append(token)
    return tuple(out)


def _is_initials(token: Token, folded: str) -> bool:
    return token.text.isalpha() and (len(token.text) == 1 or "." in folded[token.start : token.end])


@cache
def _phrases() -> dict[tuple[str, ...], tuple[Meaning, ...]]:
    data = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text("utf-8"))
    found: dict[tuple[str, ...], list[Meaning]] = {}

    def put(phrase: str, meaning: Meaning) -> None:
        key = tuple(t.text for t in tokens(phrase))
        others = [m for m in found.get(key, ()) if m.group == meaning.group]
        both = meaning.group in ("labels", "parties") and all(
            m.name != meaning.name and m.weight == meaning.weight for m in others
        )
        if key and (not others or both):
            found.setdefault(key, []).append(meaning)

    for group in ("labels", "parties"):
        for name, strengths in data[group].items():
            for phrase in strengths["strong"]:
                put(phrase, Meaning(group, name, 1.0))
    for phrase in data["decoys"]["phrases"]:
        put(phrase, Meaning("decoys", "decoy", 1.0))
    for group in ("labels", "parties"):
        for name, strengths in data[group].items():
            for phrase in strengths["weak"]:
                put(phrase, Meaning(group, name, 0.5))
    for name, column in data["columns"].items():
        for phrase in column["phrases"]:
            put(phrase, Meaning("columns", name, 1.0))
    return {key: tuple(meanings) for key, meanings in found.items()}


@cache
def phrases_of(group: str) -> tuple[str, ...]:
    """Every wording of a group, its words with blanks between."""
    return tuple(
        " ".join(key)
        for key, known in _phrases().items()
        if any(m.group == group and m.weight == 1.0 for m in known)
    )


@cache
def _longest() -> int:
    return max(len(key) for key in _phrases())


@cache
def _column_words() -> frozenset[str]:
    return frozenset(
        word
        for key, meanings in _phrases().items()
        for word in key
        if any(m.group == "columns" for m in meanings)
    )


@cache
def _known_words() -> frozenset[str]:
    return frozenset(word for key in _phrases() for word in key if len(word) > 4)


@lru_cache(maxsize=50_000)
def corrected(word: str) -> str:
    """A misspelt label word (one letter too many, too few, wrong or swapped) as the vocabulary knows it."""
    if len(word) < 7 or word in _known_words() or not word.isalpha():
        return word
    near = [
        w
        for length in (len(word) - 1, len(word), len(word) + 1)
        for w in _words_like().get((word[0], length), ())
        if _one_edit(w, word)
    ]
    return near[0] if len(near) == 1 else word


@cache
def _words_like() -> dict[tuple[str, int], list[str]]:
    """Known words by first letter and length."""
    found: dict[tuple[str, int], list[str]] = {}
    for word in _known_words():
        found.setdefault((word[0], len(word)), []).append(word)
    return found


def _one_edit(a: str, b: str) -> bool:
    if len(a) > len(b):
        a, b = b, a
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) == len(b):
        swapped = a[at + 1 : at + 2] + a[at : at + 1] + a[at + 2 :]
        return a[at + 1 :] == b[at + 1 :] or swapped == b[at:]
    return a[at:] == b[at + 1 :]


@lru_cache(maxsize=50_000)
def is_known_word(word: str) -> bool:
    """Whether any label or head uses this word."""
    return corrected(word) in _every_word()


@cache
def _every_word() -> frozenset[str]:
    return frozenset(word for key in _phrases() for word in key)


def is_column_word(word: str) -> bool:
    return corrected(word) in _column_words()


@cache
def _column_titles() -> list[tuple[str, str]]:
    """Every wording of a column head with its column, in the order of the alphabet."""
    return sorted(
        (" ".join(key), m.name)
        for key, known in _phrases().items()
        for m in known
        if m.group == "columns" and m.name != "decoy"
    )


@lru_cache(maxsize=8_192)
def clipped_role(title: str) -> str:
    """The column meant by a head whose end was cut off ("Unit selling pr"); "" when none or several are possible."""
    start = " ".join(t.text for t in tokens(title))
    if len(start) < 4 or meanings(title):
        return ""
    titles = _column_titles()
    behind = islice(titles, bisect_left(titles, (start, "")), None)
    roles = [name for _, name in takewhile(lambda title: title[0].startswith(start), behind)]
    return (
        max(set(roles), key=roles.count)
        if roles and roles.count(max(set(roles), key=roles.count)) > 0.6 * len(roles)
        else ""
    )


@lru_cache(maxsize=8_192)
def meanings(phrase: str) -> tuple[Meaning, ...]:
    """What the whole text means as one phrase; empty when unknown."""
    return _phrases().get(tuple(corrected(t.text) for t in tokens(phrase)), ())


def matches(text: str, groups: frozenset[str]) -> list[Match]:
    """Phrases in the text, longest first from the left, that mean something in one of the groups."""
    words = tokens(text)
    folded = [corrected(w.text) for w in words]
    found, at = [], 0
    while at < len(words):
        match = _match_at(words, folded, at, groups)
        if match:
            found.append(_with_mark(match[0], text))
            at += match[1]
        else:
            at += 1
    return found


def _with_mark(match: Match, text: str) -> Match:
    """The match with the raised mark that its last word carries: "n°", "Nº"."""
    end = match.end
    while text[end : end + 1] in ("°", "º", "ª") and text[end - 1].isalpha():
        end += 1
    return replace(match, end=end) if end > match.end else match


def _match_at(
    words: Sequence[Token], folded: list[str], at: int, groups: frozenset[str]
) -> tuple[Match, int] | None:
    for length in range(min(_longest(), len(words) - at), 0, -1):
        known = _phrases().get(tuple(folded[at : at + length]), ())
        wanted = tuple(m for m in known if m.group in groups)
        if wanted:
            phrase = " ".join(folded[at : at + length])
            return Match(wanted, words[at].start, words[at + length - 1].end, phrase), length
    return None
