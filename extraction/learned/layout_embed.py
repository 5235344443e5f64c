"""An embedding that sees more of a token than its letters: what stands above it, at the head of its column, left of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    chain,
    concatenate,
    list2ragged,
    ragged2list,
    with_array,
)

COLUMNS = (
    "norm", "prefix", "suffix", "shape", "above", "head", "left", "place",
    "head key", "head end", "left key", "left end", "look", "spot",
)  # fmt: skip
MAX_ABOVE = 2
LOOKS = "looks"
_WORD = re.compile(r"[^\W\d_]+|\d")


@dataclass
class Run:
    """Tokens of one row without a wide gap: first and last token, columns of characters, and what it says."""

    first: int
    last: int
    left: int
    right: int
    says: str = ""
    above: str = ""
    head: str = ""
    beside: str = ""


@registry.architectures("orderclerk.LayoutEmbed.v1")  # type: ignore[untyped-decorator]
def layout_embedding(width: int, rows: list[int], seed: int) -> Model[list[Doc], list[Any]]:
    """One hashed table for each of COLUMNS, mixed to vectors of `width`."""
    tables: list[Model[Any, Any]] = [
        HashEmbed(width, count, column=number, seed=seed + number, dropout=0.0)
        for number, count in enumerate(rows)
    ]
    mixed: Model[Any, Any] = chain(
        concatenate(*tables), Maxout(width, width * len(tables), nP=3, dropout=0.0, normalize=True)
    )
    features: Model[list[Doc], list[Any]] = Model("layout_features", _forward)
    return chain(features, list2ragged(), with_array(mixed), ragged2list())


def _forward(
    model: Model[Any, Any], docs: list[Doc], is_train: bool
) -> tuple[list[Any], Callable[[Any], list[Any]]]:
    found = []
    for doc in docs:
        kept = doc.user_data.get("layout_features")
        if kept is None:
            kept = features_of(doc)
            doc.user_data["layout_features"] = kept
        found.append(model.ops.asarray(kept))
    return found, lambda _: []


def features_of(doc: Doc) -> Any:
    """One row of hashes a token, in the order of COLUMNS.

    Where the text was laid out from a page, Doc.user_data[LOOKS] holds (start, end, look, spot) of its pieces.
    """
    table = numpy.zeros((len(doc), len(COLUMNS)), dtype="uint64")
    for token in doc:
        if token.is_space:
            text = "\n" * min(token.text.count("\n"), 2) or " "
            table[token.i, :4] = hash_string(text)
            continue
        lower = token.lower_
        table[token.i, :4] = (
            token.lower,
            hash_string(lower[:2]),
            hash_string(lower[-3:]),
            token.shape,
        )
    for run in runs_of(doc):
        hashes = [hash_string(text) for text in (run.above, run.head, run.beside)]
        for number in range(run.first, run.last + 1):
            place = min(number - run.first, 3) + (4 if run.beside else 0)
            table[number, 4:7] = hashes
            table[number, 7] = hash_string(f"at {place}")
            table[number, 8:12] = [
                hash_string(text) for text in (*ends_of(run.head), *ends_of(run.beside))
            ]
    for start, end, look, spot in doc.user_data.get(LOOKS, ()):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            table[span.start : span.end, 12] = hash_string(look)
            table[span.start : span.end, 13] = hash_string(spot)
    return table


def ends_of(says: str) -> tuple[str, str]:
    """The longest word of a label and its last letters: "gewenste leverdatum" gives "leverdatum" and "datum"."""
    key = max(says.split(), key=len, default="")
    return key, key[-5:]


def runs_of(doc: Doc) -> list[Run]:
    """The runs of a text with what stands above and left of each."""
    rows: list[list[Run]] = [[]]
    column, open_run = 0, False
    for token in doc:
        text = token.text
        if token.is_space or text in ("|", "\t"):
            open_run = False
            if "\n" in text:
                rows.extend([] for _ in range(min(text.count("\n"), MAX_ABOVE + 1)))
                column = len(text) - text.rfind("\n") - 1
            else:
                column += len(text) + len(token.whitespace_)
            continue
        end = column + len(text)
        if open_run:
            rows[-1][-1].last, rows[-1][-1].right = token.i, end
        else:
            rows[-1].append(Run(token.i, token.i, column, end))
            open_run = True
        column = end + len(token.whitespace_)
    return _placed(doc, rows)


def _placed(doc: Doc, rows: list[list[Run]]) -> list[Run]:
    for number, row in enumerate(rows):
        for at, run in enumerate(row):
            run.says = _says(doc[run.first : run.last + 1].text)
            run.beside = row[at - 1].says if at else ""
            upper = next(
                (
                    r
                    for back in range(1, MAX_ABOVE + 1)
                    if number - back >= 0
                    for r in rows[number - back]
                    if _over(r, run)
                ),
                None,
            )
            run.above = upper.says if upper else ""
            run.head = upper.head if upper and abs(upper.left - run.left) <= 2 else run.says
    return [run for row in rows for run in row]


def _over(upper: Run, lower: Run) -> bool:
    return upper.left < lower.right + 1 and lower.left < upper.right + 1


def _says(text: str) -> str:
    """What a run says in few words: letters lower case, each figure a zero."""
    return " ".join("0" if w.isdigit() else w.lower() for w in _WORD.findall(text[:60])[:4])
