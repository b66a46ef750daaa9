"""A centre is opened: it is brought up to this program, and its index of persons to its key."""

import secrets
from pathlib import Path

from app.core import log
from app.models.central import tables
from app.models.central.centre_database import has_centre
from app.services.central.keys.centre import MARKS, Centre
from app.services.central.upkeep import person_index
from app.services.central.upkeep.update import bring_up_to_date


def open_centre(url: str, key_folder: Path) -> Centre:
    """Open the centre's database and bring an older centre up to this program.

    `url` is sqlite:///FILE for a pilot, or postgresql+psycopg://USER@HOST/NAME. Raises UserError
    where the database cannot be reached and TooNew for a centre of a newer program.
    """
    centre = Centre(tables.open_centre(url), key_folder)
    try:
        bring_up_to_date(centre.engine)
        if _needs_index(centre):
            _compute_index(centre)
    except BaseException:
        centre.close()
        raise
    return centre


def _needs_index(centre: Centre) -> bool:
    """Tell whether the key of the index is lost, or it is not known that the index is right.

    A folder without the centre's signing key is another one, in which no key is made: whatever
    needs the keys says that they are missing.
    """
    with tables.looking(centre.engine) as connection:
        if not has_centre(connection) or not tables.fact(connection, "statements"):
            return False
        is_right = tables.fact(connection, tables.INDEXED_WITH) and not _is_lost(centre)
        return not is_right and centre.signs(connection)


def _compute_index(centre: Centre) -> None:
    """Compute the index anew in one transaction, under a new key where the former is lost.

    That the former counts no longer is noted first: whatever stops this between the new key and
    the new index, the next to open the centre computes it.
    """
    with tables.acting(centre.engine) as connection:
        if _is_lost(centre):
            tables.set_fact(connection, tables.INDEXED_WITH, "")
    with tables.acting(centre.engine) as connection:
        if _is_lost(centre):
            centre.put_secret(MARKS, secrets.token_hex(32))
            log.note("centre: a new key for the index of persons")
        person_index.index_anew(connection, centre.mark_key(connection))
        log.note("centre: the index of persons is computed anew")


def _is_lost(centre: Centre) -> bool:
    return not (centre.keys / MARKS).exists()
