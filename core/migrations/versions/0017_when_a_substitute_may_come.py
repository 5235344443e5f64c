"""When a substitute may come: never, asked for, or by itself, for a customer or one of their items"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("customer") as batch:
        batch.add_column(
            sa.Column("substitutes", sa.String(64), nullable=False, server_default="ask")
        )
    op.execute("UPDATE customer SET substitutes = 'in-time' WHERE substitutes_allowed")
    with op.batch_alter_table("customer") as batch:
        batch.drop_column("substitutes_allowed")
        batch.alter_column("substitutes", server_default=None)
    with op.batch_alter_table("customer_item") as batch:
        batch.add_column(
            sa.Column("substitutes", sa.String(64), nullable=False, server_default="usual")
        )
    with op.batch_alter_table("customer_item") as batch:
        batch.alter_column("substitutes", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("customer_item") as batch:
        batch.drop_column("substitutes")
    with op.batch_alter_table("customer") as batch:
        batch.add_column(
            sa.Column(
                "substitutes_allowed", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )
    op.execute("UPDATE customer SET substitutes_allowed = (substitutes IN ('in-time', 'earliest'))")
    with op.batch_alter_table("customer") as batch:
        batch.drop_column("substitutes")
        batch.alter_column("substitutes_allowed", server_default=None)
