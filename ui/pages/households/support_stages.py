"""Cases in steps on the household's page: each as a calm line, with the one thing to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from casemgr.domain.pack_parts import VERIFIED
from casemgr.domain.support import EnrolmentStatus
from casemgr.i18n import _, format_date, format_money
from ui.icons import icon
from ui.theme import spaced
from ui.tones import certainty_words
from ui.translation import Speaks
from ui.widgets.chips import FlowLayout
from ui.widgets.fit_table import flat_button
from ui.widgets.step_line import Dot, Mark, StepLine

if TYPE_CHECKING:
    from casemgr.domain.staged import Line
    from casemgr.services.staged import StagedCase

_ASKED: Final = (EnrolmentStatus.NEED, EnrolmentStatus.PLANNED)


def dots_of(case: StagedCase) -> tuple[Dot, ...]:
    """The steps of a case as dots."""
    upcoming = case.next
    return tuple(_dot(line, after=line is upcoming) for line in case.lines)


def next_words(case: StagedCase) -> str:
    """The verb of what comes next."""
    line = case.next
    if line is None:
        return ""
    if not line.step.pays:
        return _("Record: {step}").format(step=line.step.label)
    if line.amount is None:
        return _("Pay: {step}").format(step=line.step.label)
    return _("Pay: {step}, {amount}").format(step=line.step.label, amount=format_money(line.amount))


def sum_words(case: StagedCase) -> str:
    """Number of the decision, what was decided and what is paid of it."""
    data = case.enrolment.data
    number = data.decision_number
    if data.amount is None:
        return number
    told = _("{paid} of {decided} paid").format(paid=format_money(case.paid), decided=format_money(data.amount))
    return " · ".join(filter(None, (number, told)))


def doubt_words(case: StagedCase) -> str:
    """Which steps the law is not known to want, each kind of doubt with its steps."""
    found: dict[str, list[str]] = {}
    for line in case.lines:
        if line.step.certainty != VERIFIED:
            found.setdefault(line.step.certainty, []).append(line.step.label)
    return " · ".join(
        _("{certainty}: {steps}").format(certainty=_capital(certainty_words(sure)), steps=", ".join(steps))
        for sure, steps in found.items()
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def papers_of(case: StagedCase) -> tuple[Line, ...]:
    """Steps whose minutes the office prints: what comes next, and what is reached, newest first."""
    upcoming = case.next
    found = [line for line in reversed(case.lines) if line.step.paper and (line.reached or line is upcoming)]
    return tuple(found[:1])


class StagesBox(Speaks):
    """`step_requested` carries the case and its next line, `paper_requested` the case and the line of the minutes."""

    step_requested = Signal(object)
    refuse_requested = Signal(object)
    paper_requested = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("supportStages")
        self._may = False
        self.cases: Sequence[StagedCase] = ()
        self._blocks: list[QWidget] = []
        self._buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        spaced(self._column, spacing=10)
        self.hide()

    def show_cases(self, cases: Sequence[StagedCase]) -> None:
        """Show these in place of those before."""
        self.cases = cases
        for block in self._blocks:
            self._column.removeWidget(block)
            block.hide()
            block.deleteLater()
        self._buttons = []
        self._blocks = [self._block(case, place) for place, case in enumerate(cases)]
        for block in self._blocks:
            self._column.addWidget(block)
        self.setVisible(bool(cases))
        self.enable(may=self._may)

    def enable(self, *, may: bool) -> None:
        """Allow writing or not."""
        self._may = may
        for button in self._buttons:
            button.setEnabled(may)

    def retranslate(self) -> None:
        """Say the words again."""
        self.setAccessibleName(_("Cases in steps"))
        self.show_cases(self.cases)

    def _block(self, case: StagedCase, place: int) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        spaced(column, spacing=4)
        title = QLabel(" · ".join(filter(None, (case.programme.title, case.enrolment.person))))
        title.setObjectName(f"stagesTitle{place}")
        title.setProperty("class", "strong")
        title.setWordWrap(True)
        line = StepLine(name=f"stagesLine{place}")
        line.show_dots(dots_of(case))
        column.addWidget(title)
        if told := sum_words(case):
            said = QLabel(told)
            said.setObjectName(f"stagesSum{place}")
            said.setProperty("class", "soft")
            said.setWordWrap(True)
            column.addWidget(said)
        column.addWidget(line)
        sure = doubt_words(case)
        if sure:
            doubt = QLabel(sure)
            doubt.setObjectName(f"stagesDoubt{place}")
            doubt.setProperty("class", "small")
            doubt.setWordWrap(True)
            column.addWidget(doubt)
        verbs = QWidget()
        row = FlowLayout(verbs)
        spaced(row)
        for button in self._verbs(case, place):
            row.addWidget(button)
        column.addWidget(verbs)
        return block

    def _verbs(self, case: StagedCase, place: int) -> list[QPushButton]:
        found = []
        upcoming = case.next
        if upcoming is not None:
            go = QPushButton()
            go.setObjectName(f"stagesNext{place}")
            if place == 0:  # one highlighted button on the card
                go.setProperty("class", "primary")
                go.setIcon(icon("check", "on"))
            found.append(self._verb(go, next_words(case), lambda: self.step_requested.emit(case)))
        for line in papers_of(case):
            button = flat_button(f"stagesPaper{place}", "printer")
            draw = self._paper(case, line)
            button.clicked.connect(draw)
            button.setText(_("Print the minutes…"))
            button.setAccessibleName(button.text())
            button.setToolTip(line.step.document)
            found.append(button)
        if case.enrolment.data.status in _ASKED:
            button = flat_button(f"stagesRefuse{place}", "x")
            found.append(self._verb(button, _("Refuse…"), lambda: self.refuse_requested.emit(case)))
        return found

    def _verb(self, button: QPushButton, words: str, act: Callable[[], None]) -> QPushButton:
        button.setText(words)
        button.setAccessibleName(words)
        button.clicked.connect(act)
        self._buttons.append(button)
        return button

    def _paper(self, case: StagedCase, line: Line) -> Callable[[], None]:
        return lambda: self.paper_requested.emit(case, line)


def _dot(line: Line, *, after: bool) -> Dot:
    mark = Mark.DONE if line.passed else Mark.NEXT if after else Mark.AHEAD
    sure = "" if line.step.certainty == VERIFIED else certainty_words(line.step.certainty)
    reached = line.reached
    day = format_date(reached.on) if reached is not None else ""
    pays = format_money(line.amount) if line.amount is not None else ""
    paper = reached.document if reached is not None else line.step.document
    return Dot(line.step.label, day, mark, " · ".join(filter(None, (paper, pays, sure))))
