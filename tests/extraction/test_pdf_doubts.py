"""Signs that a page's text layer may not say what the page shows."""

from __future__ import annotations

import pytest

from core.values import Box
from extraction.page.layout import Word
from extraction.readers.pdf_doubts import is_doubtful, same_letters
from extraction.readers.pdf_fonts import Style
from extraction.readers.pdf_glyphs import Glyph, Letters

TEXT = "Please deliver ninety shackles and four turnbuckles to our yard"
ROW = TEXT.split()
STYLE = Style(10.0, "Helvetica", True)


def placed(texts: list[str], step: float = 60.0) -> list[Word]:
    return [
        Word(text, 1, Box(step * n, 100, step * n + 50, 110), 10.0) for n, text in enumerate(texts)
    ]


def letters(text: str = TEXT, unmapped: int = 0, replaced: bool = False) -> Letters:
    glyphs = [Glyph(c, 0, 0, 1, 1, STYLE) for c in text.replace(" ", "")]
    return Letters(glyphs, text, unmapped, replaced)


def test_a_sound_page_is_read_once() -> None:
    assert not is_doubtful(letters(), placed(ROW))
    assert not is_doubtful(letters("", 0), [])


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (letters(replaced=True), placed(ROW)),
        (letters(unmapped=9), placed(ROW)),
        (letters(), placed(ROW, step=10)),
        (letters(), placed(["".join(ROW) * 2])),
        (letters(), placed([w[:2] + "\ue010\ue011" for w in ROW])),
        (letters("Nothing of what stands here was seen by the other one"), placed(ROW)),
    ],
    ids=["other text", "no codes", "over each other", "no gaps", "private codes", "other letters"],
)
def test_an_odd_page_is_read_again(found: Letters, words: list[Word]) -> None:
    assert is_doubtful(found, words)


def test_nine_letters_in_ten() -> None:
    assert same_letters(TEXT, placed(ROW))
    assert same_letters("only a few", placed(["quite", "others"]))
    assert not same_letters(TEXT, placed(ROW[:5]))
