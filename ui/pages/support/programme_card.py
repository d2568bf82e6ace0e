"""One programme with its rules: who gets what by which rule of the day, how sure each is, what limits it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from casemgr.domain.pack_parts import UNCERTAIN
from casemgr.domain.support import SUPPORT_KIND_LABELS, UNIT_LABELS
from casemgr.i18n import _
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.support.programme_columns import RULES
from ui.theme import spaced
from ui.tones import CERTAINTY_TONES, certainty_words
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.list_table import ListTable
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from casemgr.services.programme_views import ProgrammeView, RuleView


class ProgrammeCard(Card):
    """`asked` carries what a button wants: edit, out, add_rule, change_rule, out_rule."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(margin=12)
        self.setObjectName("programmeCard")
        self.view: ProgrammeView | None = None
        self.model: RowsModel[int, RuleView] = RowsModel(RULES, lambda ids: [self.rules[n] for n in ids])
        self.table = ListTable(self.model, name="ruleTable")
        self.table.current_changed.connect(lambda _row: self._tell())
        self.table.opened.connect(lambda _row: self.asked.emit("change_rule"))
        Says(self.table, self.table.setAccessibleName, lambda: _("Rules of the programme"))
        self.title, self.meta, self.rules_head = QLabel(), QLabel(), QLabel()
        self.title.setObjectName("programmeTitle")
        for label, look in ((self.title, "h1"), (self.meta, "soft"), (self.rules_head, "h2")):
            label.setProperty("class", look)
            label.setWordWrap(label is not self.rules_head)
        self.told, self.limits = Told("ruleTold"), Told("programmeLimits")
        self.edit, self.out = QPushButton(), QPushButton()
        self.add_rule, self.change_rule, self.out_rule = QPushButton(), QPushButton(), QPushButton()
        for button, name, picture, wish in (
            (self.edit, "programmeEdit", "pencil-simple", "edit"),
            (self.out, "programmeOut", "trash", "out"),
            (self.add_rule, "ruleAdd", "plus", "add_rule"),
            (self.change_rule, "ruleEdit", "pencil-simple", "change_rule"),
            (self.out_rule, "ruleOut", "trash", "out_rule"),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture))
            button.clicked.connect(lambda _checked=False, wish=wish: self.asked.emit(wish))
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            spaced(row, spacing=8)
        first.addWidget(self.title, 1)
        for button in (self.edit, self.out):
            first.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        second.addWidget(self.rules_head, 1)
        for button in (self.add_rule, self.change_rule, self.out_rule):
            second.addWidget(button)
        self.add(first)
        self.add(self.meta)
        self.add(second)
        self.add(self.table, 1)
        self.add(self.told)
        self.add(self.limits)

    @property
    def rules(self) -> Sequence[RuleView]:
        """The rules of the programme, those that apply first."""
        return sorted(self.view.rules, key=lambda one: not one.applies) if self.view is not None else ()

    @property
    def rule(self) -> RuleView | None:
        """The rule one is on."""
        row, found = self.table.current(), self.rules
        return found[row] if 0 <= row < len(found) else None

    def show_view(self, view: ProgrammeView | None) -> None:
        """Show a programme."""
        kept = self.rule.rule.id if self.rule is not None else ""
        self.view = view
        self.model.set_ids(range(len(self.rules)))
        ids = [one.rule.id for one in self.rules]
        self.table.go(ids.index(kept) if kept in ids else 0)
        self.say()

    def enable(self, *, may: bool) -> None:
        """Allow writing or not."""
        for button in (self.edit, self.out, self.add_rule):
            button.setEnabled(may and self.view is not None)
        for button in (self.change_rule, self.out_rule):
            button.setEnabled(may and self.rule is not None)

    def say(self) -> None:
        """Say the words of the programme again."""
        for button, words in (
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

    def _tell(self) -> None:
        one = self.rule
        self.told.show_lines(() if one is None else _rule_lines(one))


def _rule_lines(one: RuleView) -> list[Line]:
    rule = one.rule
    lines = [Line(_("For whom: {condition}").format(condition=one.condition), "info")]
    if one.scope:
        lines.append(Line(_("Only within: {condition}").format(condition=one.scope), "info"))
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
    lines.append(Line(sure, "ok" if CERTAINTY_TONES[one.sure] == "ok" else "near"))
    if rule.certainty == UNCERTAIN:
        lines.append(Line(_("It refuses nobody: whoever it may mean is asked about."), "near"))
    return lines
