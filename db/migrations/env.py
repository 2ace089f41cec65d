"""Alembic runs inside the transaction that db.schema opened; there is no other way in."""

from alembic import context

from db.models import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
context.run_migrations()
