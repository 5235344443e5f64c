"""Damages electronic messages in the ways that files get damaged, from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

ODD = [b"*", b"~", b"'", b"+", b":", b"?", b">", b"|", b"\n", b"\r", b"\x00", b" ", b"<", b"&", b"\xff", b"\xe2\x80\x99", b"ISA", b"UNB", b"UNA:+.? '", b"ST*850*", b"UNH+", b"<a>", b"]]>", b"9" * 30]  # fmt: skip


def damaged(samples: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """`count` damaged messages: bytes set, cut out, doubled, moved, the rest lost, two files run together."""
    chance = random.Random(seed)
    for _ in range(count):
        content = bytearray(chance.choice(samples))
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(content) + 1)
            length = chance.randint(1, 80)
            step = chance.randrange(7)
            if step <= 1:
                content[at : at + 1] = chance.choice(ODD)
            elif step == 2:
                del content[at : at + length]
            elif step == 3:
                content[at:at] = content[at : at + length] * chance.randint(1, 3)
            elif step == 4:
                content[at : at + 1] = bytes([chance.randrange(256)])
            elif step == 5:
                other = chance.choice(samples)
                start = chance.randrange(len(other))
                content[at:at] = other[start : start + length * 4]
            elif chance.random() < 0.3:
                del content[at:]
        yield bytes(content)
