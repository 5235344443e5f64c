"""Parts of the language model that are our own, registered by name for its configuration."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import exp, log
from typing import Any

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

from extraction.lanes import words as lane_words  # noqa: F401  (both register their models)
from extraction.learned import layout_embed  # noqa: F401  (both register their models)

ENTITIES = (
    "PO_NUMBER",
    "ORDER_DATE",
    "REQUESTED_DATE",
    "BUYER",
    "CONTACT",
    "SHIP_TO",
    "BILL_TO",
    "TERMS",
    "INCOTERMS",
    "SHIP_VIA",
    "CURRENCY",
    "SUBTOTAL",
    "TAX",
    "FREIGHT",
    "TOTAL",
    "SKU",
    "QUANTITY",
    "UNIT",
    "PRICE",
    "DESCRIPTION",
)
MARKS = ("O", *(f"{side}-{label}" for label in ENTITIES for side in "BI"))
LINE_ENTITIES = frozenset({"SKU", "QUANTITY", "UNIT", "PRICE", "DESCRIPTION"})
_FIGURED = frozenset(
    {
        "PO_NUMBER",
        "ORDER_DATE",
        "REQUESTED_DATE",
        "SUBTOTAL",
        "TAX",
        "FREIGHT",
        "TOTAL",
        "PRICE",
        "SKU",
    }
)
_LETTERED = frozenset(
    {"BUYER", "CONTACT", "SHIP_TO", "BILL_TO", "TERMS", "INCOTERMS", "SHIP_VIA", "DESCRIPTION"}
)
_OPENERS = [
    r"[",
    r"(",
    r"{",
    r"<",
    r'"',
    r"'",
    r"“",
    r"”",
    r"„",
    r"«",
    r"»",
    r"‘",
    r"’",
    r"*",
    r"•",
    r"|",
    r"#",
    r"@",
    r"€",
    r"£",
    r"$",
    r"₹",
    r"~",
    r"=",
    r"–",
    r"—",
    r"-",
    r":",
    r";",
    r",",
    r".",
    r"!",
    r"?",
    r"/",
    r"+",
    r"¿",
    r"¡",
    r">",
]
_CLOSERS = [
    r"\]",
    r"\)",
    r"\}",
    r">",
    r'"',
    r"'",
    r"“",
    r"”",
    r"«",
    r"»",
    r"’",
    r"\*",
    r"\|",
    r"€",
    r"£",
    r"₹",
    r"=",
    r"–",
    r"—",
    r":",
    r";",
    r",",
    r"\.",
    r"!",
    r"\?",
]
_COUNTED = r"(?<=\d)[a-zäöüéèç]{1,5}"
_INSIDE = [
    r"(?<=[^\d\s]):(?=\S)",
    r"(?<=\S)=(?=\S)",
    r"(?<=\w)\((?=\w)",
    r"(?<=\d)/(?=\d{1,2}\.\d{1,2}\.\d{4})",
    r"(?<=\w),(?=[^\W\d])",
    r"\|",
    r"(?<=\d)[x×](?=[A-Z0-9])",
]
_WHOLE = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w|(?:https?://|www\.)\S*\w").fullmatch


@registry.tokenizers("orderclerk.codes.v1")  # type: ignore[untyped-decorator]
def code_tokenizer() -> Callable[[Language], Tokenizer]:
    """Words, figures and codes whole ("AB-12/3", "1.250,00"), marks around them apart, "40x" and "10kg" cut in two."""

    def make(nlp: Language) -> Tokenizer:
        return Tokenizer(
            nlp.vocab,
            prefix_search=compile_prefix_regex([re.escape(mark) for mark in _OPENERS]).search,
            suffix_search=compile_suffix_regex([*_CLOSERS, r"(?<=\d)\$", _COUNTED]).search,
            infix_finditer=compile_infix_regex(_INSIDE).finditer,
            token_match=_WHOLE,
        )

    return make


@Language.factory("value_shapes", assigns=["doc.ents"])
class ValueShapes:
    """Leaves out entities that cannot be what they are called: an amount without a figure, a name without a letter."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        doc.ents = [span for span in doc.ents if has_shape(span.label_, span.text)]
        return doc


def has_shape(label: str, text: str) -> bool:
    """Whether a text could be a value of this label at all."""
    if label in _FIGURED:
        return any(c.isdigit() for c in text)
    if label in _LETTERED:
        return bool(re.search(r"[^\W\d_]{2}|[^\W\d_]\.", text))
    if label == "QUANTITY":
        return bool(re.search(r"\d", text)) or text.isalpha()
    if label == "UNIT":
        return len(text) <= 16
    return True


@Language.factory("certainty", requires=["doc.ents"])
class Certainty:
    """How sure the model is of each entity: the geometric mean of what the token marker `source` gives its marks.

    Two heads read the same words: one joins them to entities, the other marks each by itself and knows its odds.
    Written to Doc._.certainty as (start, end, label) -> 0 to 1.
    """

    def __init__(self, nlp: Language, name: str, source: str) -> None:
        self.nlp, self.name, self.source = nlp, name, source

    def __call__(self, doc: Doc) -> Doc:
        doc._.certainty = {}
        if not doc.ents:
            return doc
        marker: Any = self.nlp.get_pipe(self.source)
        place = {label: number for number, label in enumerate(marker.labels)}
        odds = marker.model.predict([doc])[0]
        for span in doc.ents:
            own = [float(odds[span.start, place[f"B-{span.label_}"]])]
            own += [
                float(odds[n, place[f"I-{span.label_}"]]) for n in range(span.start + 1, span.end)
            ]
            sure = exp(sum(log(max(p, 1e-6)) for p in own) / len(own))
            doc._.certainty[span.start, span.end, span.label_] = sure
        return doc


@Language.factory("order_lines", requires=["doc.ents"])
class OrderLines:
    """Joins neighbouring SKU, QUANTITY, UNIT, PRICE and DESCRIPTION to order lines in Doc._.order_lines."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        doc._.order_lines = lines_of([span for span in doc.ents if span.label_ in LINE_ENTITIES])
        return doc


def lines_of(spans: Sequence[Span]) -> list[dict[str, Span]]:
    """One dict of label -> span an order line; each holds a quantity and a part number or goods."""
    lines: list[dict[str, Span]] = []
    open_line: dict[str, Span] = {}
    for span in spans:
        if open_line and (_taken(open_line, span) or _far(open_line.values(), span)):
            lines.append(open_line)
            open_line = {}
        open_line[span.label_] = span
    lines.append(open_line)
    return [
        line for line in lines if "QUANTITY" in line and ("SKU" in line or "DESCRIPTION" in line)
    ]


def _taken(line: Mapping[str, Span], span: Span) -> bool:
    """The line has this already, or had its unit while its quantity went unseen."""
    return span.label_ in line or (span.label_ == "QUANTITY" and "UNIT" in line)


def _far(before: Iterable[Span], span: Span) -> bool:
    """Two row ends or a sentence lie between."""
    last = max(before, key=lambda s: s.end)
    between = span.doc[last.end : span.start].text
    return between.count("\n") > 1 or bool(re.search(r"[.!?]\s+\S", between)) or len(between) > 60


Doc.set_extension("certainty", default={}, force=True)
Doc.set_extension("order_lines", default=[], force=True)
