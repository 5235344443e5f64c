"""How X12 is put on paper for one partner: separators, letters, lengths, figures and days (X12.5, X12.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.messages.electronic.facts import Style
from core.messages.electronic.letters import rows, shortened, spelled
from core.messages.electronic.problems import CannotWrite
from core.messages.electronic.x12.lengths import LENGTHS, length_of

Element = str | tuple[str, ...]
Segment = tuple[Element, ...]
"""The tag, then each element by its number in the standard; a composite is a tuple; "" is absent."""

SEPARATORS = "*>~^"
VERSION = r"[0-9]{6}[A-Z0-9]{0,6}"
"""GS08, element 480."""
REPEATS_FROM = "00402"
"""From this interchange version on ISA11 is the repetition separator; before it named the standard ("U")."""
LONG_DAYS_FROM = "004"
"""From this release on a day has eight digits; before it had six."""


@dataclass(frozen=True, slots=True)
class Pen:
    """version: of the group ("004010"). syntax: of the interchange ("00401"). newline: behind every segment.

    marks: the characters that no value may hold.
    """

    element: str
    component: str
    segment: str
    repetition: str
    version: str
    syntax: str
    newline: str = ""
    charset: str = "ascii"
    marks: str = "*>~"

    def holds(self, letter: str) -> bool:
        """Whether a text may have this letter."""
        if letter in self.marks or not letter.isprintable():
            return False
        try:
            letter.encode(self.charset)
        except UnicodeEncodeError:
            return False
        return True

    def text(self, value: str, most: int) -> str:
        """A text that fits: separators and letters outside the character set respelled, cut behind a word."""
        return shortened(self._spelled(value), most)

    def rows(self, value: str, most: int, count: int) -> tuple[str, ...]:
        return rows(self._spelled(value), most, count)

    def copied(self, value: str, most: int) -> str:
        """Somebody else's value given back as far as it can be written; for technical answers only."""
        return self._spelled(value)[:most].strip()

    def _is_plain(self, value: str) -> bool:
        """Whether nothing in it needs a closer look."""
        if not (value.isascii() and value.isprintable()):
            return False
        return not any(mark in value for mark in self.marks)

    def _spelled(self, value: str) -> str:
        return " ".join(value.split()) if self._is_plain(value) else spelled(value, self.holds)

    def day(self, value: date | None) -> str:
        if value is None:
            return ""
        return value.strftime("%Y%m%d" if self.version >= LONG_DAYS_FROM else "%y%m%d")

    def time(self, value: datetime) -> str:
        return value.strftime("%H%M")

    def row(self, segment: Segment) -> str:
        """The segment as text with its end; trailing empty elements left out.

        Raises CannotWrite for what does not fit, holds a separator or cannot be encoded.
        """
        tag = str(segment[0])
        filled = [*segment[1:], *[""] * (len(LENGTHS.get(tag, ())) - len(segment) + 1)]
        parts = [self._element(tag, n, element) for n, element in enumerate(filled, 1)]
        while parts and not parts[-1]:
            parts.pop()
        return self.element.join([tag, *parts]) + self.segment + self.newline

    def _element(self, tag: str, place: int, element: Element) -> str:
        name = f"{tag}{place:02}"
        if isinstance(element, str):
            self._check(name, element)
            length = length_of(tag, place)
            if length is not None and not length.fits(element):
                raise CannotWrite(name, length.objection(element))
            return element
        for part in element:
            self._check(name, part)
        return self.component.join(element).rstrip(self.component)

    def _check(self, name: str, value: str) -> None:
        if self._is_plain(value):
            return
        for letter in value:
            if letter in self.marks:
                raise CannotWrite(name, f"{value!r} holds the separator {letter!r}.")
            if not self.holds(letter):
                raise CannotWrite(name, f"{value!r} holds a character that cannot be written.")


def pen_of(style: Style, version: str = "") -> Pen:
    """The pen of a partner; version: of the group where the style does not decide it.

    Raises CannotWrite for separators, versions and character sets that cannot be.
    """
    group = style.version or version or "004010"
    if not re.fullmatch(VERSION, group):
        raise CannotWrite("GS08", f"{group!r} is not a version.")
    syntax = style.syntax or group[:5]
    if not re.fullmatch(r"[0-9]{5}", syntax):
        raise CannotWrite("ISA12", f"{syntax!r} is not a version.")
    if style.newline.strip("\r\n"):
        raise CannotWrite("newline", "Only line ends may stand behind a segment.")
    element, component, segment, repetition = _separators(style.separators)
    newline = "" if segment in "\r\n" else style.newline
    marks = element + component + segment + (repetition if syntax >= REPEATS_FROM else "")
    return Pen(
        element, component, segment, repetition, group, syntax, newline, _charset(style.charset), marks
    )  # fmt: skip


def _separators(wanted: str) -> tuple[str, str, str, str]:
    """Element, component, segment, repetition; for a blank component, and for a repetition that cannot part (many
    senders have a plain letter in ISA11), the first mark that is free: nothing is repeated here."""
    if wanted and len(wanted) not in (3, 4):
        raise CannotWrite("separators", f"{wanted!r} are not three or four characters.")
    given = (wanted or SEPARATORS).ljust(4)
    element, component, segment = given[0], given[1], given[2]
    if component == " ":
        component = _free(">:<", element + segment)
    marks = (element, component, segment)
    if not all(map(_parts, marks)) or len(set(marks)) != len(marks):
        raise CannotWrite("separators", f"{wanted!r} are not different characters that can part.")
    repetition = given[3]
    if not _parts(repetition) or repetition in marks:
        repetition = _free("^!|\x1f", "".join(marks))
    return element, component, segment, repetition


def _free(marks: str, taken: str) -> str:
    return next(mark for mark in marks if mark not in taken)


def _parts(mark: str) -> bool:
    return mark.isascii() and not mark.isalnum() and mark not in " .-"


def _charset(wanted: str) -> str:
    """A character set in which ASCII stands in its place, so that the header keeps its 106 bytes."""
    try:
        plain = "ISA*00~".encode(wanted or "ascii") == b"ISA*00~"
    except LookupError:
        plain = False
    if not plain:
        raise CannotWrite("charset", f"{wanted!r} is no character set for X12.")
    return wanted or "ascii"


def pen_for_answer(style: Style, version: str, syntax: str) -> Pen:
    """The pen of a technical answer: version and syntax as they came where they can be written, else the partner's,
    else plain ones, since every interchange is answered."""
    for one in (
        replace(style, version=version or style.version, syntax=style.syntax or syntax),
        replace(style, version=version),
        Style(newline=style.newline),
    ):
        try:
            return pen_of(one)
        except CannotWrite:
            continue
    return pen_of(Style())
