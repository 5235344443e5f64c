"""Words to pick from: bounded, and where the page as shown has them."""

from __future__ import annotations

from core.values import Box
from extraction.page.layout import PageLayout, Reading, Shown, Word
from extraction.page.words import MOST_OF_DOCUMENT, MOST_OF_PAGE, page_words


def words(number: int) -> tuple[Word, ...]:
    return tuple(Word(f"w{n}", 1, Box(10, 20, 30, 28)) for n in range(number))


def test_words_stand_where_the_turned_page_shows_them() -> None:
    quarter = Shown(800, 600, (0.0, -1.0, 800.0, 1.0, 0.0, 0.0))
    reading = Reading(2, "image", pages=(PageLayout(1, 600, 800, words(1), shown=quarter),))
    (page,) = page_words([reading])
    assert (page.part, page.page) == (2, 1)
    assert page.words == ((772.0, 10.0, 780.0, 30.0, "w0"),)


def test_a_page_and_a_document_have_a_bound() -> None:
    pages = tuple(PageLayout(n, 600, 800, words(5_000)) for n in range(1, 13))
    found = page_words([Reading(1, "pdf", pages=pages), Reading(2, "text")])
    assert {len(page.words) for page in found} == {MOST_OF_PAGE}
    assert sum(len(page.words) for page in found) == MOST_OF_DOCUMENT
