"""Bytes in pieces, edited originals, and control numbers that a refused interchange gives back"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = [
    "direction",
    "standard",
    "sender_qualifier",
    "sender_id",
    "receiver_qualifier",
    "receiver_id",
    "test",
    "control",
]
BEFORE = "copy_of_id IS NULL AND control <> ''"
AFTER = f"{BEFORE} AND NOT superseded"


def _number_again(rule: str) -> None:
    with op.batch_alter_table("exchange_interchange") as batch:
        batch.drop_index("ux_exchange_interchange_control")
    with op.batch_alter_table("exchange_interchange") as batch:
        batch.create_index(
            "ux_exchange_interchange_control",
            NUMBER,
            unique=True,
            sqlite_where=sa.text(rule),
            postgresql_where=sa.text(rule),
        )


def upgrade() -> None:
    op.create_table(
        "blob_piece",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "number", name=op.f("pk_blob_piece")),
    )
    with op.batch_alter_table("blob") as batch:
        batch.add_column(sa.Column("pieces", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("inbound_document") as batch:
        batch.add_column(sa.Column("edits", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("exchange_interchange") as batch:
        batch.add_column(
            sa.Column("superseded", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    _number_again(AFTER)


def downgrade() -> None:
    _number_again(BEFORE)
    with op.batch_alter_table("exchange_interchange") as batch:
        batch.drop_column("superseded")
    with op.batch_alter_table("inbound_document") as batch:
        batch.drop_column("edits")
    with op.batch_alter_table("blob") as batch:
        batch.drop_column("pieces")
    op.drop_table("blob_piece")
