"""The register of public works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QPushButton

from casemgr.domain.permissions import Permission
from casemgr.domain.works import WorksData
from casemgr.i18n import _
from casemgr.jobs import Progress
from casemgr.services import works, works_sheet
from casemgr.services.works import WORKS_STATE_LABELS, WorksQuery, WorksRow
from ui.icons import icon
from ui.pages.community.columns import WORKS
from ui.pages.community.fields import works_fields
from ui.record_topic import Kind, RecordTopic
from ui.translation import Says
from ui.widgets.chips import Chip
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.forms import Form
    from ui.jobs import Job


class WorksTopic(RecordTopic):
    """Works by state; progress, money and acceptance in the form."""

    def __init__(self, desk: Desk) -> None:
        kind = Kind(
            "works",
            "path",
            lambda: _("New works"),
            lambda: _("Public works"),
            lambda: _("No public works yet"),
            lambda: _("Write down what the commune builds: its money, its progress and when it was accepted."),
            lambda: _("Name, hamlet or investor"),
        )
        chips = [Chip(state.value, partial(_, words)) for state, words in WORKS_STATE_LABELS.items()]
        self._programme = ""
        super().__init__(desk, kind, WORKS, works_fields(desk), chips)
        self.excel = QPushButton()
        self.excel.setObjectName("worksExcel")
        self.excel.setIcon(icon("table"))
        self.excel.clicked.connect(self.export)
        self.excel.setEnabled(desk.may(Permission.EXPORT))
        for say in (self.excel.setText, self.excel.setAccessibleName):
            Says(self.excel, say, lambda: _("Excel…"))
        self.top.addWidget(self.excel)
        self.refresh()

    @property
    def _query(self) -> WorksQuery:
        return WorksQuery(self.text.text(), states=self.chips.on())

    def export(self) -> None:
        """The register as narrowed, as an Excel file."""
        query, today = self._query, self.today
        ask_file(
            self,
            _("Save as an Excel file"),
            _("Excel files") + " (*.xlsx)",
            lambda path: self._write(query, today, path),
            name="cong-trinh.xlsx",
            suffix="xlsx",
        )

    def _write(self, query: WorksQuery, today: date, path: Path) -> None:
        workspace = self.desk.workspace

        def write(progress: Progress) -> Path:
            from casemgr.exchange.tables import write_table  # loads the writer of Excel files

            progress(0, 0, _("Writing the Excel file"))
            made = workspace.read(works_sheet.sheet, query, today)
            write_table(path, made.columns, made.rows, title=made.title)
            return path

        self.desk.jobs.start(
            write,
            title=_("Writing the Excel file"),
            done=lambda written: self.said.emit(Notice(_("Saved as {file}.").format(file=written), "ok")),
        )

    def read_rows(self) -> Sequence[WorksRow]:
        """Works as narrowed."""
        return self.desk.workspace.read(works.rows, self._query, self.today)

    def read_record(self, record: UUID) -> tuple[int, Mapping[str, Any]]:
        """One of the works."""
        row = self.desk.workspace.read(works.view, record, self.today)
        self._programme = row.data.programme
        return row.version, dict(vars(row.data))

    def blank(self) -> Mapping[str, Any]:
        """New works."""
        made = WorksData("", "road")
        self._programme = made.programme
        return dict(vars(made))

    def submit(self, form: Form) -> Job:
        """Write them down."""
        return self.desk.write(
            works.keep_works,
            form.data(WorksData, programme=self._programme),
            works_id=self.record,
            version=self.version,
        )
