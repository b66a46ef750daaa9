"""A desk whose files came in the place of others keeps a note of it until somebody was told.

The computer may die after the folders were exchanged and before the clerk was told: the next
sign-in tells her then. The note lies in the new database, so it is there exactly when that is.
"""

from collections.abc import Sequence
from pathlib import Path

from app.core.i18n import N_, _
from app.models.office.store import Store, set_setting, setting

BACKUP, FILE = "backup", "file"
_NOTE = "exchanged"


def note(store: Store, whence: str, kept: Path | None = None, said: Sequence[str] = ()) -> None:
    """Store news in a desk not yet in its place, to be told once it has moved there.

    `whence` is BACKUP or FILE, `kept` where the former folder goes, `said` are sentences as they
    are.
    """
    what = {"whence": whence, "kept": kept.name if kept else "", "said": list(said)}
    store.write(lambda connection: set_setting(connection, _NOTE, what))


def forget(store: Store) -> None:
    """Let go of the note: whoever exchanged the files tells it."""
    store.write(lambda connection: set_setting(connection, _NOTE, None))


def told(store: Store) -> str:
    """Return the news that nobody was told yet, once; "" for none."""
    with store.read() as connection:
        what = setting(connection, _NOTE)
    if what is None:
        return ""
    forget(store)
    kept = _(_KEPT).format(kept=what["kept"]) if what["kept"] else ""
    came = _BY_WHENCE[what["whence"]]
    return "\n\n".join(filter(None, (_(came), kept, *what["said"])))


_RESTORED = N_(
    "A backup is in the place of this desk now; the program or the computer stopped before it "
    "could say so. The desk goes on under a new key: send a key request to the central office with "
    "the next file."
)
_MADE_ANEW = N_(
    "This desk was made anew from a full file; the program or the computer stopped before it could "
    "say so. Compare the fingerprint by telephone, then send a key request before the next file."
)
_KEPT = N_("What stood here before is kept in the folder {kept}.")
_BY_WHENCE = {BACKUP: _RESTORED, FILE: _MADE_ANEW}
