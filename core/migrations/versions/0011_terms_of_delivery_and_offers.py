"""Terms of delivery by order and group of lines, substitutes, offers, supply asked for sooner, versions of promises"""

import sqlalchemy as sa
from alembic import op

import core.database

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


KEPT = "the first promise of a schedule line is kept for ever"


def upgrade() -> None:
    op.create_table(
        "substitute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("numerator", sa.Integer(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=False),
        sa.Column("both_ways", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=255), nullable=False),
        sa.CheckConstraint("item_id != substitute_id", name=op.f("ck_substitute_another_item")),
        sa.CheckConstraint(
            "numerator > 0 AND denominator > 0", name=op.f("ck_substitute_positive_ratio")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_substitute_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_substitute_item_id_item")),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["item.id"], name=op.f("fk_substitute_substitute_id_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitute")),
        sa.UniqueConstraint(
            "item_id",
            "substitute_id",
            "customer_id",
            name=op.f("uq_substitute_item_id_substitute_id_customer_id"),
        ),
    )
    with op.batch_alter_table("substitute") as batch:
        batch.create_index(batch.f("ix_substitute_substitute_id"), ["substitute_id"], unique=False)

    op.create_table(
        "expedite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("cost", core.database.Exact(6), nullable=True),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", core.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_expedite_draft_id_draft")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["sales_order.id"], name=op.f("fk_expedite_order_id_sales_order")
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipt.id"], name=op.f("fk_expedite_receipt_id_receipt")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expedite")),
    )
    with op.batch_alter_table("expedite") as batch:
        batch.create_index(batch.f("ix_expedite_draft_id"), ["draft_id"], unique=False)
        batch.create_index(batch.f("ix_expedite_order_id"), ["order_id"], unique=False)
        batch.create_index(batch.f("ix_expedite_receipt_id"), ["receipt_id"], unique=False)

    op.create_table(
        "reservation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("draft_line_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("work_centre_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", core.database.Exact(6), nullable=False),
        sa.Column("expires_at", core.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_reservation_draft_id_draft")
        ),
        sa.ForeignKeyConstraint(
            ["draft_line_id"],
            ["draft_line.id"],
            name=op.f("fk_reservation_draft_line_id_draft_line"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_reservation_item_id_item")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_reservation_site_id_site")),
        sa.ForeignKeyConstraint(
            ["work_centre_id"],
            ["work_centre.id"],
            name=op.f("fk_reservation_work_centre_id_work_centre"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
    )
    with op.batch_alter_table("reservation") as batch:
        batch.create_index(batch.f("ix_reservation_draft_id"), ["draft_id"], unique=False)
        batch.create_index(
            "ix_reservation_item_expires_at", ["item_id", "expires_at"], unique=False
        )
        batch.create_index(
            "ix_reservation_work_centre_expires_at", ["work_centre_id", "expires_at"], unique=False
        )

    op.create_table(
        "promise_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("schedule_line_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("quantity", core.database.Exact(6), nullable=False),
        sa.Column("promised_date", sa.Date(), nullable=True),
        sa.Column("ship_date", sa.Date(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("at", core.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["schedule_line_id"],
            ["schedule_line.id"],
            name=op.f("fk_promise_version_schedule_line_id_schedule_line"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_promise_version_site_id_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_version")),
        sa.UniqueConstraint(
            "schedule_line_id", "version", name=op.f("uq_promise_version_schedule_line_id_version")
        ),
    )
    with op.batch_alter_table("customer") as batch:
        batch.add_column(
            sa.Column("part_quantity", core.database.Exact(6), nullable=False, server_default="0")
        )
        batch.add_column(
            sa.Column("part_value", core.database.Exact(6), nullable=False, server_default="0")
        )
        batch.add_column(sa.Column("latest_days", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("most_dates", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(
            sa.Column(
                "substitutes_allowed", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )

    with op.batch_alter_table("draft") as batch:
        batch.add_column(sa.Column("delivery", sa.JSON(), nullable=False, server_default="{}"))
        batch.add_column(sa.Column("choices", sa.JSON(), nullable=False, server_default="{}"))

    with op.batch_alter_table("draft_line") as batch:
        batch.add_column(
            sa.Column("group_name", sa.String(length=64), nullable=False, server_default="")
        )
        batch.add_column(sa.Column("ordered_item_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_draft_line_ordered_item_id_item"), "item", ["ordered_item_id"], ["id"]
        )

    with op.batch_alter_table("order_line") as batch:
        batch.add_column(
            sa.Column("group_name", sa.String(length=64), nullable=False, server_default="")
        )
        batch.add_column(sa.Column("ordered_item_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_order_line_ordered_item_id_item"), "item", ["ordered_item_id"], ["id"]
        )

    with op.batch_alter_table("sales_order") as batch:
        batch.add_column(sa.Column("delivery", sa.JSON(), nullable=False, server_default="{}"))

    with op.batch_alter_table("supplier") as batch:
        batch.add_column(sa.Column("rush_days", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("rush_cost", core.database.Exact(6), nullable=True))

    op.execute(
        "INSERT INTO promise_version (schedule_line_id, version, quantity, promised_date, ship_date, site_id, reason,"
        " cause, actor, at) SELECT s.id, s.promise_version, s.quantity, s.promised_date, s.ship_date, s.site_id,"
        " s.reason, '', 'system:migration', o.booked_at FROM schedule_line s JOIN order_line l ON l.id = s.line_id"
        " JOIN sales_order o ON o.id = l.order_id"
    )
    _keep_first_promises()


def _keep_first_promises() -> None:
    """Nobody can overwrite a first promise, not even past the program (as core.orders.guards)."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER first_promise_stays BEFORE UPDATE OF first_promised_date ON schedule_line"
            " WHEN OLD.first_promised_date IS NOT NULL AND NEW.first_promised_date IS NOT OLD.first_promised_date"
            f" BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION first_promise_stays() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{KEPT}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER first_promise_stays BEFORE UPDATE OF first_promised_date ON schedule_line FOR EACH ROW"
        " WHEN (OLD.first_promised_date IS NOT NULL"
        " AND NEW.first_promised_date IS DISTINCT FROM OLD.first_promised_date)"
        " EXECUTE FUNCTION first_promise_stays()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER first_promise_stays")
    else:
        op.execute("DROP TRIGGER first_promise_stays ON schedule_line")
        op.execute("DROP FUNCTION first_promise_stays()")
    with op.batch_alter_table("supplier") as batch:
        batch.drop_column("rush_cost")
        batch.drop_column("rush_days")

    with op.batch_alter_table("sales_order") as batch:
        batch.drop_column("delivery")

    with op.batch_alter_table("order_line") as batch:
        batch.drop_constraint(batch.f("fk_order_line_ordered_item_id_item"), type_="foreignkey")
        batch.drop_column("ordered_item_id")
        batch.drop_column("group_name")

    with op.batch_alter_table("draft_line") as batch:
        batch.drop_constraint(batch.f("fk_draft_line_ordered_item_id_item"), type_="foreignkey")
        batch.drop_column("ordered_item_id")
        batch.drop_column("group_name")

    with op.batch_alter_table("draft") as batch:
        batch.drop_column("choices")
        batch.drop_column("delivery")

    with op.batch_alter_table("customer") as batch:
        batch.drop_column("substitutes_allowed")
        batch.drop_column("most_dates")
        batch.drop_column("latest_days")
        batch.drop_column("part_value")
        batch.drop_column("part_quantity")

    op.drop_table("promise_version")
    with op.batch_alter_table("reservation") as batch:
        batch.drop_index("ix_reservation_work_centre_expires_at")
        batch.drop_index("ix_reservation_item_expires_at")
        batch.drop_index(batch.f("ix_reservation_draft_id"))

    op.drop_table("reservation")
    with op.batch_alter_table("expedite") as batch:
        batch.drop_index(batch.f("ix_expedite_receipt_id"))
        batch.drop_index(batch.f("ix_expedite_order_id"))
        batch.drop_index(batch.f("ix_expedite_draft_id"))

    op.drop_table("expedite")
    with op.batch_alter_table("substitute") as batch:
        batch.drop_index(batch.f("ix_substitute_substitute_id"))

    op.drop_table("substitute")
