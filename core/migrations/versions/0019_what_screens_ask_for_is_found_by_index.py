"""What screens and rounds ask for is found by index, however much was done before"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

INDEXES = (
    ("draft", "ix_draft_created_at", ("created_at",), ""),
    ("draft", "ix_draft_customer_created_at", ("customer_id", "created_at"), ""),
    ("draft_line", "ix_draft_line_item", ("item_id",), ""),
    (
        "draft_line",
        "ix_draft_line_ordered_item",
        ("ordered_item_id",),
        "ordered_item_id IS NOT NULL",
    ),
    ("exchange_interchange", "ix_exchange_interchange_status", ("status",), ""),
    (
        "exchange_interchange",
        "ix_exchange_interchange_answer_state",
        ("answer_state", "answer_due_at"),
        "",
    ),
    (
        "exchange_interchange",
        "ix_exchange_interchange_copy_of",
        ("copy_of_id",),
        "copy_of_id IS NOT NULL",
    ),
    ("hold", "ix_hold_status", ("status",), ""),
    (
        "order_line",
        "ix_order_line_ordered_item",
        ("ordered_item_id",),
        "ordered_item_id IS NOT NULL",
    ),
    ("pick_line", "ix_pick_line_schedule_line_id", ("schedule_line_id",), ""),
    ("sales_order", "ix_sales_order_booked_at", ("booked_at", "id"), ""),
    ("sales_order", "ix_sales_order_document_id", ("document_id",), ""),
    ("sales_order", "ix_sales_order_status_booked_at", ("status", "booked_at", "id"), ""),
    ("schedule_line", "ix_schedule_line_first_promised_date", ("first_promised_date",), ""),
    (
        "schedule_line",
        "ix_schedule_line_open_promised_date",
        ("promised_date",),
        "quantity > shipped_quantity",
    ),
    ("shipment", "ix_shipment_status", ("status",), ""),
    ("stock_movement", "ix_stock_movement_reason_at", ("reason", "at"), ""),
    ("stock_movement", "ix_stock_movement_subject", ("subject", "subject_id"), ""),
)


def upgrade() -> None:
    for table, name, columns, of in INDEXES:
        where = sa.text(of) if of else None
        op.create_index(name, table, list(columns), sqlite_where=where, postgresql_where=where)
    op.create_index(
        "ix_exchange_interchange_test",
        "exchange_interchange",
        ["test"],
        sqlite_where=sa.text("test IS 1"),
        postgresql_where=sa.text("test IS true"),
    )


def downgrade() -> None:
    op.drop_index("ix_exchange_interchange_test", table_name="exchange_interchange")
    for table, name, _, _ in reversed(INDEXES):
        op.drop_index(name, table_name=table)
