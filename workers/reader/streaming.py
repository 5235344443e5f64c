"""In the child: a long electronic file message by message, each as one JSON line into a pipe, so that no process holds it.

Lines: {"message": {...}}, {"closed": {...}} for envelopes whose end was met, {"passed": n} now and then while known
messages are passed over, and {"end": {...}} as the last.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from core.errors import Unreadable
from core.inbound.reading import Extraction
from core.inbound.values import Finding
from extraction.edi import EdiStream, read_stream, tree
from extraction.edi.read import says_something
from extraction.edi.values import ReadMessage

PART = 1
SIGN_OF_LIFE = 1000
"""Of so many known messages one is told, so that the worker knows that reading goes on and keeps its claim."""


@dataclass(slots=True)
class _Place:
    """How far an interchange was walked through: its number, its messages so far; which headers were told."""

    interchange: int = -1
    messages: int = 0
    is_told: bool = False
    group_told: int = -1


@dataclass(slots=True)
class Walk:
    """One way through the file. known: messages that were kept before; closed: interchanges whose end was."""

    known: int
    closed: int
    number: int = 0
    place: _Place = field(default_factory=_Place)

    def lines(self, file: BinaryIO) -> Iterator[dict[str, Any]]:
        stream = read_stream(file, PART, self.known)
        if stream is None:
            yield {"end": {"electronic": False}}
            return
        try:
            for message in stream:
                yield from self._closed(stream)
                yield from self._message(stream, message)
        except Unreadable as error:
            yield from self._broken(stream, error)
        yield from self._closed(stream)
        yield {
            "end": {
                "electronic": True,
                "format": stream.sniffed.format,
                "messages": self.number,
                "findings": _findings(stream.drained()),
            }
        }

    def _message(self, stream: EdiStream, message: ReadMessage) -> Iterator[dict[str, Any]]:
        place = self._at(message)
        found = _findings(stream.drained())
        if self.number <= self.known and self.number % SIGN_OF_LIFE == 0:
            yield {"passed": self.number}
        if self.number > self.known:
            holds = says_something(message.order)
            group = None if message.group == place.group_told else stream.group_at(message.group)
            interchange = None if place.is_told else stream.interchange_at(message.interchange)
            place.is_told, place.group_told = True, message.group
            yield {
                "message": {
                    "number": self.number - 1,
                    "interchange": message.interchange,
                    "at": place.messages - 1,
                    "group": message.group,
                    "entry": tree.entry_of(message).as_json(),
                    "header": interchange.as_json() if interchange else None,
                    "group_header": group.as_json() if group else None,
                    "order": _order(message) if holds else None,
                    "findings": found,
                }
            }

    def _at(self, message: ReadMessage) -> _Place:
        """Counts the message in its interchange."""
        if message.interchange != self.place.interchange:
            self.place = _Place(message.interchange)
        self.place.messages += 1
        self.number += 1
        return self.place

    def _closed(self, stream: EdiStream) -> Iterator[dict[str, Any]]:
        interchanges, groups = stream.released()
        inside = [[n, g.as_json()] for n, g in groups.items() if g.interchange >= self.closed]
        done = [[n, one.as_json()] for n, one in interchanges.items() if n >= self.closed]
        if inside or done:
            yield {"closed": {"groups": inside, "interchanges": done}}

    def _broken(self, stream: EdiStream, error: Unreadable) -> Iterator[dict[str, Any]]:
        """The interchange at which reading broke off is closed as refused."""
        n = stream.last_interchange
        one = stream.interchange_at(n)
        broken = tree.broken_off(stream.sniffed.family, [one] if one else [], (), PART, error)
        yield {"closed": {"groups": [], "interchanges": [[n, broken.interchanges[-1].as_json()]]}}


def stream(request: dict[str, Any]) -> None:
    """Writes the lines of the file "input" into the pipe "lines"."""
    walk = Walk(int(request["known"]), int(request["closed"]))
    with Path("input").open("rb") as file, Path("lines").open("wb") as out:
        for line in walk.lines(file):
            out.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
            out.flush()


def _order(message: ReadMessage) -> dict[str, Any]:
    assert message.order is not None
    reading = Extraction(message.lane, orders=(message.order,))
    found: dict[str, Any] = reading.as_json()["orders"][0]
    return found


def _findings(found: tuple[Finding, ...]) -> list[dict[str, str]]:
    return [
        {"code": f.code, "severity": f.severity, "place": f.place, "text": f.text} for f in found
    ]
