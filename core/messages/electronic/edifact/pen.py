"""How EDIFACT is put on paper for one partner: service characters, letters, lengths, figures and days (ISO 9735)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.messages.electronic.edifact.charsets import CODECS, Letters
from core.messages.electronic.edifact.lengths import LENGTHS, lengths_of
from core.messages.electronic.facts import Style
from core.messages.electronic.figures import figure
from core.messages.electronic.letters import rows, shortened, spelled
from core.messages.electronic.problems import CannotWrite

Element = str | tuple[str, ...]
Segment = tuple[Element, ...]
"""The tag, then each element by its number in the standard; a composite is a tuple; "" is absent."""

SEPARATORS = ":+.?'"
REPETITION = "*"
"""Service character of syntax version 4; nothing is repeated here, but data must not look like it."""
REPEATS_FROM = "4"
VERSION = re.compile(r"[A-Z0-9]{1,3}:[A-Z0-9]{1,3}:[A-Z]{1,2}(?::[A-Z0-9]{1,6})?")
CONTRL_VERSION, CONTRL_VERSIONS = "D:3:UN", {"4": "4:1:UN"}
"""ISO 9735 (syntax versions 1 to 3), ISO 9735-4 (version 4)."""
SYNTAX = re.compile(r"(UN[A-Z]{2}):([1-4])")


@dataclass(frozen=True, slots=True)
class Pen:
    """version: the parts of S009 behind the message's name. syntax: the version number ("3"). una: written or not.

    marks: the characters that stand in data only behind a release character.
    """

    component: str
    element: str
    decimal: str
    release: str
    segment: str
    letters: Letters
    syntax: str
    version: tuple[str, ...]
    marks: str
    una: bool = True
    newline: str = ""

    @property
    def advice(self) -> str:
        """The service string advice: the nine characters that tell the others."""
        repeats = REPETITION if self.syntax >= REPEATS_FROM else " "
        marks = self.component + self.element + self.decimal + self.release + repeats
        return f"UNA{marks}{self.segment}{self.newline}" if self.una else ""

    def holds(self, letter: str) -> bool:
        if letter in self.marks and not self.release.strip(" "):
            return False
        return self.letters.holds(letter)

    def text(self, value: str, most: int) -> str:
        """A text that fits: letters outside the level respelled, level A in capitals, cut behind a word."""
        return shortened(self._spelled(value), most)

    def rows(self, value: str, most: int, count: int) -> tuple[str, ...]:
        return rows(self._spelled(value), most, count)

    def can_say(self, value: str, most: int) -> bool:
        """Whether an address or number can be written as it is: levels A and B have no @."""
        return 0 < len(value) <= most and all(map(self.holds, value))

    def copied(self, value: str, most: int) -> str:
        """Somebody else's value given back as far as it can be written; for technical answers only."""
        kept = "".join(c if self._writes(c) else " " for c in value)
        return kept.strip()[:most].strip()

    def _is_plain(self, value: str) -> bool:
        """Whether nothing in it needs a closer look."""
        if not (value.isascii() and value.isprintable()):
            return False
        return not any(mark in value for mark in self.marks)

    def _spelled(self, value: str) -> str:
        if not self.letters.is_limited and self._is_plain(value):
            return " ".join(value.split())
        found = spelled(value, self.holds)
        return found.upper() if self.letters.is_upper else found

    def _writes(self, letter: str) -> bool:
        released = letter not in self.marks or bool(self.release.strip(" "))
        return released and self.letters.encodes(letter)

    def figure(self, value: Decimal) -> str:
        return self.as_figure(figure(value))

    def as_figure(self, text: str) -> str:
        """A plain decimal with the decimal mark in force."""
        return text.replace(".", self.decimal)

    def row(self, segment: Segment) -> str:
        """The segment as text with its end; trailing empty components and elements left out.

        Raises CannotWrite for what is missing, does not fit or cannot be encoded.
        """
        tag = str(segment[0])
        filled = [*segment[1:], *[""] * (len(LENGTHS.get(tag, ())) - len(segment) + 1)]
        parts = [self._element(tag, n, element) for n, element in enumerate(filled, 1)]
        while parts and not parts[-1]:
            parts.pop()
        return self.element.join([tag, *parts]) + self.segment + self.newline

    def _element(self, tag: str, place: int, element: Element) -> str:
        lengths = lengths_of(tag, place)
        parts = [element] if isinstance(element, str) else list(element)
        parts += [""] * (len(lengths) - len(parts))
        for n, (value, length) in enumerate(zip(parts, lengths, strict=False), 1):
            if length is not None and not length.fits(value):
                raise CannotWrite(f"{tag} {place}.{n}", length.objection(value))
        while parts and not parts[-1]:
            parts.pop()
        return self.component.join(
            self._released(f"{tag} {place}.{n}", value) for n, value in enumerate(parts, 1)
        )

    def _released(self, name: str, value: str) -> str:
        if self._is_plain(value):
            return value
        for letter in value:
            if not self._writes(letter):
                raise CannotWrite(name, f"{value!r} holds {letter!r}, which cannot be written.")
        return "".join(self.release + c if c in self.marks else c for c in value)


def day(value: date) -> tuple[str, str]:
    """2380 and 2379: format 102 is CCYYMMDD."""
    return value.strftime("%Y%m%d"), "102"


def pen_of(style: Style, version: str = "D:96A:UN") -> Pen:
    """The pen of a partner; version: of the message where the style names none.

    The advice is left out only while the service characters are the standard's own. Raises CannotWrite for service
    characters, versions and character sets that cannot be.
    """
    wanted = style.version or version
    if not VERSION.fullmatch(wanted):
        raise CannotWrite("UNH S009", f"{wanted!r} is not a version.")
    syntax = SYNTAX.fullmatch(style.syntax or "UNOC:3")
    if syntax is None or (syntax[1] not in CODECS and not style.charset):
        raise CannotWrite("UNB S001", f"{style.syntax!r} is no syntax that can be written.")
    if style.newline.strip("\r\n"):
        raise CannotWrite("newline", "Only line ends may stand behind a segment.")
    component, element, decimal, release, segment = tuple(_separators(style.separators, syntax[2]))
    standard = component + element + decimal + release + segment == SEPARATORS
    repeats = REPETITION if syntax[2] >= REPEATS_FROM else ""
    return Pen(
        component, element, decimal, release, segment,
        Letters(syntax[1], _codec(style.charset or CODECS[syntax[1]])),
        syntax[2], tuple(wanted.split(":")), component + element + release.strip(" ") + segment + repeats,
        style.una or not standard,
        "" if segment in "\r\n" else style.newline,
    )  # fmt: skip


def pen_for_answer(style: Style, syntax: str) -> Pen:
    """The pen of a technical answer: syntax as it came where it can be written, else the partner's, else UNOC:3, since
    every interchange is answered. CONTRL has a version of its own for each syntax."""
    plain = Style(newline=style.newline)
    for one in (
        replace(style, syntax=style.syntax or syntax),
        replace(style, syntax=syntax),
        plain,
    ):
        release = (one.syntax or "UNOC:3").partition(":")[2]
        try:
            return pen_of(replace(one, version=CONTRL_VERSIONS.get(release, CONTRL_VERSION)))
        except CannotWrite:
            continue
    return pen_of(Style(version=CONTRL_VERSION))


def _separators(wanted: str, syntax: str) -> str:
    marks = wanted or SEPARATORS
    if len(marks) != len(SEPARATORS):
        raise CannotWrite("UNA", f"{wanted!r} are not five characters.")
    component, element, decimal, release, segment = tuple(marks)
    decimal = decimal.strip(" ") or "."
    parting = [component, element, segment, *([release] if release != " " else [])]
    odd = [c for c in parting if c.isalnum() or c in " .,-" or not c.isascii()]
    repeats = syntax >= REPEATS_FROM and REPETITION in parting
    if odd or repeats or len(set(parting)) != len(parting) or decimal not in ".,":
        raise CannotWrite("UNA", f"{wanted!r} are not different characters that can part.")
    return component + element + decimal + release + segment


def _codec(wanted: str) -> str:
    """A character set in which ASCII stands in its place."""
    try:
        found = codecs.lookup(wanted).name
        plain = "UNA:+.? '".encode(found) == b"UNA:+.? '"
    except (LookupError, UnicodeError):
        plain = False
    if not plain:
        raise CannotWrite("charset", f"{wanted!r} is no character set for EDIFACT.")
    return found
