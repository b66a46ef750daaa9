"""Files that are dragged from the file manager."""

from pathlib import Path

from PySide6.QtCore import QMimeData


def dragged(data: QMimeData) -> Path | None:
    """Give the one file that is dragged, None for anything else."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].is_file() else None
