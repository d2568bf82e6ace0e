"""The catalogue of programmes: who gets what by which rule of the day, how sure it is; the office changes it here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.permissions import Permission
from casemgr.domain.support import SUPPORT_KIND_LABELS, UNIT_LABELS
from casemgr.domain.text import fold
from casemgr.errors import AppError
from casemgr.i18n import N_, _
from casemgr.services import programme_views, programmes
from casemgr.services.programme_views import ProgrammeView, RuleView
from casemgr.services.programmes import ProgrammeListRow
from ui.desk import Desk
from ui.form_pane import FormPane
from ui.icons import icon
from ui.models.rows import Column, RowsModel
from ui.pages.support import programme_forms
from ui.pages.support.topic import Topic
from ui.theme import spaced
from ui.tones import CERTAINTY_TONES, certainty_words
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from casemgr.domain.programmes import Catalogue
    from ui.forms import Field, Form
    from ui.jobs import Job

_PROGRAMMES: Final = (
    Column[ProgrammeListRow]("code", N_("Programme code"), lambda row: row.programme.code, 92, code=True),
    Column[ProgrammeListRow](
        "title",
        N_("Programme"),
        lambda row: row.programme.title,
        280,
        hint=lambda row: f"{row.programme.title} – {row.group_name}",
    ),
    Column[ProgrammeListRow](
        "kind", N_("Gives"), lambda row: _(SUPPORT_KIND_LABELS[row.programme.kind]), 110, spare=True
    ),
    Column[ProgrammeListRow](
        "sure",
        N_("How sure"),
        lambda row: certainty_words(row.programme.certainty),
        150,
        spare=True,
        tone=lambda row: CERTAINTY_TONES[row.programme.certainty],
    ),
)
_RULES: Final = (
    Column[RuleView]("title", N_("Rule"), lambda row: row.rule.title or row.rule.id, 230),
    Column[RuleView]("amount", N_("Amount"), lambda row: row.amount_text or row.interest_text, 200),
    Column[RuleView]("validity", N_("Applies"), lambda row: row.validity, 170, spare=True),
    Column[RuleView](
        "today",
        N_("Today"),
        lambda row: _("applies") if row.applies else _("does not apply"),
        120,
        code=True,
        tone=lambda row: "ok" if row.applies else "plain",
    ),
)


class ProgrammesTopic(Topic):
    """The list at the left, the programme with its rules at the right; forms stand in its place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("supportProgrammes")
        self._all: Sequence[ProgrammeListRow] = ()
        self._rows: Sequence[ProgrammeListRow] = ()
        self.view: ProgrammeView | None = None
        self.pane: FormPane | None = None
        self.text = QLineEdit()
        self.text.setObjectName("programmeText")
        self.text.setClearButtonEnabled(True)
        self.text.textChanged.connect(lambda _text: self._narrow())
        self.model: RowsModel[int, ProgrammeListRow] = RowsModel(_PROGRAMMES, lambda ids: [self._rows[n] for n in ids])
        self.table = ListTable(self.model, name="programmeTable")
        self.table.current_changed.connect(lambda _row: self._show())
        Says(self.table, self.table.setAccessibleName, lambda: _("Programmes"))
        self.rules_model: RowsModel[int, RuleView] = RowsModel(_RULES, lambda ids: [self.rules[n] for n in ids])
        self.rules_table = ListTable(self.rules_model, name="ruleTable")
        self.rules_table.current_changed.connect(lambda _row: self._tell())
        self.rules_table.opened.connect(lambda _row: self.edit_rule())
        self.table.opened.connect(lambda _row: self.rules_table.setFocus(Qt.FocusReason.OtherFocusReason))
        Says(self.rules_table, self.rules_table.setAccessibleName, lambda: _("Rules of the programme"))
        self.title, self.meta = QLabel(), QLabel()
        self.title.setObjectName("programmeTitle")
        self.title.setProperty("class", "h1")
        self.meta.setProperty("class", "soft")
        for label in (self.title, self.meta):
            label.setWordWrap(True)
        self.told, self.limits = Told("ruleTold"), Told("programmeLimits")
        self.add, self.edit, self.out = QPushButton(), QPushButton(), QPushButton()
        self.add_rule, self.change_rule, self.out_rule = QPushButton(), QPushButton(), QPushButton()
        self._lay_out()
        self.retranslate()
        self.refresh()

    def _lay_out(self) -> None:
        for button, name, picture, act in (
            (self.add, "programmeAdd", "plus", self.new_programme),
            (self.edit, "programmeEdit", "pencil-simple", self.edit_programme),
            (self.out, "programmeOut", "trash", self.take_out_programme),
            (self.add_rule, "ruleAdd", "plus", self.new_rule),
            (self.change_rule, "ruleEdit", "pencil-simple", self.edit_rule),
            (self.out_rule, "ruleOut", "trash", self.take_out_rule),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture))
            button.clicked.connect(lambda _checked=False, act=act: act())
        left, right = QWidget(), Card(margin=12)
        column = QVBoxLayout(left)
        spaced(column, spacing=8)
        top = QHBoxLayout()
        spaced(top, spacing=8)
        top.addWidget(self.text, 1)
        top.addWidget(self.add)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            spaced(row, spacing=8)
        first.addWidget(self.title, 1)
        for button in (self.edit, self.out):
            first.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.rules_head = QLabel()
        self.rules_head.setProperty("class", "h2")
        second.addWidget(self.rules_head, 1)
        for button in (self.add_rule, self.change_rule, self.out_rule):
            second.addWidget(button)
        right.add(first)
        right.add(self.meta)
        right.add(second)
        right.add(self.rules_table, 1)
        right.add(self.told)
        right.add(self.limits)
        self.stack = QStackedWidget()
        self.stack.addWidget(right)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setObjectName("programmeHalves")
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(8)
        halves.addWidget(left)
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
    def rules(self) -> Sequence[RuleView]:
        """The rules of the programme, those that apply first."""
        return sorted(self.view.rules, key=lambda one: not one.applies) if self.view is not None else ()

    @property
    def rule(self) -> RuleView | None:
        """The rule one is on."""
        row, found = self.rules_table.current(), self.rules
        return found[row] if 0 <= row < len(found) else None

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
        self.view = programme_views.view(found, code, self._today()) if code in found.programmes else None
        self.rules_model.set_ids(range(len(self.rules)))
        self.rules_table.go(0)
        self._say()

    def _tell(self) -> None:
        one = self.rule
        lines = []
        if one is not None:
            rule = one.rule
            lines.append(Line(_("For whom: {condition}").format(condition=one.condition), "info"))
            for basis in rule.legal:
                words = _("Legal basis: {citation}").format(citation=basis.citation)
                tone = "info" if CERTAINTY_TONES[basis.certainty] != "near" else "near"
                lines.append(Line(f"{words} ({certainty_words(basis.certainty).lower()})", tone))
            if rule.papers:
                papers = "; ".join(paper.text for paper in rule.papers)
                lines.append(Line(_("Papers: {papers}").format(papers=papers), "info"))
            if one.generation:
                lines.append(Line(one.generation, "info"))
            sure = one.certainty + (f". {rule.note}" if rule.note else "")
            lines.append(Line(sure, "ok" if CERTAINTY_TONES[rule.certainty] == "ok" else "near"))
        self.told.show_lines(lines)
        self._enable()

    def _say(self) -> None:
        view = self.view
        if view is None:
            self.title.setText("")
            self.meta.setText("")
            self.limits.show_lines(())
            self._tell()
            return
        one = view.programme
        self.title.setText(one.title)
        kinds = (view.group_name, _(UNIT_LABELS[one.unit]), _(SUPPORT_KIND_LABELS[one.kind]), one.lead, view.certainty)
        own = _("changed by this office") if view.own else ""
        self.meta.setText(" · ".join(filter(None, (one.code, *kinds, own))))
        self.limits.show_lines([Line(words, "near") for words in view.exclusions])
        self._tell()

    def _enable(self) -> None:
        may = self.desk.may(Permission.SETTINGS) and self.pane is None
        self.add.setEnabled(may)
        for button in (self.edit, self.out, self.add_rule):
            button.setEnabled(may and self.view is not None)
        for button in (self.change_rule, self.out_rule):
            button.setEnabled(may and self.rule is not None)

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
        values = dict.fromkeys((field.name for field in fields), None) | {"certainty": "V", "due_days": 0}
        self._open(_("New programme"), fields, values, lambda typed: self._keep("programme", {}, typed, None))

    def edit_programme(self) -> None:
        """Change the programme on show."""
        view = self.view
        if view is None or not self.edit.isEnabled():
            return
        code = view.programme.code
        table = self.desk.workspace.read(programmes.content, "programme", code)
        fields = programme_forms.programme_fields(self._catalogue())
        values = programme_forms.values_of(table, fields)
        self._open(view.programme.title, fields, values, lambda typed: self._keep("programme", table, typed, code))

    def new_rule(self) -> None:
        """A rule beside those there are, from the one on show."""
        view, one = self.view, self.rule
        if view is None or not self.add_rule.isEnabled():
            return
        code = view.programme.code
        read = self.desk.workspace.read
        table = read(programmes.content, "rule", one.rule.id) if one is not None else {}
        fields = programme_forms.rule_fields(self._catalogue())
        values = programme_forms.rule_values(table, fields) | {
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
        if view is None or one is None or not self.change_rule.isEnabled():
            return
        table = self.desk.workspace.read(programmes.content, "rule", one.rule.id)
        fields = programme_forms.rule_fields(self._catalogue())
        values = programme_forms.rule_values(table, fields)
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
        if view is not None and self.out.isEnabled():
            self._take_out("programme", view.programme.code, own=("programme", view.programme.code))

    def take_out_rule(self) -> None:
        """The same of the rule one is on."""
        one = self.rule
        if one is not None and self.out_rule.isEnabled():
            self._take_out("rule", one.rule.id, own=("rule", one.rule.id))

    def _take_out(self, kind: str, code: str, *, own: tuple[str, str]) -> None:
        found = self._catalogue()
        shipped = own in found.own and _was_shipped(kind, code)
        job = self.desk.write(programmes.restore if shipped else programmes.remove, kind, code)
        done = _("The shipped entry is back.") if shipped else _("Removed. Undo brings it back.")
        job.succeeded.connect(lambda _nothing: self.said.emit(Notice(done, "ok")))
        job.catch(AppError, lambda error: self.said.emit(Notice(str(error), "poor")))

    def _keep(self, kind: str, old: Mapping[str, Any], typed: Mapping[str, Any], replaces: str | None) -> Job:
        return self.desk.write(programmes.keep, kind, programme_forms.table_of(old, typed), replaces=replaces)

    def _keep_rule(self, old: Mapping[str, Any], typed: Mapping[str, Any], code: str, replaces: str | None) -> Job:
        def work(uow: Any) -> str:  # noqa: ANN401 - the unit of work is handed through
            return programmes.keep(uow, "rule", programme_forms.rule_table(old, typed, code), replaces=replaces)

        return self.desk.write(work)

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
        for button, words in (
            (self.add, _("New programme…")),
            (self.edit, _("Change…")),
            (self.out, _("Remove")),
            (self.add_rule, _("New rule…")),
            (self.change_rule, _("Change…")),
            (self.out_rule, _("Remove")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        for button in (self.add_rule, self.change_rule, self.out_rule):
            button.setAccessibleName(_("{verb} (rule)").format(verb=button.text()))
        self.rules_head.setText(_("Rules with their days"))
        self._say()


def _was_shipped(kind: str, code: str) -> bool:
    found = programmes.shipped_catalogue()
    return code in (found.programmes if kind == "programme" else found.rules)
