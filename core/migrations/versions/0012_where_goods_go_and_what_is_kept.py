"""Where goods go, by which way, and what is kept for whom"""

import sqlalchemy as sa
from alembic import op

import core.database

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "carrier_service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("cut_off", sa.String(length=64), nullable=False),
        sa.Column("working_days", sa.JSON(), nullable=False),
        sa.Column("holidays", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carrier_service")),
        sa.UniqueConstraint("code", name=op.f("uq_carrier_service_code")),
    )
    op.create_table(
        "country_calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=64), nullable=False),
        sa.Column("working_days", sa.JSON(), nullable=False),
        sa.Column("holidays", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_country_calendar")),
        sa.UniqueConstraint("country", name=op.f("uq_country_calendar_country")),
    )
    op.create_table(
        "kept_stock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("quantity", core.database.Exact(6), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=255), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_kept_stock_not_negative")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_kept_stock_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_kept_stock_item_id_item")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_kept_stock_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_stock")),
        sa.UniqueConstraint(
            "item_id",
            "site_id",
            "customer_id",
            name=op.f("uq_kept_stock_item_id_site_id_customer_id"),
        ),
    )
    op.create_table(
        "transfer_lane",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_site_id", sa.Integer(), nullable=False),
        sa.Column("to_site_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_site_id"], ["site.id"], name=op.f("fk_transfer_lane_from_site_id_site")
        ),
        sa.ForeignKeyConstraint(
            ["to_site_id"], ["site.id"], name=op.f("fk_transfer_lane_to_site_id_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_lane")),
        sa.UniqueConstraint(
            "from_site_id", "to_site_id", name=op.f("uq_transfer_lane_from_site_id_to_site_id")
        ),
    )
    op.create_table(
        "transit_lane",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("carrier_service_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=64), nullable=False),
        sa.Column("postal_prefix", sa.String(length=64), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["carrier_service_id"],
            ["carrier_service.id"],
            name=op.f("fk_transit_lane_carrier_service_id_carrier_service"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_transit_lane_site_id_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transit_lane")),
    )
    with op.batch_alter_table("transit_lane") as batch:
        batch.create_index("ix_transit_lane_country", ["country"], unique=False)

    op.create_table(
        "qualification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("work_centre_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_qualification_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["work_centre_id"],
            ["work_centre.id"],
            name=op.f("fk_qualification_work_centre_id_work_centre"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification")),
        sa.UniqueConstraint(
            "item_id", "work_centre_id", name=op.f("uq_qualification_item_id_work_centre_id")
        ),
    )
    with op.batch_alter_table("customer") as batch:
        batch.add_column(
            sa.Column("shelf_life_days", sa.Integer(), nullable=False, server_default="0")
        )

    with op.batch_alter_table("customer_address") as batch:
        batch.add_column(
            sa.Column("carrier_code", sa.String(length=64), nullable=False, server_default="")
        )

    with op.batch_alter_table("customer_item") as batch:
        batch.add_column(sa.Column("shelf_life_days", sa.Integer(), nullable=True))

    with op.batch_alter_table("item") as batch:
        batch.add_column(
            sa.Column("shelf_life_days", sa.Integer(), nullable=False, server_default="0")
        )

    with op.batch_alter_table("receipt") as batch:
        batch.add_column(sa.Column("supplier_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("from_site_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_receipt_from_site_id_site"), "site", ["from_site_id"], ["id"]
        )
        batch.create_foreign_key(
            batch.f("fk_receipt_supplier_id_supplier"), "supplier", ["supplier_id"], ["id"]
        )

    with op.batch_alter_table("routing_alternate") as batch:
        batch.add_column(sa.Column("setup_minutes", core.database.Exact(6), nullable=True))
        batch.add_column(sa.Column("run_minutes", core.database.Exact(6), nullable=True))

    # Not as a batch: SQLite would build the table anew and lose its trigger.
    op.add_column("schedule_line", sa.Column("ranked_as", sa.Integer(), nullable=True))

    with op.batch_alter_table("site") as batch:
        batch.add_column(sa.Column("ships", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch.add_column(sa.Column("working_days", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("holidays", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("stock_lot") as batch:
        batch.add_column(sa.Column("customer_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_stock_lot_customer_id_customer"), "customer", ["customer_id"], ["id"]
        )

    with op.batch_alter_table("supplier") as batch:
        batch.add_column(sa.Column("late_days", sa.Integer(), nullable=False, server_default="0"))

    with op.batch_alter_table("work_centre") as batch:
        batch.add_column(
            sa.Column("reserve_percent", core.database.Exact(6), nullable=False, server_default="0")
        )
        batch.add_column(
            sa.Column("qualified_only", sa.Boolean(), nullable=False, server_default=sa.false())
        )

    with op.batch_alter_table("work_centre_closure") as batch:
        batch.add_column(sa.Column("minutes", sa.Integer(), nullable=True))

    with op.batch_alter_table("bom_line") as batch:
        batch.create_index("ix_bom_line_component", ["component_id"], unique=False)

    with op.batch_alter_table("routing_step") as batch:
        batch.create_index("ix_routing_step_work_centre", ["work_centre_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("routing_step") as batch:
        batch.drop_index("ix_routing_step_work_centre")

    with op.batch_alter_table("bom_line") as batch:
        batch.drop_index("ix_bom_line_component")

    with op.batch_alter_table("work_centre_closure") as batch:
        batch.drop_column("minutes")

    with op.batch_alter_table("work_centre") as batch:
        batch.drop_column("qualified_only")
        batch.drop_column("reserve_percent")

    with op.batch_alter_table("supplier") as batch:
        batch.drop_column("late_days")

    with op.batch_alter_table("stock_lot") as batch:
        batch.drop_constraint(batch.f("fk_stock_lot_customer_id_customer"), type_="foreignkey")
        batch.drop_column("customer_id")

    with op.batch_alter_table("site") as batch:
        batch.drop_column("holidays")
        batch.drop_column("working_days")
        batch.drop_column("ships")

    op.drop_column("schedule_line", "ranked_as")

    with op.batch_alter_table("routing_alternate") as batch:
        batch.drop_column("run_minutes")
        batch.drop_column("setup_minutes")

    with op.batch_alter_table("receipt") as batch:
        batch.drop_constraint(batch.f("fk_receipt_supplier_id_supplier"), type_="foreignkey")
        batch.drop_constraint(batch.f("fk_receipt_from_site_id_site"), type_="foreignkey")
        batch.drop_column("from_site_id")
        batch.drop_column("supplier_id")

    with op.batch_alter_table("item") as batch:
        batch.drop_column("shelf_life_days")

    with op.batch_alter_table("customer_item") as batch:
        batch.drop_column("shelf_life_days")

    with op.batch_alter_table("customer_address") as batch:
        batch.drop_column("carrier_code")

    with op.batch_alter_table("customer") as batch:
        batch.drop_column("shelf_life_days")

    op.drop_table("qualification")
    with op.batch_alter_table("transit_lane") as batch:
        batch.drop_index("ix_transit_lane_country")

    op.drop_table("transit_lane")
    op.drop_table("transfer_lane")
    op.drop_table("kept_stock")
    op.drop_table("country_calendar")
    op.drop_table("carrier_service")
