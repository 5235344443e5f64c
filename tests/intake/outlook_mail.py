"""Outlook mails (.msg) for tests."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from tests.intake.compound import Tree, compound

WIDE, NARROW, BINARY, OBJECT = 0x1F, 0x1E, 0x102, 0x0D


def _streams(properties: dict[int, Any]) -> dict[str, bytes | Tree]:
    found: dict[str, bytes | Tree] = {}
    for name, value in properties.items():
        if isinstance(value, str):
            found[f"__substg1.0_{name:04X}{WIDE:04X}"] = value.encode("utf-16-le")
        elif isinstance(value, bytes):
            found[f"__substg1.0_{name:04X}{BINARY:04X}"] = value
        elif isinstance(value, dict):
            found[f"__substg1.0_{name:04X}{OBJECT:04X}"] = value
    return found


def _table(properties: dict[int, Any], head: int) -> bytes:
    rows = [
        struct.pack("<HHIQ", 0x40 if value > 2**32 else 3, name, 6, value)
        for name, value in properties.items()
        if isinstance(value, int)
    ]
    return b"\0" * head + b"".join(rows)


def storage(
    properties: dict[int, Any],
    attached: Sequence[dict[int, Any]] = (),
    recipients: Sequence[dict[int, Any]] = (),
    head: int = 24,
) -> dict[str, Any]:
    tree: dict[str, Any] = {"__properties_version1.0": _table(properties, head)}
    tree |= _streams(properties)
    for kind, several in (("attach", attached), ("recip", recipients)):
        for number, one in enumerate(several):
            inner = {"__properties_version1.0": _table(one, 8), **_streams(one)}
            tree[f"__{kind}_version1.0_#{number:08X}"] = inner
    return tree


def msg(
    properties: dict[int, Any],
    attached: Sequence[dict[int, Any]] = (),
    recipients: Sequence[dict[int, Any]] = (),
) -> bytes:
    return compound(storage(properties, attached, recipients, head=32))
