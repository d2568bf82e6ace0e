"""Languages at run time: Qt's own texts through our catalogue, and widgets that say their texts again."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTranslator
from PySide6.QtWidgets import QWidget

from casemgr import i18n
from ui.qttexts import QT


class QtTexts(QTranslator):
    """Answers Qt's questions for its own texts from our catalogue, context "qt": Qt ships none for Vietnamese."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The text in our language; where we have none, Qt's own: an empty answer would be shown as nothing."""
        return source if i18n.current() == i18n.SOURCE_LANGUAGE else i18n.pgettext(QT, source)

    def isEmpty(self) -> bool:
        """Never empty: Qt would not ask."""
        return False


class Languages(QObject):
    """Switches the language of the running program."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translator: QtTexts | None = None

    def switch(self, language: str) -> None:
        """Choose a language; every widget hears a LanguageChange event."""
        i18n.choose(language)
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
        self._translator = QtTexts(self)
        QCoreApplication.installTranslator(self._translator)


class Speaks(QWidget):
    """A widget whose texts follow the language: override `retranslate` and call it once at the end of `__init__`."""

    def retranslate(self) -> None:
        """Set every text anew; called by the constructor and after each switch of language."""

    def changeEvent(self, event: QEvent) -> None:
        """Say the texts again after a switch."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Says(QObject):
    """Keeps one text of a plain widget in the language in force: `Says(label, label.setText, lambda: _("Members"))`."""

    def __init__(self, widget: QWidget, setter: Callable[[str], object], text: Callable[[], str]) -> None:
        super().__init__(widget)
        self._setter, self._text = setter, text
        widget.installEventFilter(self)
        setter(text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Set the text again when the language changed."""
        if event.type() == QEvent.Type.LanguageChange:
            self._setter(self._text())
        return False
