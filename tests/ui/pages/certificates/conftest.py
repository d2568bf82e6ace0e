"""The page of certificates, a printer that writes files and a household entitled to a paper."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.workspace import Workspace
from tests.support.certificates_page import issue_now
from tests.support.pages import PrinterIntoFiles, no_printers
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.pages.certificates.page import CertificatesPage
from ui.widgets.printing import Printing


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    """Words of the screen in the source language; the paper is Vietnamese all the same."""
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def printer(tmp_path: Path) -> PrinterIntoFiles:
    return PrinterIntoFiles(tmp_path)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, printer: PrinterIntoFiles) -> CertificatesPage:
    made = CertificatesPage(desk, Printing(printer.names, printer.send))
    desk.changed.connect(lambda tables: made.refresh() if made.tables & tables else None)
    made.open_requested.connect(lambda place: made.show_place(place) if place.page == "certificates" else None)
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def paperless(qtbot: QtBot, desk: Desk, printer: PrinterIntoFiles) -> CertificatesPage:
    made = CertificatesPage(desk, Printing(no_printers, printer.send))
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def household(make: Make) -> UUID:
    made = make.household("Nguyễn Thị Ngưỡng")
    make.poor(made)
    return made


@pytest.fixture
def hamlet(make: Make, workspace: Workspace) -> list[UUID]:
    """Five households: four poor ones and one without a class."""
    made = []
    for name in ("Võ Văn Kiệm", "Đỗ Thị Sáu", "Nguyễn Thị Á", "Trần Văn Dũng"):
        made.append(make.household(name))
        make.poor(made[-1])
    made.append(make.household("Lê Văn Tám"))
    return made


@pytest.fixture
def three(workspace: Workspace, make: Make) -> list[UUID]:
    made = []
    for name in ("Nguyễn Thị Á", "Trần Văn Dũng", "Đỗ Thị Sáu"):
        household = make.household(name)
        make.poor(household)
        made.append(issue_now(workspace, household))
    return made
