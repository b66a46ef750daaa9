"""Who changed a record, when, and which fields: one key away."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.fields import Field
from app.core.i18n import _
from app.services.records import records
from app.services.records.history import Revision
from app.ui.widgets import theme
from app.ui.widgets.times import spoken


class HistoryDialog(QDialog):
    """The revisions of a record, the newest first."""

    def __init__(
        self,
        type_: str,
        title: str,
        revisions: list[Revision],
        user_name: Callable[[str], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("History: {title}").format(title=title))
        table = QTableWidget(len(revisions), 3)
        table.setHorizontalHeaderLabels([_("When"), _("By"), _("What changed")])
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.setTabKeyNavigation(False)
        described = records.fields(type_)
        for row, revision in enumerate(revisions):
            older = revisions[row + 1] if row + 1 < len(revisions) else None
            for column, words in enumerate(
                (
                    spoken(revision.at),
                    user_name(revision.by),
                    what_changed(described, revision, older),
                )
            ):
                item = QTableWidgetItem(words)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                table.setItem(row, column, item)
        headings = table.horizontalHeader()
        headings.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        headings.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        headings.setStretchLastSection(True)
        column_of_all = QVBoxLayout(self)
        column_of_all.addWidget(table)
        self.resize(theme.characters(self, 90), theme.line_height(self) * 14)


def what_changed(described: tuple[Field, ...], now: Revision, before: Revision | None) -> str:
    """Name the fields in which a revision differs from the one before it."""
    if now.data is None:
        return _("Taken back") if now.op == "del" else _("Content erased")
    if "void_reason" in now.data:
        return _("Taken out of use: {reason}").format(reason=now.data["void_reason"])
    if before is None or before.data is None:
        return _("Entered")
    old, new = before.data, now.data
    labels = [_(field.label) for field in described if old.get(field.name) != new.get(field.name)]
    return ", ".join(labels)
