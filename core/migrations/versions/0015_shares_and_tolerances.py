"""Who is served first when stock is scarce, and how much a delivery may lack"""

import sqlalchemy as sa
from alembic import op

import core.database

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("customer") as batch:
        batch.add_column(
            sa.Column("supply_priority", sa.Integer(), nullable=False, server_default="5")
        )
        batch.add_column(
            sa.Column(
                "under_tolerance_percent",
                core.database.Exact(6),
                nullable=False,
                server_default="0",
            )
        )
    with op.batch_alter_table("customer") as batch:
        batch.alter_column("supply_priority", server_default=None)
        batch.alter_column("under_tolerance_percent", server_default=None)
    with op.batch_alter_table("customer_item") as batch:
        batch.add_column(sa.Column("under_tolerance_percent", core.database.Exact(6)))


def downgrade() -> None:
    with op.batch_alter_table("customer_item") as batch:
        batch.drop_column("under_tolerance_percent")
    with op.batch_alter_table("customer") as batch:
        batch.drop_column("under_tolerance_percent")
        batch.drop_column("supply_priority")
