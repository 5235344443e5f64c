"""Single header values read with care: encoded words, addresses, dates, message ids."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_tz

from core.inbound.values import Mailbox
from intake.charsets import decode
from intake.display import BIDI, one_line
from intake.transfer import base64_bytes

_WORD = re.compile(r"=\?([^?\s]{1,75})\?([bBqQ])\?([^?\r\n]*)\?=")
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,900})>")
_ADDRESS_CHARACTERS = re.compile(r"[^\s<>()\[\],;:\"\x00-\x1f\x7f]+")
_MOST_ADDRESSES = 500


@dataclass(frozen=True, slots=True)
class Read:
    """A header's text on one line, and what was odd about its characters."""

    text: str
    guessed: bool = False
    hides: bool = False  # held marks that reorder text, or line breaks inside encoded words


def text(value: bytes) -> Read:
    """An unstructured header (Subject) for display."""
    loose, guessed = decoded(value)
    return Read(one_line(loose), guessed, _hides(loose))


def decoded(value: bytes) -> tuple[str, bool]:
    """The value with its encoded words (RFC 2047) decoded, not yet cleaned, and whether a charset was guessed."""
    plain = decode(value, "utf-8")
    pieces: list[str] = []
    at, guessed = 0, plain.guessed
    pending, charset = b"", ""
    for match in _WORD.finditer(plain.text):
        between = plain.text[at : match.start()]
        label = match[1].split("*")[0].lower()
        content = _word_bytes(match[2], match[3])
        joins = bool(pending) and not between.strip() and label == charset
        if not joins:
            read, guess = _flush(pending, charset)
            guessed |= guess
            pieces.append(read)
            if not (pending and not between.strip()):
                pieces.append(between)
            pending = b""
        pending, charset, at = pending + content, label, match.end()
    read, guess = _flush(pending, charset)
    return "".join([*pieces, read, plain.text[at:]]), guessed or guess


def _flush(content: bytes, charset: str) -> tuple[str, bool]:
    if not content:
        return "", False
    read = decode(content, charset)
    return read.text, read.guessed


def _word_bytes(encoding: str, content: str) -> bytes:
    raw = content.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(raw.replace(b"_", b"=20"), header=False)
    return base64_bytes(raw)[0]


def _hides(loose: str) -> bool:
    return bool(BIDI.search(loose)) or any(mark in loose for mark in "\r\n\x00")


def language(value: bytes) -> str:
    """First tag of Content-Language, lower case: "de", "en-gb", ""."""
    match = re.match(rb"\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\b", value[:100])
    return match[1].decode("ascii").lower() if match else ""


def instant(value: bytes) -> datetime | None:
    """A Date header in UTC, None when unreadable or outside 1970-2099."""
    try:
        parsed = parsedate_tz(value[:200].decode("latin-1"))
        if parsed is None:
            return None
        naive = datetime(*parsed[:6], tzinfo=timezone.utc)
        seconds = naive.timestamp() - (parsed[9] or 0)
        found = datetime.fromtimestamp(seconds, timezone.utc)
    except (ValueError, OverflowError, TypeError, IndexError, OSError):
        return None
    return found if 1970 <= found.year < 2100 else None


def message_ids(value: bytes) -> tuple[str, ...]:
    """Message ids with their angle brackets, at most 100."""
    found = _MESSAGE_ID.findall(value.decode("latin-1"))
    return tuple(f"<{one_line(name)}>" for name in found[-100:])


def message_id(value: bytes) -> str:
    """One message id with angle brackets; a bare word is taken too; "" when there is none."""
    ids = message_ids(value)
    if ids:
        return ids[0]
    bare = one_line(value.decode("latin-1")).strip("<> ")
    return f"<{bare[:900]}>" if bare and " " not in bare else ""


def mailboxes(value: bytes) -> tuple[Mailbox, ...]:
    """The mailboxes of an address header; names decoded after splitting, so that none can forge an address."""
    loose = decode(value, "utf-8").text
    return tuple(_mailbox(words) for words in _addresses(loose)[:_MOST_ADDRESSES])


def _mailbox(found: tuple[str, str]) -> Mailbox:
    name, spec = found
    return Mailbox(one_line(decoded(name.encode("utf-8", "replace"))[0], 300), address(spec))


def address(spec: str) -> str:
    """The addr-spec in lower case, "" when it has no local part or no domain."""
    clean = "".join(_ADDRESS_CHARACTERS.findall(spec)).lower()
    local, at, domain = clean.rpartition("@")
    return clean if at and local and domain and "@" not in local and len(clean) <= 320 else ""


def _addresses(loose: str) -> list[tuple[str, str]]:
    """(display name, address) pairs by one pass over RFC 5322's tokens; comments serve as names."""
    found: list[tuple[str, str]] = []
    words: list[str] = []
    comment, spec, angle = "", "", False
    for kind, token in _tokens(loose):
        if kind == "angle":
            spec, angle = token, True
        elif kind == "comment":
            comment = comment or token
        elif kind == "mark" and token == ":":
            words, spec, angle = [], "", False  # a group's name
        elif kind == "mark":
            _add(found, words, comment, spec, angle)
            words, comment, spec, angle = [], "", "", False
        else:
            words.append(token)
    _add(found, words, comment, spec, angle)
    return found


def _add(
    found: list[tuple[str, str]], words: list[str], comment: str, spec: str, angle: bool
) -> None:
    if angle:
        found.append((" ".join(words) or comment, spec))
    elif words:
        bare = next((w for w in words if "@" in w), "")
        spec = bare if len(words) > 1 and bare else "".join(words)
        others = [w for w in words if w != bare] if spec == bare else []
        found.append((" ".join(others) or comment, spec))


_PLAIN = r"<(?P<angle>[^<>]*)>|(?P<mark>[,;:])|(?P<word>[^\s\"<>(),;:]+)|(?P<other>.)"
_TOKEN = re.compile(r'"(?P<quoted>(?:[^"\\]|\\.)*)"|' + _PLAIN, re.DOTALL)
_TOKEN_WITHOUT_QUOTES = re.compile(_PLAIN, re.DOTALL)


def _tokens(loose: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at, pattern = 0, _TOKEN
    while at < len(loose):
        if loose[at] == "(":
            inside, at = _comment(loose, at)
            found.append(("comment", inside))
            continue
        match = pattern.match(loose, at)
        if match is None:
            break
        if match["other"] == '"':
            pattern = (
                _TOKEN_WITHOUT_QUOTES  # one open quote is the last: no search for its end again
            )
        at = match.end()
        if match.lastgroup == "quoted":
            found.append(("quoted", match["quoted"].replace('\\"', '"').replace("\\\\", "\\")))
        elif match.lastgroup != "other":
            found.append((str(match.lastgroup), match[str(match.lastgroup)]))
    return found


def _comment(loose: str, at: int) -> tuple[str, int]:
    """The text of a comment that may nest, and where it ends; an unclosed one takes the rest."""
    depth, start = 0, at
    for match in re.compile(r"\\.|[()]", re.DOTALL).finditer(loose, at):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth == 0:
            return loose[start + 1 : match.start()], match.end()
    return loose[start + 1 :], len(loose)
