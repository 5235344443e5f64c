"""A linear reader of what a mail is about: its words, pairs of words and the beginnings of words, hashed."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model, SparseLinear_v2, chain, softmax_activation

MAX_TOKENS = 600
STEM = 5


@registry.architectures("orderclerk.LaneWords.v1")  # type: ignore[untyped-decorator]
def lane_words(length: int, nO: int | None = None) -> Model[list[Doc], Any]:
    """Scores for nO lanes that add up to one; `length` weights a lane."""
    words: Model[list[Doc], Any] = Model("lane_features", _forward)
    linear: Model[Any, Any] = SparseLinear_v2(nO=nO, length=length)
    model: Model[list[Doc], Any] = chain(words, linear, softmax_activation())
    model.set_ref("output_layer", linear)
    model.attrs["multi_label"] = False
    return model


def _forward(
    model: Model[Any, Any], docs: list[Doc], is_train: bool
) -> tuple[Any, Callable[[Any], list[Any]]]:
    keys = [features_of(doc) for doc in docs]
    lengths = model.ops.asarray([len(k) for k in keys], dtype="int32")
    every: Any = numpy.concatenate(keys)
    values: Any = numpy.ones(len(every), dtype="float32")
    return (model.ops.asarray(every), model.ops.asarray(values), lengths), lambda _: []


def features_of(doc: Doc) -> Any:
    """Each feature once: how often a word falls says less than that it does."""
    words = [t.lower_ for t in doc[:MAX_TOKENS] if not t.is_space]
    texts = {*words, *(f"{w[:STEM]}~" for w in words if w[:STEM].isalpha())}
    texts.update(f"{a[:STEM]} {b[:STEM]}" for a, b in itertools.pairwise(words))
    return numpy.asarray(sorted(hash_string(t) for t in texts) or [0], dtype="uint64")
