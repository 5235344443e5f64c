"""Names that the domains of a paper spell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extraction.document import Document
from extraction.fields.blocks import blocks
from extraction.fields.companies import (
    COMPANY,
    same_company,
)
from extraction.fields.labels.find import Labels
from extraction.vocabulary import tokens
from extraction.weighing.clues import Clue


def of_domains(
    document: Document,
    labels: Labels,
    mails: Sequence[Clue],
    suppliers: Sequence[str],
    sender: str = "",
) -> Iterator[Clue]:
    """A name on the page that the domain of the buyer's mail address spells. sender: who sent the page, "" for a file."""
    domains = {_joined(c.value) for c in mails}
    sent = {_joined(sender)} if sender else set()
    domains |= sent
    if not domains:
        return
    owned = {
        id(w) for b in blocks(labels) if b.party == "supplier" for s in b.rows for w in s.words
    }
    seen = 0
    for row in document.canvas.rows[:200]:
        for segment in row.segments:
            text = segment.text.strip(" ,:-|•·")
            plain = 3 < len(text) <= 60 and "@" not in text and not re.search(r"\d|www\.|:", text)
            if not plain or any(id(w) in owned for w in segment.words):
                continue
            if any(_spells(text, d) for d in domains) and not any(
                same_company(text, s) for s in suppliers
            ):
                seen += 1
                score = 0.72 if any(_spells(text, d) for d in sent) else 0.5
                yield Clue("buyer_name", text, score, "domain", segment.evidence(), row.page)
                if seen > 5:
                    return


def _joined(address: str) -> str:
    return re.sub(r"[^a-z0-9]", "", address.rpartition("@")[2].lower())


def _spells(name: str, domain: str) -> bool:
    """Whether the words of a name that tell it from others stand in a domain, the first of them at least."""
    words = [t.text for t in tokens(name) if len(t.text) > 2 and not COMPANY.fullmatch(t.text)]
    if not words or name.islower():
        return False
    joined = "".join(words)
    return joined[:24] in domain or (len(words[0]) >= 5 and domain.startswith(words[0]))
