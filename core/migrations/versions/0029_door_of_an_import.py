"""By which door an imported file came"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "import_run",
        sa.Column("door", sa.String(length=64), nullable=False, server_default="import"),
    )


def downgrade() -> None:
    op.drop_column("import_run", "door")
