"""HTML becomes the text a person would copy, whatever is thrown at it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text import html_to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("plain", "plain\n"),
        ("<p>one</p><p>two</p>", "one\n\ntwo\n"),
        ("<div>one</div><div>two</div>", "one\ntwo\n"),
        ("a<br>b<br/>c", "a\nb\nc\n"),
        ("a\n   b\t c", "a b c\n"),
        ("5&nbsp;&times;&nbsp;A&#45;1 &lt;x&gt; &amp;", "5 × A-1 <x> &\n"),
        ("5 < 6 and 7 > 2", "5 < 6 and 7 > 2\n"),
        (
            "<table><tr><th>SKU</th><th>Qty</th></tr><tr><td>A-1</td><td>5</td></tr></table>",
            "SKU\tQty\nA-1\t5\n",
        ),
        ("<table><tr><td>A<td></td><td>5<tr><td>B</table>", "A\t\t5\nB\n"),
        (
            "<table><tr><td><p>A-1</p><p>bolt</p></td><td><div>5</div></td></tr></table>",
            "A-1 bolt\t5\n",
        ),
        ("<ul><li>one<li>two</ul>", "- one\n- two\n"),
        ("<style>p{}</style><script>alert('</p>')</script>x<!-- no --><!doctype y>", "x\n"),
        ("<SCRIPT>x</script >y", "y\n"),
        ("<script>never closed", ""),
        ("a<!-- never closed", "a\n"),
        ("a<b", "a\n"),
        ("<pre>a\n  b</pre>", "a\n  b\n"),
        ("<a href=\"x>y\" title='>'>link</a>", "link\n"),
        ("<div style='display: none'>a<div>b</div></div>c", "c\n"),
        ("<span style=font-size:0px>a</span>b", "b\n"),
        ("<p style='display:none'>a<p>b", "b\n"),
        ("<img style='display:none'>a", "a\n"),
        ("<p style='font-size:0.9em'>a</p>", "a\n"),
        ('new<blockquote type="cite">old</blockquote>new', "new\n\n> old\n\nnew\n"),
        ("<blockquote>set in</blockquote>", "set in\n"),
        ("&#0;&#x202e;&#xD800;&#1;a", "�\u202e�a\n"),
    ],
)
def test_what_html_becomes(html: str, text: str) -> None:
    assert html_to_text(html) == text


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 300_000,
        "<a " + " ".join(f'a{n}="x"' for n in range(100_000)) + ">x",
        '<a b="' * 200_000,
        "<a x='" * 200_000 + ">" * 1000,
        "<!--" * 300_000,
        "<!x" * 300_000,
        "<" * 1_000_000,
        "<script>" * 200_000,
        "<p style='display:none'>" * 60_000,
        "<blockquote type=cite>x" * 60_000,
        "<td>" * 400_000,
        "&" * 1_000_000,
        "&#" + "9" * 1_000_000,
        "<a " + "style=" * 300_000 + ">",
    ],
    ids=lambda html: html[:20],
)
def test_bombs_are_read_in_bounded_time(html: str) -> None:
    started = time.process_time()
    html_to_text(html)
    assert time.process_time() - started < 4


@given(st.text(alphabet="<>/!-='\"&;#x pdtrblockquotescyl\n\t", max_size=200))
def test_it_never_raises(html: str) -> None:
    text = html_to_text(html)
    assert "<script" not in text or "<script" in html
    text.encode()
