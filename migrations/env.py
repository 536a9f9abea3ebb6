"""Alembic runs this: the revisions go through the connection that `geo_api.migrate` hands over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
