"""Partners and interchanges"""

import sqlalchemy as sa
from alembic import op

import core.database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("profile_text", sa.Text(), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("changed_at", core.database.Utc(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_partner_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("code", name=op.f("uq_partner_code")),
    )
    with op.batch_alter_table("partner") as batch:
        batch.create_index(batch.f("ix_partner_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "exchange_interchange",
        sa.Column("direction", sa.String(length=64), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(length=64), nullable=False),
        sa.Column("syntax", sa.String(length=64), nullable=False),
        sa.Column("sender_id", sa.String(length=255), nullable=False),
        sa.Column("sender_qualifier", sa.String(length=64), nullable=False),
        sa.Column("receiver_id", sa.String(length=255), nullable=False),
        sa.Column("receiver_qualifier", sa.String(length=64), nullable=False),
        sa.Column("control", sa.String(length=255), nullable=False),
        sa.Column("test", sa.Boolean(), nullable=False),
        sa.Column("prepared", sa.String(length=64), nullable=False),
        sa.Column("wants_answer", sa.Boolean(), nullable=False),
        sa.Column("declared", sa.String(length=64), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("verdict", sa.String(length=64), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("copy_of_id", sa.Integer(), nullable=True),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("answer_state", sa.String(length=64), nullable=False),
        sa.Column("answer_due_at", core.database.Utc(timezone=True), nullable=True),
        sa.Column("answered_at", core.database.Utc(timezone=True), nullable=True),
        sa.Column("carrier", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", core.database.Utc(timezone=True), nullable=False),
        sa.Column("changed_at", core.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answers_id"],
            ["exchange_interchange.id"],
            name=op.f("fk_exchange_interchange_answers_id_exchange_interchange"),
        ),
        sa.ForeignKeyConstraint(
            ["copy_of_id"],
            ["exchange_interchange.id"],
            name=op.f("fk_exchange_interchange_copy_of_id_exchange_interchange"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["inbound_document.id"],
            name=op.f("fk_exchange_interchange_document_id_inbound_document"),
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_exchange_interchange_partner_id_partner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_interchange")),
        sa.UniqueConstraint(
            "document_id", "ordinal", name=op.f("uq_exchange_interchange_document_id_ordinal")
        ),
    )
    with op.batch_alter_table("exchange_interchange") as batch:
        batch.create_index(
            batch.f("ix_exchange_interchange_answers_id"), ["answers_id"], unique=False
        )
        batch.create_index(
            "ix_exchange_interchange_direction_created_at",
            ["direction", "created_at"],
            unique=False,
        )
        batch.create_index(
            batch.f("ix_exchange_interchange_partner_id"), ["partner_id"], unique=False
        )
        batch.create_index(batch.f("ix_exchange_interchange_sha256"), ["sha256"], unique=False)
        batch.create_index(
            "ux_exchange_interchange_control",
            [
                "direction",
                "standard",
                "sender_qualifier",
                "sender_id",
                "receiver_qualifier",
                "receiver_id",
                "test",
                "control",
            ],
            unique=True,
            sqlite_where=sa.text("copy_of_id IS NULL AND control <> ''"),
            postgresql_where=sa.text("copy_of_id IS NULL AND control <> ''"),
        )

    op.create_table(
        "partner_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(length=64), nullable=False),
        sa.Column("qualifier", sa.String(length=64), nullable=False),
        sa.Column("identifier", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_partner_identity_partner_id_partner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_identity")),
        sa.UniqueConstraint(
            "standard",
            "qualifier",
            "identifier",
            name=op.f("uq_partner_identity_standard_qualifier_identifier"),
        ),
    )
    with op.batch_alter_table("partner_identity") as batch:
        batch.create_index(batch.f("ix_partner_identity_partner_id"), ["partner_id"], unique=False)

    op.create_table(
        "exchange_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interchange_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("control", sa.String(length=255), nullable=False),
        sa.Column("message_version", sa.String(length=64), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("sender_id", sa.String(length=255), nullable=False),
        sa.Column("receiver_id", sa.String(length=255), nullable=False),
        sa.Column("declared", sa.String(length=64), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("verdict", sa.String(length=64), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("answer_state", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["interchange_id"],
            ["exchange_interchange.id"],
            name=op.f("fk_exchange_group_interchange_id_exchange_interchange"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_group")),
        sa.UniqueConstraint(
            "interchange_id", "ordinal", name=op.f("uq_exchange_group_interchange_id_ordinal")
        ),
    )
    op.create_table(
        "exchange_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interchange_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=64), nullable=False),
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=64), nullable=False),
        sa.Column("control", sa.String(length=255), nullable=False),
        sa.Column("message_version", sa.String(length=64), nullable=False),
        sa.Column("declared", sa.String(length=64), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("verdict", sa.String(length=64), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("order_ordinal", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("answer_state", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["exchange_group.id"],
            name=op.f("fk_exchange_message_group_id_exchange_group"),
        ),
        sa.ForeignKeyConstraint(
            ["interchange_id"],
            ["exchange_interchange.id"],
            name=op.f("fk_exchange_message_interchange_id_exchange_interchange"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_message")),
        sa.UniqueConstraint(
            "interchange_id", "ordinal", name=op.f("uq_exchange_message_interchange_id_ordinal")
        ),
    )
    with op.batch_alter_table("exchange_message") as batch:
        batch.create_index(batch.f("ix_exchange_message_group_id"), ["group_id"], unique=False)
        batch.create_index("ix_exchange_message_subject", ["subject", "subject_id"], unique=False)


def downgrade() -> None:
    for table in (
        "exchange_message",
        "exchange_group",
        "exchange_interchange",
        "partner_identity",
        "partner",
    ):
        op.drop_table(table)
