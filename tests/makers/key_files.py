"""The key file and the backup of a desk, and forged ones."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.models.office import vault

FILES = (vault.FILE, vault.COPY)


def whole(raw: bytes) -> dict[str, Any]:
    found = json.loads(raw)
    del found["sha256"]
    return dict(found)


def written(found: dict[str, Any]) -> bytes:
    """Write a key file as anybody can who knows the format, with a right digest."""
    digest = hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()
    return json.dumps(found | {"sha256": digest}, indent=1).encode()


def forged(raw: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    found = whole(raw)
    change(found)
    return written(found)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
