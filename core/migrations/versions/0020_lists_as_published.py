"""Restricted-party lists as they are published"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "party_list",
        sa.Column("format", sa.String(length=64), nullable=False, server_default="table"),
    )
    op.add_column("party_list", sa.Column("published_date", sa.Date(), nullable=True))
    op.add_column(
        "listed_party", sa.Column("weak_aliases", sa.JSON(), nullable=False, server_default="[]")
    )


def downgrade() -> None:
    op.drop_column("listed_party", "weak_aliases")
    op.drop_column("party_list", "published_date")
    op.drop_column("party_list", "format")
