"""Alembic's door into the database; only core.migrate starts it."""

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from core.database import connect
from core.every_table import METADATA


def prepare(connection: Connection) -> None:
    """SQLite makes a changed table anew, which its foreign keys would forbid; both ways are set before any change."""
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
    else:
        connection.exec_driver_sql("SET statement_timeout = 0")


def require_whole(connection: Connection) -> None:
    """Raises IntegrityError, and so undoes all, when a row points to nothing afterwards."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        reason = ValueError(f"row {broken[1]} of {broken[0]} points to no row of {broken[2]}")
        raise IntegrityError("PRAGMA foreign_key_check", None, reason)


engine = connect(context.config.attributes["url"])
with engine.execution_options(writes=True).connect() as connection:
    prepare(connection)
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        require_whole(connection)
    connection.commit()
engine.dispose()
