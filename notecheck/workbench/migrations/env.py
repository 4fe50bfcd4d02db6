"""Alembic's way in: `notecheck.workbench.store` hands it an open connection."""

from __future__ import annotations

from alembic import context

from notecheck.workbench.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
