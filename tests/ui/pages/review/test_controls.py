"""Controls of the review: none flashes as a window of its own, all have names."""

from uuid import UUID

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QSpinBox, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.support.review_page import Settle, key_sheet, run
from tests.support.review_story import Review
from ui.mainwindow import MainWindow
from ui.pages.review.page import ReviewPage


class Flashes(QObject):
    """Notes whatever shows itself as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_no_part_of_a_pane_flashes_as_a_window(
    qtbot: QtBot, page: ReviewPage, window: MainWindow, review: Review, households: list[UUID], settle: Settle
) -> None:
    flashes = Flashes()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(flashes)
    run(window, "review.key")
    key_sheet(qtbot, "120", "479")
    settle()
    page.routes.explain_case(review.case(households[0]))
    for action in ("open", "meeting", "post", "opinion", "decide", "sheets"):
        page.routes.show_board()
        run(window, f"review.{action}")
        settle()
    app.removeEventFilter(flashes)
    assert flashes.names == []


def test_every_control_of_the_page_has_a_name(
    page: ReviewPage, window: MainWindow, review: Review, settle: Settle
) -> None:
    for act in (
        lambda: page.routes.show_list(None, "total"),
        lambda: run(window, "review.key"),
        lambda: run(window, "review.open"),
        lambda: run(window, "review.meeting"),
        lambda: run(window, "review.post"),
        lambda: run(window, "review.opinion"),
        lambda: run(window, "review.decide"),
    ):
        page.routes.show_board()
        act()
        settle()
    kinds = (QAbstractButton, QLineEdit, QComboBox, QSpinBox, QTableView)
    nameless = [
        (type(widget).__name__, widget.objectName())
        for kind in kinds
        for widget in page.findChildren(kind)
        if not widget.objectName().startswith("qt_")
        and not (widget.objectName() and widget.accessibleName())
        and type(widget.parent()).__name__ not in ("QComboBox", "QComboBoxPrivateContainer", "ChoiceBox")
        and not isinstance(widget.parent(), (QLineEdit, QSpinBox, QTableView))
    ]
    assert not nameless, "\n".join(map(str, nameless))
