"""Words of pages to pick from, and who looks at which draft"""

import sqlalchemy as sa
from alembic import op

import core.database

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_page_text_part_id_part")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_text")),
        sa.UniqueConstraint("part_id", "page", name=op.f("uq_page_text_part_id_page")),
    )
    op.create_table(
        "onlooker",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", core.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_onlooker_draft_id_draft")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_onlooker_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_onlooker")),
    )
    with op.batch_alter_table("onlooker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_onlooker_draft_id"), ["draft_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("onlooker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_onlooker_draft_id"))
    op.drop_table("onlooker")
    op.drop_table("page_text")
