"""Qt's own words in the clerk's language: no Thai catalogue comes with Qt."""

from PySide6.QtCore import QCoreApplication, QTranslator

from app.core.i18n import _
from app.ui.widgets.qt_texts import QT_TEXTS


class ClerkTranslator(QTranslator):
    """Answers Qt from our catalogue."""

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 (Qt's name)
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        """Return our words, or None for a text that Qt shall keep; "" would blank it."""
        if sourceText not in QT_TEXTS:
            return None
        translated = _(sourceText)
        return None if translated == sourceText else translated

    def isEmpty(self) -> bool:
        """Tell Qt that there is something to ask for."""
        return False


def install(app: QCoreApplication) -> ClerkTranslator:
    """Let the application speak the language in use."""
    translator = ClerkTranslator(app)
    app.installTranslator(translator)
    return translator
