"""Rows of restricted-party lists and of the log of screenings."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Amount, Base, Instant, Key, Line, Prose, Word


class PartyList(Base):
    """One list as it was loaded; loading it anew replaces its parties and its sha256.

    format: as core.screening.published found it; published_date: as the file says it, None when it does not.
    """

    __tablename__ = "party_list"

    id: Mapped[Key]
    name: Mapped[Line] = mapped_column(unique=True)
    source_name: Mapped[Line] = mapped_column(default="")
    format: Mapped[Word] = mapped_column(default="table")
    published_date: Mapped[date | None]
    sha256: Mapped[Word] = mapped_column(default="")
    entries: Mapped[int] = mapped_column(default=0)
    loaded_by: Mapped[Line] = mapped_column(default="")
    loaded_at: Mapped[Instant]
    active: Mapped[bool] = mapped_column(default=True)


class ListedParty(Base):
    """A name on a list, with other names of the same party, weak ones (of low quality) apart. countries: two letters, [] when the list says none."""

    __tablename__ = "listed_party"

    id: Mapped[Key]
    list_id: Mapped[int] = mapped_column(ForeignKey("party_list.id"), index=True)
    reference: Mapped[Line] = mapped_column(default="")
    name: Mapped[Prose]
    aliases: Mapped[list[Any]] = mapped_column(default=list)
    weak_aliases: Mapped[list[Any]] = mapped_column(default=list)
    countries: Mapped[list[Any]] = mapped_column(default=list)
    remark: Mapped[Prose] = mapped_column(default="")


class ListedWord(Base):
    """The beginning of a word of a listed name, by which candidates are found without reading the whole list."""

    __tablename__ = "listed_word"
    __table_args__ = (Index("ix_listed_word_word", "word"),)

    party_id: Mapped[int] = mapped_column(ForeignKey("listed_party.id"), primary_key=True)
    word: Mapped[Word] = mapped_column(primary_key=True)


class ScreeningRun(Base):
    """One look: who was asked about, in which lists as loaded then, and what came out. Never changed but for its release.

    asked_key: fingerprint of names, countries and lists, so that the same question is asked once. asked: [{"what",
    "name", "country"}]. hits: [{"what", "name", "listed", "list", "reference", "countries", "score"}].
    """

    __tablename__ = "screening_run"
    __table_args__ = (Index("ix_screening_run_subject", "subject", "subject_id"),)

    id: Mapped[Key]
    subject: Mapped[Word]
    subject_id: Mapped[int]
    screen: Mapped[Word]
    asked_key: Mapped[Word] = mapped_column(index=True)
    asked: Mapped[list[Any]] = mapped_column(default=list)
    lists: Mapped[list[Any]] = mapped_column(default=list)
    hits: Mapped[list[Any]] = mapped_column(default=list)
    best_score: Mapped[Amount] = mapped_column(default=0)
    at: Mapped[Instant]
    actor: Mapped[Line]
    released_by: Mapped[Line] = mapped_column(default="")
    released_reason: Mapped[Prose] = mapped_column(default="")
    released_at: Mapped[Instant | None]
