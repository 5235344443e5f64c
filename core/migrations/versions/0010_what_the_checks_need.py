"""What the checks need"""

import sqlalchemy as sa
from alembic import op

import core.database

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "export_control",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("export_code", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=64), nullable=False),
        sa.Column("need", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_control")),
        sa.UniqueConstraint(
            "export_code", "country", name=op.f("uq_export_control_export_code_country")
        ),
    )
    op.create_table(
        "party_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("source_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("loaded_by", sa.String(length=255), nullable=False),
        sa.Column("loaded_at", core.database.Utc(timezone=True), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_list")),
        sa.UniqueConstraint("name", name=op.f("uq_party_list_name")),
    )
    op.create_table(
        "screening_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("screen", sa.String(length=64), nullable=False),
        sa.Column("asked_key", sa.String(length=64), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("lists", sa.JSON(), nullable=False),
        sa.Column("hits", sa.JSON(), nullable=False),
        sa.Column("best_score", core.database.Exact(6), nullable=False),
        sa.Column("at", core.database.Utc(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("released_by", sa.String(length=255), nullable=False),
        sa.Column("released_reason", sa.Text(), nullable=False),
        sa.Column("released_at", core.database.Utc(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_run")),
    )
    with op.batch_alter_table("screening_run") as batch_op:
        batch_op.create_index(batch_op.f("ix_screening_run_asked_key"), ["asked_key"], unique=False)
        batch_op.create_index("ix_screening_run_subject", ["subject", "subject_id"], unique=False)

    op.create_table(
        "agreed_charge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("percent", core.database.Exact(6), nullable=False),
        sa.Column("amount", core.database.Exact(6), nullable=False),
        sa.Column("currency", sa.String(length=64), nullable=False),
        sa.Column("from_value", core.database.Exact(6), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_agreed_charge_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_charge")),
    )
    with op.batch_alter_table("agreed_charge") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreed_charge_customer_id"), ["customer_id"], unique=False
        )

    op.create_table(
        "blanket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("po_number", sa.String(length=255), nullable=False),
        sa.Column("po_key", sa.String(length=255), nullable=False),
        sa.Column("currency", sa.String(length=64), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("payment_terms", sa.String(length=255), nullable=False),
        sa.Column("incoterms", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_blanket_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blanket")),
        sa.UniqueConstraint("number", name=op.f("uq_blanket_number")),
    )
    with op.batch_alter_table("blanket") as batch_op:
        batch_op.create_index(batch_op.f("ix_blanket_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_certificate_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_certificate_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
    )
    with op.batch_alter_table("certificate") as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_kind"), ["kind"], unique=False)

    op.create_table(
        "check_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("severity", sa.String(length=64), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("expires_hours", sa.Integer(), nullable=True),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_check_rule_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_rule")),
    )
    with op.batch_alter_table("check_rule") as batch_op:
        batch_op.create_index("ix_check_rule_code_customer", ["code", "customer_id"], unique=False)

    op.create_table(
        "item_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_item_approval_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_item_approval_item_id_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_approval")),
    )
    with op.batch_alter_table("item_approval") as batch_op:
        batch_op.create_index(
            "ix_item_approval_customer_item", ["customer_id", "item_id"], unique=False
        )

    op.create_table(
        "item_feature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_item_feature_item_id_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_feature")),
        sa.UniqueConstraint("item_id", "code", name=op.f("uq_item_feature_item_id_code")),
    )
    op.create_table(
        "item_hazard",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("un_number", sa.String(length=64), nullable=False),
        sa.Column("proper_name", sa.String(length=255), nullable=False),
        sa.Column("hazard_class", sa.String(length=64), nullable=False),
        sa.Column("packing_group", sa.String(length=64), nullable=False),
        sa.Column("data_sheet", sa.String(length=255), nullable=False),
        sa.Column("data_sheet_until", sa.Date(), nullable=True),
        sa.Column("carriers", sa.JSON(), nullable=False),
        sa.Column("site_codes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_hazard_item_id_item")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_hazard")),
    )
    op.create_table(
        "item_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_item_revision_item_id_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_revision")),
        sa.UniqueConstraint("item_id", "revision", name=op.f("uq_item_revision_item_id_revision")),
    )
    op.create_table(
        "listed_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("countries", sa.JSON(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["party_list.id"], name=op.f("fk_listed_party_list_id_party_list")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_party")),
    )
    with op.batch_alter_table("listed_party") as batch_op:
        batch_op.create_index(batch_op.f("ix_listed_party_list_id"), ["list_id"], unique=False)

    op.create_table(
        "quote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("payment_terms", sa.String(length=255), nullable=False),
        sa.Column("incoterms", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_quote_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sa.UniqueConstraint("number", name=op.f("uq_quote_number")),
    )
    with op.batch_alter_table("quote") as batch_op:
        batch_op.create_index(batch_op.f("ix_quote_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "required_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("needed_for", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_required_paper_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_required_paper_item_id_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_required_paper")),
    )
    with op.batch_alter_table("required_paper") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_required_paper_customer_id"), ["customer_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_required_paper_item_id"), ["item_id"], unique=False)

    op.create_table(
        "tax_exemption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_tax_exemption_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_exemption")),
    )
    with op.batch_alter_table("tax_exemption") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tax_exemption_customer_id"), ["customer_id"], unique=False
        )

    op.create_table(
        "blanket_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("blanket_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("price", core.database.Exact(6), nullable=False),
        sa.Column("quantity", core.database.Exact(6), nullable=False),
        sa.Column("called_before", core.database.Exact(6), nullable=False),
        sa.CheckConstraint(
            "quantity >= 0 AND called_before >= 0", name=op.f("ck_blanket_line_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["blanket_id"], ["blanket.id"], name=op.f("fk_blanket_line_blanket_id_blanket")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_blanket_line_item_id_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blanket_line")),
        sa.UniqueConstraint(
            "blanket_id", "item_id", name=op.f("uq_blanket_line_blanket_id_item_id")
        ),
    )
    op.create_table(
        "listed_word",
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["listed_party.id"], name=op.f("fk_listed_word_party_id_listed_party")
        ),
        sa.PrimaryKeyConstraint("party_id", "word", name=op.f("pk_listed_word")),
    )
    with op.batch_alter_table("listed_word") as batch_op:
        batch_op.create_index("ix_listed_word_word", ["word"], unique=False)

    op.create_table(
        "quote_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("price", core.database.Exact(6), nullable=False),
        sa.Column("minimum_quantity", core.database.Exact(6), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_quote_line_item_id_item")),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quote.id"], name=op.f("fk_quote_line_quote_id_quote")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote_line")),
    )
    with op.batch_alter_table("quote_line") as batch_op:
        batch_op.create_index(batch_op.f("ix_quote_line_quote_id"), ["quote_id"], unique=False)

    with op.batch_alter_table("customer") as batch_op:
        batch_op.add_column(
            sa.Column(
                "price_tolerance_amount", core.database.Exact(6), nullable=False, server_default="0"
            )
        )
        batch_op.add_column(
            sa.Column(
                "minimum_order_value", core.database.Exact(6), nullable=False, server_default="0"
            )
        )
        batch_op.add_column(
            sa.Column(
                "approved_items_only", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )
        batch_op.add_column(
            sa.Column("tax_exempt", sa.Boolean(), nullable=False, server_default=sa.false())
        )

    with op.batch_alter_table("customer_address") as batch_op:
        batch_op.add_column(
            sa.Column("receiving_days", sa.JSON(), nullable=False, server_default="[]")
        )
        batch_op.add_column(
            sa.Column("closed_dates", sa.JSON(), nullable=False, server_default="[]")
        )
        batch_op.add_column(sa.Column("added_at", core.database.Utc(timezone=True), nullable=True))

    with op.batch_alter_table("draft") as batch_op:
        batch_op.add_column(sa.Column("quote_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("blanket_id", sa.Integer(), nullable=True))

    with op.batch_alter_table("draft_line") as batch_op:
        batch_op.add_column(
            sa.Column("revision", sa.String(length=64), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("configuration", sa.JSON(), nullable=False, server_default="{}")
        )

    with op.batch_alter_table("hold") as batch_op:
        batch_op.add_column(
            sa.Column("code", sa.String(length=64), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("facts", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(
            sa.Column("released_until", core.database.Utc(timezone=True), nullable=True)
        )

    with op.batch_alter_table("item") as batch_op:
        batch_op.add_column(sa.Column("standard_cost", core.database.Exact(6), nullable=True))
        batch_op.add_column(
            sa.Column("export_code", sa.String(length=64), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("origin_country", sa.String(length=64), nullable=False, server_default="")
        )

    with op.batch_alter_table("order_line") as batch_op:
        batch_op.add_column(
            sa.Column("revision", sa.String(length=64), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("configuration", sa.JSON(), nullable=False, server_default="{}")
        )

    with op.batch_alter_table("problem") as batch_op:
        batch_op.add_column(
            sa.Column("severity", sa.String(length=64), nullable=False, server_default="warning")
        )
        batch_op.add_column(
            sa.Column("accepted_until", core.database.Utc(timezone=True), nullable=True)
        )

    with op.batch_alter_table("sales_order") as batch_op:
        batch_op.add_column(sa.Column("quote_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("blanket_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("prepaid_amount", core.database.Exact(6), nullable=False, server_default="0")
        )
        batch_op.create_index(batch_op.f("ix_sales_order_blanket_id"), ["blanket_id"], unique=False)

    with op.batch_alter_table("user_account") as batch_op:
        batch_op.add_column(sa.Column("duties", sa.JSON(), nullable=False, server_default="[]"))
    op.execute("UPDATE problem SET severity = 'blocking' WHERE blocking")


def downgrade() -> None:
    with op.batch_alter_table("user_account") as batch_op:
        batch_op.drop_column("duties")

    with op.batch_alter_table("sales_order") as batch_op:
        batch_op.drop_index(batch_op.f("ix_sales_order_blanket_id"))
        batch_op.drop_column("prepaid_amount")
        batch_op.drop_column("blanket_id")
        batch_op.drop_column("quote_id")

    with op.batch_alter_table("problem") as batch_op:
        batch_op.drop_column("accepted_until")
        batch_op.drop_column("severity")

    with op.batch_alter_table("order_line") as batch_op:
        batch_op.drop_column("configuration")
        batch_op.drop_column("revision")

    with op.batch_alter_table("item") as batch_op:
        batch_op.drop_column("origin_country")
        batch_op.drop_column("export_code")
        batch_op.drop_column("standard_cost")

    with op.batch_alter_table("hold") as batch_op:
        batch_op.drop_column("released_until")
        batch_op.drop_column("facts")
        batch_op.drop_column("code")

    with op.batch_alter_table("draft_line") as batch_op:
        batch_op.drop_column("configuration")
        batch_op.drop_column("revision")

    with op.batch_alter_table("draft") as batch_op:
        batch_op.drop_column("blanket_id")
        batch_op.drop_column("quote_id")

    with op.batch_alter_table("customer_address") as batch_op:
        batch_op.drop_column("added_at")
        batch_op.drop_column("closed_dates")
        batch_op.drop_column("receiving_days")

    with op.batch_alter_table("customer") as batch_op:
        batch_op.drop_column("tax_exempt")
        batch_op.drop_column("approved_items_only")
        batch_op.drop_column("minimum_order_value")
        batch_op.drop_column("price_tolerance_amount")

    with op.batch_alter_table("quote_line") as batch_op:
        batch_op.drop_index(batch_op.f("ix_quote_line_quote_id"))

    op.drop_table("quote_line")
    with op.batch_alter_table("listed_word") as batch_op:
        batch_op.drop_index("ix_listed_word_word")

    op.drop_table("listed_word")
    op.drop_table("blanket_line")
    with op.batch_alter_table("tax_exemption") as batch_op:
        batch_op.drop_index(batch_op.f("ix_tax_exemption_customer_id"))

    op.drop_table("tax_exemption")
    with op.batch_alter_table("required_paper") as batch_op:
        batch_op.drop_index(batch_op.f("ix_required_paper_item_id"))
        batch_op.drop_index(batch_op.f("ix_required_paper_customer_id"))

    op.drop_table("required_paper")
    with op.batch_alter_table("quote") as batch_op:
        batch_op.drop_index(batch_op.f("ix_quote_customer_id"))

    op.drop_table("quote")
    with op.batch_alter_table("listed_party") as batch_op:
        batch_op.drop_index(batch_op.f("ix_listed_party_list_id"))

    op.drop_table("listed_party")
    op.drop_table("item_revision")
    op.drop_table("item_hazard")
    op.drop_table("item_feature")
    with op.batch_alter_table("item_approval") as batch_op:
        batch_op.drop_index("ix_item_approval_customer_item")

    op.drop_table("item_approval")
    with op.batch_alter_table("check_rule") as batch_op:
        batch_op.drop_index("ix_check_rule_code_customer")

    op.drop_table("check_rule")
    with op.batch_alter_table("certificate") as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_kind"))

    op.drop_table("certificate")
    with op.batch_alter_table("blanket") as batch_op:
        batch_op.drop_index(batch_op.f("ix_blanket_customer_id"))

    op.drop_table("blanket")
    with op.batch_alter_table("agreed_charge") as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreed_charge_customer_id"))

    op.drop_table("agreed_charge")
    with op.batch_alter_table("screening_run") as batch_op:
        batch_op.drop_index("ix_screening_run_subject")
        batch_op.drop_index(batch_op.f("ix_screening_run_asked_key"))

    op.drop_table("screening_run")
    op.drop_table("party_list")
    op.drop_table("export_control")
