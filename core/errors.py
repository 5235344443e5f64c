"""One small tree of errors; a class's docstring is the sentence a person sees."""

from __future__ import annotations


class OrderclerkError(Exception):
    """Something went wrong in Orderclerk; nothing was changed. Try again, or tell your administrator."""

    @property
    def sentence(self) -> str:
        detail = str(self.args[0]) if self.args else ""
        return detail or (type(self).__doc__ or "").strip()


class IllegalStep(OrderclerkError):
    """This step is not possible now; nothing was changed."""


class NotFound(OrderclerkError):
    """There is nothing under this number; it may belong to another installation."""


class Stale(OrderclerkError):
    """Somebody changed this in the meantime; nothing of yours was saved. Look at the differences and repeat your change."""

    def __init__(
        self, message: str = "", differences: tuple[tuple[str, str, str], ...] = ()
    ) -> None:
        super().__init__(*((message,) if message else ()))
        self.differences = differences


class NotAllowed(OrderclerkError):
    """Your role does not include this step; ask an administrator."""


class Blocked(OrderclerkError):
    """A hold or a blocking problem stands in the way; nothing was changed."""

    def __init__(self, message: str = "", reasons: tuple[str, ...] = ()) -> None:
        super().__init__(*((message,) if message else ()))
        self.reasons = reasons


class NotEnough(OrderclerkError):
    """There is less than this step needs; nothing was changed."""


class BadInput(OrderclerkError):
    """What was entered cannot be used; nothing was saved. Correct the marked field."""

    def __init__(self, message: str = "", field: str = "") -> None:
        super().__init__(*((message,) if message else ()))
        self.field = field


class Unreadable(OrderclerkError):
    """A document could not be read within its limits; its original is kept."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(*((message,) if message else ()))
        self.code = code


class Unavailable(OrderclerkError):
    """A server that Orderclerk needs does not answer; the work is kept and tried again by itself."""


class Misconfigured(OrderclerkError):
    """A setting is missing or wrong; `orderclerk doctor` says which."""
