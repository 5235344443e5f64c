"""A document is read with what corrections of its sender's earlier documents taught."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from core.lessons.recall import any_lessons, recall
from extraction.memory.lesson import Lesson
from workers.reader.values import Hints, ReadFailure
from workers.tools import Tools

log = logging.getLogger(__name__)


def recalled(tools: Tools, raw: bytes, channel: str, filename: str, hints: Hints) -> Hints:
    """The hints with the sender's lessons. Who the sender is, only the child may find out."""
    with tools.database.read() as session:
        if not any_lessons(session):
            return hints
    sender = tools.reader.sender_of(raw, channel, filename, hints)
    if isinstance(sender, ReadFailure):  # reading it will say why
        return hints
    with tools.database.read() as session:
        found = recall(session, sender.address, sender.authentication)
    return with_lessons(hints, found)


def with_lessons(hints: Hints, found: tuple[dict[str, Any], ...]) -> Hints:
    lessons = []
    for content in found:
        try:
            lessons.append(Lesson.of_json(content))
        except (KeyError, TypeError, ValueError):
            log.warning("lesson %s is of another version", content.get("id"))
    return replace(hints, context=replace(hints.context, lessons=tuple(lessons)))
