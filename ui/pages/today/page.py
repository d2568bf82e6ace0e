"""The page of the day's work: the first thing one sees, and where the morning begins."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from casemgr.domain.permissions import Permission
from casemgr.i18n import _, ngettext
from casemgr.jobs import Progress
from casemgr.services import case_files, tasks
from casemgr.services.agenda import AgendaRow
from ui.actions import handles
from ui.desk import Desk
from ui.page import Page
from ui.pages.today import verbs
from ui.pages.today.calendar_card import CalendarCard
from ui.pages.today.list_pane import DayList
from ui.pages.today.opening import place_of
from ui.places import Place
from ui.theme import spaced
from ui.translation import Says
from ui.verb_card import VerbCard
from ui.widgets.chips import FlowLayout
from ui.widgets.file_choice import ask_file
from ui.widgets.fit_table import flat_button
from ui.widgets.message_bar import Notice
from ui.widgets.told import Line, Told

NAME: Final = "today"
_WATCH_MS: Final = 30_000
_LATER_MS: Final = 1_500


class TodayPage(Page):
    """`Place` with a text narrows the list (a part of the day by its code); the wish "new" begins a task."""

    tables = frozenset(
        {
            "task", "household", "person", "membership", "hamlet", "holiday", "user", "review_request", "objection",
            "posting", "opinion", "referral", "case_action", "case_plan", "livelihood", "community_project",
            "revolving_duty", "revolving_entry", "learner", "abroad_case", "abroad_document", "abroad_contact",
            "direct_contract",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("todayPage")
        self._stale = True
        self._asked: QWidget | None = None
        self.list = DayList(desk)
        self.new = QPushButton()
        self.new.setObjectName("dayNew")
        self.new.setProperty("class", "primary")
        self.done, self.move_on = flat_button("dayDoneButton", "check"), flat_button("dayMoveButton", "calendar-plus")
        self.drop, self.open = flat_button("dayDropButton", "x"), flat_button("dayOpenButton", "folder-open")
        self.calendar = flat_button("dayCalendarButton", "calendar")
        self.give = flat_button("dayHandOverButton", "arrows-left-right")
        inside = QWidget()
        row = FlowLayout(inside)
        spaced(row)
        for button, words, act in (
            (self.new, lambda: _("New task"), self.new_task),
            (self.open, lambda: _("Open"), self.open_current),
            (self.done, lambda: _("Done"), self.settle),
            (self.move_on, lambda: _("Move to another day…"), self.move_task),
            (self.drop, lambda: _("Not needed…"), self.drop_task),
            (self.calendar, lambda: _("Calendar file…"), self.ask_calendar),
            (self.give, lambda: _("Hand over…"), self.hand_over),
        ):
            Says(button, button.setText, words)
            Says(button, button.setAccessibleName, words)
            button.clicked.connect(lambda _checked=False, act=act: act())
            if button is not self.new:
                row.addWidget(button)
        self.asking = QVBoxLayout()
        spaced(self.asking)
        top = QHBoxLayout()
        spaced(top, spacing=12)
        top.addWidget(self.list.text, 1)
        top.addWidget(self.list.ahead)
        top.addWidget(self.list.whose)
        top.addWidget(self.new)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 14, 10), spacing=8)
        layout.addLayout(top)
        layout.addWidget(inside)
        layout.addLayout(self.asking)
        layout.addWidget(self.list, 1)
        self.list.opened.connect(self.open_row)
        self.list.settle_requested.connect(self.settle)
        self.list.new_requested.connect(self.new_task)
        self.list.counted.connect(self.counted)
        self.list.moved.connect(self._enable)
        self.clock = QTimer(self)
        self.clock.setInterval(_WATCH_MS)
        self.clock.timeout.connect(self.watch)
        self.clock.start()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self.list.tell_count)
        self.retranslate()

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Today's work")

    def place(self) -> Place:
        """The day's list."""
        return Place(NAME)

    def show_place(self, place: Place) -> None:
        """Begin a task, narrow the list, or take it up where it was."""
        if place.text:
            self.list.narrow(place.text)
        elif self._stale:
            self._read()
        if place.wish == "new":
            self.new_task()
        elif self._asked is None:
            self.list.focus()

    def refresh(self) -> None:
        """Read again; while another page is shown only the number beside the section's name follows."""
        self._stale = True
        if self.isVisible():
            self._read()
        else:
            self._later.start()

    def leave(self) -> bool:
        """What is asked in place goes away with the page."""
        self._close()
        return True

    def can(self, action: str) -> bool:
        """What makes sense now."""
        return bool(self.list.model.ids) if action == "edit.copy_table" else True

    def watch(self) -> None:
        """A new day began, or somebody set the clock: what is due is another."""
        if self.list.day != self.desk.workspace.now.astimezone().date():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed meanwhile."""
        super().showEvent(event)
        if self._stale:
            self._read()

    # ---- actions

    @handles("tasks.new")
    def new_task(self) -> None:
        """Something to do, by hand."""
        if self.desk.may(Permission.EDIT):
            today = self.desk.workspace.now.astimezone().date()
            self._ask(verbs.new_card(self.desk), verbs.new_values(self.desk, today), _("The task is open."))

    @handles("view.find")
    def filter(self) -> None:
        """Type into the filter."""
        self.list.text.setFocus()
        self.list.text.selectAll()

    @handles("view.columns")
    def choose_columns(self) -> None:
        """Choose columns."""
        self.list.table.choose_columns()

    @handles("edit.copy_table")
    def copy_table(self) -> None:
        """Copy the list for Excel."""
        self.list.table.copy_for_excel()
        count = len(self.list.shown())
        words = ngettext(
            "{count} line copied; paste it into Excel.", "{count} lines copied; paste them into Excel.", count
        )
        self.said.emit(Notice(words.format(count=count), "ok"))

    def open_current(self) -> None:
        """Open what one is on."""
        row = self.list.current()
        if row is not None:
            self.open_row(row)

    def open_row(self, row: AgendaRow) -> None:
        """Go where it is worked on; a task of no record opens in place."""
        place = place_of(self.desk, row)
        if place is not None:
            self.open_requested.emit(place)
        elif row.kind == "task":
            self.move_task()

    def settle(self) -> None:
        """What one is on was done."""
        row = self.list.current()
        if row is None or not self.desk.may(Permission.EDIT):
            return
        if row.kind not in verbs.SETTLES:
            words = _("“{what}” goes from this list by itself once it is done on its own page.").format(what=row.title)
            self.said.emit(Notice(words, "info", _("Open"), lambda: self.open_row(row)))
            return
        self._ask(verbs.done_card(self.desk, row), {"note": ""}, _("Done: {what}").format(what=row.title))

    def move_task(self) -> None:
        """Another day for the task one is on."""
        row = self.list.current()
        if row is not None and row.kind == "task" and self.desk.may(Permission.EDIT):
            view = self.desk.workspace.read(tasks.view, row.record_id)
            card = verbs.move_card(self.desk, view)
            self._ask(card, verbs.move_values(view), _("The task was changed."))
            card.form.editor("due_on").widget.setFocus()

    def drop_task(self) -> None:
        """The task one is on is not needed."""
        row = self.list.current()
        if row is not None and row.kind == "task" and self.desk.may(Permission.EDIT):
            self._ask(verbs.drop_card(self.desk, row), {"note": ""}, _("The task was dropped."))

    def hand_over(self) -> None:
        """Everything an officer has open goes to another one."""
        if not self.desk.may(Permission.EDIT):
            return
        card, told = verbs.hand_over_card(self.desk), Told("dayHandOverTold")
        card.body.insertWidget(1, told)
        actor = self.desk.workspace.actor.user_id
        self._ask(card, {"from": actor, "to": None}, _("The work was handed over."))

        def tell() -> None:
            giver = card.form.value("from")
            work = self.desk.workspace.read(case_files.open_work, officer_id=giver) if giver is not None else {}
            told.show_lines(
                [Line(f"{_(case_files.WORK_LABELS[kind])}: {count}", "info") for kind, count in work.items()]
                or [Line(_("Nothing is open with this officer."), "near")]
            )
            card.go.setEnabled(bool(work))

        card.form.changed.connect(tell)
        tell()

    def ask_calendar(self) -> None:
        """What is shown as a calendar file."""
        if not self.desk.may(Permission.EXPORT):
            return
        card = CalendarCard()
        card.closed.connect(self._close)
        card.file_requested.connect(self._ask_file)
        self._put(card)
        card.begin()

    # ---- inside

    def _read(self) -> None:
        self._stale = False
        self.list.read()
        self._later.stop()
        self.list.tell_count()

    def _ask(self, card: VerbCard, values: verbs.Values, told: str) -> None:
        card.closed.connect(self._close)
        card.done.connect(lambda: self._on_done(told))
        self._put(card)
        card.begin(values)

    def _put(self, card: QWidget) -> None:
        self._close()
        self._asked = card
        self.asking.addWidget(card)

    def _close(self) -> None:
        card, self._asked = self._asked, None
        if card is not None:
            self.asking.removeWidget(card)
            card.hide()
            card.deleteLater()
            self.list.focus()

    def _on_done(self, told: str) -> None:
        self._close()
        self.said.emit(Notice(told, "ok"))

    def _ask_file(self, names: bool) -> None:
        rows = tuple(self.list.shown())

        def write(file: Path) -> None:
            self._write_calendar(file, rows, names=names)

        name = _("Today's work") + ".ics"
        ask_file(self, _("Calendar file"), _("Calendar") + " (*.ics)", write, name=name, suffix="ics")

    def _write_calendar(self, file: Path, rows: Sequence[AgendaRow], *, names: bool) -> None:
        made_at = self.desk.workspace.now

        def work(_progress: Progress) -> Path:
            from casemgr.exchange import agenda_calendar  # not wanted before somebody asks for a calendar

            agenda_calendar.write(file, rows, made_at, names=names)
            return file

        self.desk.jobs.start(work, title=_("Writing the calendar"), done=self._on_written)

    def _on_written(self, file: Path) -> None:
        self._close()
        self.said.emit(Notice(_("The calendar is in {file}.").format(file=file), "ok"))

    def _enable(self) -> None:
        row, may = self.list.current(), self.desk.may(Permission.EDIT)
        self.new.setEnabled(may)
        self.open.setEnabled(row is not None)
        self.done.setEnabled(may and row is not None)
        for button in (self.move_on, self.drop):
            button.setEnabled(may and row is not None and row.kind == "task")
        self.calendar.setEnabled(self.desk.may(Permission.EXPORT) and bool(self.list.model.ids))
        self.give.setEnabled(may)
        self.state_changed.emit()

    def retranslate(self) -> None:
        """Say the words again."""
        self.new.setToolTip(_("New task (Ctrl+T)"))
        self.done.setToolTip(_("Done, with what came of it (space bar)"))
        self.open.setToolTip(_("Open where it is worked on (Enter)"))
        self._enable()
