"""Alembic's entry: runs the migrations on the connection that `store.database` hands over, inside its transaction."""

from alembic import context

from autograder.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
)
context.run_migrations()
