"""The list of the register: year, hamlet, state and text narrow it; a scanned QR code opens its entry."""

from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QToolButton, QVBoxLayout

from casemgr.domain.certificates import STATUS_LABELS, CertificateStatus, is_qr_text
from casemgr.domain.permissions import Permission
from casemgr.errors import AppError
from casemgr.i18n import N_, _, format_number, ngettext
from casemgr.services import certificate_register, offices
from casemgr.services.certificate_register import RegisterQuery, RegisterRow
from ui.desk import Desk
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.certificates.columns import BESIDE, REGISTER
from ui.theme import sized, spaced
from ui.translation import Speaks
from ui.widgets.chips import Chip, Chips
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

LIST: Final = "certificates"
UNPRINTED, UNCOLLECTED = "unprinted", "uncollected"
_CHIPS: Final = {
    CertificateStatus.ISSUED.value: STATUS_LABELS[CertificateStatus.ISSUED],
    UNPRINTED: N_("Not printed"),
    UNCOLLECTED: N_("Not collected"),
    CertificateStatus.REPLACED.value: STATUS_LABELS[CertificateStatus.REPLACED],
    CertificateStatus.VOID.value: STATUS_LABELS[CertificateStatus.VOID],
}


class RegisterPane(Speaks):
    """Knows which entries are shown and which one is current."""

    opened = Signal(UUID)
    """Enter, double click, or a scanned code."""
    moved = Signal(UUID)
    """Another line became current."""
    said = Signal(Notice)
    households_requested = Signal()
    export_requested = Signal()
    print_list_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("certificateRegister")
        self._desk = desk
        self._descending = True
        self._quiet = False
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(0)
        self._delay.timeout.connect(self.search)
        self.text = QLineEdit()
        self.text.setObjectName("registerFilter")
        self.text.setClearButtonEnabled(True)
        self.text.addAction(icon("qr-code"), QLineEdit.ActionPosition.LeadingPosition)
        self.text.textChanged.connect(lambda _text: self._delay.start())
        self.text.returnPressed.connect(self._on_enter)
        self.year: ChoiceBox[int] = ChoiceBox()
        self.year.setObjectName("registerYear")
        self.hamlet: ChoiceBox[UUID] = ChoiceBox()
        self.hamlet.setObjectName("registerHamlet")
        for box in (self.year, self.hamlet):
            box.chosen.connect(self.search)
        self.chips = Chips([Chip(key, partial(_, words)) for key, words in _CHIPS.items()], single=True)
        self.chips.setObjectName("registerChips")
        self.chips.changed.connect(self.search)
        self.count = QLabel()
        self.count.setObjectName("registerCount")
        self.count.setProperty("class", "small")
        self.export, self.paper = QToolButton(), QToolButton()
        for name, button, picture, signal in (
            ("registerExport", self.export, "table", self.export_requested),
            ("registerPrint", self.paper, "printer", self.print_list_requested),
        ):
            button.setObjectName(name)
            button.setProperty("class", "flat")
            button.setIcon(icon(picture))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(signal)
        self.model: RowsModel[UUID, RegisterRow] = RowsModel(REGISTER, self._fetch)
        self.model.show_order("number", descending=True)
        self.model.sort_requested.connect(self._on_sort)
        self.table = ListTable(self.model, name="registerTable")
        self.table.opened.connect(lambda row: self.opened.emit(self.model.ids[row]))
        self.table.columns_chosen.connect(self._on_columns)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.empty = EmptyState("medal", lambda: "", lambda: "", (lambda: _("Go to the households"),))
        self.empty.chosen.connect(lambda _number: self.households_requested.emit())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self._beside = False
        self._lay_out()
        self.set_beside(beside=False)
        self.load_choices()
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        spaced(top, spacing=8)
        top.addWidget(self.text, 1)
        top.addWidget(self.year)
        top.addWidget(self.hamlet)
        sized(self.year, width=132)
        sized(self.hamlet, width=208)
        middle = QHBoxLayout()
        spaced(middle, spacing=4)
        middle.addWidget(self.chips, 1)
        middle.addWidget(self.count)
        middle.addWidget(self.export)
        middle.addWidget(self.paper)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 6, 10), spacing=8)
        layout.addLayout(top)
        layout.addLayout(middle)
        layout.addWidget(self.stack, 1)

    # ---- what the page uses

    def query(self) -> RegisterQuery:
        """What is shown."""
        on = self.chips.on()
        key = on[0] if on else ""
        hamlet = self.hamlet.value()
        open_ones = (CertificateStatus.ISSUED.value,)
        text = self.text.text()
        return RegisterQuery(
            year=self.year.value(),
            text="" if is_qr_text(text) else text,
            statuses=open_ones if key in (UNPRINTED, UNCOLLECTED) else (key,) if key else (),
            hamlets=(hamlet,) if hamlet else (),
            collected=False if key == UNCOLLECTED else None,
            printed=False if key == UNPRINTED else True if key == UNCOLLECTED else None,
            descending=self._descending,
        )

    def search(self) -> None:
        """Ask for the ids anew; the current entry stays current where it is still shown."""
        current = self.current()
        ids = self._desk.workspace.read(certificate_register.find, self.query())
        self._quiet = True
        self.model.set_ids(ids)
        self.table.go(self.model.place_of(current))
        self._quiet = False
        self._show()

    def current(self) -> UUID | None:
        """The current entry."""
        row = self.table.current()
        return self.model.ids[row] if 0 <= row < len(self.model.ids) else None

    def selected(self) -> tuple[UUID, ...]:
        """The selected entries in order."""
        return tuple(self.model.ids[row] for row in self.table.selected())

    def show_entry(self, certificate: UUID) -> None:
        """Make an entry current, without telling; filters that hide it go."""
        self._quiet = True
        if self.model.place_of(certificate) < 0:
            self.narrow("")
        self.table.go(self.model.place_of(certificate))
        self._quiet = False

    def narrow(self, text: str) -> None:
        """Show what a text finds, everything else off."""
        self.text.setText(text)
        self._delay.stop()
        for box in (self.year, self.hamlet):
            box.setCurrentIndex(0)
        self.chips.set_on(())
        self.search()

    def set_beside(self, *, beside: bool) -> None:
        """Few columns beside an open entry, or the columns chosen."""
        current = self.current()
        self._beside = beside
        self._quiet = True
        self.model.set_columns(BESIDE if beside else self._desk.settings.columns.get(LIST, ()))
        self.table.go(self.model.place_of(current))
        self._quiet = False
        self.hamlet.setVisible(not beside)
        for button in (self.export, self.paper):
            button.setVisible(not beside and self._desk.may(Permission.EXPORT))

    def load_choices(self) -> None:
        """Read years and hamlets again."""
        years = self._desk.workspace.read(certificate_register.years)
        self.year.set_choices([(None, lambda: _("All years")), *((year, partial(str, year)) for year in years)])
        found = self._desk.workspace.read(offices.hamlets)
        self.hamlet.set_choices(
            [(None, lambda: _("All hamlets")), *((view.id, partial(str, view.data.full_name)) for view in found)]
        )
        for box in (self.year, self.hamlet):
            if box.currentIndex() < 0:
                box.setCurrentIndex(0)

    def retranslate(self) -> None:
        """Say the words again."""
        self.text.setPlaceholderText(_("Name, number, or scan the QR code"))
        self.text.setAccessibleName(_("Name, number, or scan the QR code"))
        self.year.setAccessibleName(_("Year"))
        self.hamlet.setAccessibleName(_("Hamlet"))
        self.table.setAccessibleName(_("Certificates"))
        for button, words, hint in (
            (self.export, _("Excel"), _("Export the register as an Excel file")),
            (self.paper, _("Register"), _("Print the register or save it as PDF")),
        ):
            button.setText(words)
            button.setToolTip(hint)
            button.setAccessibleName(hint)
        self._say_count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down in the filter goes to the list."""
        if event.key() == Qt.Key.Key_Down and self.text.hasFocus() and self.model.ids:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            if self.table.current() < 0:
                self.table.go(0)
            return
        super().keyPressEvent(event)

    # ---- inside

    def _fetch(self, ids: Sequence[UUID]) -> Sequence[RegisterRow]:
        return self._desk.workspace.read(certificate_register.rows, ids)

    def _narrowed(self) -> bool:
        return self.query() != RegisterQuery(descending=self._descending)

    def _show(self) -> None:
        if self.model.ids:
            self.stack.setCurrentWidget(self.table)
        else:
            if self._narrowed():
                self.empty.say(lambda: _("No certificate fits"), lambda: _("Take away a filter, or try fewer letters."))
            else:
                self.empty.say(
                    lambda: _("No certificates yet"),
                    lambda: _("Open a household, or select several in the list, and press Ctrl+P."),
                )
            self.stack.setCurrentWidget(self.empty)
        self._say_count()

    def _say_count(self) -> None:
        count = len(self.model.ids)
        self.count.setText(
            ngettext("{count} certificate", "{count} certificates", count).format(count=format_number(count))
        )

    def _on_enter(self) -> None:
        text = self.text.text().strip()
        if is_qr_text(text):
            self.text.clear()
            self._delay.stop()
            self.search()
            try:
                found = self._desk.workspace.read(certificate_register.by_qr, text)
            except AppError as error:
                self.said.emit(Notice(str(error), "near"))
                return
            self.opened.emit(found.row.id)
            return
        if self._delay.isActive():
            self._delay.stop()
            self.search()
        if self.model.ids:
            self.table.go(max(0, self.table.current()))
            self.opened.emit(self.model.ids[self.table.current()])

    def _on_sort(self, _key: str, descending: bool) -> None:
        self._descending = descending
        self.search()

    def _on_columns(self, keys: tuple[str, ...]) -> None:
        if not self._beside:
            self._desk.prefer(columns={**self._desk.settings.columns, LIST: keys})

    def _on_current(self, now: QModelIndex) -> None:
        if not self._quiet and now.isValid():
            self.moved.emit(self.model.ids[now.row()])
