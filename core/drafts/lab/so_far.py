"""How far a replay came, as words that an address can carry from one lot to the next; pure."""

from __future__ import annotations

from datetime import datetime

from core.drafts.lab.replay import Alarms, Replay

COUNTS = ("total", "looked", "drafts", "caught", "let_go", "other", "known", "after")


def as_words(replay: Replay) -> str:
    counts = [getattr(replay, name) or 0 for name in COUNTS]
    alarms = [n for a in (replay.today, replay.proposed) for n in (a.right, a.wrong, a.open)]
    return ".".join(map(str, (int(replay.since.timestamp()), *counts, *alarms)))


def went_on(words: str) -> Replay | None:
    """None for anything that as_words did not write."""
    parts = words.split(".")
    if len(parts) != 1 + len(COUNTS) + 6 or not all(p.isascii() and p.isdigit() and len(p) < 12 for p in parts):  # fmt: skip
        return None
    since, *rest = map(int, parts)
    total, looked, drafts, caught, let_go, other, known, after = rest[: len(COUNTS)]
    today, proposed = Alarms(*rest[-6:-3]), Alarms(*rest[-3:])
    return Replay(total, datetime.fromtimestamp(since).astimezone(), looked, drafts, caught, let_go, other, today, proposed, known, after)  # fmt: skip
