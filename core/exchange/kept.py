"""Texts of partners as columns take them: cut to length, without what no database stores. Pure."""

from __future__ import annotations

from typing import Any

from core.values import storable


def word(text: str) -> str:
    """For a column of 64 characters."""
    return storable(text).strip()[:64]


def line(text: str) -> str:
    """For a column of 255 characters."""
    return storable(text).strip()[:255]


def kept(value: Any) -> Any:
    """JSON with every text in it storable."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {str(name): kept(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [kept(each) for each in value]
    return value
