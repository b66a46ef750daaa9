"""What a window keeps of a desk's folder while it is open: the lock, the log and the bell."""

from pathlib import Path

from app.core import log, named
from app.core.errors import UserError
from app.core.i18n import _
from app.models.office import hold
from app.models.office.hold import Hold
from app.services.office import unfinished_swaps
from app.ui.shell.single_instance import Doorbell


class Premises:
    """A folder that this window is in; left while its files are replaced, and entered again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: Hold | None = None
        self.found = ""  # what had not ended here and was taken back, in words
        self.bell = Doorbell(folder)

    def enter(self) -> bool:
        """Make the folder, begin its log and take the bell; False where another window has it.

        Raises UserError with what the clerk can do where nothing can be written.
        """
        named.make_parent(self._folder)
        self.found = unfinished_swaps.mend(self._folder)
        self._held = hold.share(self._folder)
        try:
            named.make_folder(self._folder)
            log.start(self._folder / "log")
            return self.bell.take()
        except OSError as error:
            self.leave()
            raise UserError(
                _(
                    "Nothing can be written in the folder {folder}. Ask whoever looks after this "
                    "computer."
                ).format(folder=self._folder),
                code="read_only",
            ) from error
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """Let go of everything in the folder."""
        self.bell.release()
        log.stop()
        if self._held is not None:
            self._held.release()
