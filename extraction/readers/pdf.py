"""PDF parts: pdfium counts pages and gives the text quickly, pdfplumber gives words and ruling lines with places."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text
from pdfplumber.utils.exceptions import PdfminerException

from core.inbound.reading import Evidence
from core.inbound.values import Finding
from core.values import Box
from extraction.layout import PageLayout, Reading, Rule, TextLine, Word

MAX_PAGES = 50
MAX_PAGE_WORDS = 8_000
MAX_RULES = 4_000
MAX_FIELDS = 500
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_CODES = re.compile(r"\(cid:(\d+)\)")
_CLEAN = str.maketrans(
    {
        "\u00ad": "-",
        "\u200b": "",
        "\ufeff": "",
        "\u00a0": " ",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬀ": "ff",
        "ﬃ": "ffi",
    }
)


def read(content: bytes, part: int) -> Reading:
    """Words and rules of the first 50 pages; what cannot be read is a finding, never an exception."""
    place = f"part {part}"
    try:
        texts = _quick_texts(content)
    except pypdfium2.PdfiumError as error:
        return Reading(part, "pdf", findings=(_unreadable(error, place),))
    try:
        pages, count = _layouts(content)
    except (PDFPasswordIncorrect, PdfminerException) as error:
        return Reading(part, "pdf", findings=(_damaged(error, place),))
    except Exception as error:  # pdfminer raises whatever a damaged file provokes
        return Reading(part, "pdf", findings=(_damaged(error, place),))
    findings = tuple(_doubts(texts, pages, count, place))
    lines = tuple(_lines(part, pages))
    return Reading(part, "pdf", lines=lines, pages=pages, findings=findings)


def _quick_texts(content: bytes) -> list[str]:
    """One text a page by pdfium, for the first 50 pages; the list has one entry for every page of the file."""
    document = pypdfium2.PdfDocument(content)
    try:
        texts = []
        for number in range(len(document)):
            if number >= MAX_PAGES:
                texts.append("")
                continue
            page = document[number]
            text_page = page.get_textpage()
            texts.append(text_page.get_text_bounded())
            text_page.close()
            page.close()
        return texts
    finally:
        document.close()


def _layouts(content: bytes) -> tuple[tuple[PageLayout, ...], int]:
    with pdfplumber.open(io.BytesIO(content)) as document:
        count = len(document.pages)
        layouts = []
        for page in document.pages[:MAX_PAGES]:
            layouts.append(_layout(page))
            page.close()
        return tuple(layouts), count


def _layout(page: Any) -> PageLayout:
    words = (*_words(page), *_filled_in(page))
    return PageLayout(
        page.page_number, float(page.width), float(page.height), words, tuple(_rules(page))
    )


def _words(page: Any) -> Iterator[Word]:
    chars = page.dedupe_chars(tolerance=1) if len(page.chars) < 20_000 else page
    found = chars.extract_words(
        x_tolerance_ratio=0.2,
        y_tolerance=2,
        keep_blank_chars=False,
        extra_attrs=["fontname", "size"],
    )
    for word in _despaced(found[:MAX_PAGE_WORDS]):
        text = _CODES.sub(_code, word["text"]).translate(_CLEAN).strip()
        if text:
            box = Box(
                float(word["x0"]), float(word["top"]), float(word["x1"]), float(word["bottom"])
            )
            bold = bool(re.search(r"bold|black|heavy|semib|demi", word["fontname"], re.IGNORECASE))
            yield Word(text, page.page_number, box, float(word["size"]), bold)


def _filled_in(page: Any) -> Iterator[Word]:
    """What was typed into the fields of a form; it is no part of the page's own text."""
    for note in page.annots[:MAX_FIELDS]:
        data = note.get("data") or {}
        if getattr(data.get("Subtype"), "name", "") != "Widget":
            continue
        value = resolve1(data.get("V") or (resolve1(data.get("Parent")) or {}).get("V"))
        text = _typed(value)[:400]
        x0, top, bottom = float(note["x0"]), float(note["top"]), float(note["bottom"])
        size = min(max(bottom - top - 4, 6.0), 10.0)
        for number, row in enumerate(text.splitlines()):
            x, y = (
                x0 + 2,
                top + number * size * 1.2 + (0 if "\n" in text else (bottom - top - size) / 2),
            )
            for piece in row.split():
                width = 0.5 * size * len(piece)
                yield Word(piece, page.page_number, Box(x, y, x + width, y + size), size)
                x += width + 0.3 * size


def _typed(value: Any) -> str:
    """The text of a form field's value; choices and check marks are none."""
    if isinstance(value, bytes):
        return decode_text(value).replace("\r", "\n").translate(_CLEAN).strip()
    return ""


def _code(match: re.Match[str]) -> str:
    return "•" if match[1] in {"127", "149", "183"} else ""


def _despaced(words: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of single letters set wide apart ("O R D E R") joined into words again."""
    out: list[dict[str, Any]] = []
    run: list[dict[str, Any]] = []
    for word in [*words, None]:
        fits = (
            word is not None
            and len(word["text"]) == 1
            and word["text"].isalpha()
            and (
                not run
                or (
                    abs(word["top"] - run[-1]["top"]) < 2
                    and 0 <= word["x0"] - run[-1]["x1"] < 1.6 * word["size"]
                )
            )
        )
        if fits and word is not None:
            run.append(word)
            continue
        out.extend(_joined(run) if len(run) >= 4 else run)
        run = []
        if word is not None:
            if len(word["text"]) == 1 and word["text"].isalpha():
                run = [word]
            else:
                out.append(word)
    return out


def _joined(run: list[dict[str, Any]]) -> list[dict[str, Any]]:
    gaps = sorted(b["x0"] - a["x1"] for a, b in pairwise(run))
    usual = gaps[len(gaps) // 2]
    words: list[list[dict[str, Any]]] = [[run[0]]]
    for before, letter in pairwise(run):
        if letter["x0"] - before["x1"] > usual * 1.6 + 1:
            words.append([letter])
        else:
            words[-1].append(letter)
    return [
        {
            **group[0],
            "text": "".join(w["text"] for w in group),
            "x1": group[-1]["x1"],
            "bottom": group[-1]["bottom"],
        }
        for group in words
    ]


def _rules(page: Any) -> Iterator[Rule]:
    """Drawn lines and the edges of drawn boxes, longer than a letter."""
    seen = 0
    for edge in page.edges:
        x0, x1 = sorted((float(edge["x0"]), float(edge["x1"])))
        top, bottom = sorted((float(edge["top"]), float(edge["bottom"])))
        if max(x1 - x0, bottom - top) >= 5 and seen < MAX_RULES:
            seen += 1
            yield Rule(page.page_number, Box(x0, top, x1, bottom))


def _lines(part: int, pages: tuple[PageLayout, ...]) -> Iterator[TextLine]:
    from extraction.segments import page_rows  # the rows are needed here only for the plain text

    for page in pages:
        for row in page_rows(part, page):
            yield TextLine(row.text, Evidence(part, page.number, row.box), row.words)


def _doubts(
    texts: list[str], pages: tuple[PageLayout, ...], count: int, place: str
) -> Iterator[Finding]:
    if count != len(texts):
        yield Finding(
            "pdf-readers-disagree",
            "warning",
            f"Two readers count {count} and {len(texts)} pages.",
            place,
        )
    if count > MAX_PAGES:
        yield Finding(
            "too-many-pages",
            "warning",
            f"Only the first {MAX_PAGES} of {count} pages were read.",
            place,
        )
    if not any(page.words for page in pages):
        yield Finding(
            "no-text-layer", "warning", "The pages are pictures; there is no text to read.", place
        )
        return
    for page, text in zip(pages, texts, strict=False):
        if not _same_letters(text, page):
            sentence = (
                f"Two readers see different text on page {page.number}; compare with the page."
            )
            yield Finding(
                "pdf-readers-disagree", "warning", sentence, f"{place}, page {page.number}"
            )


def _same_letters(text: str, page: PageLayout) -> bool:
    """Whether both readers saw about the same letters and figures (nine in ten)."""
    ours = _count("".join(w.text for w in page.words))
    theirs = _count(text)
    total = max(sum(ours.values()), sum(theirs.values()))
    shared = sum(min(ours.get(c, 0), n) for c, n in theirs.items())
    return total < 20 or shared >= 0.9 * total


def _count(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for c in text:
        if c.isalnum():
            counts[c] = counts.get(c, 0) + 1
    return counts


def _unreadable(error: pypdfium2.PdfiumError, place: str) -> Finding:
    if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
        return Finding(
            "pdf-password",
            "error",
            "The PDF is locked with a password; ask the sender for an open copy.",
            place,
        )
    return Finding(
        "pdf-damaged", "error", "The PDF cannot be opened; it is damaged or no PDF.", place
    )


def _damaged(error: Exception, place: str) -> Finding:
    if "PDFPasswordIncorrect" in repr(error):
        return Finding(
            "pdf-password",
            "error",
            "The PDF is locked with a password; ask the sender for an open copy.",
            place,
        )
    return Finding("pdf-damaged", "error", "The PDF cannot be read in full; it is damaged.", place)
