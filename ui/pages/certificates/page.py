"""The page of certificates: the register with an entry beside it, one household's paper, or a batch."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QInputDialog, QSplitter, QStackedWidget, QVBoxLayout

from casemgr.domain.permissions import Permission
from casemgr.errors import NotFoundError
from casemgr.i18n import _, ngettext
from casemgr.services import certificates
from ui.actions import handles
from ui.desk import Desk
from ui.page import Page
from ui.pages.certificates.batch_pane import BatchPane
from ui.pages.certificates.entry_pane import EntryPane
from ui.pages.certificates.issue_pane import IssuePane
from ui.pages.certificates.register_output import RegisterOutput
from ui.pages.certificates.register_pane import RegisterPane
from ui.pages.certificates.ways import Way
from ui.places import Place
from ui.theme import spaced, theme
from ui.widgets.message_bar import Notice
from ui.widgets.printing import SYSTEM, Printing

NAME = "certificates"
BESIDE = 900
"""Below this natural width the list steps aside while an entry is open."""
_LIST_ONLY = frozenset({"view.find", "view.columns", "edit.copy_table", "edit.select_all", "file.export"})


class CertificatesPage(Page):
    """`Place` with the wish "issue" and households begins papers, with "papers" and certificates prints them.

    With an id alone it opens that entry.
    """

    tables = frozenset(
        {
            "certificate",
            "certificate_block",
            "print_event",
            "household",
            "household_class",
            "membership",
            "person",
            "decision",
            "hamlet",
            "signatory",
            "template",
            "office",
        }
    )

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        super().__init__(desk)
        self.setObjectName("certificatesPage")
        self.list = RegisterPane(desk)
        self.entry = EntryPane(desk)
        self._printing = printing
        self._issue: IssuePane | None = None
        self._batch: BatchPane | None = None
        self.entry.hide()
        self._output = RegisterOutput(self, desk, self.said.emit, printing)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("certificateSplitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(6)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self.entry)
        self._splitter.setStretchFactor(1, 1)
        self.stack = QStackedWidget()
        self.stack.setObjectName("certificateStack")
        self.stack.addWidget(self._splitter)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.stack)
        self.list.opened.connect(self.open_entry)
        self.list.moved.connect(self._on_moved)
        self.list.said.connect(self.said)
        self.list.households_requested.connect(lambda: self.open_requested.emit(Place("households")))
        self.list.export_requested.connect(self.export)
        self.list.print_list_requested.connect(
            lambda: self._output.print(list(self.list.model.ids), self.list.year.value())
        )
        self.entry.closed.connect(self.close_entry)
        self.entry.household_requested.connect(lambda one: self.open_requested.emit(Place("households", one)))
        self.entry.way_requested.connect(self._on_way)
        self.list.search()
        self.retranslate()

    # ---- panes made when they are first wanted

    @property
    def issue(self) -> IssuePane:
        """One household's paper."""
        if self._issue is None:
            self._issue = IssuePane(self.desk, self._printing)
            self._take(self._issue)
        return self._issue

    @property
    def batch(self) -> BatchPane:
        """Papers of many households."""
        if self._batch is None:
            self._batch = BatchPane(self.desk, self._printing)
            self._take(self._batch)
        return self._batch

    def _take(self, pane: IssuePane | BatchPane) -> None:
        pane.open_requested.connect(self.open_requested)
        pane.closed.connect(self.show_register)
        self.stack.addWidget(pane)

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Certificates")

    def place(self) -> Place:
        """The register, an entry, or the papers being made."""
        shown = self.stack.currentWidget()
        if isinstance(shown, IssuePane) and shown.household is not None:
            return Place(NAME, shown.household, wish="issue")
        view = self.entry.view if self._showing_entry else None
        return Place(NAME, view.row.id if view else None)

    def show_place(self, place: Place) -> None:
        """Begin papers, open an entry, or show the register."""
        wanted = place.ids or ((place.id,) if place.id else ())
        if place.wish in tuple(Way) and wanted:
            if len(wanted) == 1:
                self.start_issue(wanted[0], None if place.wish == Way.ISSUE else Way(place.wish))
            else:
                self.start_batch(wanted)
            return
        if place.wish == "papers" and place.ids:
            self._start_printing(place.ids)
            return
        if place.wish == "blocks" and place.ids:
            self._start_printing(place.ids, block_year=int(place.text))
            return
        self.show_register()
        if place.wish == "register":
            self.close_entry()
        if place.id is not None:
            self.open_entry(place.id)
        elif place.text:
            self.list.narrow(place.text)

    def refresh(self) -> None:
        """Read again what is shown."""
        self.list.load_choices()
        self.list.search()
        if self._showing_entry:
            try:
                self.entry.reload()
            except NotFoundError:  # what it belongs to was taken back
                self.close_entry()
        shown = self.stack.currentWidget()
        if isinstance(shown, IssuePane | BatchPane):
            shown.refresh()
        self.state_changed.emit()

    def can(self, action: str) -> bool:
        """What makes sense now."""
        listing = self.stack.currentWidget() is self._splitter
        if action == "paper.print":
            return listing and (self.entry.can_print if self._showing_entry else bool(self.list.selected()))
        return listing if action in _LIST_ONLY else True

    # ---- opening and closing

    @property
    def _showing_entry(self) -> bool:
        return self.entry.isVisibleTo(self._splitter)

    def show_register(self) -> None:
        """The list, with the entry that is open."""
        self.stack.setCurrentWidget(self._splitter)
        if self._showing_entry:
            self.entry.reload()
        self.list.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.state_changed.emit()

    def open_entry(self, certificate: UUID) -> None:
        """Show an entry beside the list."""
        self.entry.show_entry(certificate)
        self.stack.setCurrentWidget(self._splitter)
        first = not self._showing_entry
        self.entry.show()
        if first:
            self.list.set_beside(beside=True)
            wide = theme().px(440)
            self._splitter.setSizes([wide, max(wide, self.width() - wide)])
        self._fit()
        self.list.show_entry(certificate)
        self.state_changed.emit()

    def close_entry(self) -> None:
        """Back to the whole register."""
        self.entry.hide()
        self.list.show()
        self.list.set_beside(beside=False)
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.state_changed.emit()

    def start_issue(self, household: UUID, way: Way | None = None) -> None:
        """One household's paper."""
        self.stack.setCurrentWidget(self.issue)
        self.issue.show_household(household, way)
        self.state_changed.emit()

    def start_batch(self, households: Sequence[UUID]) -> None:
        """Papers of many households."""
        self.stack.setCurrentWidget(self.batch)
        self.batch.begin(households)
        self.state_changed.emit()

    def _start_printing(self, papers: Sequence[UUID], *, block_year: int | None = None) -> None:
        """Certificates that are issued, or only a later year on each."""
        self.stack.setCurrentWidget(self.batch)
        self.batch.begin_printing(papers, block_year=block_year)
        self.state_changed.emit()

    # ---- actions

    @handles("paper.print")
    def print_papers(self) -> None:
        """The open entry, or the entries selected in the list."""
        selected = self.list.selected()
        if len(selected) > 1:
            self._start_printing(selected)
        elif self._showing_entry:
            self.entry.print()
        elif selected:
            self.open_entry(selected[0])
            self.entry.print()

    @handles("paper.continue")
    def continue_numbers(self) -> None:
        """After an older state was restored: enter the last number used on paper, so that none is given out twice."""
        year = self.desk.workspace.now.astimezone().year
        following = self.desk.workspace.read(certificates.next_number, year)
        given = following - 1
        number, entered = QInputDialog.getInt(
            self,
            _("Last number used on paper"),
            _("Last certificate number of {year} that stands on a paper:").format(year=year),
            given,
            given,
            999_999,
        )
        if entered and number != given:
            self.desk.write(certificates.continue_after, year=year, number=number)

    @handles("file.export")
    def export(self) -> None:
        """The list as an Excel file."""
        if self.desk.may(Permission.EXPORT):
            self._output.export(list(self.list.model.ids))

    @handles("view.find")
    def filter(self) -> None:
        """Type or scan into the filter."""
        self.list.show()
        self.list.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.text.selectAll()

    @handles("view.columns")
    def choose_columns(self) -> None:
        """Choose columns of the whole register."""
        self.close_entry()
        self.list.table.choose_columns()

    @handles("edit.copy_table")
    def copy_table(self) -> None:
        """Copy the list for Excel."""
        count = self.list.table.copy_for_excel()
        words = ngettext(
            "{count} line copied; paste it into Excel.", "{count} lines copied; paste them into Excel.", count
        )
        self.said.emit(Notice(words.format(count=count), "ok"))

    @handles("edit.select_all")
    def select_all(self) -> None:
        """Select the whole list."""
        self.list.table.selectAll()
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- inside

    def _on_moved(self, certificate: UUID) -> None:
        if self._showing_entry:
            self.entry.show_entry(certificate)
        self.state_changed.emit()

    def _on_way(self, household: UUID, way: Way) -> None:
        self.open_requested.emit(Place(NAME, household, wish=way.value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes an open entry."""
        if event.key() == Qt.Key.Key_Escape and self._showing_entry:
            self.close_entry()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On narrow windows the list steps aside while an entry is open."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._showing_entry:
            self.list.setVisible(self.width() >= theme().px(BESIDE))
