"""Officers and heads of hamlets with their terms, and who was trained this year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QPushButton

from casemgr.domain.officers import OfficerData
from casemgr.domain.permissions import Permission
from casemgr.i18n import _
from casemgr.services import officers
from casemgr.services.officers import Course, OfficerQuery, OfficerRow
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.community.columns import COURSES, officer_columns
from ui.pages.community.fields import TAKE_OVER_FIELDS, officer_fields
from ui.record_topic import Kind, RecordTopic
from ui.translation import Says
from ui.verb_card import VerbCard
from ui.widgets.card import Card
from ui.widgets.chips import Chip
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.forms import Form
    from ui.jobs import Job

EVERY, UNTRAINED = "every", "untrained"


class OfficersTopic(RecordTopic):
    """Those in office, or every term there was; whoever takes over starts untrained."""

    def __init__(self, desk: Desk) -> None:
        kind = Kind(
            "officers",
            "identification-badge",
            lambda: _("New officer"),
            lambda: _("Term of office"),
            lambda: _("No officers yet"),
            lambda: _(
                "Write down who works on poverty reduction and who heads each hamlet, with the day of taking office."
            ),
            lambda: _("Name or hamlet"),
        )
        chips = [
            Chip(UNTRAINED, lambda: _("Not trained this year")),
            Chip(EVERY, lambda: _("Former ones too")),
        ]
        super().__init__(desk, kind, officer_columns(self._period), officer_fields(desk), chips)
        self.over = QPushButton()
        self.over.setObjectName("officersOver")
        self.over.setIcon(icon("swap"))
        self.over.clicked.connect(self._begin_over)
        Says(self.over, self.over.setText, lambda: _("Somebody takes over…"))
        Says(self.over, self.over.setAccessibleName, lambda: _("Somebody takes over…"))
        self.take_over = VerbCard(
            lambda: _("Somebody takes over"),
            lambda: _("Hand over"),
            TAKE_OVER_FIELDS,
            self._take_over,
            name="takeOver",
        )
        self.take_over.hide()
        self.take_over.done.connect(self._on_over)
        self.take_over.closed.connect(self._close_over)
        self._courses: tuple[Course, ...] = ()
        self.courses: RowsModel[int, Course] = RowsModel(COURSES, lambda ids: [self._courses[one] for one in ids])
        self.course_table = ListTable(self.courses, name="officerCourses")
        Says(self.course_table, self.course_table.setAccessibleName, lambda: _("Courses attended"))
        self.course_card = Card(lambda: _("Courses attended"), margin=10)
        self.course_card.head.addWidget(self.over)
        self.course_card.add(self.course_table, 1)
        self.extra.addWidget(self.take_over)
        self.extra.addWidget(self.course_card, 1)
        self._new: UUID | None = None
        self.refresh()

    def read_rows(self) -> Sequence[OfficerRow]:
        """Officers as narrowed."""
        on = self.chips.on()
        query = OfficerQuery(self.text.text(), on=None if EVERY in on else self.today)
        rows = self.desk.workspace.read(officers.rows, query)
        return [row for row in rows if not row.attended(*self._period())] if UNTRAINED in on else rows

    def read_record(self, record: UUID) -> tuple[int, Mapping[str, Any]]:
        """One term."""
        row = self.desk.workspace.read(officers.view, record)
        return row.version, dict(vars(row.data))

    def blank(self) -> Mapping[str, Any]:
        """A new term."""
        return dict(vars(OfficerData("", "hamlet_head")))

    def submit(self, form: Form) -> Job:
        """Write it down."""
        return self.desk.write(
            officers.keep_officer, form.data(OfficerData), officer_id=self.record, version=self.version
        )

    def refresh(self) -> None:
        """Read again, and say how many are trained."""
        super().refresh()
        made = self.desk.workspace.read(officers.trained, self.today, *self._period())
        self.count.setText(
            _("Trained in {year}: {trained} of {filled}").format(
                year=self.today.year, trained=len(made.trained), filled=len(made.filled)
            )
        )
        self.count.setAccessibleName(self.count.text())

    def show_extra(self) -> None:
        """The courses of the term."""
        here = self.record is not None
        self.course_card.setVisible(here)
        self._close_over()
        if self.record is not None:
            self._courses = self.desk.workspace.read(officers.view, self.record).courses
            self.courses.set_ids(range(len(self._courses)))
        self.over.setEnabled(here and self.desk.may(Permission.EDIT))

    def _period(self) -> tuple[date, date]:
        year = self.today.year
        return date(year, 1, 1), date(year, 12, 31)

    def _begin_over(self) -> None:
        self.take_over.begin({"name": "", "on": self.today})

    def _take_over(self, values: Mapping[str, Any]) -> Job:
        job = self.desk.write(
            officers.replace_officer, self.record or UUID(int=0), self.version, values["name"], values["on"]
        )
        job.succeeded.connect(self._remember)
        return job

    def _remember(self, made: object) -> None:
        self._new = made if isinstance(made, UUID) else None

    def _on_over(self) -> None:
        self._close_over()
        if self._new is not None:
            self.refresh()
            self.show_id(self._new)
        self.said.emit(Notice(_("Handed over: the new term starts untrained."), "ok"))

    def _close_over(self) -> None:
        self.take_over.hide()
