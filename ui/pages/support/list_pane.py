"""One distribution: amounts while it is prepared, decision and papers, then who collected; a wrong one goes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
)

from casemgr.domain.distributions import DistributionStatus
from casemgr.domain.permissions import Permission
from casemgr.errors import AppError, ValidationError
from casemgr.i18n import _, format_number, ngettext
from casemgr.services import distribution_adding, distributions
from ui.desk import Desk
from ui.models.rows import RowsModel
from ui.pages.support import papers
from ui.pages.support.amount_grid import AmountGrid, AmountModel
from ui.pages.support.distribution_words import (
    LEFT_OUT,
    added_lines,
    entry_line,
)
from ui.pages.support.list_cards import ADD, APPROVE, CANCEL, MISSED, REASON, RECEIVE, ListCards
from ui.pages.support.list_head import ListHead
from ui.pages.support.list_menus import Entry, fill, fill_papers
from ui.pages.support.make_pane import pasted_lines, refused_lines
from ui.pages.support.pasting import Pasted, read_pasted
from ui.pages.support.receipt_grid import ReceiptGrid, ReceiptModel
from ui.questions import Answer, ask
from ui.theme import sized, spaced
from ui.translation import Says, Speaks
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice
from ui.widgets.sentences import SentenceTable
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from casemgr.jobs import Progress
    from casemgr.services.distribution_lists import Excluded
    from casemgr.services.distributions import DistributionRow, DistributionView
    from ui.jobs import Job

_SHEETS: Final = "Excel (*.xlsx *.xlsm *.xls *.csv)"


class ListPane(Speaks):
    """`paper_requested` carries the drawing of a paper."""

    paper_requested = Signal(object)
    said = Signal(Notice)
    closed = Signal()
    place_requested = Signal(UUID)
    """The household of a row."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("listPane")
        self._desk = desk
        self.view: DistributionView | None = None
        self.rows: Sequence[DistributionRow] = ()
        self._left_out: Sequence[Excluded] = ()
        self.head = ListHead()
        self.head.back_wanted.connect(self.leave)
        self.head.step_wanted.connect(self.take_step)
        self.next, self.print, self.more = self.head.next, self.head.print, self.head.more
        self.amounts = AmountModel()
        self.grid = AmountGrid(self.amounts, name="amountGrid")
        self.amounts.changed.connect(self._on_changed)
        self.grid.pasted.connect(self._on_pasted)
        self.grid.remove_requested.connect(self.remove)
        self.receipts = ReceiptModel()
        self.ticks = ReceiptGrid(self.receipts, name="receiptGrid")
        self.receipts.changed.connect(self._on_changed)
        self.left_model: RowsModel[int, Excluded] = RowsModel(LEFT_OUT, lambda ids: [self._left_out[n] for n in ids])
        self.left_out = SentenceTable(self.left_model, name="listExcluded")
        Says(self.left_out, self.left_out.setAccessibleName, lambda: _("Left out, and why"))
        self.told = Told("listTold")
        self.cards = ListCards(
            {
                APPROVE: self._approve,
                RECEIVE: self._receive,
                MISSED: self._missed,
                REASON: self._reason,
                ADD: self._add,
                CANCEL: self._cancel,
            },
            self._today,
        )
        sized(self.cards, width=300)
        self.cards.closed.connect(self._focus)
        self.cards.done.connect(self._on_card_done)
        self.stack = QStackedWidget()
        for widget in (self.grid, self.ticks, self.left_out):
            self.stack.addWidget(widget)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        spaced(middle, spacing=10)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.cards)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addWidget(self.head)
        layout.addWidget(self.told)
        layout.addLayout(middle, 1)

    # ---- showing

    def show_list(self, distribution: UUID) -> None:
        """Open a list."""
        self.view = None
        self.receipts.forget()
        self.told.show_lines(())
        self.cards.close_all()
        self.reload(distribution)
        self._focus()

    def reload(self, distribution: UUID | None = None) -> None:
        """Read it again; amounts being typed and ticks stay."""
        wanted = distribution or (self.view.id if self.view else None)
        if wanted is None:
            return
        read = self._desk.workspace.read
        before = self.view
        self.view, self.rows = read(distributions.view, wanted), read(distributions.rows, wanted)
        self._left_out = self.view.excluded
        self.left_model.set_ids(range(len(self._left_out)))
        typed = {line.key: line for line in self.amounts.lines if line.key in self.amounts.touched}
        self.receipts.show(self.rows)
        drafted = self.view.status is DistributionStatus.DRAFT
        lines = [entry_line(row) for row in self.rows]
        self.amounts.show(lines, editable=drafted and self._desk.may(Permission.EDIT))
        if drafted and before is not None and before.id == wanted:
            for place, line in enumerate(lines):
                if line.key in typed:
                    lines[place].amount, lines[place].reason = typed[line.key].amount, typed[line.key].reason
                    self.amounts.touched.add(line.key)
            self.amounts.lines = lines
        if self.stack.currentWidget() is not self.left_out or before is None:
            self.stack.setCurrentWidget(self.grid if drafted else self.ticks)
        self._say()

    @property
    def dirty(self) -> bool:
        """Whether amounts or ticks are not saved."""
        return bool(self.amounts.touched or self.receipts.ticked)

    def may_leave(self) -> bool:
        """Whether one may go: asks when something is not saved."""
        if not self.dirty:
            return True
        answers = (Answer("", _("Stay here"), "primary"), Answer("discard", _("Discard changes")))
        told = _("Amounts or ticks of this list are not saved yet.")
        if ask(self, _("Changes not saved yet"), told, answers) != "discard":
            return False
        self.amounts.touched.clear()
        self.receipts.forget()
        return True

    def leave(self) -> None:
        """Back to the lists."""
        if self.may_leave():
            self.closed.emit()

    # ---- steps

    def take_step(self) -> None:
        """The one expected step: save amounts, approve, save receipts."""
        view = self.view
        if view is None or not self.next.isEnabled():
            return
        if view.status is DistributionStatus.DRAFT:
            if self.amounts.touched:
                self.save_amounts()
            else:
                self.cards.ask(APPROVE)
        elif self.receipts.ticked:
            self.cards.ask(RECEIVE)
        else:
            waiting = [place for place, row in enumerate(self.rows) if row.received_on is None]
            self.receipts.tick(waiting, on=True)

    def save_amounts(self) -> None:
        """Write amounts and reasons that were typed or pasted."""
        view = self.view
        if view is None or not self.amounts.touched:
            return
        touched = [line for line in self.amounts.lines if line.key in self.amounts.touched]
        plain = {row.id: row.amount for row in self.rows}
        given = {line.key: line.amount for line in touched if line.amount != plain[line.key]}
        job = self._desk.write(
            distributions.set_amounts,
            view.id,
            view.version,
            given,
            reasons={line.key: line.reason for line in touched},
        )
        job.catch(ValidationError, self._on_refused)
        job.succeeded.connect(lambda _nothing: self._on_saved(_("The amounts are saved.")))

    def remove(self, rows: Sequence[int]) -> None:
        """Take the marked rows off the list that is prepared."""
        view = self.view
        if view is None or not rows or len(rows) >= len(self.rows):
            return
        ids = [self.amounts.lines[row].key for row in rows]
        words = ngettext("{count} row was taken off the list.", "{count} rows were taken off the list.", len(ids))
        job = self._desk.write(distributions.remove_rows, view.id, view.version, ids)
        job.catch(AppError, self._on_error)
        job.succeeded.connect(lambda _nothing: self._on_saved(words.format(count=format_number(len(ids)))))

    def show_left_out(self) -> None:
        """Who was left out, or the rows again."""
        if self.stack.currentWidget() is self.left_out:
            drafted = self.view is not None and self.view.status is DistributionStatus.DRAFT
            self.stack.setCurrentWidget(self.grid if drafted else self.ticks)
        else:
            self.stack.setCurrentWidget(self.left_out)
        self._focus()
        self._say()

    def take_in(self) -> None:
        """Amounts from an Excel file."""
        ask_file(self, _("Amounts from Excel"), _SHEETS, self._read)

    def give_out(self) -> None:
        """The list as an Excel file."""
        view = self.view
        if view is not None:
            name = _("Pay-out list") + ".xlsx"
            ask_file(self, _("Export the list"), "Excel (*.xlsx)", self._write, name=name, suffix="xlsx")

    def draw(self, kind: str) -> None:
        """A paper of the list; those drawn for each row only for the marked ones."""
        view = self.view
        if view is None:
            return
        marked = self.ticks.selected() if self.stack.currentWidget() is self.ticks else []
        ids = [self.rows[row].id for row in marked] if len(marked) > 1 else []
        self.paper_requested.emit(papers.drawing(self._desk.workspace, kind, view, ids))

    # ---- jobs of the cards

    def _approve(self, values: Mapping[str, Any]) -> Job:
        view = self._need()
        return self._desk.write(
            distributions.approve, view.id, view.version, number=values["decision_number"], on=values["decision_on"]
        )

    def _receive(self, values: Mapping[str, Any]) -> Job:
        view = self._need()
        receipts = self.receipts.receipts(values["on"], values["proof"])
        return self._desk.write(distributions.receive_many, view.id, view.version, receipts)

    def _missed(self, values: Mapping[str, Any]) -> Job:
        view = self._need()
        ids = [self.rows[row].id for row in self.ticks.selected()]
        return self._desk.write(distributions.not_collected, view.id, view.version, ids, reason=values["reason"])

    def _reason(self, values: Mapping[str, Any]) -> Job:
        marked = sorted({index.row() for index in self.grid.selectionModel().selectedIndexes()})
        self.amounts.put_reason_at(marked, values["reason"])
        return self._desk.jobs.start(lambda _progress: None)

    def _add(self, values: Mapping[str, Any]) -> Job:
        view = self._need()
        lines = values["who"].splitlines()
        job = self._desk.write(distribution_adding.add_found, view.id, view.version, lines, reason=values["reason"])
        job.succeeded.connect(lambda added: self.told.show_lines(added_lines(added)))
        return job

    def _cancel(self, values: Mapping[str, Any]) -> Job:
        view = self._need()
        return self._desk.write(distributions.cancel, view.id, view.version, on=values["on"], reason=values["reason"])

    # ---- inside

    def _need(self) -> DistributionView:
        if self.view is None:
            raise RuntimeError("no list is shown")
        return self.view

    def _today(self) -> date:
        return self._desk.workspace.now.astimezone().date()

    def _read(self, file: Path) -> None:
        self._desk.jobs.start(
            lambda progress: papers.read_excel(file, progress), title=_("Reading the file"), done=self._on_read
        )

    def _on_read(self, text: str) -> None:
        found = read_pasted(text, self.amounts.keys(), 0)
        self.amounts.put(found)
        self._on_pasted(found)

    def _write(self, file: Path) -> None:
        view, rows = self._need(), tuple(self.rows)

        def work(progress: Progress) -> Path:
            return papers.write_excel(file, view.data.title, rows, progress)

        told = partial(self._on_written, file)
        self._desk.jobs.start(work, title=_("Writing the list"), done=lambda _file: told())

    def _on_written(self, file: Path) -> None:
        self.said.emit(Notice(_("The list is in {file}.").format(file=file), "ok"))

    def _on_pasted(self, pasted: Pasted) -> None:
        self.told.show_lines(pasted_lines(pasted))

    def _on_saved(self, words: str) -> None:
        self.amounts.touched.clear()
        self.told.show_lines([Line(words, "ok")])
        self.reload()

    def _on_refused(self, error: ValidationError) -> None:
        self.told.show_lines(refused_lines([problem.message for problem in error.problems]))

    def _on_error(self, error: AppError) -> None:
        self.told.show_lines([Line(str(error))])

    def _on_card_done(self, key: str) -> None:
        if key == RECEIVE:
            self.receipts.forget()
        if key != ADD:
            self.told.show_lines(())
        self.reload()
        self._focus()

    def _on_changed(self) -> None:
        self._say()

    def _focus(self) -> None:
        shown = self.stack.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        view = self.view
        if view is None:
            return
        may = self._desk.may(Permission.EDIT)
        self.head.show_view(view, self._next_words(view), may=may)
        fill_papers(self.print.menu(), self.draw)
        fill(self.more.menu(), self._entries(view, may=may))

    def _next_words(self, view: DistributionView) -> str:
        if view.status is DistributionStatus.DRAFT:
            return _("Save the amounts") if self.amounts.touched else _("Approve…")
        count = len(self.receipts.ticked)
        if not count:
            return _("Tick all who wait")
        words = ngettext("Save {count} receipt…", "Save {count} receipts…", count)
        return words.format(count=format_number(count))

    def _entries(self, view: DistributionView, *, may: bool) -> list[Entry]:
        left = ngettext("Show {count} left out", "Show {count} left out", len(self._left_out))
        shown = self.stack.currentWidget() is self.left_out
        words = _("Show the rows") if shown else left.format(count=format_number(len(self._left_out)))
        entries = [
            Entry(words, self.show_left_out, bool(self._left_out)),
            Entry(_("Export to Excel…"), self.give_out, self._desk.may(Permission.EXPORT)),
        ]
        if view.status is DistributionStatus.DRAFT:
            entries.append(Entry(_("Put more on the list…"), partial(self.cards.ask, ADD), may))
            entries.append(Entry(_("Amounts from Excel…"), self.take_in, may))
            entries.append(Entry(_("One reason for the marked rows…"), partial(self.cards.ask, REASON), may))
        if view.status is DistributionStatus.APPROVED:
            entries.append(Entry(_("The marked rows were not collected…"), partial(self.cards.ask, MISSED), may))
        if view.status is not DistributionStatus.CANCELLED:
            entries.append(Entry(_("Take the whole list back…"), partial(self.cards.ask, CANCEL), may))
        return entries

    def retranslate(self) -> None:
        """Say the words again."""
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the lists."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
