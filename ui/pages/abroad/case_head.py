"""The head of a case: who it is, where the case stands, what comes next, papers and other steps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout

from casemgr.domain.abroad import ABROAD_MACHINE, INCIDENT_LABELS, AbroadState
from casemgr.domain.households import CLASS_SHORT_LABELS
from casemgr.i18n import _, format_date
from ui.icons import icon
from ui.pages.abroad import papers
from ui.theme import spaced
from ui.tones import class_tone
from ui.translation import Speaks
from ui.widgets.badge import Badge
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.stage_line import StageLine, main_way

if TYPE_CHECKING:
    from uuid import UUID

    from casemgr.services.abroad_file import CaseFile
    from casemgr.services.households import HouseholdView


class CaseHead(Speaks):
    """`step_requested` with a state or "" for the next one, `paper_requested` with a code."""

    left = Signal()
    household_requested = Signal()
    happened_requested = Signal()
    step_requested = Signal(str)
    paper_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("abroadHead")
        self.back = QToolButton()
        self.back.setObjectName("abroadBack")
        self.back.setProperty("class", "flat")
        self.back.setIcon(icon("arrow-left"))
        self.back.clicked.connect(self.left)
        self.name, self.meta = ElidedLabel(), ElidedLabel()
        for label, name, kind in ((self.name, "abroadName", "h1"), (self.meta, "abroadMeta", "soft")):
            label.setObjectName(name)
            label.setProperty("class", kind)
        self.class_badge, self.incident, self.state = Badge(), Badge(), Badge()
        self.household, self.papers, self.happened = QPushButton(), QPushButton(), QPushButton()
        self.other, self.next = QPushButton(), QPushButton()
        for button, name, picture in (
            (self.household, "abroadHousehold", "house-line"),
            (self.happened, "abroadHappened", "shield-check"),
            (self.papers, "abroadPapersMenu", "printer"),
            (self.other, "abroadOther", "dots-three"),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture))
        self.next.setObjectName("abroadNext")
        self.next.setProperty("class", "primary")
        self.next.setIcon(icon("arrow-right", "on"))
        self.next.clicked.connect(lambda _checked=False: self.step_requested.emit(""))
        self.household.clicked.connect(self.household_requested)
        self.happened.clicked.connect(self.happened_requested)
        self.other_menu, self.papers_menu = QMenu(self), QMenu(self)
        self.other.setMenu(self.other_menu)
        self.papers.setMenu(self.papers_menu)
        self.stage = StageLine(ABROAD_MACHINE, name="abroadStage")
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            spaced(row, spacing=8)
        first.addWidget(self.back)
        first.addWidget(self.name, 1)
        for badge in (self.class_badge, self.state, self.incident):
            first.addWidget(badge)
        second.addWidget(self.meta, 1)
        for row, button in (
            (first, self.next),
            (second, self.household),
            (second, self.happened),
            (second, self.papers),
            (second, self.other),
        ):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=6)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self.stage)
        self.retranslate()

    def show_file(self, file: CaseFile, *, may: bool) -> None:
        """Show a case on record."""
        view = file.view
        parts = [view.birth, view.code, view.head, view.hamlet, view.data.country]
        if view.data.contract_to is not None:
            parts.append(_("contract until {date}").format(date=format_date(view.data.contract_to)))
        aside = str(view.state) not in main_way(ABROAD_MACHINE)
        self._say(view.person, parts)
        self.class_badge.show_text(_(CLASS_SHORT_LABELS[view.class_now]), class_tone(view.class_now))
        self.state.show_text(ABROAD_MACHINE.label(view.state) if aside else "", "info")
        self.incident.show_text(_(INCIDENT_LABELS[view.incident]) if view.incident is not None else "", "near")
        self.stage.show_state(view.state, {step.data.to for step in file.steps} | {AbroadState.ADVISED})
        self.happened.setVisible(view.departed_on is not None)
        self.happened.setEnabled(may)
        self._show_moves(file, may=may)
        self._show_papers(file)

    def show_new(self, home: HouseholdView, person: UUID) -> None:
        """Show whom a new case is written for."""
        name = next((one.person.full_name for one in home.members if one.person_id == person), "")
        self._say(name, [home.code, home.name, home.hamlet])
        self.class_badge.show_text("", "plain")
        self.incident.show_text("", "plain")
        self.state.show_text(_("New case"), "info")
        self.stage.show_state(AbroadState.ADVISED, ())
        self.happened.hide()
        self._show_moves(None, may=False)
        self._show_papers(None)

    def retranslate(self) -> None:
        """Say the words again."""
        self.back.setAccessibleName(_("Back"))
        self.back.setToolTip(_("Back (Esc)"))
        for button, words in (
            (self.household, _("Household")),
            (self.happened, _("Something happened…")),
            (self.papers, _("Papers")),
            (self.other, _("Other steps")),
        ):
            button.setText(words)
            button.setAccessibleName(words)

    def _say(self, name: str, parts: list[str]) -> None:
        self.name.setText(name)
        self.meta.setText(" · ".join(filter(None, parts)))

    def _show_moves(self, file: CaseFile | None, *, may: bool) -> None:
        self.other_menu.clear()
        expected = None
        for one in file.moves if file is not None else ():
            if one.expected:
                expected = one
                continue
            words = _("Move to: {state}").format(state=one.label)
            self.other_menu.addAction(words).triggered.connect(partial(self._other, str(one.move.to)))
        self.next.setVisible(expected is not None)
        self.next.setEnabled(may)
        self.other.setVisible(not self.other_menu.isEmpty())
        self.other.setEnabled(may)
        if expected is not None:
            self.next.setText(_("Next: {state}").format(state=expected.label))
            self.next.setAccessibleName(self.next.text())
            told = "\n".join(one.words for one in expected.findings)
            self.next.setToolTip(told or _("Nothing speaks against it (Ctrl+Right)"))

    def _show_papers(self, file: CaseFile | None) -> None:
        self.papers_menu.clear()
        for code in papers.offered(file):
            self.papers_menu.addAction(_(papers.NAMES[code])).triggered.connect(partial(self._paper, code))
        self.papers.setVisible(not self.papers_menu.isEmpty())

    def _other(self, to: str, _checked: bool = False) -> None:
        self.step_requested.emit(to)

    def _paper(self, code: str, _checked: bool = False) -> None:
        self.paper_requested.emit(code)
