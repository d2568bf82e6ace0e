"""Postings and objections of a campaign: post, take down, re-check, post again."""

import datetime
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from casemgr.domain import paper_templates as keys
from casemgr.domain.filling import put
from casemgr.domain.offices import in_sentence
from casemgr.domain.reviews import CaseState, ObjectionOutcome
from casemgr.domain.text import word_sort_key
from casemgr.errors import AppError
from casemgr.i18n import _, format_date, format_number, ngettext
from casemgr.services import campaign_board, offices, postings, templates
from casemgr.services.campaign_board import CaseQuery
from casemgr.services.postings import ObjectionView, Posted, PostingView
from ui.desk import Desk
from ui.editors import ChoiceEditor
from ui.jobs import Job
from ui.models.rows import RowsModel
from ui.pages.review import posting_forms
from ui.pages.review.heading import Heading
from ui.pages.review.posting_columns import OBJECTIONS, POSTINGS, standing_words, where_words
from ui.theme import sized, spaced
from ui.translation import Says, Speaks
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice


class PostingPane(Speaks):
    """`paper_requested` draws the notice with its list; `case_requested` opens the list of a case."""

    closed = Signal()
    said = Signal(Notice)
    paper_requested = Signal(UUID)
    explain_requested = Signal(UUID)
    list_requested = Signal()
    """The posted households, to choose whose result somebody objects to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("postingPane")
        self._desk = desk
        self._campaign: UUID | None = None
        self._again = False
        self._case: tuple[UUID, str] | None = None
        self._views: dict[UUID, PostingView] = {}
        self._objections: dict[UUID, ObjectionView] = {}
        self._in_recheck = 0
        self._hamlet = ChoiceEditor((), nothing=lambda: _("Whole commune"))
        self.heading = Heading("posting")
        self.heading.back_requested.connect(self.closed)
        self.again, self.new = QPushButton(), QPushButton()
        self.again.setObjectName("postingAgain")
        self.new.setObjectName("postingNew")
        self.new.setProperty("class", "primary")
        self.again.clicked.connect(lambda: self.begin_posting(again=True))
        self.new.clicked.connect(lambda: self.begin_posting())
        self.object = QPushButton()
        self.object.setObjectName("postingObject")
        self.object.clicked.connect(self.list_requested)
        self.heading.add(self.object)
        self.heading.add(self.again)
        self.heading.add(self.new)
        self.model: RowsModel[UUID, PostingView] = RowsModel(POSTINGS, self._fetch)
        self.table = ListTable(self.model, name="postingTable")
        self.objections: RowsModel[UUID, ObjectionView] = RowsModel(OBJECTIONS, self._fetch_objections)
        self.objection_table = ListTable(self.objections, name="objectionTable")
        self.table.current_changed.connect(lambda _row: self._on_posting())
        self.table.opened.connect(lambda _row: self._ask_paper())
        self.objection_table.current_changed.connect(lambda _row: self._on_objection())
        self.objection_table.opened.connect(lambda _row: self.begin_settling())
        self.posting = posting_forms.posting_card(self._hamlet, self._post)
        self.posting.form.editor("posted_on").changed.connect(self._propose_end)
        self.taking = posting_forms.take_down_card(self._take_down)
        self.objecting = posting_forms.objection_card(self._object)
        self.settling = posting_forms.settling_card(self._settle)
        self.who = QLabel(self), QLabel(self)
        for card, label in zip((self.objecting, self.settling), self.who, strict=True):
            label.setProperty("class", "strong")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            card.body.insertWidget(0, label)
        for card in (self.posting, self.taking, self.objecting, self.settling):
            card.closed.connect(self._show)
            card.done.connect(self._show)
        self.state, self.warning = QLabel(), QLabel()
        self.state.setObjectName("postingState")
        self.warning.setObjectName("postingWarning")
        self.warning.setProperty("class", "problem")
        for label in (self.state, self.warning):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.paper, self.down, self.settle, self.explain = (QPushButton() for _each in range(4))
        self._actions = Card(margin=12)
        self._actions.add(self.state)
        for name, button, act in (
            ("postingPaper", self.paper, self._ask_paper),
            ("postingDown", self.down, self.begin_taking_down),
            ("postingSettle", self.settle, self.begin_settling),
            ("postingExplain", self.explain, self._ask_explain),
        ):
            button.setObjectName(name)
            button.clicked.connect(act)
            self._actions.add(button)
        self._actions.body.addStretch(1)
        self.posting.add(self.warning)
        self.empty = EmptyState(
            "push-pin",
            lambda: _("Nothing is posted yet"),
            lambda: _(
                "When every household of a hamlet has been voted on, its results hang in public for the working days of"
                " the law. Objections are recorded here and re-checked."
            ),
        )
        self.side = QStackedWidget()
        for each in (self._actions, self.posting, self.taking, self.objecting, self.settling):
            self.side.addWidget(each)
        sized(self.side, width=340)
        self._tables = self._lists()
        self.left = QStackedWidget()
        self.left.addWidget(self._tables)
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

    def _lists(self) -> QWidget:
        lists = QWidget()
        column = QVBoxLayout(lists)
        spaced(column, spacing=6)
        for table, stretch, words in (
            (self.table, 3, lambda: _("Postings")),
            (self.objection_table, 2, lambda: _("Objections and re-checks")),
        ):
            label = QLabel()
            label.setProperty("class", "h2")
            Says(label, label.setText, words)
            Says(table, table.setAccessibleName, words)
            column.addWidget(label)
            column.addWidget(table, stretch)
        return lists

    # ---- what the page uses

    def begin(self, campaign: UUID, hamlet: UUID | None = None, *, post: bool = False, again: bool = False) -> None:
        """Show the postings of a campaign, perhaps beginning one."""
        self._campaign = campaign
        names = self._desk.workspace.read(offices.hamlet_names)
        ordered = sorted(names.items(), key=lambda pair: word_sort_key(pair[1]))
        self._hamlet.set_choices([(one, partial(str, name)) for one, name in ordered])
        self.refresh()
        self._show()
        if post:
            self.begin_posting(hamlet, again=again)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_objection(self, campaign: UUID, case: UUID, head: str) -> None:
        """Ask who objects to the result of a household."""
        self.begin(campaign)
        self._case = (case, head)
        self.objecting.begin({"received_on": self._today(), "by_name": "", "content": ""})
        self.side.setCurrentWidget(self.objecting)
        self.retranslate()

    def refresh(self) -> None:
        """Read again."""
        if self._campaign is None:
            return
        read, current = self._desk.workspace.read, self.current()
        found = read(postings.postings, self._campaign)
        disputed = read(postings.objections, self._campaign)
        rechecked = CaseQuery(self._campaign, states=(CaseState.RECHECK,))
        self._in_recheck = read(campaign_board.count, rechecked)
        self._views = {view.id: view for view in found}
        self._objections = {view.id: view for view in disputed}
        self.model.set_ids([view.id for view in reversed(found)])
        self.objections.set_ids([view.id for view in disputed])
        self.table.go(max(0, self.model.place_of(current.id if current else None)))
        self.left.setCurrentWidget(self._tables if found else self.empty)
        self.retranslate()

    def begin_posting(self, hamlet: UUID | None = None, *, again: bool = False) -> None:
        """Ask where and from when."""
        self._again = again
        places = self._places(hamlet)
        self.posting.begin({"hamlet_id": hamlet, "posted_on": self._today(), "until_on": None, "places": places})
        self._propose_end()
        self.side.setCurrentWidget(self.posting)

    def _places(self, hamlet: UUID | None) -> str:
        """Where the list hangs by the wording of the notice, or where it hung here last time."""
        before = [view.places for view in self._views.values() if view.hamlet_id == hamlet]
        if before:
            return before[-1]
        read = self._desk.workspace.read
        commune = in_sentence(read(offices.office).commune_name)
        name = in_sentence(read(offices.hamlet_names)[hamlet]) if hamlet is not None else commune
        wording = read(templates.letter, keys.POSTING, self._today()).wording
        return "; ".join(put(line, {"hamlet": name, "commune": commune}) for line in wording.places)

    def begin_taking_down(self) -> None:
        """Ask for the day."""
        view = self.current()
        if view is not None:
            self.taking.begin({"on": max(self._today(), view.until_on)})
            self.side.setCurrentWidget(self.taking)

    def begin_settling(self) -> None:
        """Ask what the re-check found."""
        view = self.current_objection()
        if view is not None and view.outcome is ObjectionOutcome.OPEN:
            self.settling.begin({"outcome": None, "on": self._today(), "finding": ""})
            self.side.setCurrentWidget(self.settling)
            self.retranslate()

    def current(self) -> PostingView | None:
        """The posting of the current line."""
        row = self.table.current()
        return self._views.get(self.model.ids[row]) if 0 <= row < len(self.model.ids) else None

    def current_objection(self) -> ObjectionView | None:
        """The objection of the current line."""
        row = self.objection_table.current()
        return self._objections.get(self.objections.ids[row]) if 0 <= row < len(self.objections.ids) else None

    # ---- jobs

    def _post(self, values: Mapping[str, Any]) -> Job:
        job = self._desk.write(
            postings.post,
            self._need(),
            values["hamlet_id"],
            values["posted_on"],
            values["places"],
            again=self._again,
            until_on=values["until_on"],
        )
        job.succeeded.connect(self._on_posted)
        return job

    def _on_posted(self, posted: Posted) -> None:
        self.refresh()
        self.table.go(max(0, self.model.place_of(posted.id)))
        count = len(posted.cases)
        words = ngettext(
            "{count} household is posted until the end of {date}.",
            "{count} households are posted until the end of {date}.",
            count,
        ).format(count=format_number(count), date=format_date(posted.until_on))
        self.said.emit(Notice(f"{words} {posted.warning}".strip(), "near" if posted.warning else "ok"))
        self.paper_requested.emit(posted.id)

    def _take_down(self, values: Mapping[str, Any]) -> Job:
        view = self.current()
        if view is None:
            raise RuntimeError("no posting")
        return self._desk.write(postings.take_down, view.id, view.version, on=values["on"])

    def _object(self, values: Mapping[str, Any]) -> Job:
        if self._case is None:
            raise RuntimeError("no case")
        return self._desk.write(postings.lodge_objection, self._case[0], **values)

    def _settle(self, values: Mapping[str, Any]) -> Job:
        view = self.current_objection()
        if view is None:
            raise RuntimeError("no objection")
        upheld = values["outcome"] is ObjectionOutcome.UPHELD
        return self._desk.write(
            postings.settle_objection,
            view.id,
            view.version,
            on=values["on"],
            upheld=upheld,
            finding=values["finding"],
        )

    # ---- inside

    def _need(self) -> UUID:
        if self._campaign is None:
            raise RuntimeError("no campaign")
        return self._campaign

    def _today(self) -> datetime.date:
        return self._desk.workspace.now.astimezone().date()

    def _propose_end(self) -> None:
        day = self.posting.form.value("posted_on")
        warning = ""
        if self._campaign is not None and isinstance(day, datetime.date):
            try:
                due = self._desk.workspace.read(postings.last_day, self._campaign, day, again=self._again)
            except AppError as error:
                warning = str(error)
            else:
                self.posting.form.load({**self.posting.form.values(), "until_on": due.on})
                warning = due.warning
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))

    def _on_posting(self) -> None:
        if self.table.hasFocus() and self.side.currentWidget() is self._actions:
            self.objection_table.clearSelection()
        self.retranslate()

    def _on_objection(self) -> None:
        self.retranslate()

    def _ask_paper(self) -> None:
        view = self.current()
        if view is not None:
            self.paper_requested.emit(view.id)

    def _ask_explain(self) -> None:
        view = self.current_objection()
        if view is not None:
            self.explain_requested.emit(view.case_id)

    def _show(self) -> None:
        self.side.setCurrentWidget(self._actions)
        self.retranslate()

    def _fetch(self, ids: Sequence[UUID]) -> Sequence[PostingView]:
        return [self._views[each] for each in ids]

    def _fetch_objections(self, ids: Sequence[UUID]) -> Sequence[ObjectionView]:
        return [self._objections[each] for each in ids]

    # ---- words

    def retranslate(self) -> None:
        """Say the words again."""
        view, disputed = self.current(), self.current_objection()
        self.who[0].setText(self._case[1] if self._case is not None else "")
        self.who[1].setText(f"{disputed.head}\n{_objection_words(disputed)}" if disputed is not None else "")
        self.heading.say(_("Posting and objections"), standing_words(self._objections.values(), self._in_recheck))
        for button, words in (
            (self.new, _("Post the results…")),
            (self.again, _("Post again…")),
            (self.object, _("Record an objection…")),
            (self.paper, _("Notice and list…")),
            (self.down, _("Take down…")),
            (self.settle, _("End the re-check…")),
            (self.explain, _("Explain")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        open_one = disputed is not None and disputed.outcome is ObjectionOutcome.OPEN
        self.paper.setVisible(view is not None)
        self.down.setVisible(view is not None and view.taken_down_on is None)
        self.settle.setVisible(open_one)
        self.explain.setVisible(disputed is not None)
        self.again.setEnabled(bool(self._objections))
        self.object.setEnabled(any(one.taken_down_on is None for one in self._views.values()))
        told = []
        if view is not None:
            told.append(
                _("{hamlet}: posted from {first} until the end of {last} at {places}.").format(
                    hamlet=where_words(view),
                    first=format_date(view.posted_on),
                    last=format_date(view.until_on),
                    places=view.places,
                )
            )
        if disputed is not None:
            told.append(_objection_words(disputed) + (f"\n{disputed.finding}" if disputed.finding else ""))
        self.state.setText("\n\n".join(told) or _("Choose a posting or an objection."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _objection_words(view: ObjectionView) -> str:
    return _("{name} objects: {content}").format(name=view.by_name, content=view.content)
