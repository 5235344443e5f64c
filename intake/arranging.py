"""What a part is once all parts of the mail are known: body, attachment, or a picture shown inside."""

from __future__ import annotations

import re
from dataclasses import replace

from core.inbound.values import Part
from intake import limits

_CID = re.compile(r"""cid:([^"'\s<>)]{1,300})""", re.IGNORECASE)


def with_inline_images(parts: list[Part]) -> list[Part]:
    """Images that the HTML of the same mail shows belong to it, whatever their disposition says."""
    shown = {
        (p.parent, cid.lower())
        for p in parts
        if p.kind == "body-html" and p.text
        for cid in _CID.findall(p.text)[: limits.PARTS]
    }
    return [
        replace(p, kind="inline-image")
        if p.content_type.startswith("image/") and (p.parent, p.content_id.lower()) in shown
        else p
        for p in parts
    ]


def with_body(parts: list[Part]) -> list[Part]:
    """A mail whose only text carries a file name still has a body."""
    own = [p for p in parts if p.parent == 0]
    if any(p.kind.startswith("body-") for p in own):
        return parts
    if len(own) == 1 and own[0].content_type in ("text/plain", "text/html"):
        kind = "body-html" if own[0].content_type == "text/html" else "body-text"
        return [replace(p, kind=kind) if p is own[0] else p for p in parts]
    return parts
