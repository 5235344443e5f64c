"""Firms of one group, whose orders may repeat each other"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("customer") as batch:
        batch.add_column(sa.Column("group_name", sa.String(64), nullable=False, server_default=""))
    with op.batch_alter_table("customer") as batch:
        batch.alter_column("group_name", server_default=None)
        batch.create_index("ix_customer_group_name", ["group_name"])


def downgrade() -> None:
    with op.batch_alter_table("customer") as batch:
        batch.drop_index("ix_customer_group_name")
        batch.drop_column("group_name")
