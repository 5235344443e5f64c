"""Files that are taken back and long lists"""

import sqlalchemy as sa
from alembic import op

import core.database

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "export_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("total_rows", sa.Integer(), nullable=False),
        sa.Column("done_rows", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("created_at", core.database.Utc(timezone=True), nullable=False),
        sa.Column("ended_at", core.database.Utc(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_run")),
    )
    op.add_column("import_run", sa.Column("takes_back", sa.Integer(), nullable=True))
    op.add_column("master_change", sa.Column("import_run_id", sa.Integer(), nullable=True))
    op.create_index("ix_master_change_import_run_id", "master_change", ["import_run_id"])


def downgrade() -> None:
    op.drop_index("ix_master_change_import_run_id", table_name="master_change")
    op.drop_column("master_change", "import_run_id")
    op.drop_column("import_run", "takes_back")
    op.drop_table("export_run")
