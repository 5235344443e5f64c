"""Several suppliers of an item"""

import re

import sqlalchemy as sa
from alembic import op

import core.database

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KEPT = """
CREATE TABLE item_source_kept AS
SELECT item_id, supplier_id, lead_days, receive_days, minimum_lot, multiple_lot, yield_percent FROM item_source
"""
COLUMNS = "supplier_id, lead_days, receive_days, minimum_lot, multiple_lot, yield_percent"
BACK = f"""
INSERT INTO item_source (id, item_id, preference, qualified, {COLUMNS})
SELECT item_id, item_id, 1, true, {COLUMNS} FROM item_source_kept
"""
"""A row keeps its number, which was the item's: its history goes on."""
NUMBERS = """
SELECT setval(pg_get_serial_sequence('item_source', 'id'), coalesce(max(id), 0) + 1, false) FROM item_source
"""
FIRST = """
CREATE TABLE item_source_kept AS
SELECT item_id, supplier_id, lead_days, receive_days, minimum_lot, multiple_lot, yield_percent FROM item_source s
WHERE id = (
    SELECT o.id FROM item_source o WHERE o.item_id = s.item_id ORDER BY o.preference, o.id LIMIT 1
)
"""
SUPPLIERS = """
SELECT s.id, coalesce(p.number, '') AS number FROM item_source s LEFT JOIN supplier p ON p.id = s.supplier_id
"""
NAMED = ("master_change", "master_proposal")


def upgrade() -> None:
    op.execute(KEPT)
    op.drop_table("item_source")
    op.create_table(
        "item_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("preference", sa.Integer(), nullable=False),
        sa.Column("qualified", sa.Boolean(), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("receive_days", sa.Integer(), nullable=False),
        sa.Column("minimum_lot", core.database.Exact(6), nullable=False),
        sa.Column("multiple_lot", core.database.Exact(6), nullable=False),
        sa.Column("unit_cost", core.database.Exact(6), nullable=True),
        sa.Column("yield_percent", core.database.Exact(6), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_source_item_id_item")),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name=op.f("fk_item_source_supplier_id_supplier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_source")),
        sa.UniqueConstraint(
            "item_id", "supplier_id", name=op.f("uq_item_source_item_id_supplier_id")
        ),
    )
    op.execute(BACK)
    op.drop_table("item_source_kept")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(NUMBERS)
    rows = op.get_bind().execute(sa.text(SUPPLIERS)).all()
    _call_by({row.id: row.number for row in rows})
    with op.batch_alter_table("expedite") as batch:
        batch.add_column(sa.Column("supplier_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_expedite_supplier_id_supplier"), "supplier", ["supplier_id"], ["id"]
        )


def downgrade() -> None:
    op.execute("DELETE FROM expedite WHERE supplier_id IS NOT NULL")
    with op.batch_alter_table("expedite") as batch:
        batch.drop_constraint(op.f("fk_expedite_supplier_id_supplier"), type_="foreignkey")
        batch.drop_column("supplier_id")
    _call_by(None)
    op.execute(FIRST)
    op.drop_table("item_source")
    op.create_table(
        "item_source",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("receive_days", sa.Integer(), nullable=False),
        sa.Column("minimum_lot", core.database.Exact(6), nullable=False),
        sa.Column("multiple_lot", core.database.Exact(6), nullable=False),
        sa.Column("yield_percent", core.database.Exact(6), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_source_item_id_item")),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name=op.f("fk_item_source_supplier_id_supplier")
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_source")),
    )
    op.execute(
        f"INSERT INTO item_source (item_id, {COLUMNS}) SELECT item_id, {COLUMNS} FROM item_source_kept"
    )
    op.drop_table("item_source_kept")


def _call_by(suppliers: dict[int, str] | None) -> None:
    """What the history calls a source of an item: the item and, by row, the supplier; None: the item alone."""
    connection = op.get_bind()
    for table in NAMED:
        query = f"SELECT DISTINCT row_id, row_key FROM {table} WHERE table_name = 'item-sources'"
        for row_id, key in connection.execute(sa.text(query)).all():
            item = key.partition(",")[0]
            named = item if suppliers is None else f"{item},{_part(suppliers.get(row_id, ''))}"
            connection.execute(
                sa.text(
                    f"UPDATE {table} SET row_key = :named"
                    " WHERE table_name = 'item-sources' AND row_id = :row AND row_key = :key"
                ),
                {"named": named, "row": row_id, "key": key},
            )


def _part(text: str) -> str:
    """As a part of a key was written when this was made."""
    return "".join(
        c if re.fullmatch(r"[A-Za-z0-9._@-]", c) else "".join(f"={b:02X}" for b in c.encode())
        for c in text
    )
