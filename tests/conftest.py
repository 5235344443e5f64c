"""Databases for tests: each test gets an empty one, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine, event, text

from core.database import Database, connect
from core.every_table import METADATA

# The same examples in every run, so that a red run is about the change; --hypothesis-profile=explore draws new ones.
# No deadline: a machine that is busy is no fault.
settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile("house")

POSTGRES_VARIABLE = "ORDERCLERK_TEST_POSTGRES_URL"


def _hurry(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _sqlite(path: Path) -> Engine:
    engine = connect(f"sqlite:///{path}")
    event.listen(engine, "connect", _hurry)
    return engine


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with every table; tests copy it."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    engine = _sqlite(path)
    METADATA.create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """URL of a fresh, empty SQLite database with every table."""
    path = tmp_path / "orderclerk.sqlite"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    engine = _sqlite(Path(sqlite_url.removeprefix("sqlite:///")))
    yield Database(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a PostgreSQL server: the one named in the environment, or an embedded one."""
    named = os.environ.get(POSTGRES_VARIABLE)
    if named:
        yield named.replace("postgresql://", "postgresql+psycopg://", 1)
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pgserver

            # A short path: a Unix socket's name has a limit of about 100 bytes.
            folder = Path(tempfile.mkdtemp(prefix="ocpg"))
            server = pgserver.get_server(folder, cleanup_mode="delete")
    except Exception as error:
        pytest.skip(
            f"no PostgreSQL: pgserver did not start ({error}); set {POSTGRES_VARIABLE} to use your own"
        )
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> Iterator[str]:
    """URL of one database of this test run on the server, with every table."""
    name = f"orderclerk_test_{os.getpid()}"
    admin = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = admin.url.set(database=name).render_as_string(hide_password=False)
    engine = connect(url)
    METADATA.create_all(engine)
    engine.dispose()
    yield url
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[Database]:
    engine = connect(postgres_url)
    yield Database(engine)
    tables = ", ".join(f'"{table.name}"' for table in METADATA.tables.values())
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """An empty database; a test that takes it runs on both kinds."""
    name = "sqlite_database" if request.param == "sqlite" else "postgres_database"
    found = request.getfixturevalue(name)
    assert isinstance(found, Database)
    return found
