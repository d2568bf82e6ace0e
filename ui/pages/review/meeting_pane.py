"""Meetings of a campaign: those held and set, a new one, and the end of one with its names and minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout

from casemgr.domain.reviews import MeetingData
from casemgr.domain.text import word_sort_key
from casemgr.i18n import N_, _, format_date, format_number, ngettext
from casemgr.services import meetings, offices
from casemgr.services.meetings import MeetingOutcome, MeetingView
from ui.desk import Desk
from ui.editors import CheckEditor, ChoiceEditor, DayEditor, LineEditor, NotesEditor, NumberEditor
from ui.forms import Field
from ui.icons import icon
from ui.jobs import Job
from ui.models.rows import Column, RowsModel
from ui.pages.review.heading import Heading
from ui.theme import sized, spaced
from ui.translation import Speaks
from ui.verb_card import VerbCard
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

AHEAD_DAYS: Final = 60


def state_words(row: MeetingView) -> str:
    """Whether the meeting still runs."""
    return _("Ended") if row.closed else _("Under way")


COLUMNS: Final = (
    Column[MeetingView]("held_on", N_("Held on"), lambda row: format_date(row.data.held_on), 92),
    Column[MeetingView]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 170),
    Column[MeetingView]("present", N_("Present"), lambda row: format_number(row.data.present), 80, right=True),
    Column[MeetingView]("voted", N_("Voted on"), lambda row: format_number(row.voted), 96, right=True),
    Column[MeetingView]("accepted", N_("Agreed"), lambda row: format_number(row.accepted), 96, right=True),
    Column[MeetingView]("state", N_("State"), state_words, 104, tone=lambda row: "plain" if row.closed else "near"),
)


class MeetingPane(Speaks):
    """`show_requested` puts a meeting on the wall, `minutes_requested` draws its minutes."""

    closed = Signal()
    said = Signal(Notice)
    show_requested = Signal(UUID)
    minutes_requested = Signal(UUID)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("meetingPane")
        self._desk = desk
        self._campaign: UUID | None = None
        self._wanted: UUID | None = None
        self._views: dict[UUID, MeetingView] = {}
        self._hamlet = ChoiceEditor(())
        self.heading = Heading("meeting")
        self.heading.back_requested.connect(self.closed)
        self.new = QPushButton()
        self.new.setObjectName("meetingNew")
        self.new.setIcon(icon("plus", "accent"))
        self.new.clicked.connect(lambda: self.begin_new())
        self.heading.add(self.new)
        self.model: RowsModel[UUID, MeetingView] = RowsModel(COLUMNS, self._fetch)
        self.table = ListTable(self.model, name="meetingTable")
        self.table.opened.connect(lambda _row: self.go_on())
        self.table.current_changed.connect(lambda _row: self._on_current())
        self.opening = VerbCard(
            lambda: _("New meeting"),
            lambda: _("Open the meeting"),
            (
                Field("hamlet_id", N_("&Hamlet"), lambda: self._hamlet, required=True),
                Field("held_on", N_("Held &on"), lambda: DayEditor(ahead=AHEAD_DAYS), required=True),
                Field("present", N_("People &present"), lambda: NumberEditor(least=1, most=5000), required=True),
                Field("place", N_("P&lace"), LineEditor),
                Field(
                    "front_invited",
                    N_("Fatherland Front invited to supervise"),
                    lambda: CheckEditor(lambda: _("Fatherland Front invited to supervise")),
                    wide=True,
                ),
            ),
            self._open,
            name="meetingOpen",
        )
        self.opening.closed.connect(self._show)
        self.ending = VerbCard(
            lambda: _("End of the meeting"),
            lambda: _("End the meeting"),
            (
                Field("chair", N_("&Chair"), LineEditor, required=True),
                Field("secretary", N_("&Secretary"), LineEditor, required=True),
                Field("representative", N_("Household &representative"), LineEditor, required=True),
                Field("discussion", N_("&Discussion"), lambda: NotesEditor(lines=4)),
            ),
            self._end,
            name="meetingEnding",
        )
        self.ending.closed.connect(self._show)
        self.state = QLabel()
        self.state.setObjectName("meetingState")
        self.state.setWordWrap(True)
        self.wall, self.finish, self.minutes = (QPushButton() for _each in range(3))
        for name, button, act in (
            ("meetingWall", self.wall, self.go_on),
            ("meetingFinish", self.finish, self.begin_end),
            ("meetingMinutes", self.minutes, self._on_minutes),
        ):
            button.setObjectName(name)
            button.clicked.connect(act)
        self._actions = Card(lambda: _("This meeting"), margin=12)
        for widget in (self.state, self.wall, self.finish, self.minutes):
            self._actions.add(widget)
        self._actions.body.addStretch(1)
        self.empty = EmptyState(
            "users-three",
            lambda: _("No meeting yet"),
            lambda: _(
                "The residents of each hamlet agree with the checked results. Open a meeting, count the votes on the"
                " wall, then print the minutes."
            ),
        )
        self.side = QStackedWidget()
        for each in (self._actions, self.opening, self.ending):
            self.side.addWidget(each)
        sized(self.side, width=372)
        self.left = QStackedWidget()
        self.left.addWidget(self.table)
        self.left.addWidget(self.empty)
        body = QHBoxLayout()
        spaced(body, spacing=8)
        body.addWidget(self.left, 1)
        body.addWidget(self.side)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=10)
        layout.addWidget(self.heading)
        layout.addLayout(body, 1)
        self.retranslate()

    # ---- what the page uses

    def begin(self, campaign: UUID, hamlet: UUID | None) -> None:
        """Show the meetings; a hamlet with an open one goes on with it, another opens one."""
        self._campaign = campaign
        names = self._desk.workspace.read(offices.hamlet_names)
        ordered = sorted(names.items(), key=lambda pair: word_sort_key(pair[1]))
        self._hamlet.set_choices([(one, partial(str, name)) for one, name in ordered])
        self.refresh()
        running = [
            view.id for view in self._views.values() if not view.closed and hamlet in (None, view.data.hamlet_id)
        ]
        if running:
            self.table.go(self.model.place_of(running[-1]))
            self._show()
            self.wall.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.begin_new(hamlet)

    def refresh(self) -> None:
        """Read the meetings again."""
        if self._campaign is None:
            return
        current = self._wanted or self.current_id()
        found = self._desk.workspace.read(meetings.meetings, self._campaign)
        self._views = {view.id: view for view in found}
        self.model.set_ids([view.id for view in found])
        self.table.go(max(0, self.model.place_of(current)))
        self._wanted = None
        self.left.setCurrentWidget(self.table if found else self.empty)
        if self.side.currentWidget() is self._actions:
            self._show()
        self.retranslate()

    def begin_new(self, hamlet: UUID | None = None) -> None:
        """Ask for a new meeting."""
        today = self._desk.workspace.now.astimezone().date()
        self.opening.begin({"hamlet_id": hamlet, "held_on": today, "present": None, "place": "", "front_invited": True})
        self.side.setCurrentWidget(self.opening)
        if hamlet is not None:
            self.opening.form.editor("present").widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def current_id(self) -> UUID | None:
        """The meeting of the current line."""
        row = self.table.current()
        return self.model.ids[row] if 0 <= row < len(self.model.ids) else None

    def current(self) -> MeetingView | None:
        """The meeting shown."""
        found = self.current_id()
        return self._views.get(found) if found is not None else None

    def go_on(self) -> None:
        """Put the meeting on the wall, or draw the minutes of one that ended."""
        view = self.current()
        if view is not None:
            (self.minutes_requested if view.closed else self.show_requested).emit(view.id)

    def after_wall(self, meeting: UUID, counted: int) -> None:
        """The wall is dark again: the names come."""
        self.refresh()
        self.table.go(max(0, self.model.place_of(meeting)))
        view = self.current()
        if view is not None and not view.closed and counted:
            self.begin_end()
        else:
            self._show()

    def begin_end(self) -> None:
        """Ask for the names of the minutes."""
        view = self.current()
        if view is not None and not view.closed:
            self.ending.begin(view.data.__dict__)
            self.side.setCurrentWidget(self.ending)

    # ---- jobs

    def _open(self, values: Mapping[str, Any]) -> Job:
        campaign = self._campaign
        if campaign is None:
            raise RuntimeError("no campaign")
        data = MeetingData(**values)
        job = self._desk.write(meetings.open_meeting, campaign, data)
        job.succeeded.connect(self._on_opened)
        return job

    def _on_opened(self, meeting: UUID) -> None:
        self._wanted = meeting
        self.refresh()
        self._show()
        self.show_requested.emit(meeting)

    def _end(self, values: Mapping[str, Any]) -> Job:
        view = self.current()
        if view is None:
            raise RuntimeError("no meeting")
        data = replace(view.data, **values)
        job = self._desk.jobs.start(lambda _progress: self._write_end(view, data))
        job.succeeded.connect(self._on_ended)
        return job

    def _write_end(self, view: MeetingView, data: MeetingData) -> MeetingOutcome:
        workspace = self._desk.workspace
        if data != view.data:
            workspace.write(meetings.correct, view.id, view.version, data)
        return workspace.write(meetings.close_meeting, view.id)

    def _on_ended(self, outcome: MeetingOutcome) -> None:
        told = [
            ngettext("{count} household agreed", "{count} households agreed", len(outcome.accepted)).format(
                count=format_number(len(outcome.accepted))
            )
        ]
        if outcome.sent_back:
            told.append(
                ngettext("{count} goes back to survey", "{count} go back to survey", len(outcome.sent_back)).format(
                    count=format_number(len(outcome.sent_back))
                )
            )
        if outcome.waiting:
            told.append(
                ngettext(
                    "{count} waits for the next meeting", "{count} wait for the next meeting", len(outcome.waiting)
                ).format(count=format_number(len(outcome.waiting)))
            )
        self.said.emit(Notice(_("The meeting has ended: {outcome}.").format(outcome="; ".join(told)), "ok"))
        self.side.setCurrentWidget(self._actions)
        self.refresh()
        self._show()
        self.minutes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_minutes(self) -> None:
        found = self.current_id()
        if found is not None:
            self.minutes_requested.emit(found)

    def _fetch(self, ids: Sequence[UUID]) -> Sequence[MeetingView]:
        return [self._views[each] for each in ids]

    # ---- words

    def _on_current(self) -> None:
        if self.side.currentWidget() is self._actions:
            self.retranslate()

    def _show(self) -> None:
        self.side.setCurrentWidget(self._actions)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again."""
        self.heading.say(
            _("Residents' meetings"),
            _("At least the share of the law must agree; below it the household is surveyed again."),
        )
        self.table.setAccessibleName(_("Residents' meetings"))
        self.new.setText(_("New meeting"))
        self.new.setAccessibleName(_("New meeting"))
        for button, words in (
            (self.wall, _("Show on the wall")),
            (self.finish, _("End the meeting…")),
            (self.minutes, _("Minutes…")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        view = self.current()
        running = view is not None and not view.closed
        self.wall.setVisible(running)
        self.finish.setVisible(running)
        self.finish.setEnabled(view is not None and view.voted > 0)
        self.minutes.setVisible(view is not None and view.voted > 0)
        expected = self.minutes if view is not None and view.closed else self.wall
        for button in (self.wall, self.finish, self.minutes):
            button.setProperty("class", "primary" if button is expected else "")
            button.style().unpolish(button)
            button.style().polish(button)
        if view is None:
            self.state.setText(_("Choose a meeting, or open a new one."))
            return
        self.state.setText(
            _("{hamlet}, {date}: {present} present, voted on {voted} households, {accepted} agreed.").format(
                hamlet=view.hamlet,
                date=format_date(view.data.held_on),
                present=format_number(view.data.present),
                voted=format_number(view.voted),
                accepted=format_number(view.accepted),
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
