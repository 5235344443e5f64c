"""The entities of a text: what spaCy's greedy recogniser finds, worked out for all words at once.

The recogniser goes from word to word and chooses one of the moves O, B, I, L and U by the word, the first word of the open
entity, and the word before (spacy.pipeline._parser_internals.ner). Outside an entity the choice depends on the word
alone, so that one multiplication tells all of them; inside, only I and L of the entity's own label are allowed. This
takes a tenth of the time of single steps, and chooses the same.
"""

from __future__ import annotations

from typing import Any

import numpy
from spacy.attrs import IS_SPACE
from spacy.tokens import Doc, Span

STRETCH = 8
"""How many words of an open entity are weighed at once."""
Array = Any


class Recogniser:
    """The weights of a trained `ner` component, and the entities it would find."""

    def __init__(self, component: Any) -> None:
        model = component.model
        self._vectors = model.get_ref("tok2vec")
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        weights = lower.get_param("W")  # features, hidden, pieces, width
        self._features = [w.reshape(-1, weights.shape[-1]).T.copy() for w in weights]
        self._pieces = weights.shape[2]
        pad = lower.get_param("pad")[0].reshape(len(weights), -1)
        self._bias = lower.get_param("b").reshape(-1)
        self._outside = self._bias + pad[1] + pad[2]
        self._upper, self._shift = upper.get_param("W").T.copy(), upper.get_param("b")
        self._gemm = model.ops.gemm  # on one thread; numpy's own starts several for a small product
        self._names = list(component.move_names)
        self._row = {name: number for number, name in enumerate(self._names)}
        self._opening = numpy.array([name[0] in "BUO" for name in self._names])
        self._beginning = numpy.array([name[0] == "B" for name in self._names])

    def __call__(self, doc: Doc) -> Doc:
        doc.ents = self.entities(doc)
        return doc

    def entities(self, doc: Doc) -> list[Span]:
        """Those that the component's own prediction would set on a text without entities, in order."""
        if not len(doc):
            return []
        vectors = self._vectors.predict([doc])
        word, first, before = (self._gemm(vectors, weights) for weights in self._features)
        chosen = self._opened(word, doc)
        found, at = [], 0
        for place in numpy.flatnonzero(chosen != self._row["O"]):
            if place < at:
                continue
            move, label = self._names[chosen[place]].split("-", 1)
            at = int(place) + 1
            if move == "B":
                at = self._end(label, int(place), word, first, before)
            found.append(Span(doc, int(place), at, label))
        return found

    def _opened(self, word: Array, doc: Doc) -> Array:
        """The move at each word when no entity is open: blanks open none, the last word begins no longer one."""
        scores = self._gemm(self._hidden(word + self._outside), self._upper) + self._shift
        allowed = numpy.broadcast_to(self._opening, scores.shape).copy()
        allowed[doc.to_array([IS_SPACE]) != 0] = False
        allowed[:, self._row["O"]] = True
        allowed[-1, self._beginning] = False
        return numpy.where(allowed, scores, -numpy.inf).argmax(axis=1)

    def _end(self, label: str, start: int, word: Array, first: Array, before: Array) -> int:
        """Behind the last word of an entity that begins at `start`."""
        rows = [self._row[f"I-{label}"], self._row[f"L-{label}"]]
        weights, shift = self._upper[:, rows], self._shift[rows]
        opened = first[start] + self._bias
        for at in range(start + 1, len(word) - 1, STRETCH):
            end = min(at + STRETCH, len(word) - 1)
            hidden = self._hidden(word[at:end] + before[at - 1 : end - 1] + opened)
            inner, last = (hidden @ weights + shift).T
            closing = numpy.flatnonzero((last > inner) | ((last == inner) & (rows[1] < rows[0])))
            if len(closing):
                return int(at + closing[0] + 1)
        return len(word)

    def _hidden(self, summed: Array) -> Array:
        hidden = summed[:, :: self._pieces]
        for piece in range(1, self._pieces):
            hidden = numpy.maximum(hidden, summed[:, piece :: self._pieces])
        return hidden
