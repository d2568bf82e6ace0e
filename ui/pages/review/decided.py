"""What the decision did: its lists in numbers, papers to draw, certificates to print and to collect."""

from html import escape
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.i18n import _, format_number, ngettext
from casemgr.services.review_decisions import Decided
from ui.icons import icon
from ui.pages.review.decision_columns import LISTS
from ui.theme import spaced, theme
from ui.translation import Speaks
from ui.widgets.told import Line, Told


class DecidedPanel(Speaks):
    """`certificates_requested` carries the new certificates, `blocks_requested` those that only get the year."""

    paper_requested = Signal()
    certificates_requested = Signal(tuple)
    blocks_requested = Signal(tuple)
    household_requested = Signal(UUID)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("decided")
        self._decided: Decided | None = None
        self._picture, self.title, self.counts, self.returns = (QLabel() for _each in range(4))
        self.title.setObjectName("decidedTitle")
        self.title.setProperty("class", "h3")
        self.counts.setObjectName("decidedCounts")
        self.returns.setObjectName("decidedReturns")
        for label in (self.title, self.counts, self.returns):
            label.setWordWrap(True)
        self.returns.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByKeyboard | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        self.returns.linkActivated.connect(lambda key: self.household_requested.emit(UUID(key)))
        self.problems = Told("decidedProblems")
        self.paper, self.certificates, self.blocks, self.back = (QPushButton() for _each in range(4))
        for name, button, act in (
            ("decidedPaper", self.paper, self.paper_requested.emit),
            ("decidedCertificates", self.certificates, self._on_certificates),
            ("decidedBlocks", self.blocks, self._on_blocks),
            ("decidedBack", self.back, self.closed.emit),
        ):
            button.setObjectName(name)
            button.clicked.connect(act)
        self.paper.setProperty("class", "primary")
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, spacing=8)
        for widget in (self.counts, self.problems, self.returns):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("decidedArea")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addWidget(self._picture)
        layout.addWidget(self.title)
        layout.addWidget(area, 1)
        for button in (self.paper, self.certificates, self.blocks, self.back):
            layout.addWidget(button)
        self.retranslate()

    def show_decided(self, decided: Decided) -> None:
        """Tell what was done."""
        self._decided = decided
        lines = [Line(problem.message, "near") for problem in decided.not_issued]
        self.problems.show_lines([*lines, *(Line(words, "near") for words in decided.warnings)])
        self.retranslate()
        self.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say the words again."""
        decided = self._decided
        papers, years = (len(decided.issued), len(decided.confirmed)) if decided else (0, 0)
        certificates = ngettext("Print {count} certificate…", "Print {count} certificates…", papers)
        blocks = ngettext("Print the year on {count} certificate…", "Print the year on {count} certificates…", years)
        for button, words in (
            (self.paper, _("Decision with its lists…")),
            (self.certificates, certificates.format(count=format_number(papers))),
            (self.blocks, blocks.format(count=format_number(years))),
            (self.back, _("Back to the board")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self.certificates.setVisible(papers > 0)
        self.blocks.setVisible(years > 0)
        if decided is None:
            return
        side = theme().px(28)
        self._picture.setPixmap(icon("check-circle", "ok").pixmap(QSize(side, side)))
        self.title.setText(_("Decision {number} is written").format(number=decided.number))
        self.counts.setText(
            "\n".join(
                _("{list}: {households} households, {people} people").format(
                    list=_(words), households=format_number(count.households), people=format_number(count.people)
                )
                for key, words in LISTS.items()
                if (count := decided.counts.get(key)) is not None and count.households
            )
        )
        lines = [
            f'<a href="{one.household_id}">{escape(one.head)}</a> · {escape(one.number)}' for one in decided.to_return
        ]
        head = escape(_("Certificates to be collected"))
        self.returns.setText(f"<b>{head}</b><br>{'<br>'.join(lines)}" if lines else "")
        self.returns.setVisible(bool(lines))

    def _on_certificates(self) -> None:
        if self._decided is not None:
            self.certificates_requested.emit(tuple(paper.certificate_id for paper in self._decided.issued))

    def _on_blocks(self) -> None:
        if self._decided is not None:
            self.blocks_requested.emit(tuple(paper.certificate_id for paper in self._decided.confirmed))
