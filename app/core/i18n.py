"""The clerk's language: English sentences in the code, Thai from the catalogue."""

import gettext
from functools import cache

from app.core import paths


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for "mark, do not translate yet")
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message


def _(message: str) -> str:
    """Return the message in the language in use; an unknown message comes back as it is."""
    return _catalogue(_in_use[0]).gettext(message) if message else ""


def use(language: str) -> None:
    """Choose the language of every later message: "th" (the default) or "en"."""
    _in_use[0] = language


_in_use = ["th"]


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("app", paths.built("locale"), languages=[language])
