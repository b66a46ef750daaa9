"""A diary of faults that may leave the office: it holds no name, no number, no typed word."""

import faulthandler
import hashlib
import logging
import logging.handlers
import os
import platform
import re
import traceback
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TextIO

import app


def start(folder: Path) -> None:
    """Write the log into `folder`; a crash of the interpreter leaves its trace there too."""
    stop()
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / _LOG, maxBytes=300_000, backupCount=2, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _logger.addHandler(handler)
    _files.append(handler)
    _crash.append((folder / _CRASH).open("a", encoding="utf-8"))
    faulthandler.enable(_crash[0])
    _logger.info("start %s", " ".join(_versions()))


def stop() -> None:
    """Close the log; what is noted afterwards is dropped."""
    while _files:
        handler = _files.pop()
        _logger.removeHandler(handler)
        handler.close()
    while _crash:
        faulthandler.disable()
        _crash.pop().close()


@contextmanager
def at_need(folder: Path) -> Iterator[None]:
    """Let the first fault begin the log in `folder`, where none has begun; else nothing is made."""
    had_begun = bool(_files)
    _waiting.append(folder)
    try:
        yield
    finally:
        _waiting.remove(folder)
        if _files and not had_begun:
            stop()


def fault(error: BaseException) -> str:
    """Note a fault of our own and return its number, the same for the same place in the code."""
    return note_fault(described(error))


def described(error: BaseException) -> str:
    """Return what the log says of a fault, which may leave the process where it happened.

    Of the error's own words only those are kept that cannot carry a record: most messages quote
    the value that was being worked on.
    """
    frames = [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return "\n".join([f"{type(error).__name__} {_safe_words(error)}".rstrip(), *frames])


def note_fault(text: str) -> str:
    """Note a fault that `described` has put into words; return its number, as fault does."""
    if _waiting and not _files:
        with suppress(OSError):  # a disk that takes no log must not hide what happened
            start(_waiting[-1])
    number = hashlib.sha256(text.encode()).hexdigest()[:6]
    _logger.error("fault %s %s", number, text)
    return number


def note(text: str) -> None:
    """Note a plain happening; Thai words and long numbers in it are blotted out."""
    _logger.info("%s", _BLOT.sub("*", text))


def report(target: Path) -> None:
    """Pack the log and the versions into one zip file for the help desk; nothing is sent.

    It is there whole or not at all, and a former one of that name stays until then. Raises OSError.
    """
    half = target.with_name(f"{target.name}.part")
    try:
        with half.open("wb") as file:
            _pack(file)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
    except OSError:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise


def _pack(file: IO[bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("versions.txt", "\n".join(_versions()) + "\n")
        for handler in _files:
            handler.flush()
            for path in sorted(Path(handler.baseFilename).parent.glob(f"{_LOG}*")):
                archive.write(path, path.name)


_LOG = "tambondesk.log"
_CRASH = f"{_LOG}.crash"  # of its own: the log's file changes when it is full
_BLOT = re.compile(r"[\u0e00-\u0e7f]+|\d[\d\s-]{3,}\d")
# their messages name types and attributes, never a value
_WORDED_BY_PYTHON = (AttributeError, NameError, TypeError, ImportError, NotImplementedError)
_files: list[logging.FileHandler] = []  # ours alone: whoever watches the log has others
_crash: list[TextIO] = []
_waiting: list[Path] = []  # where a log is begun at need
_logger = logging.getLogger("tambondesk")
_logger.setLevel(logging.INFO)
_logger.propagate = False
_logger.addHandler(logging.NullHandler())  # or Python prints what is noted without a log


def _safe_words(error: BaseException) -> str:
    if isinstance(error, _WORDED_BY_PYTHON):
        return _BLOT.sub("*", str(error))
    if isinstance(error, OSError):
        return error.strerror or ""
    cause = getattr(error, "orig", None)  # what SQLite said, without the statement's values
    return str(getattr(cause, "sqlite_errorname", ""))


def _versions() -> list[str]:
    return [
        f"tambondesk={app.__version__}",
        f"python={platform.python_version()}",
        f"system={platform.system()}-{platform.release()}",
    ]
