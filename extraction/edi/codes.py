"""What several formats share: how sets of codes are written here, and the Incoterms."""

from __future__ import annotations


def code_set(text: str) -> frozenset[str]:
    """Codes apart by blanks, easier to check against a printed list than a row of quotes."""
    return frozenset(text.split())


INCOTERMS = code_set("EXW FCA FAS FOB CFR CIF CPT CIP DAF DES DEQ DDU DAT DAP DPU DDP")
"""ICC Incoterms 2000, 2010 and 2020."""
