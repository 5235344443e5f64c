"""What a master-data table is to the outside: its columns, natural key, references, checks; frozen values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.masterdata.types import Type

if TYPE_CHECKING:
    from core.masterdata.checks import Check
    from core.masterdata.write import Write

ACRONYMS = ("gln", "gtin", "po", "un")
DRAFTS, PROMISES = "drafts", "promises"


@dataclass(frozen=True, slots=True)
class Column:
    """A blank is `default` (None: nothing is known). unit: what the figure counts ("working days", "%").

    attribute: of the row, as the column when ""; inside: a name in the row's JSON object. fixed: set when the row is
    made and never changed. Columns of a reference have no attribute of their own: the Reference has it. section: the
    heading under which it stands on its screen, "" for none.
    """

    name: str
    type: Type
    help: str
    required: bool = False
    default: Any = None
    unit: str = ""
    attribute: str = ""
    inside: str = ""
    fixed: bool = False
    section: str = ""

    @property
    def label(self) -> str:
        words = self.name.split("_")
        first = words[0].upper() if words[0] in ACRONYMS else words[0].capitalize()
        return " ".join((first, *words[1:]))

    @property
    def bounds(self) -> str:
        """ "0 to 100, 30 unless set otherwise", of a figure that has bounds."""
        if self.type.between is None:
            return ""
        least, most = self.type.between
        usual = self.type.to_text(self.default)
        return f"{least} to {most:,}" + (f"; {usual} unless set otherwise." if usual else ".")

    @property
    def source(self) -> str:
        return self.attribute or self.name


@dataclass(frozen=True, slots=True)
class Reference:
    """`columns` name, in the order of its natural key, the row of table `to` whose id stands in `attribute`."""

    attribute: str
    to: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """key: columns that name a row, () for the one row of a singleton. group: scope of tokens and roles.

    listed, filters: columns on the list's screen and beside it. search: text columns that words are looked for in.
    off: what the row is set to when it cannot be deleted since history hangs on it. touches: what a change may mend or
    break. made: called with a row that is new. parent: the reference whose screens show this table's rows.
    alike: columns in which two rows of different keys are the same thing. moved: (model column of the row's id, of the instant) of a ledger that says when else a row changed.
    """

    name: str
    one: str
    title: str
    help: str
    group: str
    model: type[Any]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    references: tuple[Reference, ...] = ()
    listed: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    off: dict[str, Any] = field(default_factory=dict)
    off_words: str = ""
    touches: tuple[str, ...] = ()
    write: Write | None = None
    made: Callable[..., None] | None = None
    moved: tuple[Any, Any] | None = None
    alike: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)

    def reference_of(self, column: str) -> Reference | None:
        return next((r for r in self.references if column in r.columns), None)

    @property
    def own_columns(self) -> tuple[Column, ...]:
        """Those that stand in the row itself."""
        return tuple(c for c in self.columns if self.reference_of(c.name) is None)

    @property
    def is_single(self) -> bool:
        return not self.key
