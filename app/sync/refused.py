"""The one error with which a file from outside is turned away."""

from app.core.errors import UserError
from app.core.i18n import _


class Refused(UserError):
    """A file or a text from outside is not taken; nothing of it was kept.

    `code` says which check it failed; docs/bundle-format.md lists the codes in their order.
    """


def too_big() -> Refused:
    """Refuse what is beyond the bounds of this program, before it is read."""
    return Refused(_("The file is larger than this program takes."), code="too_big")
