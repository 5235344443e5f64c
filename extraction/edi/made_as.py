"""How the goods of a line are to be made: drawing revision and configuration, as electronic orders tell them."""

from __future__ import annotations

import re

from lxml import etree

from extraction.edi.order import Row
from extraction.edi.xml import paths

_REVISION = re.compile(
    r"(?:drawing|engineering|product|item|part|zeichnungs?)?[\s_-]*"
    r"(?:rev(?:ision)?|issue|index|version|change[\s_-]*level|änderungsstand|stand)[\s_.-]*"
    r"(?:no\.?|number|level|index|nr\.?)?",
    re.IGNORECASE,
)
LONGEST = 64


def put_properties(
    row: Row, line: etree._Element, each: str, name: str, value: str, *, others: bool = True
) -> None:
    """A property is a revision by its name, else a choice of the configuration, unless others say other things.

    each: the path of one property; name, value: paths below it.
    """
    for one in paths.elements(line, each):
        found, named = paths.first(one, value), paths.text(one, name)
        if found is None:
            continue
        if len(found.text) <= LONGEST and _REVISION.fullmatch(named.strip()):
            row.text("revision", found.text, found.at)
        elif others:
            row.append("configuration", f"{named} {found.text}".strip(), found.at)
