"""The Qt binding in use is one of the sound ones."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_calls_that_return_nothing_do_not_wear_out(qtbot: QtBot) -> None:
    """PySide6 6.12.0 dropped a reference to None at each such call and aborted after about 5,000."""
    label = QLabel()
    qtbot.addWidget(label)
    for number in range(20_000):
        label.setText(str(number))
    assert label.text() == "19999"
