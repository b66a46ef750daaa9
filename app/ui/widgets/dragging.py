"""Files that are dragged from the file manager."""

from pathlib import Path

from PySide6.QtCore import QMimeData


def dragged(data: QMimeData) -> Path | None:
    """Return the one file that is dragged, None for anything else."""
    paths = dragged_files(data)
    return paths[0] if len(paths) == 1 else None


def dragged_files(data: QMimeData) -> list[Path]:
    """List the files that are dragged; nothing where something else is among them."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return paths if all(path.is_file() for path in paths) else []
