"""Migrations go up and down on both databases and end at the tables that the program expects."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from core import migrate
from core.database import Database, connect
from core.every_table import METADATA
from tests.builders import a_draft
from tests.steps import a_shop, delivered, order_for


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    server = request.getfixturevalue("postgres_server")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS orderclerk_migrations"))
        connection.execute(text("CREATE DATABASE orderclerk_migrations"))
    yield admin.url.set(database="orderclerk_migrations").render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE orderclerk_migrations WITH (FORCE)"))
    admin.dispose()


def test_up_is_what_the_program_expects_and_down_is_nothing(empty_url):
    assert migrate.current(empty_url) == ""
    migrate.upgrade(empty_url)
    assert migrate.current(empty_url) == migrate.newest()
    engine = connect(empty_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    migrate.downgrade(empty_url)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    migrate.upgrade(empty_url)
    assert migrate.current(empty_url) == migrate.newest()


def _counts(engine, names):
    with engine.connect() as connection:
        return {n: connection.scalar(text(f'SELECT count(*) FROM "{n}"')) for n in names}


def _triggers(engine):
    found = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with engine.connect() as connection:
        return set(connection.scalars(text(found[engine.dialect.name])))


def test_a_database_in_use_goes_down_and_up_and_keeps_its_rows(empty_url):
    migrate.upgrade(empty_url)
    engine = connect(empty_url)
    database = Database(engine)
    with database.begin() as session:
        shop = a_shop(session)
        delivered(session, order_for(session, shop, 30, 5))
        a_draft(session)
    assert _triggers(engine) == {"first_promise_stays"}
    migrate.downgrade(empty_url, "0001")
    first = set(inspect(engine).get_table_names()) - {"alembic_version"}
    before = _counts(engine, first)
    assert sum(count > 0 for count in before.values()) > 15
    migrate.upgrade(empty_url)
    assert _counts(engine, first) == before
    assert _triggers(engine) == {"first_promise_stays"}
    engine.dispose()
