"""What is open is found at once, however much was shipped before"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

OPEN = sa.text("stock_quantity > cancelled_quantity + shipped_quantity")


def upgrade() -> None:
    op.create_index(
        "ix_order_line_open_item",
        "order_line",
        ["item_id"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index(
        "ix_receipt_open_item",
        "receipt",
        ["item_id"],
        sqlite_where=sa.text("closed IS 0"),
        postgresql_where=sa.text("closed IS false"),
    )


def downgrade() -> None:
    op.drop_index("ix_receipt_open_item", table_name="receipt")
    op.drop_index("ix_order_line_open_item", table_name="order_line")
