"""Alembic's migrations on a connection of ours: the store's and the centre's run the same way."""

from threading import Lock

from sqlalchemy import Connection

# Alembic keeps the migration that runs in globals of its module: two at once mix their databases
_ONE_AT_A_TIME = Lock()


def to_newest(connection: Connection, scripts: str, *, stamped: str = "") -> None:
    """Run the migrations in `scripts` ("package:folder") in the caller's transaction.

    `stamped` is the schema of a database that was made before it kept its own stamp.
    """
    from alembic import command  # 0.3 s to import, needed once a release
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", scripts)
    config.attributes["connection"] = connection
    with _ONE_AT_A_TIME:
        if stamped:
            command.stamp(config, stamped)
        command.upgrade(config, "head")
