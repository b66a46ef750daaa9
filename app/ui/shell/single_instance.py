"""One window for each desk: a second start of the program rings, and the first window answers."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket


class Doorbell(QObject):
    """The bell of one desk: whoever takes the desk first hears it, everyone after can ring.

    Only the same user of the computer can ring. On a Linux without the libraries of QtNetwork
    (Kerberos's is among them) nobody hears the bell; the desk is still taken once.
    """

    rung = Signal()
    file_brought = Signal(str)  # the path of a file that whoever rang wants taken in

    def __init__(self, folder: Path) -> None:
        super().__init__()
        place = os.path.normcase(folder.resolve())
        self._name = f"tambondesk-{hashlib.sha256(place.encode()).hexdigest()[:20]}"
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def take(self) -> bool:
        """Take the desk and listen; False where a window has it already."""
        if not self._lock.tryLock(_LOCK_WAIT):
            return False
        with suppress(ImportError):
            self._listen()
        return True

    def ring(self, file: Path | None = None) -> bool:
        """Ask the window that has the desk to come forward; False where it does not answer.

        `file` is one that the window is to take in.
        """
        try:
            from PySide6.QtNetwork import QLocalSocket
        except ImportError:
            return False
        caller = QLocalSocket()
        caller.connectToServer(self._name)
        if not (caller.waitForConnected(_ANSWER_WAIT) and caller.waitForReadyRead(_ANSWER_WAIT)):
            return False
        if file:
            caller.write(os.fsencode(file))
            caller.waitForBytesWritten(_ANSWER_WAIT)
        caller.disconnectFromServer()
        return True

    def release(self) -> None:
        """Stop listening and leave the desk to the next start."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _listen(self) -> None:
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._name)  # left by a crash: the lock says nobody listens
        self._server.newConnection.connect(self._answer)
        self._server.listen(self._name)

    def _answer(self) -> None:
        """Say that somebody is here: a connection alone proves no more than an open socket."""
        assert self._server is not None  # noqa: S101 (only its own signal leads here)
        caller = self._server.nextPendingConnection()
        said = bytearray()
        caller.readyRead.connect(lambda: said.extend(caller.readAll().data()))
        caller.disconnected.connect(lambda: self._heard_out(caller, said))
        caller.write(b"here")
        caller.flush()  # before anything else: whoever rang waits no longer than some seconds
        self.rung.emit()

    def _heard_out(self, caller: "QLocalSocket", said: bytearray) -> None:
        """Take what was said: the path of a file, or nothing."""
        caller.deleteLater()
        if said:
            self.file_brought.emit(os.fsdecode(bytes(said)))


_LOCK_WAIT = 100  # milliseconds
_ANSWER_WAIT = 3000  # milliseconds; a window at work may be slow, one that hangs never answers
