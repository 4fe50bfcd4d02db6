"""What is in work, in the order of its worth: pages need not sort what they do not show."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_IN_WORK = sa.text("state <> 'closed'")


def upgrade() -> None:
    for name, columns in (("items_in_work", []), ("items_in_work_by_verdict", ["verdict"])):
        op.create_index(
            name, "items", [*columns, sa.text("worth DESC"), "id"],
            sqlite_where=_IN_WORK, postgresql_where=_IN_WORK,
        )  # fmt: skip
    op.drop_index("items_by_verdict", "items")
    op.drop_index("items_in_order", "items")
    op.create_index("items_in_order", "items", ["state", sa.text("worth DESC"), "id"])


def downgrade() -> None:
    for name in ("items_in_work", "items_in_work_by_verdict", "items_in_order"):
        op.drop_index(name, "items")
    op.create_index("items_in_order", "items", ["state", "worth", "id"])
    op.create_index("items_by_verdict", "items", ["state", "verdict", "worth"])
