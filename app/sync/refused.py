"""The one error with which a file from outside is turned away."""

from app.core.errors import UserError


class Refused(UserError):
    """A file or a text from outside is not taken; nothing of it was kept.

    `code` says which check it failed; docs/bundle-format.md lists the codes in their order.
    """
