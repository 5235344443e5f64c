"""What stands around an order: remarks, signatures, stamps, handwriting, page numbers, pages of terms."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from extraction.training import words
from extraction.training.paper.making import Making
from extraction.training.wording import phrase, said


def remark(made: Making) -> None:
    """A sentence above the table."""
    if made.r.random() < 0.35:
        text = phrase(made.facts, made.r.choice(("intro", "filler")))
        if "{" not in text:
            _rows(made, text)


def foot(made: Making) -> None:
    for _ in range(made.r.choice((0, 1, 2, 2))):
        text = phrase(made.facts, made.r.choice(("disclaimer", "filler")))
        if "{" not in text:
            _rows(made, text)
    _signature(made)
    if made.knobs.has("terms page", 0.08):
        _terms(made)
    if made.knobs.has("stamp", 0.06):
        _stamp(made)
    if made.knobs.has("handwriting", 0.05):
        _scribble(made)
    _page_numbers(made)


def _rows(made: Making, text: str) -> None:
    s = made.surface
    for row in s.wrapped(text, s.right - s.margin):
        s.write(s.margin, row)
        s.next()
    s.next(0.3)


def _signature(made: Making) -> None:
    s, r, facts = made.surface, made.r, made.facts
    unnamed = "buyer_name" not in made.truth or "buyer_name" in made.lenient
    if r.random() > (0.7 if unnamed else 0.25):
        return
    s.room(60)
    s.next()
    x = r.choice((s.margin, s.width * 0.6))
    after = s.write(x, said(facts, "for_whom") + " ")
    s.write(after, facts.buyer, "BUYER")
    made.name_buyer()
    s.next(3)
    s.rule(x, s.top, x + 140, s.top)
    s.write(x, words.person(r, facts.region) if r.random() < 0.3 else "", size=s.size - 1)
    s.next()


def _terms(made: Making) -> None:
    s, r = made.surface, made.r
    for _ in range(r.choice((1, 1, 2, 3))):
        s.new_page()
        number = 1
        while s.top < s.height - s.margin - 60:
            clause = said(made.facts, "clause").replace("{n}", str(r.choice((5, 10, 14, 30, 60))))
            _rows(made, f"{number}. {clause}")
            number += 1


def _on_page(made: Making, draw: Callable[[Canvas], None]) -> None:
    made.surface.drawings.append((1, draw))


def _stamp(made: Making) -> None:
    text, turn, grey = said(made.facts, "stamp"), made.r.uniform(-25, 25), made.r.uniform(0.3, 0.8)
    x, y = made.r.uniform(150, 400), made.r.uniform(150, 600)

    def draw(pen: Canvas) -> None:
        pen.translate(x, y)
        pen.rotate(turn)
        pen.setFillGray(grey)
        pen.setStrokeGray(grey)
        pen.setFont("Helvetica-Bold", 26)
        pen.drawString(0, 0, text)
        pen.rect(-8, -8, pen.stringWidth(text, "Helvetica-Bold", 26) + 16, 38)

    _on_page(made, draw)


def _scribble(made: Making) -> None:
    r = made.r
    points = [(r.uniform(60, 540), r.uniform(60, 780)) for _ in range(3)]
    bends = [[r.uniform(-30, 30) for _ in range(6)] for _ in range(9)]

    def draw(pen: Canvas) -> None:
        pen.setLineWidth(1.2)
        for x, y in points:
            for a, b, c, d, e, f in bends:
                pen.bezier(x + a, y + b, x + c, y + d, x + e, y + f, x + a + 12, y + b)

    _on_page(made, draw)


def _page_numbers(made: Making) -> None:
    s = made.surface
    if s.page == 1 and made.r.random() < 0.6:
        return
    text, last, x = (
        said(made.facts, "page"),
        s.page,
        made.r.choice((s.right - 50, s.margin, s.width / 2)),
    )
    top = s.height - s.margin + 14
    for page in range(1, last + 1):
        s.page = page
        s.write(
            x, text.replace("{n}", str(page)).replace("{m}", str(last)), top=top, size=s.size - 1
        )
    s.page = last
