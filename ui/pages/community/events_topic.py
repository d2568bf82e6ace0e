"""Events: what was held, for whom and to what purpose, and who was there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QTabBar

from casemgr.domain import community
from casemgr.domain.activities import ACTIVITY_LABELS, ActivityData, ActivityKind
from casemgr.i18n import _
from casemgr.services import activities
from casemgr.services.activities import ActivityQuery, ActivityRow
from ui.form_pane import ask_about_changes
from ui.pages.community import papers
from ui.pages.community.attendance_pane import AttendancePane
from ui.pages.community.columns import EVENTS
from ui.pages.community.fields import event_fields
from ui.record_topic import Kind, RecordTopic
from ui.widgets.chips import Chip

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.forms import Form
    from ui.jobs import Job


class EventsTopic(RecordTopic):
    """Events by kind; the participants of the one on show stand in the second tab."""

    def __init__(self, desk: Desk) -> None:
        kind = Kind(
            "events",
            "calendar-check",
            lambda: _("New event"),
            lambda: _("Event"),
            lambda: _("No events yet"),
            lambda: _("Write down trainings, talks, legal aid and community works, then who was there."),
            lambda: _("Name, place, hamlet or organiser"),
        )
        chips = [Chip(each.value, partial(_, words)) for each, words in ACTIVITY_LABELS.items()]
        super().__init__(desk, kind, EVENTS, event_fields(desk), chips)
        self._read: ActivityData | None = None
        self.sides = QTabBar()
        self.sides.setObjectName("eventSides")
        self.sides.setDrawBase(False)
        self.sides.setExpanding(False)
        for _side in range(2):
            self.sides.addTab("")
        self.sides.currentChanged.connect(lambda _side: self._show_side())
        self.attendance = AttendancePane(desk)
        self.attendance.said.connect(self.said)
        self.attendance.print_requested.connect(self._print)
        self.extra.insertWidget(0, self.sides)
        self.extra.addWidget(self.attendance, 1)
        self.refresh()
        self.retranslate()

    def read_rows(self) -> Sequence[ActivityRow]:
        """Events as narrowed."""
        return self.desk.workspace.read(activities.rows, ActivityQuery(self.text.text(), self.chips.on()))

    def read_record(self, record: UUID) -> tuple[int, Mapping[str, Any]]:
        """One event."""
        view = self.desk.workspace.read(activities.view, record)
        self._read = view.data
        return view.version, dict(vars(view.data))

    def blank(self) -> Mapping[str, Any]:
        """A new event."""
        self._read = None
        return dict(vars(ActivityData(ActivityKind.EXTENSION, "", self.today)))

    def submit(self, form: Form) -> Job:
        """Write it down; its programme follows the kind unless it is another one."""
        old = self._read
        kept = old.programme if old and old.programme != community.programme_of(old.kind) else ""
        data = form.data(ActivityData, programme=kept)
        return self.desk.write(activities.keep_activity, data, activity_id=self.record, version=self.version)

    def show_extra(self) -> None:
        """The participants; a new event has none yet."""
        if self.record is None:
            self.sides.setCurrentIndex(0)
        elif not self.attendance.dirty:
            self.attendance.show_event(self.desk.workspace.read(activities.view, self.record))
        self.sides.setTabEnabled(1, self.record is not None)
        self._show_side()

    def may_leave(self) -> bool:
        """Ask about the event and about its participants."""
        if self.attendance.dirty:
            answer = ask_about_changes(self)
            if answer == "save":
                self.attendance.save()
            elif answer == "discard":
                self.attendance.discard()
            if answer != "discard":
                return False
        return super().may_leave()

    def show_participants(self) -> None:
        """Go to the second tab."""
        self.sides.setCurrentIndex(1)

    def retranslate(self) -> None:
        """Say the words again."""
        self.sides.setAccessibleName(_("Parts of the event"))
        self.sides.setTabText(0, _("Event"))
        self.sides.setTabText(1, _("Participants"))

    def _on_current(self, row: int) -> None:
        if self.attendance.dirty and not self._quiet and not self.may_leave():
            self._quiet = True
            self._table.go(self.model.place_of(self.record))
            self._quiet = False
            return
        super()._on_current(row)

    def _show_side(self) -> None:
        second = self.sides.currentIndex() == 1
        self.pane.setVisible(not second)
        self.attendance.setVisible(second)

    def _print(self) -> None:
        if self.record is not None:
            self.paper_requested.emit(papers.list_of(self.desk.workspace, self.record))
