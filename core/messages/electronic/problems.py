"""Why an electronic answer cannot be written."""

from __future__ import annotations

from core.errors import OrderclerkError


class UnknownFormat(OrderclerkError):
    """No writer knows this format; correct the partner's profile."""


class CannotWrite(OrderclerkError):
    """A value does not fit into the message as its standard wants it; correct it, then send again.

    field: the standard's name of the place ("ISA06", "UNB 0010", "BAK03").
    """

    def __init__(self, field: str, message: str = "") -> None:
        super().__init__(f"{field}: {message}" if message else "")
        self.field = field


class NothingToAnswer(OrderclerkError):
    """This interchange holds only acknowledgements, which are never acknowledged."""
