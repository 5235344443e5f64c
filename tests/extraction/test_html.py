"""HTML mails: the text a person sees, exact spans, data tables told from layout, and floods."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.page.layout import Reading
from extraction.readers.html import plain_text, read

MAIL = """<html><head><title>t</title><style>p {color: red}</style></head><body>
<div style="display:none">Preheader you never see</div>
<p>Hello Ann,<br>please send&nbsp;us &ndash; soon:</p>
<table width="600"><tr><td>
 <table><tr><td><img src="x.png" alt="Logo"></td><td>Vell &amp; Sons</td></tr></table>
 <table border="1">
  <thead><tr><th>Item</th><th>Description</th><th colspan="2">Quantity</th></tr></thead>
  <tr><td rowspan="2">A-1</td><td>Bolt<br>M8 x 20</td><td>5</td><td>pcs</td></tr>
  <tr><td>Nut</td><td></td><td>pcs</td></tr>
 </table>
</td></tr></table>
<table><tr><td>Bill to<br>Vell<br>1 Elm</td><td>Ship to<br>Depot<br>2 Oak</td></tr></table>
<table><tr><td>PO number:</td><td>7781</td></tr></table>
<ul><li>one</li><li>two</li></ul>
<script>var x = "<p>no</p>";</script>
<blockquote type="cite"><p>Old text</p><p>more</p></blockquote>
</body></html>"""

TEXT = """Hello Ann,
please send us – soon:

Logo	Vell & Sons

Item	Description	Quantity
A-1	Bolt M8 x 20	5	pcs
Nut	pcs

Bill to
Vell
1 Elm
Ship to
Depot
2 Oak

PO number:	7781

one
two

> Old text

> more"""


def check_spans(html: str) -> Reading:
    reading, text = read(html, 5), plain_text(html)
    for line in reading.lines:
        assert line.evidence.span is not None
        assert text[slice(*line.evidence.span)] == line.text
    for grid in reading.grids:
        assert len({len(row) for row in grid.rows}) == 1
        for cell in (c for row in grid.rows for c in row if c.text):
            assert cell.evidence.span is not None and cell.evidence.part == 5
            assert (
                text[slice(*cell.evidence.span)]
                == cell.evidence.text
                == cell.text.replace("\n", " ")
            )
    return reading


def test_text_as_a_person_sees_it() -> None:
    assert plain_text(MAIL) == TEXT


def test_only_the_data_table_becomes_a_grid() -> None:
    reading = check_spans(MAIL)
    [grid] = reading.grids
    assert [[c.text for c in row] for row in grid.rows] == [
        ["Item", "Description", "Quantity", ""],
        ["A-1", "Bolt\nM8 x 20", "5", "pcs"],
        ["", "Nut", "", "pcs"],
    ]
    assert [line.text for line in reading.lines][:2] == ["Hello Ann,", "please send us – soon:"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<b>b</b>c <i>d</i>\n e", "abc d e"),
        ("x<br><br>y", "x\ny"),
        ("<div>a<div>b</div></div>c", "a\nb\nc"),
        ("<pre>one\n  two</pre>", "one\ntwo"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("<p>a</p>text<p>b</p>", "a\n\ntext\n\nb"),
        ("no tags at all", "no tags at all"),
        ("", ""),
        ("<p hidden>x</p>y", "y"),
        ("&#8364; 5 &lt;ok&gt;", "€ 5 <ok>"),
        ("<table><tr><td>just a frame</td></tr></table>", "just a frame"),
        ("<textarea>5 pcs</textarea>", "5 pcs"),
    ],
)
def test_blanks_and_breaks(html: str, text: str) -> None:
    assert plain_text(html) == text
    check_spans(html)


def test_frames_of_one_cell_inside_a_data_table_are_looked_through() -> None:
    cell = "<table><tr><td>{}</td></tr></table>"
    rows = "".join(
        f"<tr><td>{cell.format(a)}</td><td>{b}</td></tr>"
        for a, b in (("Item", "Qty"), ("A-1", "5"))
    )
    reading = check_spans(f"<table>{rows}</table>")
    assert [[c.text for c in row] for row in reading.grids[0].rows] == [
        ["Item", "Qty"],
        ["A-1", "5"],
    ]


def test_long_prose_in_two_columns_is_no_data() -> None:
    prose = "We would like to tell you about it. " * 40
    reading = check_spans(
        f"<table><tr><td>{prose}</td><td>b</td></tr><tr><td>{prose}</td><td>c</td></tr></table>"
    )
    assert reading.grids == ()


def test_a_forwarded_blockquote_is_not_history() -> None:
    html = "<div>Begin forwarded message:</div><blockquote type='cite'>5 x A-1</blockquote>"
    assert plain_text(html) == "Begin forwarded message:\n\n5 x A-1"


@pytest.mark.parametrize(
    "html",
    [
        "<p " + " ".join(f"a{n}=1" for n in range(90_000)) + ">x</p>",
        "<div>" * 50_000 + "deep",
        "<table><tr><td>" * 15_000 + "deep",
        "<table>" + "<tr><td colspan=9999 rowspan=9999>x</td></tr>" * 3_000 + "</table>",
        "<table>" + "<tr><td colspan=40>x</td><td>y</td></tr>" * 9_000 + "</table>",
        "<script>" * 100_000,
        "<!--" * 200_000,
        "<" * 400_000,
        "<a " * 300_000,
        "<blockquote type=cite>" * 200 + "word " * 20_000,
        "<td>x" * 30_000,
        "a " * 900_000,
        "&amp;" * 180_000,
        "<img alt='" + "x" * 300_000 + "'>",
    ],
    ids=lambda h: h[:16],
)
def test_floods_end_soon(html: str) -> None:
    started = time.process_time()
    reading = read(html, 1)
    assert time.process_time() - started < 6
    assert sum(len(row) for g in reading.grids for row in g.rows) <= 100_000


def test_what_is_too_much_is_told_and_keeps_its_text() -> None:
    reading = read("<p>PO 77</p>" + "<b>" * 70_000, 1)
    assert [f.code for f in reading.findings] == ["html-too-complex"]
    assert reading.lines[0].text == "PO 77"


_TAGS = st.sampled_from(
    ["<p>", "</p>", "<br>", "<table>", "</table>", "<tr>", "</tr>", "<td>", "<td colspan=3>", "<th rowspan=2>", "</td>",
     "<div>", "</div>", "<blockquote type=cite>", "</blockquote>", "<pre>", "</pre>", "<!--", "-->", "<", "&lt;", "\x00"]
)  # fmt: skip


@given(st.lists(st.one_of(_TAGS, st.text(max_size=12)), max_size=60).map("".join))
@settings(max_examples=200, deadline=2000)
def test_spans_hold_for_any_soup(html: str) -> None:
    check_spans(html)
