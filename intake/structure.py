"""Bytes to a tree of entities (RFC 2045/2046) by offsets into one buffer; only the limits raise.

The standard library's parser recurses without a bound, copies each line of a large mail and
spends seconds on some inputs of a few hundred kilobytes; this one is linear and counts as it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake import limits
from intake.parameters import media_type, parameters

_FIELD = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,200})[ \t]*:")
_FALSE_DELIMITERS = 20_000


@dataclass(frozen=True, slots=True)
class Entity:
    """One node: its header fields in order with unfolded raw values, and where its body lies in `raw`.

    damaged: sentences on what was broken here. children: of a multipart.
    """

    raw: bytes = field(repr=False)
    fields: tuple[tuple[str, bytes], ...]
    start: int
    end: int
    content_type: str
    damaged: tuple[str, ...] = ()
    children: tuple[Entity, ...] = ()

    def all(self, name: str) -> tuple[bytes, ...]:
        return tuple(value for key, value in self.fields if key.lower() == name)

    def first(self, name: str) -> bytes:
        return next(iter(self.all(name)), b"")

    @property
    def body(self) -> bytes:
        return self.raw[self.start : self.end]


@dataclass(slots=True)
class Budget:
    """What may still be taken from one mail, nested mails included."""

    parts: int = limits.PARTS

    def take(self, depth: int) -> None:
        self.parts -= 1
        if self.parts < 0:
            raise limits.too_complex(f"more than {limits.PARTS} parts")
        if depth > limits.NESTING:
            raise limits.too_complex(f"parts nested more than {limits.NESTING} deep")


def read(raw: bytes, budget: Budget, depth: int = 0) -> Entity:
    """The entity that `raw` holds. Raises Unreadable("too-complex") beyond the limits."""
    raw, start, damaged = _from_start(raw)
    return _entity(raw, start, len(raw), "text/plain", budget, depth, damaged)


def read_head(raw: bytes) -> Entity:
    """Only the top header fields, as an entity without body or children."""
    raw, start, damaged = _from_start(raw[: limits.HEADER_BLOCK_BYTES])
    fields, _, broken = _fields(raw, start, len(raw))
    return Entity(raw, fields, len(raw), len(raw), "text/plain", damaged + broken)


def split(raw: bytes) -> tuple[tuple[tuple[str, bytes], ...], bytes]:
    """The top header fields and everything after them. Raises Unreadable beyond the limits."""
    raw, start, _ = _from_start(raw)
    fields, body, _ = _fields(raw, start, len(raw))
    return fields, raw[body:]


def _from_start(raw: bytes) -> tuple[bytes, int, tuple[str, ...]]:
    """Line ends made findable, the offset of the first header, and what stood before it."""
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")
    start = len(raw) - len(raw.lstrip(b"\r\n")) if raw[:1] in (b"\r", b"\n") else 0
    damaged: tuple[str, ...] = ()
    if raw.startswith(b"From ", start) or raw.startswith(b">From ", start):
        start = _next_line(raw, start, len(raw))
        damaged = ("a mailbox separator line stands before the headers",)
    return raw, start, damaged


def _entity(
    raw: bytes,
    start: int,
    end: int,
    default: str,
    budget: Budget,
    depth: int,
    damaged: tuple[str, ...] = (),
) -> Entity:
    budget.take(depth)
    fields, body, broken = _fields(raw, start, end)
    declared = next((v for k, v in fields if k.lower() == "content-type"), b"")
    kind = media_type(declared) or default
    entity = Entity(raw, fields, body, end, kind, damaged + broken)
    if not kind.startswith("multipart/"):
        return entity
    return _multipart(entity, declared, budget, depth)


def _fields(
    raw: bytes, start: int, end: int
) -> tuple[tuple[tuple[str, bytes], ...], int, tuple[str, ...]]:
    """Header fields, the offset of the body, and what was broken."""
    found: list[tuple[str, bytes]] = []
    at, first, broken = start, start, 0
    name, value = "", bytearray()
    while at < end:
        line_end = _next_line(raw, at, end)
        line = raw[at:line_end].rstrip(b"\r\n")
        if not line:
            at = line_end
            break
        match = _FIELD.match(line)
        if line[:1] in (b" ", b"\t") and name:
            value += line
        elif match:
            if name:
                found.append((name, bytes(value)))
            name, value = match[1].decode("ascii"), bytearray(line[match.end() :].strip(b" \t"))
        elif line.startswith((b"From ", b">From ")) or (name and _goes_on(raw, line_end, end)):
            broken += 1  # one bad line among headers is skipped
        else:
            broken += 1
            break
        if line_end - start > limits.HEADER_BLOCK_BYTES:
            raise limits.too_complex(f"more than {limits.HEADER_BLOCK_BYTES // 1024} KB of headers")
        if len(value) > limits.HEADER_BYTES:
            raise limits.too_complex(f"a header of more than {limits.HEADER_BYTES // 1024} KB")
        if len(found) >= limits.HEADERS:
            raise limits.too_complex(f"more than {limits.HEADERS} headers")
        at = line_end
    if name:
        found.append((name, bytes(value)))
    if not found:
        at = first if broken else at
    return tuple(found), at, ("the headers are broken",) if broken else ()


def _goes_on(raw: bytes, at: int, end: int) -> bool:
    return bool(_FIELD.match(raw, at, min(end, at + 201)))


def _next_line(raw: bytes, at: int, end: int) -> int:
    found = raw.find(b"\n", at, end)
    return end if found < 0 else found + 1


def _multipart(entity: Entity, declared: bytes, budget: Budget, depth: int) -> Entity:
    boundary = parameters(declared).get("boundary", "").encode("latin-1", "replace").rstrip()
    damaged = entity.damaged
    spans, closed = _spans(entity, boundary) if boundary else ([], False)
    if not spans:
        boundary = _guessed_boundary(entity)
        spans, closed = _spans(entity, boundary) if boundary else ([], False)
        damaged += ("the declared boundary is missing",)
    if not spans:
        return Entity(
            entity.raw,
            entity.fields,
            entity.start,
            entity.end,
            "text/plain",
            (*damaged, "its parts are not separated as declared"),
        )
    if not closed:
        damaged += ("the closing boundary is missing; the mail may be cut off",)
    default = "message/rfc822" if entity.content_type == "multipart/digest" else "text/plain"
    children = tuple(_entity(entity.raw, a, b, default, budget, depth + 1) for a, b in spans)
    return Entity(
        entity.raw,
        entity.fields,
        entity.start,
        entity.end,
        entity.content_type,
        damaged,
        children,
    )


def _spans(entity: Entity, boundary: bytes) -> tuple[list[tuple[int, int]], bool]:
    """Where the parts between the delimiter lines lie, and whether the closing one was found."""
    spans: list[tuple[int, int]] = []
    opened = -1
    for before, after, closing in _delimiters(entity, boundary):
        if 0 <= opened < before:  # two separators in a row hold nothing
            spans.append((opened, before))
        if closing:
            return spans, True
        opened = after
        if len(spans) > limits.PARTS:
            raise limits.too_complex(f"more than {limits.PARTS} parts")
    if opened >= 0:
        spans.append((opened, entity.end))
    return spans, False


def _delimiters(entity: Entity, boundary: bytes) -> Iterator[tuple[int, int, bool]]:
    raw, start, end = entity.raw, entity.start, entity.end
    mark = b"--" + boundary
    at, wrong = start, 0
    while (at := raw.find(mark, at, end)) >= 0:
        after = at + len(mark)
        closing = raw.startswith(b"--", after, end)
        tail = after + 2 * closing
        line_end = _next_line(raw, tail, min(end, tail + 1000))
        at_line_start = at == start or raw[at - 1 : at] == b"\n"
        if at_line_start and not raw[tail:line_end].strip(b" \t\r\n"):
            yield _before_line_break(raw, at, start), line_end, closing
            at = line_end
            continue
        wrong += 1
        if wrong > _FALSE_DELIMITERS:
            raise limits.too_complex("too many lines that look like part separators")
        at += 1


def _before_line_break(raw: bytes, at: int, start: int) -> int:
    """The line break before a delimiter belongs to the delimiter (RFC 2046 5.1.1)."""
    if at > start and raw[at - 1 : at] == b"\n":
        at -= 1
        if at > start and raw[at - 1 : at] == b"\r":
            at -= 1
    return at


def _guessed_boundary(entity: Entity) -> bytes:
    """The first line that starts with two dashes, when it comes again."""
    found = re.compile(rb"^--([^\s-][^\r\n]{0,199}?)[ \t]*\r?$", re.MULTILINE).search(
        entity.raw, entity.start, min(entity.end, entity.start + 20_000)
    )
    return found[1] if found and entity.raw.count(b"--" + found[1]) > 1 else b""
