"""Part numbers in the database brought to the form of core.drafts.keys.code_key, and how an item is named."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func

SEPARATORS = ("-", " ", ".", "/", "_")


def packed(column: Any) -> Any:
    """The column without separators, upper case."""
    for separator in SEPARATORS:
        column = func.replace(column, separator, "")
    return func.upper(column)


def item_label(item: Any) -> str:
    return f"{item.number} {item.description}"
