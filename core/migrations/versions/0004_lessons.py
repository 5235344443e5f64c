"""What corrections taught"""

import sqlalchemy as sa
from alembic import op

import core.database

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lesson",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(length=255), nullable=False),
        sa.Column("address", sa.String(length=255), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("learned_by", sa.String(length=255), nullable=False),
        sa.Column("learned_at", core.database.Utc(timezone=True), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("spoke_at", core.database.Utc(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.String(length=255), nullable=False),
        sa.Column("revoked_at", core.database.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_lesson_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_lesson_draft_id_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sa.UniqueConstraint(
            "customer_id", "sender", "key", name=op.f("uq_lesson_customer_id_sender_key")
        ),
    )
    with op.batch_alter_table("lesson") as batch:
        batch.create_index(batch.f("ix_lesson_sender"), ["sender"], unique=False)
        batch.create_index(batch.f("ix_lesson_draft_id"), ["draft_id"], unique=False)


def downgrade() -> None:
    op.drop_table("lesson")
