"""Commands that run beside a window, and what they said."""

from PySide6.QtWidgets import QMessageBox

from tests.ui.office import Office


def run_command(office: Office, words: str) -> None:
    """Run a command by its name in the box that finds everything."""
    office.clerk.press("Ctrl+K")
    office.clerk.type(words)
    office.rest()
    office.clerk.press("Enter")
    office.rest()


def told(office: Office) -> str:
    box = office.dialog(QMessageBox)
    words = office.clerk.words(box)
    office.clerk.press("Enter")
    return words
