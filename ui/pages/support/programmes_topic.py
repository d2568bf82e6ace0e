"""The catalogue of programmes: who gets what by which rule of the day, how sure it is; the office changes it here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from casemgr.domain.pack_parts import UNCERTAIN
from casemgr.domain.permissions import Permission
from casemgr.domain.text import fold
from casemgr.errors import AppError
from casemgr.i18n import _
from casemgr.services import programme_views, programmes
from casemgr.services.programmes import ProgrammeListRow
from ui.desk import Desk
from ui.form_pane import FormPane
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.support import programme_forms, rule_forms
from ui.pages.support.keeping import keep_entry, take_out_entry
from ui.pages.support.programme_card import ProgrammeCard
from ui.pages.support.programme_columns import PROGRAMMES
from ui.pages.support.topic import Topic
from ui.theme import spaced
from ui.translation import Says
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from casemgr.domain.programmes import Catalogue
    from casemgr.services.programme_views import ProgrammeView, RuleView
    from ui.forms import Field, Form
    from ui.jobs import Job


class ProgrammesTopic(Topic):
    """The list at the left, the programme with its rules at the right; a form takes the room of both."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("supportProgrammes")
        self._all: Sequence[ProgrammeListRow] = ()
        self._rows: Sequence[ProgrammeListRow] = ()
        self.pane: FormPane | None = None
        self.text = QLineEdit()
        self.text.setObjectName("programmeText")
        self.text.setClearButtonEnabled(True)
        self.text.textChanged.connect(lambda _text: self._narrow())
        self.model: RowsModel[int, ProgrammeListRow] = RowsModel(PROGRAMMES, lambda ids: [self._rows[n] for n in ids])
        self.table = ListTable(self.model, name="programmeTable")
        self.table.current_changed.connect(lambda _row: self._show())
        Says(self.table, self.table.setAccessibleName, lambda: _("Programmes"))
        self.card = ProgrammeCard()
        self.table.opened.connect(lambda _row: self.card.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.card.table.current_changed.connect(lambda _row: self._enable())
        wishes: Mapping[str, Callable[[], None]] = {
            "edit": self.edit_programme,
            "out": self.take_out_programme,
            "add_rule": self.new_rule,
            "change_rule": self.edit_rule,
            "out_rule": self.take_out_rule,
        }
        self.card.asked.connect(lambda wish: wishes[wish]())
        self.add = QPushButton()
        self.add.setObjectName("programmeAdd")
        self.add.setIcon(icon("plus"))
        self.add.clicked.connect(self.new_programme)
        self._lay_out()
        self.retranslate()
        self.refresh()

    def _lay_out(self) -> None:
        self.left = QWidget()
        column = QVBoxLayout(self.left)
        spaced(column, spacing=8)
        top = QHBoxLayout()
        spaced(top, spacing=8)
        top.addWidget(self.text, 1)
        top.addWidget(self.add)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.card)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setObjectName("programmeHalves")
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(8)
        halves.addWidget(self.left)
        halves.addWidget(self.stack)
        halves.setStretchFactor(0, 2)
        halves.setStretchFactor(1, 3)
        halves.setSizes([460, 700])
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(halves)

    # ---- showing

    def refresh(self) -> None:
        """Read the catalogue again; a form that is open stays as typed."""
        self._all = self.desk.workspace.read(programmes.programmes)
        self._narrow()

    @property
    def view(self) -> ProgrammeView | None:
        """The programme on show."""
        return self.card.view

    @property
    def rule(self) -> RuleView | None:
        """The rule one is on."""
        return self.card.rule

    def _narrow(self) -> None:
        wanted, row = fold(self.text.text()), self.table.current()
        kept = self._rows[row].programme.code if 0 <= row < len(self._rows) else ""
        self._rows = [
            one
            for one in self._all
            if wanted in fold(f"{one.programme.code} {one.programme.name} {one.programme.name_en} {one.group_name}")
        ]
        self.model.set_ids(range(len(self._rows)))
        codes = [one.programme.code for one in self._rows]
        self.table.go(codes.index(kept) if kept in codes else 0)
        self._show()

    def _show(self) -> None:
        row = self.table.current()
        found = self._catalogue()
        code = self._rows[row].programme.code if 0 <= row < len(self._rows) else ""
        self.card.show_view(programme_views.view(found, code, self._today()) if code in found.programmes else None)
        self._enable()

    def _enable(self) -> None:
        may = self.desk.may(Permission.SETTINGS) and self.pane is None
        self.add.setEnabled(may)
        self.card.enable(may=may)

    # ---- changing

    def may_leave(self) -> bool:
        """Asks about a form that is not saved."""
        if self.pane is None:
            return True
        if not self.pane.may_leave():
            return False
        self._close()
        return True

    def new_programme(self) -> None:
        """A programme of the office."""
        fields = programme_forms.programme_fields(self._catalogue())
        values = programme_forms.programme_values({}, fields)
        self._open(_("New programme"), fields, values, lambda typed: self._keep("programme", {}, typed, None))

    def edit_programme(self) -> None:
        """Change the programme on show."""
        view = self.view
        if view is None or not self.card.edit.isEnabled():
            return
        code = view.programme.code
        table = self.desk.workspace.read(programmes.content, "programme", code)
        fields = programme_forms.programme_fields(self._catalogue())
        values = programme_forms.programme_values(table, fields)
        self._open(view.programme.title, fields, values, lambda typed: self._keep("programme", table, typed, code))

    def new_rule(self) -> None:
        """A rule beside those there are, from the one on show."""
        view, one = self.view, self.rule
        if view is None or not self.card.add_rule.isEnabled():
            return
        code = view.programme.code
        read = self.desk.workspace.read
        table = read(programmes.content, "rule", one.rule.id) if one is not None else {}
        fields = self._rule_fields(view)
        values = rule_forms.rule_values(table, fields) | {
            "id": f"{code}-{self._today().year + 1}",
            "valid_from": date(self._today().year + 1, 1, 1),
            "valid_to": None,
            "certainty": table.get("certainty", "V"),
        }
        self._open(
            _("New rule: {programme}").format(programme=view.programme.title),
            fields,
            values,
            lambda typed: self._keep_rule(table, typed, code, None),
        )

    def edit_rule(self) -> None:
        """Change the rule one is on."""
        view, one = self.view, self.rule
        if view is None or one is None or not self.card.change_rule.isEnabled():
            return
        table = self.desk.workspace.read(programmes.content, "rule", one.rule.id)
        fields = self._rule_fields(view)
        values = rule_forms.rule_values(table, fields)
        code = view.programme.code
        self._open(
            _("Rule: {programme}").format(programme=view.programme.title),
            fields,
            values,
            lambda typed: self._keep_rule(table, typed, code, one.rule.id),
        )

    def take_out_programme(self) -> None:
        """Take the programme out, or give the shipped one its place back."""
        view = self.view
        if view is not None and self.card.out.isEnabled():
            self._take_out("programme", view.programme.code)

    def take_out_rule(self) -> None:
        """The same of the rule one is on."""
        one = self.rule
        if one is not None and self.card.out_rule.isEnabled():
            self._take_out("rule", one.rule.id)

    def _take_out(self, kind: str, code: str) -> None:
        job, done = take_out_entry(self.desk, self._catalogue(), kind, code)
        job.succeeded.connect(lambda _nothing: self.said.emit(done))
        job.catch(AppError, lambda error: self.said.emit(Notice(str(error), "poor")))

    def _keep(self, kind: str, old: Mapping[str, Any], typed: Mapping[str, Any], replaces: str | None) -> Job:
        make = partial(programme_forms.programme_table, old)
        return keep_entry(self.desk, kind, make, typed, replaces=replaces)

    def _keep_rule(self, old: Mapping[str, Any], typed: Mapping[str, Any], code: str, replaces: str | None) -> Job:
        make = partial(rule_forms.rule_table, old, programme=code)
        return keep_entry(self.desk, "rule", make, typed, replaces=replaces)

    def _rule_fields(self, view: ProgrammeView) -> Sequence[Field]:
        return rule_forms.rule_fields(self.desk, self._catalogue(), view.programme.unit, self._is_uncertain)

    def _is_uncertain(self) -> bool:
        return self.pane is not None and self.pane.form.value("certainty") == UNCERTAIN

    def _open(self, title: str, fields: Sequence[Field], values: Mapping[str, Any], submit: Any) -> None:  # noqa: ANN401 - takes the typed values
        if not self.may_leave():
            return

        def send(form: Form) -> Job:
            job: Job = submit(form.values())
            return job

        pane = FormPane(lambda: title, fields, send, name="programmeForm")
        self.pane = pane
        self.stack.addWidget(pane)
        self.stack.setCurrentWidget(pane)
        self.left.hide()
        pane.saved.connect(self._on_saved)
        pane.closed.connect(self._close)
        pane.begin(values)
        self._enable()

    def _on_saved(self, code: object) -> None:
        self._close()
        self.refresh()
        places = [place for place, row in enumerate(self._rows) if row.programme.code == code]
        if places:
            self.table.go(places[0])

    def _close(self) -> None:
        pane, self.pane = self.pane, None
        if pane is not None:
            self.stack.setCurrentIndex(0)
            self.left.show()
            self.stack.removeWidget(pane)
            pane.hide()
            pane.deleteLater()
            self._enable()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _catalogue(self) -> Catalogue:
        return self.desk.workspace.read(programmes.catalogue)

    def _today(self) -> date:
        return self.desk.workspace.now.astimezone().date()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Insert begins a programme."""
        if event.key() == Qt.Key.Key_Insert and self.add.isEnabled():
            self.new_programme()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say the words again."""
        self.text.setPlaceholderText(_("Filter by name or code"))
        self.text.setAccessibleName(_("Filter by name or code"))
        self.add.setText(_("New programme…"))
        self.add.setAccessibleName(_("New programme…"))
        self.card.say()
