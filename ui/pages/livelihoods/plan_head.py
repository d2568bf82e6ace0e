"""The head of a plan: whose it is, where it stands on its way, and the one highlighted next step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout

from casemgr.domain.households import CLASS_SHORT_LABELS
from casemgr.domain.livelihoods import PLAN_MACHINE, PlanState
from casemgr.i18n import _, format_date
from ui.icons import icon
from ui.pages.livelihoods.papers import NAMES, offered
from ui.theme import spaced
from ui.tones import class_tone
from ui.translation import Speaks
from ui.widgets.badge import Badge
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.stage_line import StageLine, main_way

if TYPE_CHECKING:
    from casemgr.services.livelihood_file import Circumstances, PlanFile


class PlanHead(Speaks):
    """`step_requested` with a state, "" for the expected one; `paper_requested` with the code of a paper."""

    closed = Signal()
    household_requested = Signal()
    step_requested = Signal(str)
    paper_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("planHead")
        self._home: Circumstances | None = None
        self._file: PlanFile | None = None
        self._may = False
        self.back = QToolButton()
        self.back.setObjectName("planBack")
        self.back.setProperty("class", "flat")
        self.back.setIcon(icon("arrow-left"))
        self.back.clicked.connect(self.closed)
        self.name = ElidedLabel()
        self.name.setObjectName("planName")
        self.name.setProperty("class", "h1")
        self.meta = ElidedLabel()
        self.meta.setObjectName("planMeta")
        self.meta.setProperty("class", "soft")
        self.class_badge, self.risk, self.state = Badge(), Badge(), Badge()
        self.household, self.papers = QPushButton(), QPushButton()
        self.other, self.next = QPushButton(), QPushButton()
        for button, name, picture in (
            (self.household, "planHousehold", "house-line"),
            (self.papers, "planPapers", "printer"),
            (self.other, "planOther", "dots-three"),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture))
        self.next.setObjectName("planNext")
        self.next.setProperty("class", "primary")
        self.next.setIcon(icon("arrow-right", "on"))
        self.next.clicked.connect(lambda: self.step_requested.emit(""))
        self.household.clicked.connect(self.household_requested)
        self.other_menu, self.papers_menu = QMenu(self), QMenu(self)
        self.other.setMenu(self.other_menu)
        self.papers.setMenu(self.papers_menu)
        self.stage = StageLine(PLAN_MACHINE, name="planStage")
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        spaced(words, spacing=2)
        first = QHBoxLayout()
        spaced(first, spacing=8)
        first.addWidget(self.name, 1)
        for badge in (self.class_badge, self.state, self.risk):
            first.addWidget(badge)
        words.addLayout(first)
        words.addWidget(self.meta)
        head = QHBoxLayout()
        spaced(head, spacing=8)
        head.addWidget(self.back)
        head.addLayout(words, 1)
        for button in (self.household, self.papers, self.other, self.next):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            head.addWidget(button)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(head)
        layout.addWidget(self.stage)

    def show_plan(self, home: Circumstances, file: PlanFile | None, *, may: bool) -> None:
        """Show whose plan it is and what can be done."""
        self._home, self._file, self._may = home, file, may
        self._say()

    def retranslate(self) -> None:
        """Say the words again."""
        self.back.setAccessibleName(_("Back"))
        self.back.setToolTip(_("Back (Esc)"))
        for button, words in (
            (self.household, _("Household")),
            (self.papers, _("Papers")),
            (self.other, _("Other steps")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self._say()

    def _say(self) -> None:
        home, file = self._home, self._file
        if home is None:
            return
        view = file.view if file is not None else None
        state = view.state if view is not None else PlanState.DRAFT
        self.name.setText(home.head)
        parts = [home.code, home.hamlet, _("{count} people").format(count=home.people)]
        if view is not None and view.data.product:
            parts.append(view.data.product)
        if view is not None and view.due_on is not None:
            parts.append(_("next visit {date}").format(date=format_date(view.due_on)))
        self.meta.setText(" · ".join(filter(None, parts)))
        self.class_badge.show_text(_(CLASS_SHORT_LABELS[home.class_value]), class_tone(home.class_value))
        aside = view is not None and str(state) not in main_way(PLAN_MACHINE)
        self.state.show_text(PLAN_MACHINE.label(state) if aside else "" if view is not None else _("New plan"), "info")
        self.risk.show_text(_("At risk") if view is not None and view.at_risk else "", "near")
        passed = {step.data.to for step in file.steps} | {PlanState.DRAFT} if file is not None else ()
        self.stage.show_state(state, passed)
        self._show_moves()
        self._show_papers()

    def _show_moves(self) -> None:
        may = self._may and self._file is not None
        self.other_menu.clear()
        expected = None
        for one in self._file.moves if self._file is not None else ():
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
            self.next.setToolTip(
                "\n".join(one.words for one in expected.findings) or _("Nothing speaks against it (Ctrl+Right)")
            )

    def _other(self, to: str, _checked: bool = False) -> None:
        self.step_requested.emit(to)

    def _show_papers(self) -> None:
        self.papers_menu.clear()
        for code in offered(self._file) if self._file is not None else ():
            words = _(NAMES[code])
            self.papers_menu.addAction(words).triggered.connect(partial(self._paper, code))
        self.papers.setVisible(not self.papers_menu.isEmpty())

    def _paper(self, code: str, _checked: bool = False) -> None:
        self.paper_requested.emit(code)
