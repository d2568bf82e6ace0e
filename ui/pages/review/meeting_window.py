"""Meeting mode: a window for the wall, one household at a time, the vote typed as it is counted."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from casemgr.domain.households import HouseholdClass
from casemgr.errors import AppError
from casemgr.i18n import _, format_number, ngettext
from casemgr.services import meetings
from casemgr.services.meetings import MeetingView, VoteRow, VoteView
from ui.desk import Desk
from ui.pages.review.meeting_stage import LEAST_LETTERS, NATURAL_HEIGHT, BigLabel, Shown, Stage, letters
from ui.theme import spaced
from ui.translation import Speaks

_LISTED = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)


def public_reason(proposed: HouseholdClass | None, deprivations: int | None) -> str:
    """The reason in plain words: which side of the line and how many deprivations, never which and never how much."""
    if proposed is None:
        return ""
    side = _("Income is not over the poverty line") if proposed in _LISTED else _("Income is over the poverty line")
    if deprivations is None:
        return side + "."
    words = ngettext("{side}; deprived in {count} indicator.", "{side}; deprived in {count} indicators.", deprivations)
    return words.format(side=side, count=format_number(deprivations))


class MeetingWindow(Speaks):
    """Digits and Enter count a household and go on; arrows go back and forth; Esc ends."""

    ended = Signal(int)
    """The window closed with so many households counted; the last counts may still be on their way to the file."""

    def __init__(self, desk: Desk, meeting: UUID, deprivations: dict[UUID, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("meetingWindow")
        self.setWindowFlag(Qt.WindowType.Window)
        self.setProperty("class", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._id, self._deprivations = desk, meeting, deprivations
        self.view: MeetingView = desk.workspace.read(meetings.view, meeting)
        self.rows: Sequence[VoteRow] = desk.workspace.read(meetings.vote_list, meeting)
        self._counts: dict[UUID, tuple[int, int]] = {
            row.case_id: (row.vote.agreed, row.vote.present) for row in self.rows if row.vote is not None
        }
        self.at = self._first_open()
        self.title, self.progress = BigLabel("meetingTitle", 1, bold=True), BigLabel("meetingProgress", 1, soft=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.progress.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.progress.setWordWrap(False)
        self.stage = Stage()
        self.problem = BigLabel("meetingProblem", 1)
        self.problem.hide()
        self.before, self.next, self.end = (QPushButton() for _each in range(3))
        for name, button, act in (
            ("meetingBefore", self.before, lambda: self.go(-1)),
            ("meetingEnd", self.end, self.close),
            ("meetingNext", self.next, self.enter),
        ):
            button.setObjectName(name)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(act)
        self.next.setProperty("class", "primary")
        self.stage.counted.connect(self._on_counted)
        self.stage.entered.connect(self.enter)
        self.stage.all_agree.connect(self.everybody)
        head, foot = QHBoxLayout(), QHBoxLayout()
        spaced(head, spacing=20)
        head.addWidget(self.title, 1)
        head.addWidget(self.progress)
        spaced(foot, spacing=16)
        foot.addWidget(self.before)
        foot.addStretch()
        foot.addWidget(self.end)
        foot.addWidget(self.next)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(32, 16, 32, 16), spacing=8)
        layout.addLayout(head)
        layout.addWidget(self.stage, 1)
        layout.addWidget(self.problem)
        layout.addLayout(foot)
        self.retranslate()
        self.show_current()

    # ---- moving and counting

    @property
    def current(self) -> VoteRow | None:
        """The household on the wall."""
        return self.rows[self.at] if self.rows else None

    def show_current(self) -> None:
        """Put the current household on the wall."""
        row = self.current
        if row is None:
            return
        agreed, present = self._counts.get(row.case_id, (None, self.view.data.present))
        self.stage.show_household(
            Shown(
                row.head,
                row.code,
                self.view.hamlet,
                row.people,
                row.opening,
                row.proposed or HouseholdClass.UNREVIEWED,
                public_reason(row.proposed, self._deprivations.get(row.case_id)),
            ),
            agreed,
            present,
        )
        self.problem.hide()
        self._on_counted()
        self.retranslate()

    def go(self, by: int) -> None:
        """The household before or after, keeping what was typed."""
        self._keep()
        if 0 <= self.at + by < len(self.rows):
            self.at += by
            self.show_current()

    def enter(self) -> None:
        """Keep the count and go on; after the last household the meeting can end."""
        if self.stage.agreed.count() is None:
            self.problem.setText(
                _("Type how many of the {count} people present agree.").format(count=format_number(self._present()))
            )
            self.problem.show()
            return
        self._keep()
        if self.at + 1 < len(self.rows):
            self.at += 1
            self.show_current()
        else:
            self.close()

    def everybody(self) -> None:
        """All those present agree."""
        self.stage.agreed.setText(str(self._present()))
        self._on_counted()
        self.enter()

    def _present(self) -> int:
        row = self.current
        kept = self._counts.get(row.case_id) if row is not None else None
        return kept[1] if kept is not None else self.view.data.present

    def _keep(self) -> None:
        row, agreed = self.current, self.stage.agreed.count()
        if row is None or agreed is None or self.view.closed:
            return
        present = self._present()
        if self._counts.get(row.case_id) == (agreed, present):
            return
        self._counts[row.case_id] = (agreed, present)
        job = self._desk.write(meetings.vote, self._id, row.case_id, agreed=agreed, present=present)
        job.catch(AppError, partial(self._on_refused, row.case_id))

    def _on_refused(self, case: UUID, error: AppError) -> None:
        self._counts.pop(case, None)
        self.at = next((place for place, row in enumerate(self.rows) if row.case_id == case), self.at)
        self.show_current()
        self.problem.setText(str(error))
        self.problem.show()

    def _first_open(self) -> int:
        return next((place for place, row in enumerate(self.rows) if row.case_id not in self._counts), 0)

    # ---- words and letters

    def _on_counted(self) -> None:
        agreed, present = self.stage.agreed.count(), self._present()
        if agreed is None or present <= 0:
            self.stage.show_outcome("", "plain")
            return
        share = f"{format_number(VoteView(agreed, present, False, '').percent, decimals=1)} %"
        if agreed * 100 >= self.view.percent * present:
            self.stage.show_outcome(_("Agreed: {share}").format(share=share), "ok")
        else:
            words = _("Not yet {needed} %: {share}").format(needed=self.view.percent, share=share)
            self.stage.show_outcome(words, "near")

    def retranslate(self) -> None:
        """Say the words again."""
        self.setWindowTitle(_("Residents' meeting"))
        self.title.setText(_("Residents' meeting · {hamlet}").format(hamlet=self.view.hamlet))
        self.progress.setText(
            _("{number} of {total}").format(
                number=format_number(self.at + 1 if self.rows else 0), total=format_number(len(self.rows))
            )
        )
        last = self.at + 1 >= len(self.rows)
        for button, words in (
            (self.before, _("Back (←)")),
            (self.next, _("Keep and end (Enter)") if last else _("Keep and go on (Enter)")),
            (self.end, _("End (Esc)")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self.before.setEnabled(self.at > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Letters follow the wall."""
        super().resizeEvent(event)
        base = max(LEAST_LETTERS, LEAST_LETTERS * self.height() // NATURAL_HEIGHT)
        for label in (self.title, self.progress, self.problem):
            label.set_letters(base)
        self.stage.set_letters(base)
        for button in (self.before, self.next, self.end):
            button.setFont(letters(base))
            wide = QFontMetrics(letters(base, bold=True)).horizontalAdvance(button.text())
            button.setMinimumSize(wide + base * 2, QFontMetrics(letters(base)).height() + base // 2)

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.show_current()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, A is everybody, Esc ends."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.go(-1)
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.go(1)
        elif event.key() == Qt.Key.Key_A:
            self.everybody()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was typed last is kept."""
        self._keep()
        super().closeEvent(event)
        self.ended.emit(len(self._counts))
