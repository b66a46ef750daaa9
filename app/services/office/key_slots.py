"""The key file at each sign-in: a copy that went bad is made anew from the good one, and said."""

from app.core.errors import UserError
from app.core.i18n import N_, _
from app.models.office import vault
from app.models.office.store import Store, set_setting, setting


def settle(store: Store) -> str:
    """Bring both copies of the key file to the proven one; return the sentence for the clerk.

    A file of the first release gets its seal here. Raises UserError "no_keys" and "keys_changed".
    """
    with store.read() as connection:
        known = setting(connection, vault.SERIAL, 0)
    try:
        serial, wrong = vault.settle(store.folder, store.key, known=known)
    except UserError as error:
        if error.code != "keys_not_written":
            raise
        return error.sentence  # the good copy is there: whoever has the password may work
    if serial != known:
        store.write(lambda connection: set_setting(connection, vault.SERIAL, serial))
    return _(_SAID[wrong]) if wrong else ""


_SAID = {
    vault.DAMAGED: N_(
        "One of the two copies of the key file was missing or damaged. It was made anew from the "
        "good copy. Have the disk of this computer checked if you read this again."
    ),
    vault.OTHER: N_(
        "One of the two copies of the key file was an older one, or was changed, and not by this "
        "program. It was replaced by the proven copy. Tell the head of the office if nobody here "
        "put it there."
    ),
    vault.OLDER: N_(
        "The key file is older than this database: it was put back. Whoever was let in or changed "
        "a password since then signs in as before, or not at all. Tell the head of the office."
    ),
}
