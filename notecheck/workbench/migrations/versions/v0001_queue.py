"""The queue: items, their reasons, what people did, and corrections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "items",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("encounter_id", sa.String(200), nullable=False, unique=True),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("assignee", sa.String(100)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("arrived", sa.String(32), nullable=False),
        sa.Column("closed", sa.String(32)),
        sa.Column("code", sa.String(10), nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("confidence", sa.Float),
        sa.Column("amount", sa.Float),
        sa.Column("worth", sa.Float, nullable=False),
        sa.Column("payer", sa.String(100)),
        sa.Column("surgeon", sa.String(200)),
        sa.Column("facility", sa.String(200)),
        sa.Column("service_date", sa.String(10)),
    )
    op.create_index("items_in_order", "items", ["state", "worth", "id"])
    op.create_index("items_by_verdict", "items", ["state", "verdict", "worth"])
    op.create_index("items_by_amount", "items", ["state", "amount"])
    op.create_index("items_by_confidence", "items", ["state", "confidence"])
    for name in ("assignee", "payer", "surgeon", "facility", "service_date"):
        op.create_index(f"items_by_{name}", "items", [name])
    owner = ("items.id",)
    op.create_table(
        "charts",
        sa.Column(
            "item_id", sa.Integer, sa.ForeignKey(*owner, ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("encounter", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
    )
    op.create_table(
        "reasons",
        sa.Column(
            "item_id", sa.Integer, sa.ForeignKey(*owner, ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("status", sa.String(20), nullable=False),
    )
    op.create_index("reasons_by_name", "reasons", ["kind", "name", "status", "item_id"])
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("item_id", sa.Integer, sa.ForeignKey(*owner, ondelete="CASCADE"), nullable=False),
        sa.Column("time", sa.String(32), nullable=False),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("action", sa.String(30), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("events_of_item", "events", ["item_id", "id"])
    op.create_index("events_by_action", "events", ["action", "id"])
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("item_id", sa.Integer, sa.ForeignKey(*owner, ondelete="CASCADE"), nullable=False),
        sa.Column("time", sa.String(32), nullable=False),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("element", sa.String(60), nullable=False),
        sa.Column("reported", sa.Text, nullable=False),
        sa.Column("corrected", sa.Text, nullable=False),
        sa.Column("rules", sa.Text, nullable=False),
        sa.Column("doc_id", sa.String(200)),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
    )
    op.create_index("corrections_of_item", "corrections", ["item_id", "id"])


def downgrade() -> None:
    for table in ("corrections", "events", "reasons", "charts", "items"):
        op.drop_table(table)
