"""What every command begins with: the settings, and the database in its newest form."""

from __future__ import annotations

from core import config, every_table, migrate
from core.config import Settings
from core.database import Database, connect
from core.errors import Misconfigured
from workers import embedded_redis


def found_settings() -> Settings:
    return embedded_redis.with_short_socket(config.settings())


def open_database(settings: Settings) -> Database:
    """Raises Misconfigured when the database is older than this program, or absent."""
    assert every_table.METADATA.tables  # a row may refer to any table, so all must be known
    if migrate.current(settings.database_url) != migrate.newest():
        raise Misconfigured(
            "The database is not in the newest form. Run `orderclerk migrate`, then start again."
        )
    return Database(connect(settings.database_url))
