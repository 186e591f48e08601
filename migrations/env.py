"""How Alembic reaches the database: always through `lna.core.schema`."""

from alembic import context

config = context.config
engine = config.attributes["engine"].execution_options(sqlite_begin="IMMEDIATE")

with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=config.attributes["metadata"],
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
