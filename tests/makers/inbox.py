"""The folder in which the centre finds what came, and how each file ended."""

from pathlib import Path

from app.services.central import Ingested


def ends(found: list[Ingested]) -> dict[str, str]:
    return {each.file: each.status for each in found}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())
