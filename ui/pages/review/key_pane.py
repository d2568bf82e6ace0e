"""Key-in mode: a household's sheet typed without the mouse; Ctrl+Enter saves and the next sheet is there at once."""

from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain.packs import Pack
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CASE_STATE_LABELS, CaseSource, SurveyData
from casemgr.errors import AppError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.services import survey_sheets, surveys
from casemgr.services.survey_sheets import SheetView
from ui.desk import Desk
from ui.form_pane import ask_about_changes
from ui.icons import icon
from ui.pages.review.answers import Answers
from ui.pages.review.heading import Heading
from ui.pages.review.household_side import HouseholdSide
from ui.pages.review.judging import following, names_of, verdict
from ui.pages.review.sheet_fields import SheetFields
from ui.pages.review.verdict import Verdict
from ui.theme import sized, spaced, theme
from ui.translation import Speaks
from ui.widgets.card import Card
from ui.widgets.message_bar import Notice

HOUSEHOLD_FROM: Final = 1080
"""Below this natural width the household steps aside."""
HOUSEHOLD_WIDTH, SIDE_WIDTH = 250, 330
_SOON_MS: Final = 150


class KeyPane(Speaks):
    """`finished` when the hamlet has no sheet left to key."""

    closed = Signal()
    finished = Signal()
    said = Signal(Notice)
    explain_requested = Signal(UUID)
    scanned = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("keyPane")
        self._desk = desk
        self.sheet: SheetView | None = None
        self._loaded: SurveyData | None = None
        self._after: Pack | None = None
        self._hamlet: UUID | None = None
        self._problems: tuple[Problem, ...] = ()
        self._saving: set[UUID] = set()
        self._ahead: SheetView | None = None
        """The sheet that comes next, read while this one is typed."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._look_ahead)
        self._kept: dict[UUID, SurveyData] = {}
        """Typed and not saved when another sheet had to be shown again."""
        self.heading = Heading("key")
        self.heading.back_requested.connect(self.leave)
        self.scan = QLineEdit()
        self.scan.setObjectName("keyScan")
        self.scan.addAction(icon("qr-code"), QLineEdit.ActionPosition.LeadingPosition)
        self.scan.returnPressed.connect(self._on_scanned)
        sized(self.scan, width=200)
        self.explain, self.save_button = QPushButton(), QPushButton()
        self.explain.setObjectName("keyExplain")
        self.explain.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.explain.clicked.connect(self._on_explain)
        self.save_button.setObjectName("keySave")
        self.save_button.setProperty("class", "primary")
        self.save_button.clicked.connect(lambda: self.save())
        for widget in (self.scan, self.explain, self.save_button):
            self.heading.add(widget)
        self.household = HouseholdSide()
        sized(self.household, width=HOUSEHOLD_WIDTH)
        self.answers = Answers()
        self.fields = SheetFields()
        self.verdict = Verdict()
        self.problem, self.hint = QLabel(), QLabel()
        self.problem.setObjectName("keyProblem")
        self.problem.setProperty("class", "problem")
        self.hint.setProperty("class", "small")
        for label in (self.problem, self.hint):
            label.setWordWrap(True)
        self.answers.changed.connect(self._judge)
        self.fields.changed.connect(self._judge)
        self.fields.day.changed.connect(self._on_day)
        self.fields.passed.connect(lambda: self.answers.setFocus(Qt.FocusReason.TabFocusReason))
        self.answers.passed.connect(self._after_answers)
        self._lay_out()
        QWidget.setTabOrder(self.fields.b1.widget, self.answers)
        self.retranslate()

    def _lay_out(self) -> None:
        middle = Card(margin=1)
        middle.add(self.answers, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, margins=(0, 0, 8, 0), spacing=10)
        column.addWidget(self.verdict)
        column.addWidget(self.problem)
        column.addWidget(self.fields)
        column.addStretch(1)
        self._side = side = QScrollArea()
        side.setObjectName("keySide")
        side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side.setFrameShape(QFrame.Shape.NoFrame)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setWidgetResizable(True)
        side.setWidget(inside)
        sized(side, width=SIDE_WIDTH)
        body = QHBoxLayout()
        spaced(body, spacing=10)
        body.addWidget(self.household)
        body.addWidget(middle, 1)
        body.addWidget(side)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 8), spacing=8)
        layout.addWidget(self.heading)
        layout.addLayout(body, 1)
        layout.addWidget(self.hint)

    # ---- what the page uses

    def begin(self, case: UUID, *, hamlet: UUID | None = None) -> None:
        """Show the sheet of a household; `hamlet` keeps the run inside it."""
        self._hamlet = hamlet
        self._show(self._desk.workspace.read(survey_sheets.sheet, case))

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved."""
        return self.sheet is not None and self._loaded is not None and self.data() != self._loaded

    def data(self) -> SurveyData:
        """The sheet as it stands."""
        if self.sheet is None:
            raise RuntimeError("no sheet")
        before = self.sheet.data
        typed = self.fields.data(before)
        return SurveyData(
            **{**vars(typed), "answers": self.answers.answers(), "override_reasons": self.answers.reasons()}
        )

    def save(self, *, go_on: bool = True) -> bool:
        """Save as a job and show the next sheet at once; False with the reason where something is missing."""
        sheet = self.sheet
        if sheet is None:
            return False
        problems = self._check(sheet)
        if problems:
            self._mark(problems)
            return False
        self._loaded = data = self.data()
        self._saving.add(sheet.case_id)
        if go_on:
            self._next(sheet)  # before the job, which would slow it down
        self._write(sheet, data)
        return True

    def _write(self, sheet: SheetView, data: SurveyData) -> None:
        job = self._desk.write(surveys.keep_survey, sheet.case_id, data)
        job.catch(AppError, lambda error: self._on_refused(sheet, data, error))
        job.finished.connect(lambda: self._saving.discard(sheet.case_id))

    def may_leave(self) -> bool:
        """Ask about what is typed and not saved."""
        if not self.dirty:
            return True
        answer = ask_about_changes(self)
        if answer == "discard":
            self._loaded = self.data()
            return True
        return answer == "save" and self.save(go_on=False)

    def leave(self) -> None:
        """Go, asking when something is not saved."""
        if self.may_leave():
            self.closed.emit()

    def following(self, campaign: UUID, after: UUID | None = None, hamlet: UUID | None = None) -> UUID | None:
        """The next household without a keyed sheet; what is typed and on its way to the file counts as keyed."""
        read = self._desk.workspace.read
        found = read(surveys.next_case, campaign, after, hamlet)
        seen: set[UUID] = set()
        while found in self._saving and found not in seen:
            seen.add(found)
            found = read(surveys.next_case, campaign, found, hamlet)
        return None if found in self._saving else found

    def refresh(self) -> None:
        """Something changed in the file: a clean sheet is read again, unless the news is of a sheet just saved."""
        if self._saving:
            return
        self._ahead = None
        self._soon.start()
        if self.sheet is not None and not self.dirty and self.isVisible():
            focus = self.focusWidget()
            self._show(self._desk.workspace.read(survey_sheets.sheet, self.sheet.case_id), begin=False)
            if focus is not None:
                focus.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- inside

    def _show(self, sheet: SheetView, *, begin: bool = True, data: SurveyData | None = None) -> None:
        if self.sheet is None or self.sheet.pack.sha256 != sheet.pack.sha256:
            self._after = following(self._desk.workspace, sheet.pack)
        self.sheet, self._ahead = sheet, None
        self._soon.start()
        data = data or self._kept.pop(sheet.case_id, None)
        shown = data or sheet.data
        self.household.show_sheet(sheet)
        self.answers.show_questions([one.indicator for one in sheet.indicators])
        proposals = {one.indicator.code: one.proposal for one in sheet.indicators}
        self.answers.show_answers(shown.answers, proposals, shown.override_reasons)
        self.fields.show_sheet(sheet.pack, sheet.score_table, sheet.zone, shown)
        self.fields.signs.show_check(
            sheet.quick_check, shown.quick_signs, asked=sheet.source is CaseSource.REQUEST or bool(shown.quick_signs)
        )
        self._loaded = sheet.data if data is not None else self.data()
        self._judge()
        self._mark(())
        locked = bool(sheet.locked) or not self._desk.may(Permission.EDIT)
        self.answers.setEnabled(not locked)
        self.fields.setEnabled(not locked)
        self.save_button.setEnabled(not locked)
        if sheet.locked:
            self.problem.setText(sheet.locked)
            self.problem.show()
        self.retranslate()
        if begin:
            if locked:
                self.heading.back.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.fields.begin()
                self._side.verticalScrollBar().setValue(0)

    def _look_ahead(self) -> None:
        sheet = self.sheet
        if sheet is None or not self.isVisible():
            return
        case = self.following(sheet.campaign_id, sheet.case_id, self._hamlet)
        if case is not None and case != sheet.case_id:
            self._ahead = self._desk.workspace.read(survey_sheets.sheet, case)

    def _after_answers(self) -> None:
        self.fields.after_answers()
        self._side.ensureWidgetVisible(self.fields.causes)

    def _on_day(self) -> None:
        """Another day of the survey: ages and proposals are as of that day."""
        day = self.fields.day.value()
        if self.sheet is None or day is None or self.fields.day.problem():
            return
        sheet = self._desk.workspace.read(survey_sheets.sheet, self.sheet.case_id, on=day)
        self.household.show_sheet(sheet)
        self.answers.propose({one.indicator.code: one.proposal for one in sheet.indicators})
        self._judge()

    def _judge(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        data = self.data()
        lines, problems = verdict(self._desk.workspace, sheet, data, self._after)
        self._problems = tuple(problems)
        self.verdict.show_lines(lines, sheet.opening)
        count = sum(data.answers.get(code, False) for code in sheet.pack.codes)
        score = sheet.pack.score
        self.fields.show_b2(None if score is None else count * score.points_per_indicator, count)
        if self.problem.isVisible() and not sheet.locked:
            self._mark(())

    def _check(self, sheet: SheetView) -> list[Problem]:
        """What keeps the sheet from being saved, the unread fields first."""
        found = self.fields.problems()
        unanswered = self.answers.unanswered() if self._problems else ()
        if unanswered:
            message = _("Not answered yet: {names}. The key N answers: not deprived.")
            names = ", ".join(names_of(sheet.pack, unanswered))
            found.append(Problem(unanswered[0], message.format(names=names)))
        missing = self.answers.missing_reasons()
        if missing:
            found.append(Problem(missing[0], _("Write why the answer differs from the proposal.")))
        known = {problem.field for problem in found}
        others = [problem for problem in self._problems if problem.field not in known and not unanswered]
        return [*found, *others]

    def _mark(self, problems: tuple[Problem, ...] | list[Problem]) -> None:
        others = self.fields.mark(problems)
        self.problem.setText("\n".join(dict.fromkeys(problem.message for problem in others)))
        self.problem.setVisible(bool(others))
        codes = {row.code for row in self.answers.rows}
        first = next((problem for problem in problems if problem.field in codes), None)
        if first is not None:
            self.answers.go_to(first.field)

    def _next(self, sheet: SheetView) -> None:
        if self._ahead is not None and self._ahead.case_id not in self._saving:
            self._show(self._ahead)
            return
        following_case = self.following(sheet.campaign_id, sheet.case_id, self._hamlet)
        if following_case is None or following_case == sheet.case_id:
            self.finished.emit()
        else:
            self._show(self._desk.workspace.read(survey_sheets.sheet, following_case))

    def _on_refused(self, sheet: SheetView, data: SurveyData, error: AppError) -> None:
        if self.sheet is not None and self.sheet.case_id != sheet.case_id and self.dirty:
            self._kept[self.sheet.case_id] = self.data()
        self._show(sheet, data=data)
        self._mark(error.problems if isinstance(error, ValidationError) else [Problem("", str(error))])

    def _on_explain(self) -> None:
        if self.sheet is not None and self.may_leave():
            self.explain_requested.emit(self.sheet.case_id)

    def _on_scanned(self) -> None:
        text = self.scan.text().strip()
        if text and self.may_leave():
            self.scan.clear()
            self.scanned.emit(text)

    # ---- words and keys

    def retranslate(self) -> None:
        """Say the words again."""
        self.scan.setPlaceholderText(_("Scan a sheet or type a code"))
        self.scan.setAccessibleName(_("Scan a sheet or type a code"))
        for button, words in (
            (self.explain, _("Explain")),
            (self.save_button, _("Save and next (Ctrl+Enter)")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self.hint.setText(
            _("1–9, 0, - and = turn an answer · ↑ ↓ move · Space turns · N: the rest is not deprived · Enter goes on")
        )
        sheet = self.sheet
        if sheet is None:
            self.heading.say(_("Key in the sheets"))
            return
        parts = (sheet.code, sheet.hamlet, _(CASE_STATE_LABELS[sheet.state]))
        self.heading.say(sheet.head, " · ".join(part for part in parts if part))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The household steps aside where it is narrow."""
        super().resizeEvent(event)
        self.household.setVisible(self.width() >= theme().room(HOUSEHOLD_FROM))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Esc leaves."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
