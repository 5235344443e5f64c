"""What our Message costs beside the standard library's parser, on the same mails."""

from __future__ import annotations

import email
import email.policy
from email.message import Message
from pathlib import Path

import pytest

from intake import mime
from tests.benchmarks.measure import in_turn, table

MAILS = [
    path.read_bytes()
    for path in sorted((Path(__file__).parents[2] / "fixtures/mail").glob("*.eml"))
]


def modern(raw: bytes) -> list[str | bytes]:
    """By the policy that decodes headers: every header and every part's content, as any reader of the mail must."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    return [*map(str, mail.values()), *contents(mail)]


def plain(raw: bytes) -> list[str | bytes]:
    """By the older and faster policy, which leaves encoded headers as they are."""
    mail = email.message_from_bytes(raw)
    return [*map(str, mail.values()), *contents(mail)]


def contents(mail: Message) -> list[bytes]:
    found = [part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart()]
    return [content for content in found if isinstance(content, bytes)]


@pytest.mark.benchmark
def test_mails_per_second_against_the_standard_library():
    assert all(mime.parse(raw).parts for raw in MAILS)
    rows = []
    for name, theirs in (("email, default policy", modern), ("email, compat32", plain)):
        ours, other = in_turn(
            lambda: [mime.parse(raw) for raw in MAILS],
            lambda read=theirs: [read(raw) for raw in MAILS],
            repeats=5,
        )
        rows.append(
            (name, f"{len(MAILS) / other:.0f}", f"{len(MAILS) / ours:.0f}", f"{ours / other:.2f}")
        )
        assert ours / other < 20
    size = sum(map(len, MAILS)) // 1024
    table(
        f"Parsing {len(MAILS)} mails, {size} KB",
        ("against", "mails per second", "ours", "ratio of times"),
        rows,
    )
