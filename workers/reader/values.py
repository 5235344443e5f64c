"""What the reader is asked and what it gives back."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from core.inbound.reading import Extraction
from core.inbound.values import Message
from extraction.context import Context, OwnCompany
from extraction.memory.lesson import Lesson

# Codes that the same bytes bring again, so that trying again is of no use.
FINAL_CODES = frozenset({"too-complex", "too-large", "encrypted", "pdf-password"})


@dataclass(frozen=True, slots=True)
class Hints:
    """What may be known before reading; all of it travels to the child as JSON.

    own_addresses: lower-case addresses we send from and read at. authserv_ids: see intake.mime.parse.
    edits: number of a part -> what a person put in its place.
    """

    context: Context = field(default_factory=Context)
    own_addresses: frozenset[str] = frozenset()
    authserv_ids: tuple[str, ...] = ()
    edits: dict[int, bytes] = field(default_factory=dict, repr=False)

    def as_json(self) -> dict[str, Any]:
        known = self.context
        return {
            "own": {k: list(v) for k, v in asdict(known.own).items()},
            "known_skus": sorted(known.known_skus),
            "received": known.received.isoformat() if known.received else None,
            "language": known.language,
            "day_first": known.day_first,
            "lessons": [lesson.as_json() for lesson in known.lessons],
            "own_addresses": sorted(self.own_addresses),
            "authserv_ids": list(self.authserv_ids),
            "edits": {n: b64encode(content).decode() for n, content in self.edits.items()},
        }

    @staticmethod
    def of_json(found: dict[str, Any]) -> Hints:
        return Hints(
            context=Context(
                own=OwnCompany(**{k: tuple(v) for k, v in found["own"].items()}),
                known_skus=frozenset(found["known_skus"]),
                received=datetime.fromisoformat(found["received"]) if found["received"] else None,
                language=found["language"],
                day_first=found["day_first"],
                lessons=tuple(Lesson.of_json(k) for k in found["lessons"]),
            ),
            own_addresses=frozenset(found["own_addresses"]),
            authserv_ids=tuple(found["authserv_ids"]),
            edits={int(n): b64decode(content) for n, content in found.get("edits", {}).items()},
        )


@dataclass(frozen=True, slots=True)
class ReadResult:
    message: Message
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a document comes from, lower case, "" when unknown, and what our mail server found of it."""

    address: str
    authentication: str


@dataclass(frozen=True, slots=True)
class Learned:
    """What a confirmed document taught, and who it comes from. confirmed, contradicted: keys of earlier lessons."""

    sender: str
    lessons: tuple[Lesson, ...] = ()
    confirmed: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()

    @staticmethod
    def of_json(found: dict[str, Any]) -> Learned:
        return Learned(
            str(found["sender"])[:255],
            tuple(Lesson.of_json(k) for k in found["lessons"]),
            tuple(str(k)[:64] for k in found["confirmed"]),
            tuple(str(k)[:64] for k in found["contradicted"]),
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """One rendered page: number from 1, PNG bytes, size in pixels."""

    page: int
    png: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """code: "time-limit", "memory-limit", "output-limit", "reader-crashed", "reader-failed", "bad-result", or a code
    of intake and extraction ("too-complex" ...). detail: for the administrator."""

    code: str
    detail: str

    @property
    def is_final(self) -> bool:
        return self.code in FINAL_CODES
