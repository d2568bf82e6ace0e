"""The one funnel: expected failures go to the message bar, bugs to the log and a report one can copy."""

import logging
import platform
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from casemgr import __version__, logs
from casemgr.errors import AppError
from casemgr.i18n import _
from ui.theme import spaced

log = logging.getLogger(__name__)
qt_log = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def report(error: BaseException) -> str:
    """What a person may hand over about a bug: versions and places in the code, no data."""
    return "\n".join(
        (
            f"casemgr {__version__}",
            f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
            f"Screen {QGuiApplication.platformName()}",
            "",
            logs.describe(error),
        )
    )


class Funnel(QObject):
    """Takes every exception nobody caught, from slots, timers, threads and jobs alike."""

    failed = Signal(object)
    """An AppError to be shown in the message bar."""
    crashed = Signal(object)
    """A bug."""
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._sort, Qt.ConnectionType.QueuedConnection)

    def install(self) -> Callable[[], None]:
        """Take over the hooks; the returned call gives them back."""
        before = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qt_before = qInstallMessageHandler(_on_qt_message)

        def restore() -> None:
            sys.excepthook, threading.excepthook = before
            qInstallMessageHandler(qt_before)

        return restore

    def take(self, error: BaseException) -> None:
        """Show or report an exception; may be called from any thread."""
        self._arrived.emit(error)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
            return
        self.take(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.take(args.exc_value)

    def _sort(self, error: BaseException) -> None:
        if isinstance(error, AppError):
            log.info("refused: %s", type(error).__name__)
            self.failed.emit(error)
            return
        log.error("a bug", exc_info=error)
        self.crashed.emit(error)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    qt_log.log(_LEVELS[kind], "%s", message)


class CrashDialog(QDialog):
    """Says that the program made a mistake, that what was saved is safe, and offers the report."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crashDialog")
        self.setWindowTitle(_("Error in the program"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        said = QLabel(
            _(
                "The program made a mistake and did not finish what you asked. Everything saved before is kept. "
                "You can go on working; if it happens again, close the program and send this report to your support."
            )
        )
        said.setWordWrap(True)
        self.text = QPlainTextEdit(report(error))
        self.text.setObjectName("crashReport")
        self.text.setAccessibleName(_("Report"))
        self.text.setReadOnly(True)
        copy, close = QPushButton(_("Copy the report")), QPushButton(_("Go on working"))
        copy.setObjectName("crashCopy")
        close.setObjectName("crashClose")
        close.setProperty("class", "primary")
        close.setDefault(True)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(copy)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(16, 16, 16, 16), spacing=12)
        layout.addWidget(said)
        layout.addWidget(self.text, 1)
        layout.addLayout(buttons)
        self.resize(680, 420)
