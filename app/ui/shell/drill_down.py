"""The list behind a figure whose records have no page of their own: names, Enter opens one."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.core.i18n import _
from app.services import figures
from app.services.office.desk import Desk
from app.ui.frame.jobs import Jobs
from app.ui.records.page import pages
from app.ui.shell.host import Host
from app.ui.widgets import theme
from app.ui.widgets.keyboard import OWN_ENTER


def open_list(
    host: Host,
    jobs: Jobs,
    parent: QWidget,
    type_: str,
    title: str,
    ids: Callable[[Desk], list[str]],
) -> None:
    """Show the records behind a figure: on their page, or by name where they have none."""
    if type_ in pages():
        page = host.show_page(type_)
        page.list.keep(title, lambda desk, _type: ids(desk))
        page.list.list.setFocus()
        return

    def read(_job: object) -> tuple[list[tuple[str, str]], int]:
        behind = ids(host.desk)
        return figures.named(host.desk.store, type_, behind), len(behind)

    def show(found: tuple[list[tuple[str, str]], int]) -> None:
        dialog = BehindDialog(title, type_, *found, parent.window())
        dialog.record_asked.connect(host.open_record)
        dialog.open()

    jobs.read(parent, read, show)


class BehindDialog(QDialog):
    """The records that a figure counts, each by its name."""

    record_asked = Signal(str, str)  # type, id

    def __init__(
        self, title: str, type_: str, named: list[tuple[str, str]], count: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._type = type_
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setProperty(OWN_ENTER, True)
        for record_id, name in named:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, record_id)
            self.list.addItem(item)
        self.list.itemActivated.connect(self._open)
        words = _("{shown} of {count} records").format(shown=len(named), count=f"{count:,}")
        column = QVBoxLayout(self)
        column.addWidget(QLabel(words))
        column.addWidget(self.list)
        self.resize(theme.characters(self, 60), theme.line_height(self) * 16)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _open(self, item: QListWidgetItem) -> None:
        self.accept()
        self.record_asked.emit(self._type, item.data(Qt.ItemDataRole.UserRole))
