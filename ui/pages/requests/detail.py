"""One request: what is asked, by when, the review that takes care of it step by step, its papers and its answer."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import REQUEST_STATUS_LABELS, RequestKind, RequestStatus
from casemgr.i18n import _
from casemgr.services import office_papers, request_standing, requests
from casemgr.services.office_papers import PaperQuery, PaperRow
from casemgr.services.request_standing import Standing
from casemgr.services.requests import RequestView
from ui.desk import Desk
from ui.icons import icon
from ui.jobs import Job
from ui.pages.requests.detail_cards import FactsCard, IssuedCard, StepsCard
from ui.pages.requests.fields import WITHDRAW_FIELDS
from ui.request_words import STATUS_TONES, days_tone, days_words
from ui.theme import spaced
from ui.translation import Speaks
from ui.verb_card import VerbCard
from ui.widgets.badge import Badge
from ui.widgets.chips import FlowLayout
from ui.widgets.elided_label import ElidedLabel

_OPEN: Final = (RequestStatus.RECEIVED, RequestStatus.IN_REVIEW)
TAKE, OPEN_REVIEW, SEE, LETTER, CONFIRM = "take", "openReview", "see", "letter", "confirm"
RECEIPT, FORM, CORRECT, REFUSE, WITHDRAW, HOUSEHOLD = "receipt", "form", "correct", "refuse", "withdraw", "household"
_VERBS: Final = (
    (TAKE, "arrow-square-in"),
    (OPEN_REVIEW, "flag"),
    (SEE, "clipboard-text"),
    (LETTER, "envelope-simple"),
    (CONFIRM, "check-square"),
    (RECEIPT, "receipt"),
    (FORM, "file-text"),
    (CORRECT, "pencil-simple"),
    (REFUSE, "prohibit"),
    (WITHDRAW, "arrow-u-up-left"),
    (HOUSEHOLD, "house-line"),
)


class RequestDetail(Speaks):
    """`verb_requested` carries what the page is asked to do; withdrawing and taking in are done here."""

    verb_requested = Signal(str)
    paper_requested = Signal(object)
    """Show an issued paper (a `PaperRow`)."""
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("requestDetail")
        self._desk = desk
        self.view: RequestView | None = None
        self.standing: Standing | None = None
        self.reviews: list[tuple[UUID, str]] = []
        self._papers: list[PaperRow] = []
        self.number, self.meta = QLabel(), ElidedLabel()
        self.number.setObjectName("requestNumber")
        self.number.setProperty("class", "h1")
        self.meta.setObjectName("requestMeta")
        self.meta.setProperty("class", "soft")
        self.number.setTextFormat(Qt.TextFormat.PlainText)
        self.number.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.days, self.status = Badge(), Badge()
        self.days.setObjectName("requestDays")
        self.status.setObjectName("requestStatus")
        self.wide = QToolButton()
        self.wide.setObjectName("requestClose")
        self.wide.setProperty("class", "flat")
        self.wide.setIcon(icon("arrows-out-line-horizontal"))
        self.wide.clicked.connect(self.closed)
        self.buttons: dict[str, QPushButton] = {}
        for name, picture in _VERBS:
            button = QPushButton()
            button.setObjectName(f"request_{name}")
            button.setIcon(icon(picture))
            button.setAutoDefault(True)
            button.clicked.connect(partial(self._on_verb, name))
            self.buttons[name] = button
        self.withdrawing = VerbCard(
            lambda: _("The household takes its request back"),
            lambda: _("Withdraw the request"),
            WITHDRAW_FIELDS,
            self._withdraw,
            name="withdraw",
            columns=2,
        )
        self.withdrawing.closed.connect(self.withdrawing.hide)
        self.withdrawing.done.connect(self.withdrawing.hide)
        self.withdrawing.hide()
        self.facts, self.steps, self.issued = FactsCard(desk), StepsCard(), IssuedCard()
        self.issued.chosen.connect(self.paper_requested)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        spaced(words, spacing=2)
        words.addWidget(self.number)
        words.addWidget(self.meta)
        head = QHBoxLayout()
        spaced(head, spacing=8)
        head.addLayout(words, 1)
        for widget in (self.days, self.status, self.wide):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        row, inside = QWidget(), QWidget()
        flow = FlowLayout(row)
        spaced(flow)
        for button in self.buttons.values():
            flow.addWidget(button)
        column = QVBoxLayout(inside)
        spaced(column, spacing=8)
        for card in (self.facts, self.steps, self.issued):
            column.addWidget(card)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("requestArea")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(6, 12, 12, 10), spacing=8)
        layout.addLayout(head)
        layout.addWidget(row)
        layout.addWidget(self.withdrawing)
        layout.addWidget(area, 1)

    # ---- what the page uses

    def show_request(self, request: UUID) -> None:
        """Show a request."""
        read = self._desk.workspace.read
        if self.view is None or self.view.id != request:
            self.withdrawing.hide()
        view = read(requests.view, request)
        self.view = view
        self.standing = read(request_standing.standing, request)
        self.reviews = read(request_standing.running_reviews, view.data.kind)
        self._papers = read(office_papers.papers, PaperQuery(subject_id=request))
        if view.data.kind is RequestKind.AVERAGE:
            about = PaperQuery(subject_id=view.data.household_id, kind=PaperKind.CONFIRMATION)
            self._papers = [*read(office_papers.papers, about), *self._papers]
        self.facts.show_request(view)
        self.steps.show_standing(view, self.standing)
        self.issued.show_papers(self._papers)
        self.retranslate()

    def reload(self) -> None:
        """Read the request again."""
        if self.view is not None:
            self.show_request(self.view.id)

    @property
    def editing(self) -> bool:
        """Whether something is being typed."""
        return self.withdrawing.isVisibleTo(self) and self.withdrawing.form.dirty

    def letter(self) -> PaperRow | None:
        """The letter that refused it."""
        return next((paper for paper in self._papers if paper.kind is PaperKind.REFUSAL), None)

    def expected(self) -> str:
        """The one verb that comes next."""
        view = self.view
        if view is None:
            return ""
        if view.row.status is RequestStatus.RECEIVED:
            return TAKE if self.reviews else OPEN_REVIEW
        if view.row.status is RequestStatus.IN_REVIEW:
            return SEE
        if view.row.status is RequestStatus.REFUSED and self.letter() is None:
            return LETTER
        return ""

    # ---- inside

    def _shown(self, name: str) -> bool:
        """Verbs that make sense in the state it is in."""
        view = self.view
        if view is None:
            return False
        status, received = view.row.status, view.row.status is RequestStatus.RECEIVED
        return {
            TAKE: received and bool(self.reviews),
            OPEN_REVIEW: received,
            SEE: self.standing is not None,
            LETTER: status is RequestStatus.REFUSED and self.letter() is None,
            CONFIRM: status is RequestStatus.ACCEPTED and view.data.kind is RequestKind.AVERAGE,
            CORRECT: status in _OPEN,
            REFUSE: status in _OPEN,
            WITHDRAW: status in _OPEN,
        }.get(name, True)

    def _may(self, name: str) -> bool:
        if name in (REFUSE, LETTER, CONFIRM):
            return self._desk.may(Permission.ISSUE)
        return name in (SEE, RECEIPT, FORM, HOUSEHOLD) or self._desk.may(Permission.EDIT)

    def _on_verb(self, name: str, _checked: bool = False) -> None:
        if self.view is None:
            return
        if name == WITHDRAW:
            self.withdrawing.begin({"on": self._desk.workspace.now.astimezone().date(), "reason": ""})
            return
        self.withdrawing.hide()
        self.verb_requested.emit(name)

    def _withdraw(self, values: Mapping[str, Any]) -> Job:
        view = self.view
        if view is None:
            raise RuntimeError("no request is shown")
        return self._desk.write(requests.withdraw, view.id, view.version, **values)

    def retranslate(self) -> None:
        """Say the words again."""
        self.wide.setToolTip(_("Back to the whole list (Esc)"))
        self.wide.setAccessibleName(_("Back to the whole list"))
        words: dict[str, Callable[[], str]] = {
            TAKE: self._take_words,
            OPEN_REVIEW: lambda: _("Open the review of this month…"),
            SEE: lambda: _("Go to the review"),
            LETTER: lambda: _("Write the letter…"),
            CONFIRM: lambda: _("Plain confirmation…"),
            RECEIPT: lambda: _("Receipt…"),
            FORM: lambda: _("Form, filled in…"),
            CORRECT: lambda: _("Correct…"),
            REFUSE: lambda: _("Refuse…"),
            WITHDRAW: lambda: _("Withdraw…"),
            HOUSEHOLD: lambda: _("Household"),
        }
        expected, pictures = self.expected(), dict(_VERBS)
        for name, button in self.buttons.items():
            primary = name == expected
            button.setText(words[name]())
            button.setAccessibleName(button.text())
            button.setToolTip(button.text())
            button.setProperty("class", "primary" if primary else "")
            button.setIcon(icon(pictures[name], "on" if primary else "soft"))
            button.style().unpolish(button)
            button.style().polish(button)
            button.setVisible(self._shown(name))
            button.setEnabled(self._may(name))
        view = self.view
        if view is None:
            return
        row = view.row
        self.number.setText(_("Request {number}").format(number=row.number))
        self.meta.setText(" · ".join(filter(None, (row.applicant, row.code, row.hamlet))))
        self.days.show_text(days_words(row.days_left), days_tone(row.days_left))
        self.status.show_text(_(REQUEST_STATUS_LABELS[row.status]), STATUS_TONES[row.status])

    def _take_words(self) -> str:
        title = self.reviews[0][1] if self.reviews else ""
        short = title if len(title) <= 32 else title[:31] + "…"
        return _("Take into “{review}”").format(review=short)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the request."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
