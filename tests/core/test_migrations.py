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


def test_the_one_supplier_of_an_item_becomes_its_first_with_its_history(empty_url):
    migrate.upgrade(empty_url, "0026")
    engine = connect(empty_url)
    with engine.begin() as connection:
        for row in (
            "INSERT INTO supplier (id, number, name, lead_days, late_days, working_days, holidays, rush_days)"
            " VALUES (3, 'S 3', 'Three', 0, 0, '[]', '[]', 0)",
            *(
                "INSERT INTO item (id, number, description, description_de, stock_unit, gtin, weight_kg, kind,"
                " lead_days, shelf_life_days, minimum_quantity, multiple_quantity, sale_state, hazardous,"
                f" export_code, origin_country, notes) VALUES ({n}, 'IT-{n}', '', '', 'EA', '', 0, 'bought',"
                " 0, 0, 0, 0, 'active', false, '', '', '')"
                for n in (7, 8)
            ),
            "INSERT INTO item_source VALUES (7, 3, 4, 1, 10, 5, 100)",
            "INSERT INTO item_source VALUES (8, NULL, 0, 0, 0, 0, 80)",
            *(
                "INSERT INTO master_change (table_name, row_id, row_key, action, at, actor, door, changes)"
                f" VALUES ('item-sources', {n}, 'IT-{n}', 'created', '2026-01-05 10:00:00', 'x', 'rest', '{{}}')"
                for n in (7, 8)
            ),
            "INSERT INTO bom_line (id, item_id, component_id, quantity_per, scrap_percent) VALUES (1, 7, 8, 3, 0)",
            "INSERT INTO master_change (table_name, row_id, row_key, action, at, actor, door, changes)"
            " VALUES ('bom-lines', 99, 'IT-7,IT-8', 'created', '2026-01-05 10:00:00', 'x', 'rest', '{}')",
        ):
            connection.execute(text(row))
    told = (
        "SELECT item_id, supplier_id, lead_days, receive_days, minimum_lot, multiple_lot, yield_percent"
        " FROM item_source ORDER BY item_id"
    )
    keys = "SELECT row_key FROM master_change ORDER BY row_id"
    with engine.connect() as connection:
        before = connection.execute(text(told)).all()
    migrate.upgrade(empty_url)
    with engine.begin() as connection:
        assert connection.execute(text(told)).all() == before
        first = connection.execute(text("SELECT id, preference FROM item_source ORDER BY id")).all()
        assert first == [(7, 1), (8, 1)]
        assert connection.scalars(text(keys)).all() == ["IT-7,S=203", "IT-8,", "IT-7,IT-8,"]
        assert connection.execute(
            text("SELECT item_id, component_id, site_id FROM bom_line")
        ).all() == [(7, 8, None)]
        connection.execute(
            text(
                "INSERT INTO item_source (item_id, preference, qualified, lead_days, receive_days, minimum_lot,"
                " multiple_lot, yield_percent) VALUES (7, 2, true, 9, 0, 0, 0, 100)"
            )
        )
    migrate.downgrade(empty_url, "0026")
    with engine.connect() as connection:
        assert connection.execute(text(told)).all() == before
        assert connection.scalars(text(keys)).all() == ["IT-7", "IT-8", "IT-7,IT-8"]
    engine.dispose()
