"""Recipes of a site"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ONCE = {
    "bom_line": ("site_id", ["item_id", "component_id"]),
    "item_source": ("supplier_id", ["item_id"]),
    "inspection_time": ("site_id", ["item_id"]),
}
"""One row without this column for each of those."""
NAMED = ("master_change", "master_proposal")


def _index(table: str) -> str:
    return f"ix_{table}_without_{ONCE[table][0].removesuffix('_id')}"


def upgrade() -> None:
    with op.batch_alter_table("bom_line") as batch:
        batch.add_column(sa.Column("site_id", sa.Integer(), nullable=True))
        batch.drop_constraint(op.f("uq_bom_line_item_id_component_id"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_bom_line_item_id_component_id_site_id"), ["item_id", "component_id", "site_id"]
        )
        batch.create_foreign_key(op.f("fk_bom_line_site_id_site"), "site", ["site_id"], ["id"])
    for table, (absent, columns) in ONCE.items():
        where = sa.text(f"{absent} IS NULL")
        op.create_index(
            _index(table), table, columns, unique=True, sqlite_where=where, postgresql_where=where
        )
    for table in NAMED:  # a key has one more part, which is empty
        op.execute(f"UPDATE {table} SET row_key = row_key || ',' WHERE table_name = 'bom-lines'")


def downgrade() -> None:
    for table in NAMED:
        op.execute(
            f"UPDATE {table} SET row_key = substr(row_key, 1, length(row_key) - 1)"
            " WHERE table_name = 'bom-lines' AND row_key LIKE '%,'"
        )
    for table in ONCE:
        op.drop_index(_index(table), table)
    op.execute("DELETE FROM bom_line WHERE site_id IS NOT NULL")
    with op.batch_alter_table("bom_line") as batch:
        batch.drop_constraint(op.f("fk_bom_line_site_id_site"), type_="foreignkey")
        batch.drop_constraint(op.f("uq_bom_line_item_id_component_id_site_id"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_bom_line_item_id_component_id"), ["item_id", "component_id"]
        )
        batch.drop_column("site_id")
