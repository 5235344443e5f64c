"""When inspection ends"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stock_lot", sa.Column("release_on", sa.Date(), nullable=True))
    op.create_table(
        "inspection_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_inspection_time_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_inspection_time_site_id_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_time")),
        sa.UniqueConstraint("item_id", "site_id", name=op.f("uq_inspection_time_item_id_site_id")),
    )


def downgrade() -> None:
    op.drop_table("inspection_time")
    op.drop_column("stock_lot", "release_on")
