"""Alembic's door into the database; only core.migrate starts it."""

from alembic import context

from core.database import connect
from core.every_table import METADATA

engine = connect(context.config.attributes["url"])
with engine.execution_options(writes=True).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
