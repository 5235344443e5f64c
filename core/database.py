"""Engine, sessions and column types; begin() is the only commit in the house."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Numeric,
    String,
    Text,
    create_engine,
    event,
)
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from core.values import utc_now

T = TypeVar("T")

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012 (SQLAlchemy's protocol)


class Exact(TypeDecorator[Decimal]):
    """An exact decimal: NUMERIC on PostgreSQL, a scaled integer on SQLite (which has no decimals)."""

    impl = Numeric
    cache_ok = True

    def __init__(self, scale: int = 6) -> None:
        super().__init__(20, scale)
        self.places = scale

    def __repr__(self) -> str:
        return f"Exact({self.places})"

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(20, self.places))

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        scaled = Decimal(value).scaleb(self.places)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than {self.places} decimal places")
        return int(scaled) if dialect.name == "sqlite" else Decimal(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        return (
            Decimal(int(value)).scaleb(-self.places) if dialect.name == "sqlite" else Decimal(value)
        )


class Utc(TypeDecorator[datetime]):
    """An aware instant, stored in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        value = value.astimezone(timezone.utc)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return (
            value.replace(tzinfo=timezone.utc)
            if value.tzinfo is None
            else value.astimezone(timezone.utc)
        )


Amount = Annotated[Decimal, mapped_column(Exact(6))]
Instant = Annotated[datetime, mapped_column(Utc())]
Key = Annotated[int, mapped_column(primary_key=True)]
Word = Annotated[str, mapped_column(String(64))]
Line = Annotated[str, mapped_column(String(255))]
Prose = Annotated[str, mapped_column(Text)]


class Subject:
    """What has a lifecycle: a status that only the journal sets, and a version that stops lost updates."""

    SUBJECT = ""

    id: Mapped[Key]
    status: Mapped[Word] = mapped_column(default="new")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Instant] = mapped_column(default=utc_now)
    changed_at: Mapped[Instant] = mapped_column(default=utc_now)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


POSTGRES_SETTINGS = (
    "statement_timeout=30000",
    "idle_in_transaction_session_timeout=60000",
    # Some hundred rows by index, not a walk over a whole index: the default is for disks that turn.
    "random_page_cost=1.1",
)


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=10000",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: Any) -> None:
    # A deferred transaction that reads first and writes later fails at once under load, so writers say so up front.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


ROW = {"key_share": True}
"""How a row is locked: others may still point to it. Without that, who writes lines of two items one after the other and
who locks both of them wait for each other for ever, because a row that points to another one locks it, too."""


def connect(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL (psycopg) with the house's settings."""
    dump = lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True)  # noqa: E731
    if url.startswith("sqlite"):
        engine = create_engine(url, json_serializer=dump)
        event.listen(engine, "connect", _sqlite_pragmas)
        event.listen(engine, "begin", _sqlite_begin)
        return engine
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    return create_engine(
        url,
        json_serializer=dump,
        pool_pre_ping=True,
        connect_args={"options": " ".join(f"-c {setting}" for setting in POSTGRES_SETTINGS)},
    )


class Database:
    """Sessions over one engine. Values stay readable after the commit (expire_on_commit is off)."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(writes=True)

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A writing transaction: commits at the end of the block, rolls back on any error."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A reading transaction: whatever was changed in it is thrown away."""
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session
            session.rollback()

    def run(self, work: Callable[[Session], T], attempts: int = 4) -> T:
        """begin() around `work`, again when the database asks for it (deadlock, serialization, busy)."""
        for attempt in range(1, attempts + 1):
            try:
                with self.begin() as session:
                    return work(session)
            except (OperationalError, DBAPIError) as error:
                if attempt == attempts or not _may_repeat(error):
                    raise
        raise AssertionError("unreachable")


def _may_repeat(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", "") or ""
    return state in ("40001", "40P01") or "database is locked" in str(error.orig)
