"""Write a migration: what the described tables have and the last schema has not."""

import sys

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from app.core.paths import resource


def main() -> None:
    """Write the next numbered revision; its message is the first argument."""
    config = Config()
    config.set_main_option("script_location", "app:migrations")
    versions = resource().parent / "app" / "migrations" / "versions"
    number = f"{len(list(versions.glob('0*.py'))) + 1:04d}"
    with create_engine("sqlite://").connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        command.revision(config, message=sys.argv[1], autogenerate=True, rev_id=number)
    made = f"app/migrations/versions/{number}_*.py"
    print(f"{made}: read it, then raise SCHEMA in app/models/office/schema.py")


if __name__ == "__main__":
    main()
