"""The language changes while running: ours, Qt's, and what pages show."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.i18n import _
from ui.qttexts import texts
from ui.translation import Languages, Says


def test_qt_speaks_vietnamese_and_english_again(qtbot: QtBot, languages: Languages) -> None:
    def cancel() -> str:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        qtbot.addWidget(box)
        return box.buttons()[0].text().replace("&", "")

    assert cancel() == "Hủy bỏ"
    languages.switch("en")
    assert cancel() == "Cancel"


def test_texts_of_qt_we_do_not_know_stay_as_they_are(languages: Languages) -> None:
    assert QCoreApplication.translate("QShortcut", "Volume Mute") == "Volume Mute"


def test_every_listed_text_is_translated(languages: Languages) -> None:
    with i18n.using("en"):
        sources = texts()
    untranslated = [source for source, said in zip(sources, texts(), strict=True) if source == said]
    assert untranslated == []


def test_a_plain_label_follows(qtbot: QtBot, languages: Languages) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    Says(label, label.setText, lambda: _("Households"))
    label.show()
    vietnamese = label.text()
    languages.switch("en")
    qtbot.waitUntil(lambda: label.text() == "Households")
    languages.switch("vi")
    qtbot.waitUntil(lambda: label.text() == vietnamese)
    assert vietnamese != "Households"


def test_the_labels_of_qt_s_own_file_dialog_are_vietnamese(qtbot: QtBot, languages: Languages) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    shown = [label.text().replace("&", "") for label in dialog.findChildren(QLabel)]
    assert {"Tìm trong:", "Tên tệp:", "Loại tệp:"} <= set(shown)
