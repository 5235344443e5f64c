"""How things are made and bought"""

import sqlalchemy as sa
from alembic import op

import core.database

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "supplier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("working_days", sa.JSON(), nullable=False),
        sa.Column("holidays", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier")),
        sa.UniqueConstraint("number", name=op.f("uq_supplier_number")),
    )
    op.create_table(
        "item_source",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("receive_days", sa.Integer(), nullable=False),
        sa.Column("minimum_lot", core.database.Exact(6), nullable=False),
        sa.Column("multiple_lot", core.database.Exact(6), nullable=False),
        sa.Column("yield_percent", core.database.Exact(6), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_source_item_id_item")),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name=op.f("fk_item_source_supplier_id_supplier")
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_source")),
    )
    op.create_table(
        "work_centre_closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("work_centre_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["work_centre_id"],
            ["work_centre.id"],
            name=op.f("fk_work_centre_closure_work_centre_id_work_centre"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_centre_closure")),
    )
    with op.batch_alter_table("work_centre_closure") as batch:
        batch.create_index(
            batch.f("ix_work_centre_closure_work_centre_id"), ["work_centre_id"], unique=False
        )

    op.create_table(
        "routing_alternate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("routing_step_id", sa.Integer(), nullable=False),
        sa.Column("work_centre_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["routing_step_id"],
            ["routing_step.id"],
            name=op.f("fk_routing_alternate_routing_step_id_routing_step"),
        ),
        sa.ForeignKeyConstraint(
            ["work_centre_id"],
            ["work_centre.id"],
            name=op.f("fk_routing_alternate_work_centre_id_work_centre"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_alternate")),
        sa.UniqueConstraint(
            "routing_step_id",
            "work_centre_id",
            name=op.f("uq_routing_alternate_routing_step_id_work_centre_id"),
        ),
    )
    op.create_table(
        "promise_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("schedule_line_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("work_centre_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", core.database.Exact(6), nullable=False),
        sa.Column("of_quantity", core.database.Exact(6), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_promise_claim_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["schedule_line_id"],
            ["schedule_line.id"],
            name=op.f("fk_promise_claim_schedule_line_id_schedule_line"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_promise_claim_site_id_site")
        ),
        sa.ForeignKeyConstraint(
            ["work_centre_id"],
            ["work_centre.id"],
            name=op.f("fk_promise_claim_work_centre_id_work_centre"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_claim")),
    )
    with op.batch_alter_table("promise_claim") as batch:
        batch.create_index("ix_promise_claim_item", ["item_id"], unique=False)
        batch.create_index(
            batch.f("ix_promise_claim_schedule_line_id"), ["schedule_line_id"], unique=False
        )
        batch.create_index(
            "ix_promise_claim_work_centre_day", ["work_centre_id", "day"], unique=False
        )

    with op.batch_alter_table("bom_line") as batch:
        batch.add_column(
            sa.Column("scrap_percent", core.database.Exact(6), nullable=False, server_default="0")
        )

    with op.batch_alter_table("receipt") as batch:
        batch.add_column(sa.Column("begins_on", sa.Date(), nullable=True))
        batch.add_column(
            sa.Column("stage", sa.String(length=64), nullable=False, server_default="released")
        )

    with op.batch_alter_table("work_centre") as batch:
        batch.add_column(sa.Column("site_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("working_days", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("holidays", sa.JSON(), nullable=False, server_default="[]"))
        batch.create_foreign_key(
            batch.f("fk_work_centre_site_id_site"), "site", ["site_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("work_centre") as batch:
        batch.drop_constraint(batch.f("fk_work_centre_site_id_site"), type_="foreignkey")
        batch.drop_column("holidays")
        batch.drop_column("working_days")
        batch.drop_column("site_id")

    with op.batch_alter_table("receipt") as batch:
        batch.drop_column("stage")
        batch.drop_column("begins_on")

    with op.batch_alter_table("bom_line") as batch:
        batch.drop_column("scrap_percent")

    with op.batch_alter_table("promise_claim") as batch:
        batch.drop_index("ix_promise_claim_work_centre_day")
        batch.drop_index(batch.f("ix_promise_claim_schedule_line_id"))
        batch.drop_index("ix_promise_claim_item")

    op.drop_table("promise_claim")
    op.drop_table("routing_alternate")
    with op.batch_alter_table("work_centre_closure") as batch:
        batch.drop_index(batch.f("ix_work_centre_closure_work_centre_id"))

    op.drop_table("work_centre_closure")
    op.drop_table("item_source")
    op.drop_table("supplier")
