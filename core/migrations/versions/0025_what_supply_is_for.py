"""What supply is for, and which lots promises planned"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

LOTS = """
INSERT INTO promise_claim (schedule_line_id, kind, item_id, site_id, day, amount, of_quantity)
SELECT c.schedule_line_id, 'make', l.item_id, MAX(w.site_id), MAX(c.day), MAX(c.of_quantity), MAX(c.of_quantity)
FROM promise_claim c
JOIN schedule_line s ON s.id = c.schedule_line_id
JOIN order_line l ON l.id = s.line_id
LEFT JOIN work_centre w ON w.id = c.work_centre_id
GROUP BY c.schedule_line_id, l.item_id
"""
"""Of promises that were made before, all that they claim counts as claimed for the promised item."""
OF_THE_ITEM = """
UPDATE promise_claim SET for_item_id = (
    SELECT l.item_id FROM schedule_line s JOIN order_line l ON l.id = s.line_id
    WHERE s.id = promise_claim.schedule_line_id
)
WHERE kind <> 'make'
"""


def upgrade() -> None:
    with op.batch_alter_table("promise_claim") as table:
        table.add_column(sa.Column("for_item_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_promise_claim_for_item_id_item"), "item", ["for_item_id"], ["id"]
        )
    op.add_column(
        "receipt", sa.Column("for_order", sa.String(64), nullable=False, server_default="")
    )
    op.add_column("receipt", sa.Column("for_position", sa.Integer(), nullable=True))
    op.execute(LOTS)
    op.execute(OF_THE_ITEM)


def downgrade() -> None:
    op.execute("DELETE FROM promise_claim WHERE kind = 'make'")
    op.drop_column("receipt", "for_position")
    op.drop_column("receipt", "for_order")
    with op.batch_alter_table("promise_claim") as table:
        table.drop_constraint(op.f("fk_promise_claim_for_item_id_item"), type_="foreignkey")
        table.drop_column("for_item_id")
