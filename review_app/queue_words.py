"""The queue as the words of an address: which view, filter and order; they go along from draft to draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import request, url_for
from sqlalchemy.orm import Session

from core.drafts.queue_values import PAGE_SIZE, QueueFilter
from core.values import utc_now
from review_app.choosing import chosen_customer
from review_app.here import is_fragment

VIEWS: dict[str, tuple[str, ...]] = {
    "open": ("open", "waiting"),
    "second look": ("open", "waiting", "parked"),
    "waiting": ("waiting",),
    "parked": ("parked",),
    "confirmed": ("confirmed",),
    "rejected": ("rejected", "withdrawn"),
}
AGES = {"1h": timedelta(hours=1), "4h": timedelta(hours=4), "1d": timedelta(days=1)}
SORTS = {
    "oldest": "Oldest first",
    "newest": "Newest first",
    "wanted": "Wanted soonest",
    "value": "Highest value",
    "problems": "Fewest problems",
}
KINDS = ("order", "change", "cancellation")
CLAIMS = ("mine", "others", "free")
LONGEST = 100


def queue_words(args: Mapping[str, str]) -> dict[str, str]:
    """What the address says of the queue, only what differs from the plain one; unknown words fall away."""
    known: dict[str, Mapping[str, object] | tuple[str, ...]] = {
        "view": VIEWS,
        "lane": KINDS,
        "age": AGES,
        "claimed": CLAIMS,
        "sort": SORTS,
    }
    plain = {"view": "open", "sort": "oldest"}
    found = {
        name: word
        for name, words in known.items()
        if (word := args.get(name, "")) in words and word != plain.get(name)
    }
    for name in ("customer", "reason", "text"):
        if word := args.get(name, "").strip()[:LONGEST]:
            found[name] = word
    return found


def queue_filter(session: Session, words: Mapping[str, str], page: int = 1) -> QueueFilter:
    """The filter that these words name. words: as queue_words gives them. Raises BadInput for an unknown customer."""
    view = words.get("view", "open")
    customer = chosen_customer(session, words.get("customer", ""))
    oldest = AGES.get(words.get("age", ""))
    return QueueFilter(
        statuses=VIEWS[view],
        kind=words.get("lane", ""),
        customer_id=customer.id if customer else None,
        reason=words.get("reason", ""),
        claimed=words.get("claimed", ""),
        text=words.get("text", ""),
        older_than=utc_now() - oldest if oldest else None,
        sort=words.get("sort", "oldest"),
        page=page,
        second=view == "second look",
    )


def words_here() -> dict[str, str]:
    """The queue that the draft on the screen was opened from.

    A press on the screen (htmx, or a form without it) has it in the address of the screen, not in its own.
    """
    own = queue_words(request.args)
    if own or (request.method == "GET" and not is_fragment()):
        return own
    screen = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    if screen.netloc != request.host:
        return {}
    return queue_words(dict(parse_qsl(screen.query)))


def back_to_queue(words: Mapping[str, str], draft_id: int | None, place: int) -> str:
    """The address of the queue's page with the draft's row. place: counted from 1; 0 is the first page."""
    page = (max(place, 1) - 1) // PAGE_SIZE + 1
    values: dict[str, Any] = {**words, "_anchor": f"draft-{draft_id}" if draft_id else None}
    return url_for("queue.show", page=page if page > 1 else None, **values)
