"""Rows about master data itself: what was changed by whom, who is master, and files that are imported."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Instant, Key, Line, Prose, Word
from core.values import utc_now


class MasterChange(Base):
    """One change of one row, append-only. action: "created", "changed", "deactivated", "deleted".

    door: "screen", "import", "rest", "command line", "demo". changes: {"column": [old, new]} as JSON values.
    import_run_id: the file that it came from.
    """

    __tablename__ = "master_change"
    __table_args__ = (
        Index("ix_master_change_row", "table_name", "row_id"),
        Index("ix_master_change_at", "table_name", "at"),
        Index("ix_master_change_import_run_id", "import_run_id"),
    )

    id: Mapped[Key]
    table_name: Mapped[Word]
    row_id: Mapped[int]
    row_key: Mapped[Prose]
    action: Mapped[Word]
    at: Mapped[Instant]
    actor: Mapped[Line]
    door: Mapped[Word]
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    import_run_id: Mapped[int | None]


class MasterKeeper(Base):
    """Who is master of a table. keeper: "both" (no row is the same), "here" or "erp"."""

    __tablename__ = "master_keeper"

    table_name: Mapped[Word] = mapped_column(primary_key=True)
    keeper: Mapped[Word]
    actor: Mapped[Line]
    at: Mapped[Instant] = mapped_column(default=utc_now)


class MasterProposal(Base):
    """A row of a table that the ERP keeps, added or changed at the desk. state: "open", "taken" (the ERP has it now),
    "refused" (the ERP said no, with its reason), "dropped" (taken back here). action: "created" or "changed".
    """

    __tablename__ = "master_proposal"
    __table_args__ = (Index("ix_master_proposal_row", "table_name", "row_id"),)

    id: Mapped[Key]
    table_name: Mapped[Word]
    row_id: Mapped[int]
    row_key: Mapped[Prose]
    action: Mapped[Word]
    state: Mapped[Word] = mapped_column(default="open", index=True)
    actor: Mapped[Line]
    at: Mapped[Instant]
    settled_by: Mapped[Line] = mapped_column(default="")
    settled_at: Mapped[Instant | None]
    reason: Mapped[Prose] = mapped_column(default="")


class ImportRun(Base):
    """A file that is imported. state: "waiting", "reading", "heads" (a person says what its columns
    are), "checked", "applying", "applied", "failed", "dropped".

    mode: "all" (every row is good, or none is kept), "valid", or "back": it takes back what run `takes_back` did. options: delimiter, encoding, decimal mark as chosen;
    found: as detected. counts: rows by action. done_rows of total_rows: how far the present step is. door: "import" (the
    screen's) or "command line".
    """

    __tablename__ = "import_run"

    id: Mapped[Key]
    table_name: Mapped[Word] = mapped_column(index=True)
    file_name: Mapped[Line]
    sha256: Mapped[Word]
    state: Mapped[Word] = mapped_column(default="waiting")
    mode: Mapped[Word] = mapped_column(default="all")
    door: Mapped[Word] = mapped_column(default="import")
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    found: Mapped[dict[str, Any]] = mapped_column(default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    total_rows: Mapped[int] = mapped_column(default=0)
    done_rows: Mapped[int] = mapped_column(default=0)
    sentence: Mapped[Prose] = mapped_column(default="")
    actor: Mapped[Line]
    created_at: Mapped[Instant] = mapped_column(default=utc_now)
    ended_at: Mapped[Instant | None]
    takes_back: Mapped[int | None]


class ImportRow(Base):
    """What became of one row of a file, unless it changes nothing. problems: [[column, sentence]]."""

    __tablename__ = "import_row"
    __table_args__ = (UniqueConstraint("run_id", "number"),)

    id: Mapped[Key]
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    number: Mapped[int]
    action: Mapped[Word]
    row_key: Mapped[Prose]
    problems: Mapped[list[Any]] = mapped_column(default=list)
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ImportHead(Base):
    """What a person said that a head of a file means. head: folded; column_name: "" for a column that is left out."""

    __tablename__ = "import_head"
    __table_args__ = (UniqueConstraint("table_name", "head"),)

    id: Mapped[Key]
    table_name: Mapped[Word]
    head: Mapped[Line]
    column_name: Mapped[Word]
    actor: Mapped[Line]
    at: Mapped[Instant]


class ExportRun(Base):
    """A list that is too long to be written while somebody waits. query: words and filters of the address.

    state: "waiting", "writing", "done", "failed". content goes after a day.
    """

    __tablename__ = "export_run"

    id: Mapped[Key]
    table_name: Mapped[Word]
    form: Mapped[Word]
    query: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[Word] = mapped_column(default="waiting")
    total_rows: Mapped[int] = mapped_column(default=0)
    done_rows: Mapped[int] = mapped_column(default=0)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    sentence: Mapped[Prose] = mapped_column(default="")
    actor: Mapped[Line]
    created_at: Mapped[Instant] = mapped_column(default=utc_now)
    ended_at: Mapped[Instant | None]
