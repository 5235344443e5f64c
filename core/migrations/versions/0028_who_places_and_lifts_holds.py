"""Who places and lifts holds"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hold_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("place_roles", sa.JSON(), nullable=False),
        sa.Column("lift_roles", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold_rule")),
        sa.UniqueConstraint("kind", name=op.f("uq_hold_rule_kind")),
    )


def downgrade() -> None:
    op.drop_table("hold_rule")
