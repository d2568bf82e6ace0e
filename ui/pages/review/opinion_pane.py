"""The superior's opinion: the report sent, the answer written down."""

import datetime
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout

from casemgr.domain.paper_kinds import PaperKind
from casemgr.i18n import N_, _, format_date, format_number
from casemgr.services import office_papers, opinions
from casemgr.services.office_papers import PaperQuery
from casemgr.services.opinions import OpinionView
from ui.desk import Desk
from ui.editors import ChoiceEditor, DayEditor, LineEditor, NotesEditor
from ui.forms import Field
from ui.jobs import Job
from ui.models.rows import Column, RowsModel
from ui.pages.review.heading import Heading
from ui.theme import sized, spaced
from ui.translation import Speaks
from ui.verb_card import VerbCard
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

AGREED: Final = {True: N_("Agrees"), False: N_("Does not agree")}


def answer_words(row: OpinionView) -> str:
    """What the superior says."""
    return _("Waiting for the answer") if row.agreed is None else _(AGREED[row.agreed])


def _tone(row: OpinionView) -> str:
    return "near" if row.agreed is None else "ok" if row.agreed else "poor"


COLUMNS: Final = (
    Column[OpinionView]("sent_on", N_("Sent on"), lambda row: format_date(row.sent_on), 96),
    Column[OpinionView]("number", N_("Report number"), lambda row: row.number, 126),
    Column[OpinionView]("authority", N_("To"), lambda row: row.authority, 220, spare=True),
    Column[OpinionView](
        "households", N_("Households"), lambda row: format_number(row.households), 96, right=True, spare=True
    ),
    Column[OpinionView]("due_on", N_("Answer due"), lambda row: format_date(row.due_on), 100),
    Column[OpinionView]("answer", N_("Answer"), answer_words, 150, tone=_tone),
)


class OpinionPane(Speaks):
    """`paper_requested` draws the report to the superior."""

    closed = Signal()
    said = Signal(Notice)
    paper_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("opinionPane")
        self._desk = desk
        self._campaign: UUID | None = None
        self._views: dict[UUID, OpinionView] = {}
        self.heading = Heading("opinion")
        self.heading.back_requested.connect(self.closed)
        self.paper, self.new = QPushButton(), QPushButton()
        self.paper.setObjectName("opinionPaper")
        self.new.setObjectName("opinionNew")
        self.new.setProperty("class", "primary")
        self.paper.clicked.connect(self.paper_requested)
        self.new.clicked.connect(self.begin_sending)
        self.heading.add(self.paper)
        self.heading.add(self.new)
        self.model: RowsModel[UUID, OpinionView] = RowsModel(COLUMNS, self._fetch)
        self.table = ListTable(self.model, name="opinionTable")
        self.table.current_changed.connect(lambda _row: self.retranslate())
        self.table.opened.connect(lambda _row: self.begin_answer())
        self.sending = VerbCard(
            lambda: _("Report to the superior"),
            lambda: _("Record as sent"),
            (
                Field("authority_name", N_("&To"), LineEditor, required=True),
                Field("sent_on", N_("&Sent on"), DayEditor, required=True),
                Field("number", N_("Report &number"), LineEditor, required=True),
            ),
            self._send,
            name="opinionSend",
        )
        self.answering = VerbCard(
            lambda: _("Answer of the superior"),
            lambda: _("Record the answer"),
            (
                Field(
                    "agreed",
                    N_("&Answer"),
                    lambda: ChoiceEditor([(value, partial(_, words)) for value, words in AGREED.items()]),
                    required=True,
                ),
                Field("answered_on", N_("&Dated"), DayEditor, required=True),
                Field("answer_number", N_("&Number"), LineEditor, required=True),
                Field("content", N_("&Content"), lambda: NotesEditor(lines=4)),
            ),
            self._answer,
            name="opinionAnswer",
        )
        for card in (self.sending, self.answering):
            card.closed.connect(self._show)
            card.done.connect(self._show)
        self.state, self.answer = QLabel(), QPushButton()
        self.state.setObjectName("opinionState")
        self.state.setWordWrap(True)
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.answer.setObjectName("opinionAnswerBegin")
        self.answer.clicked.connect(self.begin_answer)
        self._actions = Card(margin=12)
        self._actions.add(self.state)
        self._actions.add(self.answer)
        self._actions.body.addStretch(1)
        self.empty = EmptyState(
            "chat-text",
            lambda: _("The superior has not been asked yet"),
            lambda: _("When the posting is over, the results are reported in writing; the answer is recorded here."),
        )
        self.side = QStackedWidget()
        for each in (self._actions, self.sending, self.answering):
            self.side.addWidget(each)
        sized(self.side, width=340)
        self.left = QStackedWidget()
        self.left.addWidget(self.table)
        self.left.addWidget(self.empty)
        body = QHBoxLayout()
        spaced(body, spacing=8)
        body.addWidget(self.left, 1)
        body.addWidget(self.side)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=10)
        layout.addWidget(self.heading)
        layout.addLayout(body, 1)
        self.retranslate()

    def begin(self, campaign: UUID) -> None:
        """Show what was asked and answered."""
        self._campaign = campaign
        self.refresh()
        waiting = [view.id for view in self._views.values() if view.agreed is None]
        if waiting:
            self.table.go(self.model.place_of(waiting[-1]))
            self.begin_answer()
        elif not self._views:
            self.begin_sending()
        else:
            self._show()

    def refresh(self) -> None:
        """Read again."""
        if self._campaign is None:
            return
        found = self._desk.workspace.read(opinions.opinions, self._campaign)
        self._views = {view.id: view for view in found}
        current = self.current()
        self.model.set_ids([view.id for view in reversed(found)])
        self.table.go(max(0, self.model.place_of(current.id if current else None)))
        self.left.setCurrentWidget(self.table if found else self.empty)
        self.retranslate()

    def current(self) -> OpinionView | None:
        """The line chosen."""
        row = self.table.current()
        return self._views.get(self.model.ids[row]) if 0 <= row < len(self.model.ids) else None

    def begin_sending(self) -> None:
        """Ask about the report."""
        if self._campaign is None:
            return
        superior = self._desk.workspace.read(opinions.authority, self._campaign)
        wanted = PaperQuery(campaign_id=self._campaign, kind=PaperKind.SUPERIOR_REPORT)
        issued = self._desk.workspace.read(office_papers.papers, wanted)
        number = issued[0].number if issued else ""
        self.sending.begin({"authority_name": superior, "sent_on": self._today(), "number": number})
        self.side.setCurrentWidget(self.sending)
        self.sending.form.editor("number").widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_answer(self) -> None:
        """Ask about the answer."""
        view = self.current()
        if view is not None and view.agreed is None:
            self.answering.begin({"agreed": None, "answered_on": self._today(), "answer_number": "", "content": ""})
            self.side.setCurrentWidget(self.answering)

    def _send(self, values: Mapping[str, Any]) -> Job:
        if self._campaign is None:
            raise RuntimeError("no campaign")
        return self._desk.write(opinions.send_for_opinion, self._campaign, **values)

    def _answer(self, values: Mapping[str, Any]) -> Job:
        view = self.current()
        if view is None:
            raise RuntimeError("no opinion")
        return self._desk.write(opinions.record_opinion, view.id, view.version, **values)

    def _show(self) -> None:
        self.side.setCurrentWidget(self._actions)
        self.retranslate()

    def _today(self) -> datetime.date:
        return self._desk.workspace.now.astimezone().date()

    def _fetch(self, ids: Sequence[UUID]) -> Sequence[OpinionView]:
        return [self._views[each] for each in ids]

    def retranslate(self) -> None:
        """Say the words again."""
        self.heading.say(_("Opinion of the superior"))
        self.table.setAccessibleName(_("Opinion of the superior"))
        for button, words in (
            (self.paper, _("Report to the superior…")),
            (self.new, _("Record a report sent…")),
            (self.answer, _("Record the answer…")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        view = self.current()
        self.answer.setVisible(view is not None and view.agreed is None)
        if view is None:
            self.state.setText(_("Choose a report, or record one."))
            return
        told = [
            _("Report {number} of {date} to {authority}.").format(
                number=view.number, date=format_date(view.sent_on), authority=view.authority
            )
        ]
        if view.answered_on is not None:
            told.append(
                _("Answer {number} of {date}: {answer}.").format(
                    number=view.answer_number, date=format_date(view.answered_on), answer=answer_words(view).lower()
                )
            )
        told.append(view.content)
        self.state.setText("\n\n".join(part for part in told if part))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
