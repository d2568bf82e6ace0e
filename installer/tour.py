"""Takes the pictures of README's tour from the running program, with the sample office of invented people.

Run `.venv/bin/python installer/tour.py` after a change of a screen; it writes docs/tour/*.png.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
SIZE = (1366, 728)
LIST = (
    ("DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2026",),
    (),
    ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Quan hệ với chủ hộ", "Dân tộc", "Ấp", "Loại hộ"),
    (1, "NGUYỄN THỊ NGƯỠNG", "05/03/1960", "Nữ", 83160001234, "Chủ hộ", "Kinh", "Phú Nhơn", "HN"),
    (None, "- Trần Văn Út", "5.3.85", "Nam", "083085004321", "con", "nt", None, None),
    (2, "Th¹ch ThÞ Sa R©y", 1956, "Nữ", "320123456", "CH", "Kh¬ me", "Êp Phó Nh¬n", "HN"),
    (3, "Kim Văn Tám (Tám Lành)", "31/02/1958", "Nam", "8.3156E+10", "Chủ hộ", "Khơ-me", "Ấp Cồn Mới", "HCN"),
)


def write_list(path: Path) -> Path:
    """A hamlet's list as it comes: capitals, lost zeros, old letters, a day that does not exist."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Ấp Phú Nhơn")
        for row, cells in enumerate(LIST):
            for column, value in enumerate(cells):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write_number(row, column, value)
    return path


def main() -> None:
    """Visit the screens in order and save what they show."""
    import tour_cases
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    from casemgr import settings
    from casemgr.domain.reviews import CampaignKind
    from casemgr.reports.certificate import render_certificate
    from casemgr.services import campaigns, certificates, founding, households
    from ui import theme
    from ui.desk import Desk
    from ui.fonts import load_fonts
    from ui.jobs import JobRunner
    from ui.mainwindow import MainWindow
    from ui.places import Place
    from ui.translation import Languages
    from ui.wizard.window import Wizard

    app = QApplication([])
    load_fonts()
    languages = Languages()
    languages.switch("vi")
    theme.apply(app, "light")
    jobs = JobRunner()
    folder = TOP / "docs" / "tour"
    folder.mkdir(parents=True, exist_ok=True)

    def settle() -> None:
        loop = QEventLoop()
        QTimer.singleShot(600, loop.quit)
        loop.exec()
        while jobs.busy:
            app.processEvents()
        app.processEvents()

    def picture(widget: QWidget, name: str) -> None:
        settle()
        widget.grab().save(str(folder / f"{name}.png"))

    def visit(name: str, place: Place, then: Callable[[], object] = lambda: None) -> None:
        window.go(place)
        settle()
        then()
        picture(window, name)

    wizard = Wizard(jobs, languages)
    wizard.resize(*SIZE)
    wizard.show()
    picture(wizard, "1-wizard")
    wizard.hide()

    workspace = founding.open_sample()
    desk = Desk(workspace, jobs, replace(settings.Settings(), theme="light", language="vi"))
    window = MainWindow(desk, languages)
    window.resize(*SIZE)
    window.show()
    poor = workspace.read(households.find, households.HouseholdQuery(classes=("poor",)))
    visit("2-import", Place("imports", text=str(write_list(Path(os.environ["CASEMGR_HOME"]) / "danh-sach.xlsx"))))
    visit("3-household", Place("households", poor[1]))
    visit("4-certificate", Place("certificates", poor[1], wish="issue"))
    for household in poor[:12]:
        workspace.write(certificates.issue, household, issued_on=date.today(), render=render_certificate)  # noqa: DTZ011 - the tour is of today
    visit("5-register", Place("certificates", wish="register"))
    review = workspace.write(campaigns.open_campaign, workspace.read(campaigns.propose, CampaignKind.PERIODIC, 2026))
    visit("7-review", Place("review", review))
    visit("8-keying", Place("review", review), lambda: window.commands.run("review.key"))
    visit("9-report", Place("statistics", review, text="2"))
    visit("10-trial", Place("rehearsal"), lambda: window.current_page.rehearse())
    visit("11-targets", Place("targets"))
    shown = tour_cases.make(workspace, poor[12:60], date.today())  # noqa: DTZ011 - the tour is of today
    visit("12-today", Place("today"))
    visit("13-livelihood", Place("livelihoods", shown.plan))
    visit("14-training", Place("training", shown.course, wish="attendance"))
    visit("15-abroad", Place("abroad", shown.abroad))
    theme.apply(app, "dark")
    visit("6-dark", Place("households", poor[2]))
    jobs.shutdown()
    window.hide()
    founding.remove_sample(workspace)


if __name__ == "__main__":
    sys.path.insert(0, str(TOP))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="casemgr-tour-") as home:
        os.environ["CASEMGR_HOME"] = home
        main()
