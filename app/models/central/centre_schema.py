"""The centre's tables are made and changed by migrations alone, in the caller's transaction."""

from sqlalchemy import Connection, inspect, text

from app.core.errors import TooNew
from app.core.i18n import _
from app.models.office import schema_upgrade

SCHEMA = "0003"
MIGRATIONS = "app:migrations/central"
_FIRST = "0001"  # of a centre that was made before there were migrations


def version(connection: Connection) -> str:
    """Return the schema that the database has, "" where there is no centre."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")
    return _FIRST if "centre" in tables else ""


def refuse_newer(found: str) -> None:
    """Raise TooNew "too_new" where a newer program made or changed the database."""
    if found > SCHEMA:
        raise too_new()


def too_new() -> TooNew:
    """Refuse the database of a newer program: this one would take less from the lines."""
    return TooNew(
        _("This central office was updated by a newer program. Install that version here too."),
        code="too_new",
    )


def upgrade(connection: Connection) -> None:
    """Bring an empty or an older database to this program's schema."""
    found = version(connection)
    if found != SCHEMA:
        stamped = _FIRST if found == _FIRST else ""
        schema_upgrade.to_newest(connection, MIGRATIONS, stamped=stamped)
