"""Promises that slip, notices of new dates, and what was expected of a receipt first"""

import sqlalchemy as sa
from alembic import op

import core.database

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "supply_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(length=64), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", core.database.Utc(timezone=True), nullable=False),
        sa.Column("checked_at", core.database.Utc(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply_change")),
    )
    with op.batch_alter_table("supply_change", schema=None) as batch_op:
        batch_op.create_index("ix_supply_change_checked_at", ["checked_at"], unique=False)

    op.create_table(
        "promise_notice",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("open_key", sa.String(length=64), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", core.database.Utc(timezone=True), nullable=False),
        sa.Column("changed_at", core.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_promise_notice_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["sales_order.id"], name=op.f("fk_promise_notice_order_id_sales_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_notice")),
        sa.UniqueConstraint("open_key", name=op.f("uq_promise_notice_open_key")),
    )
    with op.batch_alter_table("promise_notice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_promise_notice_customer_id"), ["customer_id"], unique=False
        )

    op.create_table(
        "promise_slip",
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("schedule_line_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("quantity", core.database.Exact(6), nullable=False),
        sa.Column("promised_date", sa.Date(), nullable=False),
        sa.Column("new_date", sa.Date(), nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=False),
        sa.Column("cause_code", sa.String(length=64), nullable=False),
        sa.Column("cause_facts", sa.JSON(), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("decided_by", sa.String(length=255), nullable=False),
        sa.Column("decided_reason", sa.Text(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("open_key", sa.String(length=64), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", core.database.Utc(timezone=True), nullable=False),
        sa.Column("changed_at", core.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_promise_slip_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["order_line.id"], name=op.f("fk_promise_slip_line_id_order_line")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["promise_notice.id"],
            name=op.f("fk_promise_slip_notice_id_promise_notice"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["sales_order.id"], name=op.f("fk_promise_slip_order_id_sales_order")
        ),
        sa.ForeignKeyConstraint(
            ["schedule_line_id"],
            ["schedule_line.id"],
            name=op.f("fk_promise_slip_schedule_line_id_schedule_line"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_slip")),
        sa.UniqueConstraint("open_key", name=op.f("uq_promise_slip_open_key")),
    )
    with op.batch_alter_table("promise_slip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promise_slip_notice_id"), ["notice_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_promise_slip_order_id"), ["order_id"], unique=False)
        batch_op.create_index("ix_promise_slip_schedule_line", ["schedule_line_id"], unique=False)
        batch_op.create_index("ix_promise_slip_status", ["status"], unique=False)

    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_expected_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ordered_on", sa.Date(), nullable=True))
    op.execute("UPDATE receipt SET first_expected_date = expected_date")


def downgrade() -> None:
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.drop_column("ordered_on")
        batch_op.drop_column("first_expected_date")

    with op.batch_alter_table("promise_slip", schema=None) as batch_op:
        batch_op.drop_index("ix_promise_slip_status")
        batch_op.drop_index("ix_promise_slip_schedule_line")
        batch_op.drop_index(batch_op.f("ix_promise_slip_order_id"))
        batch_op.drop_index(batch_op.f("ix_promise_slip_notice_id"))

    op.drop_table("promise_slip")
    with op.batch_alter_table("promise_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promise_notice_customer_id"))

    op.drop_table("promise_notice")
    with op.batch_alter_table("supply_change", schema=None) as batch_op:
        batch_op.drop_index("ix_supply_change_checked_at")

    op.drop_table("supply_change")
