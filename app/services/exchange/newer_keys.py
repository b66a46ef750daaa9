"""Files signed with a key that this desk does not know yet, and where to learn of it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from app.core.i18n import _
from app.sync import bundle, trust
from app.sync.refused import Refused


def follow_beside(known: trust.Trust, path: Path) -> trust.Trust:
    """Go on to the centre's newest key where its statements lie beside its file.

    Each is signed by the key of the one before, so nothing but a whole chain is believed.
    """
    beside = statements_beside(path)
    return trust.follow(known, trust.read_trust(beside)) if beside.exists() else known


def statements_beside(path: Path) -> Path:
    """Name the file in which the centre's statements travel with another one."""
    return path.with_name(f"{path.stem}-trust.txt")


@contextlib.contextmanager
def asking_for_statements(path: Path) -> Iterator[None]:
    """Say of a receipt with an unknown key what the clerk must put beside it."""
    if statements_beside(path).exists():
        sentence = _(
            "The receipt is signed with the key {key}. Neither this computer nor the file {file} "
            "beside the receipt knows it. Do not use the receipt, and call the central office."
        )
    else:
        sentence = _(
            "The receipt is signed with the key {key}, which this computer does not know. If the "
            "central office has a new key, the file {file} came with the receipt: put both into "
            "one folder and open the receipt again. If it did not come, ask the office for it."
        )
    with _saying(sentence, path):
        yield


@contextlib.contextmanager
def asking_for_keys(path: Path) -> Iterator[None]:
    """Say of a desk's file, or the centre's full one, with an unknown key what must come first."""
    sentence = _(
        "The file is signed with the key {key}, which this computer does not know. If it is of "
        "another desk of this office, open the key request of that desk first and compare the two "
        "screens. If it is of the central office, put the file {file} beside it and try again."
    )
    with _saying(sentence, path):
        yield


@contextlib.contextmanager
def _saying(sentence: str, path: Path) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        if refused.code != "unknown_key":
            raise
        said = sentence.format(
            key=bundle.inspect(path).sender_key_id, file=statements_beside(path).name
        )
        raise Refused(said, code=refused.code) from refused
