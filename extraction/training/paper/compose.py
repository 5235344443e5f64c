"""One paper from top to bottom."""

from __future__ import annotations

from random import Random

from extraction.training.knobs import Knobs
from extraction.training.paper.foot import foot, remark
from extraction.training.paper.head import head
from extraction.training.paper.letterhead import letterhead
from extraction.training.paper.making import Making
from extraction.training.paper.parties import parties
from extraction.training.paper.sums import sums
from extraction.training.paper.table import Table
from extraction.training.purchase import purchase_of
from extraction.training.surface import Surface
from extraction.training.wording import said

LONG = 0.07
FEW = (1, 1, 1, 1, 1, 1, 2, 2, 3, 4, 5, 7, 10)


def made_paper(
    r: Random, language: str, held_out: bool, knobs: Knobs, title: str = "title"
) -> Making:
    """A paper as drawn; the same for the same random numbers. title: the kind of wording that names it."""
    lines = r.randint(22, 60) if knobs.has("many lines", LONG) else r.choice(FEW)
    if lines == 1:
        knobs.used.add("one line")
    order = purchase_of(r, language, held_out, knobs, lines)
    made = Making(order, knobs, _surface(r, knobs), title=said(order.facts, title))
    letterhead(made)
    sections = [head, parties]
    if knobs.has("parties before head", 0.35):
        sections.reverse()
    for section in sections:
        section(made)
    remark(made)
    if knobs.has("table begins on page 2", 0.03):
        made.surface.new_page()
    Table(made).draw()
    sums(made)
    foot(made)
    made.hint_buyer()
    return made


def _surface(r: Random, knobs: Knobs) -> Surface:
    wide, tall = (612.0, 792.0) if r.random() < 0.4 else (595.0, 842.0)
    if knobs.has("landscape", 0.05):
        wide, tall = tall, wide
    family = knobs.pick("type", {"sans": 60, "serif": 28, "typed": 12})
    size = r.choice((7.0, 8.0, 9.0, 10.0)) if family != "typed" else r.choice((7.0, 8.0))
    margin = r.choice((28.0, 40.0, 54.0))
    return Surface(wide, tall, margin, family, size, 1, margin)
