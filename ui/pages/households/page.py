"""The page of households: the list at the left, the open household or a new one at the right."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout

from casemgr.errors import NotFoundError
from casemgr.i18n import _, ngettext
from casemgr.jobs import Progress
from casemgr.services import households
from ui.actions import handles
from ui.desk import Desk
from ui.page import Page
from ui.pages.households.detail import Detail
from ui.pages.households.dossier_saving import save_dossier
from ui.pages.households.list_pane import ListPane
from ui.pages.households.new_household import NewHousehold
from ui.places import Place
from ui.theme import spaced, theme
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice

NAME = "households"
BESIDE = 760
"""Below this natural width the list steps aside while a household is open."""
ROOMY = 1000
LIST_WIDE, LIST_NARROW = 304, 244
_EXPORT_ROWS = 500
_SOON_MS = 300
_OPEN = frozenset(
    {
        "edit.start",
        "household.add_member",
        "household.leave",
        "household.head",
        "household.set_class",
        "household.dwelling",
        "household.conditions",
        "household.dossier",
    }
)
_TYPING = frozenset({"edit.save", "edit.discard"})


class HouseholdsPage(Page):
    """Read mode by default; the list stays and keeps its place."""

    tables = frozenset(
        {
            "household", "membership", "person", "household_class", "decision", "hamlet", "certificate",
            "dwelling", "person_condition", "policy_pack", "review_request", "livelihood", "learner", "abroad_case",
            "circumstance", "enrolment", "delivery", "insurance_card", "loan", "loan_event", "sponsorship", "task",
            "programme", "setting", "case_file", "case_plan", "case_goal", "case_action", "case_note", "referral",
            "state_step", "user",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("householdsPage")
        self.list = ListPane(desk)
        self._detail: Detail | None = None
        self._new: NewHousehold | None = None
        self._divided: tuple[float, ...] = ()
        self._right = QStackedWidget()
        self._right.setObjectName("householdRight")
        self._right.hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("householdSplitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(6)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self._right)
        self._splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self._splitter)
        self.list.opened.connect(self.open_household)
        self.list.moved.connect(self._on_moved)
        self.list.new_requested.connect(self.start_new)
        self.list.import_requested.connect(lambda: self.open_requested.emit(Place("imports")))
        self.list.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.list.search()
        self.retranslate()
        QTimer.singleShot(_SOON_MS, self, lambda: self.detail)  # made when the list is on show

    @property
    def detail(self) -> Detail:
        """The page of one household, made when it is first wanted."""
        if self._detail is None:
            detail = Detail(self.desk)
            self._detail = detail
            detail.said.connect(self.said)
            detail.state_changed.connect(self.state_changed)
            detail.close_requested.connect(self.close_household)
            detail.paper_requested.connect(lambda paper: self.open_requested.emit(Place("certificates", paper)))
            detail.requests.place_requested.connect(self.open_requested)
            detail.livelihoods.place_requested.connect(self.open_requested)
            detail.training.place_requested.connect(self.open_requested)
            detail.abroad.place_requested.connect(self.open_requested)
            detail.support.place_requested.connect(self.open_requested)
            detail.print_requested.connect(self.print_certificate)
            self._right.addWidget(detail)
        return self._detail

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Households")

    def place(self) -> Place:
        """The open household, or the list as it is narrowed."""
        view = self.detail.view if self._showing_household else None
        return Place(NAME, view.id if view else None)

    def show_place(self, place: Place) -> None:
        """Open a household, narrow the list, or begin a new one."""
        if place.wish == "new":
            self.start_new()
            return
        if place.ids:
            self.list.show_given(place.ids)
        if place.text:
            self.list.narrow(place.text)
        if place.id is not None:
            self.open_household(place.id)
        elif not place.text and self._showing_household:
            self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read list and household again."""
        self.list.load_hamlets()
        self.list.search()
        if self._showing_household and self.detail.view is not None:
            self.list.show_household(self.detail.view.id)
            try:
                self.detail.reload()
            except NotFoundError:  # its opening was taken back
                self.close_household()

    def leave(self) -> bool:
        """Asks about what is typed and not saved."""
        if self._new is not None:
            return self._new.may_leave() and self._end_new()
        return self._detail is None or self._detail.may_leave()

    def can(self, action: str) -> bool:
        """What makes sense now."""
        view = self._detail.view if self._detail is not None else None
        editing = self._detail is not None and self._detail.editing
        if action in _TYPING:
            return self._new is not None or editing
        if action == "paper.print":
            return self._new is None and not editing and (self._showing_household or self._marked)
        if action in _OPEN:
            return self._showing_household and not editing
        if action == "household.close":
            return self._showing_household and not editing and view is not None and view.ended_on is None
        if action == "household.reopen":
            return self._showing_household and not editing and view is not None and view.ended_on is not None
        if action in {"edit.copy_table", "file.export", "edit.select_all"}:
            return bool(self.list.model.ids)
        return True

    # ---- opening and closing

    @property
    def _showing_household(self) -> bool:
        return self._right.isVisibleTo(self) and self._right.currentWidget() is self._detail

    def open_household(self, household: UUID) -> None:
        """Show a household beside the list."""
        if not self.leave():
            return
        try:
            self.detail.show_household(household)
        except NotFoundError:
            self.close_household()
            raise
        self._right.setCurrentWidget(self.detail)
        self._open_right()
        self.list.show_household(household)
        self.detail.focus_members()
        self.state_changed.emit()

    def close_household(self) -> None:
        """Back to the whole list."""
        if not self.leave():
            return
        self._right.hide()
        self.list.show()
        self.list.set_compact(compact=False)
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.state_changed.emit()

    @handles("household.new")
    def start_new(self) -> None:
        """Begin a new household."""
        if not self.leave():
            return
        self._new = NewHousehold(self.desk)
        self._new.opened.connect(self._on_opened_new)
        self._new.closed.connect(self._on_new_closed)
        self._new.open_requested.connect(self.open_household)
        self._right.addWidget(self._new)
        self._right.setCurrentWidget(self._new)
        self._open_right()
        self._new.begin()
        self.state_changed.emit()

    # ---- actions

    @handles("edit.start")
    def edit(self) -> None:
        """Correct the part that has the focus: the member of the current line, the housing, else the household."""
        if self.detail.members.table.hasFocus():
            self.detail.edit_member()
        elif self.detail.living.house.hasFocus():
            self.detail.edit_house()
        elif self.detail.living.members.hasFocus():
            self.detail.edit_conditions()
        else:
            self.detail.edit_household()

    @handles("edit.save")
    def save(self) -> None:
        """Save what is typed."""
        if self._new is not None:
            self._new.save()
        else:
            self.detail.save()

    @handles("edit.discard")
    def discard(self) -> None:
        """Forget what is typed."""
        if self._new is not None:
            self._on_new_closed()
        elif self.detail.pane is not None:
            self.detail.pane.discard()

    @handles("household.previous")
    def previous(self) -> None:
        """The household above."""
        self._step(-1)

    @handles("household.next")
    def next(self) -> None:
        """The household below."""
        self._step(1)

    @handles("household.add_member")
    def add_member(self) -> None:
        """A new member."""
        self.detail.add_member()

    @handles("household.leave")
    def member_leaves(self) -> None:
        """A member leaves."""
        self.detail.member_leaves()

    @handles("household.head")
    def new_head(self) -> None:
        """A new head."""
        self.detail.new_head()

    @handles("household.set_class")
    def record_class(self) -> None:
        """The class of a year."""
        self.detail.record_class()

    @handles("household.dwelling")
    def note_housing(self) -> None:
        """Housing."""
        self.detail.edit_house()

    @handles("household.conditions")
    def note_conditions(self) -> None:
        """School, insurance, growth and work of the members."""
        self.detail.edit_conditions()

    @handles("household.close")
    def stop_keeping(self) -> None:
        """The office stops keeping the household."""
        self.detail.stop_keeping()

    @handles("household.reopen")
    def keep_again(self) -> None:
        """The office keeps an ended household again."""
        self.detail.keep_again()

    @handles("paper.print")
    def print_certificate(self) -> None:
        """The certificate of the open household, or of those selected in the list."""
        selected = self.list.selected()
        if len(selected) > 1:
            self.open_requested.emit(Place("certificates", ids=selected, wish="issue"))
        elif self._showing_household and self.detail.view is not None:
            self.open_requested.emit(Place("certificates", self.detail.view.id, wish="issue"))
        elif selected:
            self.open_requested.emit(Place("certificates", selected[0], wish="issue"))

    @handles("household.dossier")
    def write_dossier(self) -> None:
        """The dossier of the open household as one PDF."""
        view = self.detail.view
        if view is not None:
            save_dossier(self, self.desk, view.id, view.code, self.said.emit)

    @handles("view.find")
    def filter(self) -> None:
        """Type into the filter."""
        self.list.show()
        self.list.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.text.selectAll()

    @handles("view.columns")
    def choose_columns(self) -> None:
        """Choose columns of the whole list."""
        self.close_household()
        self.list.table.choose_columns()

    @handles("edit.copy_table")
    def copy_table(self) -> None:
        """Copy the list for Excel."""
        count = self.list.table.copy_for_excel()
        words = ngettext(
            "{count} line copied; paste it into Excel.", "{count} lines copied; paste them into Excel.", count
        )
        self.said.emit(Notice(words.format(count=count), "ok"))

    @handles("file.export")
    def export(self) -> None:
        """Write the list as it is shown into an Excel or CSV file."""
        kinds = "Excel (*.xlsx);;CSV (*.csv)"
        ask_file(
            self, _("Export the list"), kinds, self._export_to, name=_("List of households") + ".xlsx", suffix="xlsx"
        )

    def _export_to(self, file: Path) -> None:
        ids, columns = tuple(self.list.model.ids), self.list.model.columns
        titles, title = self.list.model.titles(), _("List of households")
        read = self.desk.workspace.read

        def lines(progress: Progress) -> Iterator[list[str]]:
            for start in range(0, len(ids), _EXPORT_ROWS):
                progress(start, len(ids), _("Writing the list"))
                for row in read(households.rows, ids[start : start + _EXPORT_ROWS]):
                    yield [column.text(row) for column in columns]

        def work(progress: Progress) -> Path:
            from casemgr.exchange.tables import write_table  # loads the writer of Excel files

            write_table(file, titles, lines(progress), title=title)
            return file

        self.desk.jobs.start(work, title=_("Writing the list"), done=self._on_exported)

    def _on_exported(self, file: Path) -> None:
        self.said.emit(Notice(_("The list is in {file}.").format(file=file), "ok"))

    @handles("edit.select_all")
    def select_all(self) -> None:
        """Select the whole list."""
        self.list.view.selectAll()
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- inside

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the whole list."""
        if event.key() == Qt.Key.Key_Escape and self._showing_household:
            self.close_household()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On narrow windows the list steps aside while something is open."""
        super().resizeEvent(event)
        if self._right.isVisibleTo(self):
            self._fit()

    def _open_right(self) -> None:
        first = not self._right.isVisibleTo(self)
        self._right.show()
        self.list.set_compact(compact=True)
        if first:
            self._divided = ()
        self._fit()

    def _fit(self) -> None:
        """The list beside the household: narrower in a narrow window, aside in a very narrow one."""
        look = theme()
        self.list.setVisible(self.width() >= look.room(BESIDE))
        wish = look.room(LIST_WIDE if self.width() >= look.room(ROOMY) else LIST_NARROW)
        divided = (look.unit, look.text, wish)
        if divided != self._divided:  # what the person dragged stays until measures change
            self._divided = divided
            self._splitter.setSizes([wish, max(wish, self.width() - wish)])

    @property
    def _marked(self) -> bool:
        return self.list.table.selectionModel().hasSelection()

    def _on_selection(self) -> None:
        self.state_changed.emit()

    def _step(self, by: int) -> None:
        if self._new is None and self.detail.may_leave():
            household = self.list.step(by)
            if household is not None:
                self._show_keeping_focus(household)

    def _on_moved(self, household: UUID) -> None:
        if self._right.isVisibleTo(self):
            if self.leave():
                self._show_keeping_focus(household)
            elif self.detail.view is not None:
                self.list.show_household(self.detail.view.id)

    def _show_keeping_focus(self, household: UUID) -> None:
        focus: Callable[[], None] | None = self.list.view.setFocus if self.list.view.hasFocus() else None
        self._right.setCurrentWidget(self.detail)
        self.detail.show_household(household)
        if focus is not None:
            focus()
        self.state_changed.emit()

    def _on_opened_new(self, household: UUID) -> None:
        self._end_new()
        self.list.search()
        self.open_household(household)

    def _on_new_closed(self) -> None:
        self._end_new()
        if self._detail is not None and self._detail.view is not None:
            self._right.setCurrentWidget(self._detail)
        else:
            self.close_household()
        self.state_changed.emit()

    def _end_new(self) -> bool:
        new, self._new = self._new, None
        if new is not None:
            self._right.removeWidget(new)
            new.hide()
            new.deleteLater()
        return True
