"""Where things lie: what ships with the program, what set-up built, what the clerk owns."""

import sys
from pathlib import Path

_ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).parents[2]))


def resource(*parts: str) -> Path:
    """Path of a file that ships with the program: icons, programme data."""
    return _ROOT.joinpath("resources", *parts)


def built(*parts: str) -> Path:
    """Path of a file made at set-up: cut fonts, the compiled catalogue."""
    return _ROOT.joinpath("build", *parts)


def default_data() -> Path:
    """Folder of this user's database when no --data is given."""
    import platformdirs  # the help and the version do without it

    return Path(platformdirs.user_data_dir("TambonDesk", appauthor=False))


def marks() -> Path:
    """Folder of what this machine remembers of its desks; never beside a database."""
    import platformdirs

    return Path(platformdirs.user_state_dir("TambonDesk-machine", appauthor=False))
