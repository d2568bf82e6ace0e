"""The cards of what happened to a plan, with the form of what is written down just now above them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casemgr.domain.livelihoods import PlanState
from casemgr.domain.permissions import Permission
from casemgr.i18n import _
from casemgr.services import community_projects, livelihood_file, revolving
from ui.pages.livelihoods import verbs
from ui.pages.livelihoods.side_cards import (
    ACCEPTANCES,
    ASSETS,
    DUTY_LINES,
    LOSSES,
    OUTCOMES,
    STEPS,
    VISITS,
)
from ui.rows_card import CardVerb, RowsCard
from ui.theme import spaced
from ui.verb_card import VerbCard
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from datetime import date

    from casemgr.services.assets import AssetView
    from casemgr.services.livelihood_file import PlanFile
    from casemgr.services.livelihood_visits import LossView
    from casemgr.services.revolving import DutyView
    from ui.desk import Desk
    from ui.pages.livelihoods.verbs import Verb

_EARLY: Final = (PlanState.DRAFT, PlanState.REGISTERED, PlanState.VOTED, PlanState.APPRAISING, PlanState.RETURNED)
_BEFORE: Final = (*_EARLY, PlanState.APPROVED, PlanState.COMMITTED, PlanState.REJECTED)


class VerbPlace(QWidget):
    """Where a form of a few fields appears; one at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("planVerbs")
        self.card: VerbCard | None = None
        self._layout = QVBoxLayout(self)
        spaced(self._layout)
        self.hide()

    def begin(self, verb: Verb) -> VerbCard:
        """Ask for it in place of what was asked before."""
        if self.card is not None:
            self._layout.removeWidget(self.card)
            self.card.hide()
            self.card.deleteLater()
        card = VerbCard(verb.title, verb.verb, verb.fields, verb.submit, name=verb.name)
        self.card = card
        self._layout.addWidget(card)
        card.closed.connect(self.hide)
        card.done.connect(self.hide)
        self.show()
        card.begin(verb.values)
        return card


class FollowUp(QWidget):
    """`show_file` shows what belongs to a plan; cards that make no sense yet are not there."""

    said = Signal(Notice)
    lots_requested = Signal()
    begun = Signal()
    """Something is asked for: the form should be seen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("planFollowUp")
        self._desk = desk
        self._file: PlanFile | None = None
        self.verbs = VerbPlace()
        self.assets = RowsCard(
            "planAssets",
            lambda: _("Animals and things"),
            ASSETS,
            lambda: _("None named yet. Name each with its tag, or draw lots."),
            (
                CardVerb("assetNew", "plus", lambda: _("Name one"), lambda _line: self._new_animal()),
                CardVerb("assetLots", "shuffle", lambda: _("Draw lots…"), lambda _line: self.lots_requested.emit()),
                CardVerb("assetHand", "handshake", lambda: _("Hand over…"), lambda _line: self._hand_over()),
                CardVerb("assetFate", "note-pencil", lambda: _("What became of it"), self._fate, on_row=True),
                CardVerb("assetYoung", "plus-circle", lambda: _("Young"), self._young, on_row=True),
                CardVerb(
                    "assetMoved", "arrows-left-right", lambda: _("To another household"), self._moved, on_row=True
                ),
            ),
        )
        self.assets.opened.connect(self._edit_animal)
        self.visits = RowsCard(
            "planVisits",
            lambda: _("Follow-up visits"),
            VISITS,
            lambda: _("No visit is recorded yet."),
            (CardVerb("visitNew", "plus", lambda: _("Record a visit"), lambda _line: self._visit()),),
        )
        self.losses = RowsCard(
            "planLosses",
            lambda: _("Losses"),
            LOSSES,
            lambda: _("No loss was reported."),
            (
                CardVerb("lossNew", "warning", lambda: _("Report a loss"), lambda _line: self._loss()),
                CardVerb("lossSettle", "check", lambda: _("Settle"), self._settle, on_row=True),
            ),
        )
        self.losses.opened.connect(self._settle)
        self.acceptances = RowsCard(
            "planAcceptances",
            lambda: _("Acceptance"),
            ACCEPTANCES,
            lambda: _("No minutes of acceptance yet."),
            (CardVerb("acceptNew", "plus", lambda: _("Minutes of acceptance"), lambda _line: self._accept()),),
        )
        self.duties = RowsCard(
            "planDuties",
            lambda: _("Passing on"),
            DUTY_LINES,
            lambda: _("No duty to pass on is written."),
            (
                CardVerb("dutyWrite", "list-plus", lambda: _("Write the duties"), lambda _line: self._duties()),
                CardVerb("dutyEntry", "plus", lambda: _("Entry of the ledger"), self._entry, on_row=True),
            ),
        )
        self.duties.opened.connect(self._entry)
        self.outcomes = RowsCard(
            "planOutcomes",
            lambda: _("The next two reviews"),
            OUTCOMES,
            lambda: _("No review has found a class since the hand-over."),
        )
        self.steps = RowsCard("planSteps", lambda: _("Course of the plan"), STEPS, lambda: _("No step yet."), most=14)
        self._layout = QVBoxLayout(self)
        spaced(self._layout, spacing=8)
        for card in self.cards():
            self._layout.addWidget(card)

    def cards(self) -> tuple[RowsCard, ...]:
        """All cards in their order."""
        return (
            self.assets,
            self.visits,
            self.losses,
            self.acceptances,
            self.duties,
            self.outcomes,
            self.steps,
        )

    def show_file(self, file: PlanFile | None, today: date) -> None:
        """Show what belongs to a plan; nothing for a new one."""
        self._file, self._today = file, today
        self.setVisible(file is not None)
        if file is None:
            return
        state = file.view.state
        after = state not in _BEFORE or bool(file.visits or file.losses or file.acceptances)
        may = self._desk.may(Permission.EDIT)
        shown = (
            (self.assets, file.assets, state not in _EARLY),
            (self.visits, file.visits, after),
            (self.losses, file.losses, after),
            (self.acceptances, file.acceptances, after),
            (self.duties, file.duties, after),
            (self.outcomes, file.outcomes, after),
            (self.steps, tuple(reversed(file.steps)), bool(file.steps)),
        )
        for card, lines, seen in shown:
            card.show_lines(lines)
            card.enable(may=may)
            card.setVisible(seen or bool(lines))
        handed = state not in _BEFORE
        for name in ("assetHand", "assetLots"):
            self.assets.buttons[name][1].setVisible(not handed)
        for name in ("assetFate", "assetYoung", "assetMoved"):
            self.assets.buttons[name][1].setVisible(handed)

    # ---- verbs

    def _begin(self, verb: Verb) -> None:
        self.verbs.begin(verb)
        self.begun.emit()

    def _new_animal(self) -> None:
        if self._file is not None:
            self._begin(verbs.animal(self._desk, self._file.view.id))

    def _edit_animal(self, line: AssetView) -> None:
        if self._file is not None and self._desk.may(Permission.EDIT):
            self._begin(verbs.animal(self._desk, self._file.view.id, line))

    def _fate(self, line: AssetView) -> None:
        self._begin(verbs.fate(self._desk, line, self._today))

    def _young(self, line: AssetView) -> None:
        self._begin(verbs.young(self._desk, line, self._today))

    def _moved(self, line: AssetView) -> None:
        if self._file is not None:
            others = self._desk.workspace.read(livelihood_file.next_round, self._file.view.id)
            self._begin(verbs.moved(self._desk, line, others, self._today))

    def _hand_over(self) -> None:
        if self._file is not None:
            self._begin(verbs.handover(self._desk, self._file, self._today))

    def _visit(self) -> None:
        if self._file is not None:
            visitor = self._desk.workspace.actor.name
            self._begin(verbs.visit(self._desk, self._file.view.id, self._today, visitor))

    def _loss(self) -> None:
        if self._file is not None:
            self._begin(verbs.loss(self._desk, self._file, self._today))

    def _settle(self, line: LossView) -> None:
        if line.settled_on is not None:
            self.said.emit(Notice(_("This loss was settled already: {decision}").format(decision=line.decision)))
        elif self._desk.may(Permission.EDIT):
            self._begin(verbs.settle(self._desk, line, self._today))

    def _accept(self) -> None:
        if self._file is not None:
            self._begin(verbs.acceptance(self._desk, self._file, self._today))

    def _duties(self) -> None:
        file = self._file
        if file is None:
            return
        present = [one.line for one in file.duties]
        read = self._desk.workspace.read
        if not present and file.view.data.project_id is not None:
            project = read(community_projects.view, file.view.data.project_id)
            present = list(read(revolving.propose, file.view.id, project.data.revolving))
        self._begin(verbs.duties(self._desk, file.view.id, present, 1))

    def _entry(self, line: DutyView) -> None:
        if self._file is None or not self._desk.may(Permission.EDIT):
            return
        others = self._desk.workspace.read(livelihood_file.next_round, self._file.view.id)
        self._begin(verbs.entry(self._desk, line, others, self._today))
