"""What heads of files mean"""

import sqlalchemy as sa
from alembic import op

import core.database

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("head", sa.String(length=255), nullable=False),
        sa.Column("column_name", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("at", core.database.Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_head")),
        sa.UniqueConstraint("table_name", "head", name=op.f("uq_import_head_table_name_head")),
    )


def downgrade() -> None:
    op.drop_table("import_head")
