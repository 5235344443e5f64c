"""Days that a page gives to papers other than the order: "Quote Q-118 dated 3 August 2026"."""

from __future__ import annotations

import re

from extraction.fields.labels.find import Labels
from extraction.fields.labels.values import Label
from extraction.vocabulary import fold

_DATING = frozenset({"dated", "vom", "dt"})
_OTHER = re.compile(
    r"\b(?:quot\w*|offer\w*|proposal|bid|tender|rf[qp]|enquir\w*|inquir\w*|contract|agreement|requisition|invoice|"
    r"angebot\w*|anfrage|vertrag\w*|rechnung\w*|devis|offre|contrat|facture|marche|"
    r"oferta|presupuesto|cotizacion|contrato|factura|preventivo|offerta|contratto|fattura|offerte|factuur)\b"
)
_CODE = re.compile(r"(?=\S*\d)[\w./-]+")


def dates_other_paper(labels: Labels, label: Label) -> bool:
    """Whether a label that gives a day to what stands before it stands behind the number of another paper."""
    if label.phrase not in _DATING:
        return False
    text = label.segment.text
    before = fold(text[: text.find(label.head.text)]).strip(" ,(")
    if _OTHER.search(before):
        return True
    if not _CODE.fullmatch(before) or not label.index:
        return False
    heading = labels.canvas.rows[label.row].segments[label.index - 1]
    return not any(
        k.segment is heading and m.name == "po_number" and m.weight == 1.0
        for k in labels.on_row(label.row)
        for m in k.meanings
    )
