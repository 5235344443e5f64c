"""How much of one mail is read; beyond that it is set aside with its raw bytes kept."""

from __future__ import annotations

from core.errors import Unreadable

MAIL_BYTES = 35 * 1024 * 1024
HEADER_BLOCK_BYTES = 256 * 1024
HEADER_BYTES = 64 * 1024
HEADERS = 1000
PARTS = 500
NESTING = 30
OPENED_PARCELS = 2  # a ZIP inside a ZIP is opened, one inside that is kept as bytes
OPENED_MESSAGES = 3  # nested mails deeper than this are kept as bytes


def too_complex(what: str) -> Unreadable:
    return Unreadable(
        "too-complex", f"This mail was not read, since it has {what}; its original is kept."
    )


def too_large(size: int) -> Unreadable:
    return Unreadable(
        "too-large",
        f"This mail was not read: it has {size // 1024**2} MB and the limit is"
        f" {MAIL_BYTES // 1024**2} MB; its original is kept.",
    )
