"""What else can be asked for sooner: purchases by express and overtime"""

import sqlalchemy as sa
from alembic import op

import core.database

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("supplier") as batch:
        batch.add_column(sa.Column("express_days", sa.Integer()))
        batch.add_column(sa.Column("express_cost", core.database.Exact(6)))
    with op.batch_alter_table("work_centre") as batch:
        batch.add_column(
            sa.Column("overtime_minutes", sa.Integer(), nullable=False, server_default="0")
        )
        batch.add_column(sa.Column("overtime_cost", core.database.Exact(6)))
    with op.batch_alter_table("work_centre") as batch:
        batch.alter_column("overtime_minutes", server_default=None)
    with op.batch_alter_table("expedite") as batch:
        batch.alter_column("receipt_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("item_id", sa.Integer()))
        batch.add_column(sa.Column("work_centre_id", sa.Integer()))
        batch.add_column(sa.Column("minutes", core.database.Exact(6)))
        batch.create_foreign_key("fk_expedite_item_id_item", "item", ["item_id"], ["id"])
        batch.create_foreign_key(
            "fk_expedite_work_centre_id_work_centre", "work_centre", ["work_centre_id"], ["id"]
        )
        batch.create_index("ix_expedite_work_centre_id", ["work_centre_id"])


def downgrade() -> None:
    op.execute("DELETE FROM expedite WHERE receipt_id IS NULL")
    with op.batch_alter_table("expedite") as batch:
        batch.drop_index("ix_expedite_work_centre_id")
        batch.drop_constraint("fk_expedite_work_centre_id_work_centre", type_="foreignkey")
        batch.drop_constraint("fk_expedite_item_id_item", type_="foreignkey")
        batch.drop_column("minutes")
        batch.drop_column("work_centre_id")
        batch.drop_column("item_id")
        batch.alter_column("receipt_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("work_centre") as batch:
        batch.drop_column("overtime_cost")
        batch.drop_column("overtime_minutes")
    with op.batch_alter_table("supplier") as batch:
        batch.drop_column("express_cost")
        batch.drop_column("express_days")
