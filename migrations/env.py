"""How Alembic finds our tables and our database: online only, batch mode on SQLite."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from models.everything import metadata


def migrate(connection: Connection) -> None:
    """Run the asked-for migrations on one connection, in one transaction."""
    if connection.dialect.name == "sqlite":
        # Batch mode makes tables anew, and rows point at the old ones meanwhile. The pragma is
        # heard outside a transaction only, so it goes past SQLAlchemy, which would begin one.
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        user_module_prefix="models.base.",
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with current_app.extensions["migrate"].db.engine.connect() as connection:
        migrate(connection)
        connection.commit()
        connection.invalidate()  # the next to use this connection gets its foreign keys back
