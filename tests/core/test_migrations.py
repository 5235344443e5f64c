"""Migrations go up and down on both databases and end at the tables that the program expects."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from core import migrate
from core.database import connect
from core.every_table import METADATA


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
