"""The queue's tables, as SQLAlchemy sees them; `migrations/` makes them."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    literal_column,
)

metadata = MetaData()

# One encounter that somebody has to look at. `worth` orders the queue: the amount at stake times
# how doubtful the verdict is. `version` counts changes, so that two people never overwrite one
# another. Times are ISO 8601 in UTC, dates YYYY-MM-DD, amounts US dollars.
items = Table(
    "items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("encounter_id", String(200), nullable=False, unique=True),
    Column("source", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("assignee", String(100)),
    Column("version", Integer, nullable=False),
    Column("arrived", String(32), nullable=False),
    Column("closed", String(32)),
    Column("code", String(10), nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("decision", String(20), nullable=False),
    Column("score", Float, nullable=False),
    Column("confidence", Float),
    Column("amount", Float),
    Column("worth", Float, nullable=False),
    Column("payer", String(100)),
    Column("surgeon", String(200)),
    Column("facility", String(200)),
    Column("service_date", String(10)),
    Index("items_by_amount", "state", "amount"),
    Index("items_by_confidence", "state", "confidence"),
    Index("items_by_assignee", "assignee"),
    Index("items_by_payer", "payer"),
    Index("items_by_surgeon", "surgeon"),
    Index("items_by_facility", "facility"),
    Index("items_by_service_date", "service_date"),
)

# Not yet decided. Written out in the statement, not bound: only so does SQLite use the indexes of
# such items alone.
IN_WORK = items.c.state != literal_column("'closed'")

_BY_WORTH = (items.c.worth.desc(), items.c.id)
Index("items_in_order", items.c.state, *_BY_WORTH)
Index("items_in_work", *_BY_WORTH, sqlite_where=IN_WORK, postgresql_where=IN_WORK)
Index(
    "items_in_work_by_verdict", items.c.verdict, *_BY_WORTH,
    sqlite_where=IN_WORK, postgresql_where=IN_WORK,
)  # fmt: skip

# An item's encounter and report as JSON; apart from `items`, so that lists need not read them.
charts = Table(
    "charts",
    metadata,
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("encounter", Text, nullable=False),
    Column("report", Text, nullable=False),
)

# What keeps an item from release: `kind` is requirement or finding, `status` its status or
# severity.
reasons = Table(
    "reasons",
    metadata,
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("name", String(60), primary_key=True),
    Column("status", String(20), nullable=False),
    Index("reasons_by_name", "kind", "name", "status", "item_id"),
)

# Everything that people did with an item, in order. `detail` is JSON and differs by `action`.
events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), nullable=False),
    Column("time", String(32), nullable=False),
    Column("person", String(100), nullable=False),
    Column("action", String(30), nullable=False),
    Column("detail", Text, nullable=False),
    Index("events_of_item", "item_id", "id"),
    Index("events_by_action", "action", "id"),
)

# A fact or status that a reviewer says is wrong, what is right, and the words that tell it.
corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), nullable=False),
    Column("time", String(32), nullable=False),
    Column("person", String(100), nullable=False),
    Column("element", String(60), nullable=False),
    Column("reported", Text, nullable=False),
    Column("corrected", Text, nullable=False),
    Column("rules", Text, nullable=False),
    Column("doc_id", String(200)),
    Column("start", Integer),
    Column("end", Integer),
    Index("corrections_of_item", "item_id", "id"),
)
