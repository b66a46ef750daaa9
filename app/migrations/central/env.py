"""How Alembic runs for the centre: on the connection and in the transaction it is given."""

from alembic import context

from app.models.central.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
