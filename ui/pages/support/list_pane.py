"""One distribution: amounts while it is prepared, decision and papers, then who collected; a wrong one goes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from casemgr.domain.distributions import DistributionStatus
from casemgr.domain.permissions import Permission
from casemgr.errors import AppError, ValidationError
from casemgr.i18n import _, format_number, ngettext
from casemgr.services import distribution_adding, distributions
from ui.desk import Desk
from ui.pages.support import papers
from ui.pages.support.list_cards import ADD, APPROVE, CANCEL, MISSED, REASON, RECEIVE, ListCards
from ui.pages.support.list_excel import ListExcel
from ui.pages.support.list_head import ListHead
from ui.pages.support.list_menus import Entry, fill, fill_papers
from ui.pages.support.list_rows import ListRows
from ui.pages.support.pasting import Pasted
from ui.pages.support.told_lines import added_lines, beside_rows, pasted_lines, refused_lines, row_words
from ui.questions import Answer, ask
from ui.theme import sized, spaced
from ui.translation import Speaks
from ui.widgets.message_bar import Notice
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from casemgr.exchange.distributions import ReadDistribution
    from casemgr.jobs import Progress
    from casemgr.services.distributions import DistributionRow, DistributionView
    from ui.jobs import Job


class ListPane(Speaks):
    """`paper_requested` carries the drawing of a paper."""

    paper_requested = Signal(object)
    said = Signal(Notice)
    closed = Signal()
    another_requested = Signal(UUID, str)
    """A list of another programme for those of this one: its id and title."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("listPane")
        self._desk = desk
        self.view: DistributionView | None = None
        self.rows: Sequence[DistributionRow] = ()
        self.head = ListHead()
        self.head.back_wanted.connect(self.leave)
        self.head.step_wanted.connect(self.take_step)
        self.next, self.print, self.more = self.head.next, self.head.print, self.head.more
        self.table = ListRows()
        self.amounts, self.grid = self.table.amounts, self.table.grid
        self.receipts, self.ticks = self.table.receipts, self.table.ticks
        self.table.changed.connect(self._say)
        self.grid.pasted.connect(self._on_pasted)
        self.grid.remove_requested.connect(self.remove)
        self.table.excel.wanted.connect(self._take_over)
        self.files = ListExcel(desk, self, self._typed)
        self.files.said.connect(self.said)
        self.files.read.connect(self._on_read)
        self.files.refused.connect(self._on_error)
        self.told = Told("listTold")
        acts = {
            APPROVE: self._approve,
            RECEIVE: self._receive,
            MISSED: self._missed,
            REASON: self._reason,
            ADD: self._add,
            CANCEL: self._cancel,
        }
        self.cards = ListCards(acts, self._today)
        sized(self.cards, width=300)
        self.cards.closed.connect(self.table.focus)
        self.cards.done.connect(self._on_card_done)
        middle = QHBoxLayout()
        spaced(middle, spacing=10)
        middle.addWidget(self.table, 1)
        middle.addWidget(self.cards)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addWidget(self.head)
        layout.addWidget(self.told)
        layout.addLayout(middle, 1)
        self.retranslate()

    # ---- showing

    def show_list(self, distribution: UUID) -> None:
        """Open a list."""
        self.view = None
        self.told.show_lines(())
        self.cards.close_all()
        self.reload(distribution)
        self.table.focus()

    def reload(self, distribution: UUID | None = None) -> None:
        """Read it again; what is typed and ticked stays."""
        before = self.view.id if self.view else None
        wanted = distribution or before
        if wanted is None:
            return
        read = self._desk.workspace.read
        self.view, self.rows = read(distributions.view, wanted), read(distributions.rows, wanted)
        may = self._desk.may(Permission.EDIT)
        self.table.show_list(self.view, self.rows, editable=may, again=before == wanted)
        self._say()

    @property
    def dirty(self) -> bool:
        """Whether amounts, goods or ticks are not saved."""
        return self.table.dirty

    def may_leave(self) -> bool:
        """Whether one may go: asks when something is not saved."""
        if not self.dirty:
            return True
        answers = (Answer("", _("Stay here"), "primary"), Answer("discard", _("Discard changes")))
        told = _("Amounts, goods or ticks of this list are not saved yet.")
        if ask(self, _("Changes not saved yet"), told, answers) != "discard":
            return False
        self.table.discard()
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
        """Write amounts, goods and reasons that were typed or pasted."""
        if self.view is None or not self.amounts.touched:
            return
        touched = [line for line in self.amounts.lines if line.key in self.amounts.touched]
        before = {row.id: row for row in self.rows}
        job = self._desk.write(
            distributions.set_amounts,
            self.view.id,
            self.view.version,
            {line.key: line.amount for line in touched if line.amount != before[line.key].amount},
            goods={line.key: line.goods for line in touched if line.goods != before[line.key].goods},
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

    def ask_goods(self, *, everybody: bool) -> None:
        """What the marked rows, or all, get."""
        self.cards.close_all()
        self.table.ask_goods(range(len(self.rows)) if everybody else self.table.marked())

    def draw(self, kind: str) -> None:
        """A paper of the list; those drawn for each row only for the marked ones."""
        view = self.view
        if view is None:
            return
        marked = self.ticks.selected() if self.table.shows(self.ticks) else []
        ids = [self.rows[row].id for row in marked] if len(marked) > 1 else []
        self.paper_requested.emit(papers.drawing(self._desk.workspace, kind, view, ids))

    # ---- jobs of the cards

    def _approve(self, values: Mapping[str, Any]) -> Job:
        given = {"number": values["decision_number"], "on": values["decision_on"]}
        return self._ask(APPROVE, _("Approving the list"), distributions.approve, **given)

    def _receive(self, values: Mapping[str, Any]) -> Job:
        receipts = self.receipts.receipts(values["on"], values["proof"])
        return self._ask(RECEIVE, _("Writing the receipts"), distributions.receive_many, receipts)

    def _missed(self, values: Mapping[str, Any]) -> Job:
        view = self._need()
        ids = [self.rows[row].id for row in self.ticks.selected()]
        return self._desk.write(distributions.not_collected, view.id, view.version, ids, reason=values["reason"])

    def _reason(self, values: Mapping[str, Any]) -> Job:
        self.amounts.put_reason_at(self.grid.marked(), values["reason"])
        return self._desk.jobs.start(lambda _progress: None)

    def _add(self, values: Mapping[str, Any]) -> Job:
        lines, why = values["who"].splitlines(), values["reason"]
        job = self._ask(ADD, _("Looking for them"), distribution_adding.add_found, lines, reason=why)
        job.succeeded.connect(lambda added: self.told.show_lines(added_lines(added)))
        return job

    def _cancel(self, values: Mapping[str, Any]) -> Job:
        given = {"on": values["on"], "reason": values["reason"]}
        return self._ask(CANCEL, _("Taking the list back"), distributions.cancel, **given)

    def _ask(self, key: str, title: str, use_case: Callable[..., object], *args: object, **given: object) -> Job:
        """A card's job on the list on show; what stands in the way stands in the card and beside its row."""
        job = self._long(title, use_case, *args, **given)
        job.catch(ValidationError, partial(self._on_card_refused, key))
        return job

    def _long(self, title: str, use_case: Callable[..., object], *args: object, **given: object) -> Job:
        """Long work on the list, with its progress and a way to stop it."""
        view, write = self._need(), self._desk.workspace.write

        def work(progress: Progress) -> object:
            return write(use_case, view.id, view.version, *args, progress=progress, **given)

        return self._desk.jobs.start(work, title=title)

    # ---- a file that came back

    def _typed(self) -> tuple[DistributionView, Sequence[DistributionRow]] | None:
        return None if self.view is None else (self.view, self.table.typed())

    def _on_read(self, file: str, read: ReadDistribution) -> None:
        if self.view is not None:
            self.told.show_lines(())
            self.cards.close_all()
            self.table.show_file(file, read, self.view.status)

    def _take_over(self, read: ReadDistribution) -> None:
        """Amounts and goods into the grid, to be saved; receipts at once."""
        if self._need().status is DistributionStatus.DRAFT:
            self.table.show_rows()
            self.amounts.put_amounts(read.amounts, read.goods)
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        job = self._long(_("Writing the receipts"), distributions.receive_many, dict(read.receipts))
        job.catch(ValidationError, lambda error: self.table.excel.refuse(error.problems))
        job.succeeded.connect(lambda _nothing: self._on_receipts_taken())

    def _on_receipts_taken(self) -> None:
        self.table.show_rows()
        self._on_saved(_("The receipts are saved."))

    # ---- inside

    def _need(self) -> DistributionView:
        if self.view is None:
            raise RuntimeError("no list is shown")
        return self.view

    def _today(self) -> date:
        return self._desk.workspace.now.astimezone().date()

    def _on_pasted(self, pasted: Pasted) -> None:
        self.told.show_lines(pasted_lines(pasted))

    def _on_saved(self, words: str) -> None:
        self.amounts.touched.clear()
        self.told.show_lines([Line(words, "ok")])
        self.reload()

    def _on_refused(self, error: ValidationError) -> None:
        rows, others = beside_rows(error.problems, [row.id for row in self.rows])
        self.table.mark(rows)
        lines = refused_lines([one.message for one in others])
        self.told.show_lines([*([Line(row_words(len(rows)))] if rows else ()), *lines])

    def _on_card_refused(self, key: str, error: ValidationError) -> None:
        rows, others = beside_rows(error.problems, [row.id for row in self.rows])
        self.table.mark(rows)
        self.cards.refuse(key, others, rows)

    def _on_error(self, error: AppError) -> None:
        self.told.show_lines([Line(str(error))])

    def _on_card_done(self, key: str) -> None:
        if key == RECEIVE:
            self.receipts.forget()
        if key != ADD:
            self.told.show_lines(())
        self.reload()
        self.table.focus()

    def _say(self) -> None:
        view = self.view
        if view is None:
            return
        may = self._desk.may(Permission.EDIT)
        self.head.show_view(view, self._next_words(view), may=may)
        if self.table.shows(self.table.excel):
            self.next.hide()
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
        count = len(self.table.excluded)
        left = ngettext("Show {count} left out", "Show {count} left out", count).format(count=format_number(count))
        words = _("Show the rows") if self.table.shows(self.table.left_out) else left
        export = self._desk.may(Permission.EXPORT)
        entries = [
            Entry(words, self.table.show_left_out, bool(count)),
            Entry(_("Export to Excel…"), self.files.give_out, export),
            Entry(_("Take in the Excel file that came back…"), self.files.take_in, may),
        ]
        if view.status is DistributionStatus.DRAFT:
            entries.append(Entry(_("Put more on the list…"), partial(self.cards.ask, ADD), may))
            entries.append(Entry(_("Goods of the marked rows…"), partial(self.ask_goods, everybody=False), may))
            entries.append(Entry(_("Goods of all rows…"), partial(self.ask_goods, everybody=True), may))
            entries.append(Entry(_("One reason for the marked rows…"), partial(self.cards.ask, REASON), may))
        if view.status is DistributionStatus.APPROVED:
            entries.append(Entry(_("The marked rows were not collected…"), partial(self.cards.ask, MISSED), may))
        another = partial(self.another_requested.emit, view.id, view.data.title)
        entries.append(Entry(_("The same households for another programme…"), another, may))
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
