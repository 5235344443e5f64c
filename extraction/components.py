"""Parts of the language model that are our own, registered by name for its configuration."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

from extraction import layout_embed  # noqa: F401  (registers the embedding)

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


@registry.tokenizers("orderclerk.codes.v1")
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


@Language.factory(
    "certainty", default_config={"beam_width": 6, "beam_density": 0.01, "max_tokens": 700}
)
class Certainty:
    """How sure the recogniser is: the share of the weight of its best readings in which an entity stands.

    Written to Doc._.certainty as (start, end, label) -> 0 to 1; empty for longer texts than `max_tokens`.
    """

    def __init__(
        self, nlp: Language, name: str, beam_width: int, beam_density: float, max_tokens: int
    ) -> None:
        self.nlp, self.name = nlp, name
        self.beam_width, self.beam_density, self.max_tokens = beam_width, beam_density, max_tokens

    def __call__(self, doc: Doc) -> Doc:
        found: dict[tuple[int, int, str], float] = {}
        if doc.ents and len(doc) <= self.max_tokens:
            ner = self.nlp.get_pipe("ner")
            beams = ner.beam_parse(
                [doc], beam_width=self.beam_width, beam_density=self.beam_density
            )
            for score, entities in ner.moves.get_beam_parses(beams[0]):
                for start, end, label in entities:
                    found[start, end, label] = found.get((start, end, label), 0.0) + score
        doc._.certainty = found
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
        if open_line and (span.label_ in open_line or _far(open_line.values(), span)):
            lines.append(open_line)
            open_line = {}
        open_line[span.label_] = span
    lines.append(open_line)
    return [
        line for line in lines if "QUANTITY" in line and ("SKU" in line or "DESCRIPTION" in line)
    ]


def _far(before: Iterable[Span], span: Span) -> bool:
    """Two row ends or a sentence lie between."""
    last = max(before, key=lambda s: s.end)
    between = span.doc[last.end : span.start].text
    return between.count("\n") > 1 or bool(re.search(r"[.!?]\s+\S", between)) or len(between) > 60


Doc.set_extension("certainty", default={}, force=True)
Doc.set_extension("order_lines", default=[], force=True)
