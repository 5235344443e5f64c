"""Tells what a mail says anew from what it cites, signs and disclaims; every span points into the given text.

A forwarded order is content, not history: its header lines are set aside, its text counts as new.
"""

from __future__ import annotations

from dataclasses import dataclass

from extraction.fields.courtesies import is_sign_off
from extraction.mail import marks

MAX_LINES = 20_000
SIGNATURE_LINES = 14
THIN = 3
"""So few lines of text before the next mail header mean that the forwarded mail only passes another on."""


@dataclass(frozen=True, slots=True)
class Section:
    """kind: "new", "forwarded", "header" (of a forwarded mail), "quoted", "signature", "disclaimer".

    start and end count characters of the whole text.
    """

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NewText:
    """The text in sections that cover it without gaps, in order."""

    text: str
    sections: tuple[Section, ...]

    @property
    def new(self) -> str:
        """What is said anew, forwarded mail included."""
        return self.of("new", "forwarded")

    @property
    def quoted(self) -> str:
        return self.of("quoted")

    @property
    def signature(self) -> str:
        return self.of("signature")

    @property
    def signature_start(self) -> int:
        return next((s.start for s in self._of("signature")), len(self.text))

    def of(self, *kinds: str) -> str:
        return "\n".join(self.text[s.start : s.end].strip("\n") for s in self._of(*kinds))

    def masked(self, *kinds: str) -> str:
        """A text of the same length in which all other kinds are blanks, so that spans stay true.

        Without kinds: "new" and "forwarded".
        """
        kept = kinds or ("new", "forwarded")
        return "".join(
            self.text[s.start : s.end] if s.kind in kept else _blank(self.text[s.start : s.end])
            for s in self.sections
        )

    def _of(self, *kinds: str) -> list[Section]:
        return [s for s in self.sections if s.kind in kinds and self.text[s.start : s.end].strip()]


def new_text(text: str, subject: str = "") -> NewText:
    """`subject` helps to tell a forwarded mail from an answered one. Never raises."""
    rows = text.split("\n")
    kinds = _kinds(
        [row.rstrip("\r") for row in rows[:MAX_LINES]], marks.is_forward_subject(subject)
    )
    kinds += ["quoted"] * (len(rows) - len(kinds))
    return NewText(text, tuple(_sections(rows, kinds)))


def _blank(text: str) -> str:
    return "".join("\n" if c == "\n" else " " for c in text)


def _sections(rows: list[str], kinds: list[str]) -> list[Section]:
    """Neighbouring rows of one kind become one section; an empty row goes with the one before."""
    sections: list[Section] = []
    at = 0
    for n, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
        end = at + len(row) + (1 if n + 1 < len(rows) else 0)
        if sections and (sections[-1].kind == kind or not row.strip()):
            sections[-1] = Section(sections[-1].kind, sections[-1].start, end)
        else:
            sections.append(Section(kind, at, end))
        at = end
    return sections


def _kinds(rows: list[str], forward_subject: bool) -> list[str]:
    kinds = _history(rows, forward_subject)
    _all_quoted_is_content(rows, kinds)
    _mark_signatures(rows, kinds)
    return kinds


def _history(rows: list[str], forward_subject: bool) -> list[str]:
    """Rows before the first mark of another mail are new; what follows a mark is quoted or forwarded."""
    kinds: list[str] = []
    current = "new"
    announced = forward_subject
    said = 0
    n = 0
    while n < len(rows):
        row = rows[n]
        header = marks.header_length(rows, n)
        attribution = 0 if header else marks.attribution_length(rows, n)
        if header:
            announced = announced or marks.is_forward_mark(row) or not said
            current = _after_header(current, announced, said)
            kinds += ["header" if current == "forwarded" else "quoted"] * header
            n += header
            announced, said = False, 0
        elif attribution:
            kinds += ["quoted"] * attribution
            if not marks.is_cited(_next_filled(rows, n + attribution)):
                current = "quoted"
            n += attribution
        else:
            kind = _plain_kind(row, current)
            announced = announced or kind == "header"
            said += kind == current and bool(row.strip())
            kinds.append(kind)
            n += 1
    return kinds


def _plain_kind(row: str, current: str) -> str:
    if marks.is_cited(row):
        return "quoted"
    return "header" if marks.is_forward_mark(row) else current


def _after_header(current: str, announced: bool, said: int) -> str:
    """Whether the mail behind this header is content or history; `said` rows stood before it."""
    if current == "forwarded":
        return "forwarded" if said <= THIN else "quoted"
    return "forwarded" if announced and current == "new" else "quoted"


def _next_filled(rows: list[str], start: int) -> str:
    return next((row for row in rows[start : start + 4] if row.strip()), "")


def _all_quoted_is_content(rows: list[str], kinds: list[str]) -> None:
    """A mail that says nothing beyond cited rows passes them on."""
    if any(k in ("new", "forwarded") and r.strip() for r, k in zip(rows, kinds, strict=True)):
        return
    for n, kind in enumerate(kinds):
        if kind == "quoted" and marks.is_cited(rows[n]):
            kinds[n] = "forwarded"


def _mark_signatures(rows: list[str], kinds: list[str]) -> None:
    """Signatures and disclaimers within the new text; a postscript or an order line ends one.

    Nobody takes leave in the first row: "Thanks Ben," opens an answer.
    """
    signing = disclaiming = said = False
    left = 0
    for n, row in enumerate(rows):
        if kinds[n] not in ("new", "forwarded"):
            signing = disclaiming = said = False
            continue
        bare = row.lstrip("> ").strip()
        if marks.is_disclaimer(bare):
            disclaiming = True
        elif disclaiming and not bare:
            disclaiming = False
        if disclaiming:
            kinds[n] = "disclaimer"
            continue
        leaves = said and is_sign_off(bare)
        said = said or bool(bare)
        if leaves or marks.is_signature_line(row):
            signing, left = True, SIGNATURE_LINES
        elif signing and (left <= 0 or marks.is_postscript(bare) or marks.is_order_line(bare)):
            signing = False
        if signing and bare:
            left -= 1
        if signing:
            kinds[n] = "signature"
