"""Why a household has its class: reason, margins, law, overridden answers, every survey and every step."""

from collections.abc import Iterable, Sequence
from html import escape
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain.classification import Judgement
from casemgr.domain.households import CLASS_LABELS, POVERTY_CAUSES
from casemgr.domain.reviews import CASE_STATE_LABELS, CaseSource, CaseState
from casemgr.i18n import _, format_date, format_money, format_number
from casemgr.services import campaign_steps, campaigns, review_decisions, survey_sheets
from casemgr.services.campaign_steps import StepView
from casemgr.services.review_decisions import Replay
from casemgr.services.survey_sheets import RoundView, SheetView
from ui.desk import Desk
from ui.pages.review.answer_row import answer_words
from ui.pages.review.heading import Heading
from ui.pages.review.verdict import margin_words
from ui.theme import spaced
from ui.tones import class_tone
from ui.translation import Speaks
from ui.widgets.badge import Badge
from ui.widgets.card import Card


class ExplainPane(Speaks):
    """One household of a review, in words."""

    closed = Signal()
    key_requested = Signal(UUID)
    household_requested = Signal(UUID)
    objection_requested = Signal(UUID, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("explainPane")
        self._desk = desk
        self._case: UUID | None = None
        self.sheet: SheetView | None = None
        self._steps: Sequence[StepView] = ()
        self._replays: Sequence[Replay] = ()
        self.heading = Heading("explain")
        self.heading.back_requested.connect(self.closed)
        self.badge = Badge()
        self.badge.setObjectName("explainClass")
        self.object, self.household, self.key = (QPushButton() for _each in range(3))
        self.heading.add(self.badge)
        for name, button, act in (
            ("explainObject", self.object, self._on_object),
            ("explainHousehold", self.household, self._on_household),
            ("explainKey", self.key, self._on_key),
        ):
            button.setObjectName(name)
            button.clicked.connect(act)
            self.heading.add(button)
        self.why, self.answers, self.rounds, self.steps = (
            self._label(name) for name in ("Why", "Answers", "Rounds", "Steps")
        )
        self.came_in = QCheckBox()
        self.came_in.setObjectName("explainCameIn")
        self.came_in.clicked.connect(self._on_came_in)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, parts in (
            (left, ((self.why, lambda: _("Result")), (self.answers, lambda: _("Answers")))),
            (right, ((self.rounds, lambda: _("Surveys")), (self.steps, lambda: _("Steps")))),
        ):
            spaced(column, spacing=10)
            for label, words in parts:
                card = Card(words, margin=12)
                card.add(label)
                if label is self.why:
                    card.add(self.came_in)
                column.addWidget(card)
            column.addStretch(1)
        inside = QWidget()
        body = QHBoxLayout(inside)
        spaced(body, spacing=10)
        body.addLayout(left, 3)
        body.addLayout(right, 2)
        area = QScrollArea()
        area.setObjectName("explainArea")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=10)
        layout.addWidget(self.heading)
        layout.addWidget(area, 1)
        self.retranslate()

    def _label(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(f"explain{name}")
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        return label

    def show_case(self, case: UUID) -> None:
        """Explain a household."""
        self._case = case
        self.refresh()
        self.heading.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read again."""
        case, read = self._case, self._desk.workspace.read
        if case is None:
            return
        self.sheet = read(survey_sheets.sheet, case)
        self._steps = read(campaign_steps.history, case)
        self._replays = read(review_decisions.replay, case) if self.sheet.state is CaseState.DECIDED else ()
        self.retranslate()

    # ---- words

    def retranslate(self) -> None:
        """Say the words again."""
        for button, words in (
            (self.object, _("Record an objection…")),
            (self.household, _("Open the household")),
            (self.key, _("Show the sheet")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        sheet = self.sheet
        if sheet is None:
            return
        where = (sheet.code, sheet.hamlet, _(CASE_STATE_LABELS[sheet.state]))
        self.heading.say(sheet.head, " · ".join(part for part in where if part))
        value = sheet.result.value if sheet.result else None
        self.badge.show_text(_(CLASS_LABELS[value]) if value else "", class_tone(value) if value else "plain")
        self.object.setVisible(sheet.state in (CaseState.POSTED, CaseState.POSTED_AGAIN, CaseState.RECHECK))
        self.why.setText(self._why(sheet))
        self.came_in.setText(_("It brought its class from elsewhere: moved in, or a change of boundaries"))
        self.came_in.setAccessibleName(self.came_in.text())
        self.came_in.setChecked(sheet.came_in)
        self.came_in.setVisible(sheet.source is not CaseSource.LISTED)
        self.came_in.setEnabled(sheet.state not in (CaseState.DECIDED, CaseState.REMOVED))
        self.answers.setText("<br>".join(_answer_lines(sheet)))
        self.rounds.setText(
            "".join(_round_words(sheet, one) for one in reversed(sheet.rounds)) or escape(_("No survey yet"))
        )
        self.steps.setText("".join(map(_step_words, reversed(self._steps))))

    def _why(self, sheet: SheetView) -> str:
        if sheet.result is None:
            return escape(_("The sheet is not keyed yet."))
        parts = [_judgement_words(sheet.pack.title, sheet.result)]
        if sheet.local_result is not None and sheet.local is not None:
            parts.append(_judgement_words(sheet.local.title, sheet.local_result))
        for one in self._replays:
            words = (
                _("Judged again from what the decision kept: the same, byte for byte ({pack}).")
                if one.same
                else _("Judged again from what the decision kept: NOT the same ({pack}).")
            )
            parts.append(f"<p>{escape(words.format(pack=one.pack))}</p>")
        return "".join(parts)

    # ---- verbs

    def _on_came_in(self, checked: bool) -> None:
        if self.sheet is not None:
            self._desk.write(campaigns.mark_came_in, self.sheet.case_id, self.sheet.version, came_in=checked)

    def _on_object(self) -> None:
        if self.sheet is not None:
            self.objection_requested.emit(self.sheet.case_id, self.sheet.head)

    def _on_household(self) -> None:
        if self.sheet is not None:
            self.household_requested.emit(self.sheet.household_id)

    def _on_key(self) -> None:
        if self.sheet is not None:
            self.key_requested.emit(self.sheet.case_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _judgement_words(title: str, judged: Judgement) -> str:
    law = "<br>".join(escape(line) for line in judged.citations)
    return (
        f"<p><b>{escape(title)}: {escape(_(CLASS_LABELS[judged.value]))}</b><br>{escape(judged.reason)}<br>"
        f"{escape(margin_words(judged.margin, judged.unit))}</p><p>{law}</p>"
    )


def _answer_lines(sheet: SheetView) -> Iterable[str]:
    kept = next((one for one in sheet.rounds if one.counts), None)
    for each in sheet.indicators:
        answer, code = each.answer, each.indicator.code
        proposal = kept.proposed.get(code, each.proposal) if kept is not None else each.proposal
        words = f"{each.indicator.number}. {each.indicator.name}: {answer_words(answer).lower()}"
        line = f"<b>{escape(words)}</b>" if answer else escape(words)
        if answer is not None and proposal.value is not None and answer != proposal.value:
            told = _("proposed: {answer}, because {why}; changed because {reason}").format(
                answer=answer_words(proposal.value).lower(), why=proposal.why.rstrip("."), reason=each.reason
            )
            line += f"<br>&nbsp;&nbsp;&nbsp;{escape(told)}"
        yield line


def _round_words(sheet: SheetView, one: RoundView) -> str:
    data = one.data
    deprived = [
        indicator.name
        for indicator in (each.indicator for each in sheet.indicators)
        if data.answers.get(indicator.code)
    ]
    facts = [
        _("B1: {points}").format(points=format_number(data.b1)) if data.b1 is not None else "",
        _("income {money}").format(money=format_money(data.income)) if data.income is not None else "",
        _("deprived: {names}").format(names=", ".join(deprived).lower()) if deprived else _("not deprived"),
        _("surveyor: {name}").format(name=data.surveyor) if data.surveyor else "",
        ", ".join(_(POVERTY_CAUSES[code]) for code in data.causes if code in POVERTY_CAUSES),
        data.note,
    ]
    head = _("Survey {number} of {date}").format(number=one.round, date=format_date(data.surveyed_on))
    if not one.counts:
        head = _("{survey} (on record only)").format(survey=head)
    return f"<p><b>{escape(head)}</b><br>{escape('; '.join(fact for fact in facts if fact))}</p>"


def _step_words(step: StepView) -> str:
    more = " · ".join(part for part in (step.document, step.note, step.who) if part)
    line = f"<b>{escape(format_date(step.on))}</b> {escape(_(CASE_STATE_LABELS[step.state]))}"
    return f"<p>{line}{'<br>' + escape(more) if more else ''}</p>"
