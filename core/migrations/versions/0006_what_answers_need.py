"""What electronic answers need: separators, the folder a file came from and where answers go, partners' secrets"""

import sqlalchemy as sa
from alembic import op

import core.database

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("partner") as batch:
        batch.add_column(sa.Column("secrets", sa.Text(), nullable=False, server_default=""))
        batch.add_column(
            sa.Column("status", sa.String(length=64), nullable=False, server_default="kept")
        )
        batch.add_column(
            sa.Column(
                "created_at",
                core.database.Utc(timezone=True),
                nullable=False,
                server_default=sa.func.now(),
            )
        )
        batch.add_column(sa.Column("polled_at", core.database.Utc(timezone=True), nullable=True))
        batch.add_column(sa.Column("last_error", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("exchange_interchange") as batch:
        batch.add_column(
            sa.Column("separators", sa.String(length=64), nullable=False, server_default="")
        )
    with op.batch_alter_table("drop_folder") as batch:
        batch.add_column(sa.Column("answers_path", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("inbound_document") as batch:
        batch.add_column(sa.Column("drop_folder_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_inbound_document_drop_folder_id_drop_folder"),
            "drop_folder",
            ["drop_folder_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("inbound_document") as batch:
        batch.drop_constraint(
            batch.f("fk_inbound_document_drop_folder_id_drop_folder"), type_="foreignkey"
        )
        batch.drop_column("drop_folder_id")
    with op.batch_alter_table("drop_folder") as batch:
        batch.drop_column("answers_path")
    with op.batch_alter_table("exchange_interchange") as batch:
        batch.drop_column("separators")
    with op.batch_alter_table("partner") as batch:
        batch.drop_column("last_error")
        batch.drop_column("polled_at")
        batch.drop_column("created_at")
        batch.drop_column("status")
        batch.drop_column("secrets")
