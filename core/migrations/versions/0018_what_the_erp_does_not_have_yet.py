"""What the ERP does not have yet"""

import sqlalchemy as sa
from alembic import op

import core.database

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "master_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("row_key", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("at", core.database.Utc(timezone=True), nullable=False),
        sa.Column("settled_by", sa.String(length=255), nullable=False),
        sa.Column("settled_at", core.database.Utc(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_master_proposal")),
    )
    with op.batch_alter_table("master_proposal", schema=None) as batch_op:
        batch_op.create_index("ix_master_proposal_row", ["table_name", "row_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_master_proposal_state"), ["state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("master_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_master_proposal_state"))
        batch_op.drop_index("ix_master_proposal_row")

    op.drop_table("master_proposal")
