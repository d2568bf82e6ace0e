"""A new distribution: for which programme and whom, who is proposed, who is left out and why, how much each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.distributions import DistributionData
from casemgr.domain.support import FundSource, SupportKind
from casemgr.errors import ValidationError
from casemgr.i18n import _, format_number, ngettext
from casemgr.jobs import Progress
from casemgr.services import budgets, distribution_adding, distributions, offices, programmes
from casemgr.services.households import HouseholdQuery
from ui.desk import Desk
from ui.editors import ChoiceEditor
from ui.forms import Form
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.support.amount_grid import AmountGrid, AmountLine, AmountModel
from ui.pages.support.distribution_words import (
    LEFT_OUT,
    budget_choices,
    make_fields,
    proposal_words,
    proposed_line,
)
from ui.pages.support.goods_card import GoodsCard
from ui.pages.support.list_menus import Entry, fill
from ui.pages.support.pasting import Pasted
from ui.pages.support.told_lines import beside_rows, pasted_lines, refused_lines, row_words
from ui.theme import sized, spaced
from ui.translation import Says, Speaks
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.sentences import SentenceTable
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from casemgr.services.distribution_lists import Excluded, Proposal, ProposedRow
    from ui.jobs import Job

_CHOSEN: Final = ("programme", "classes", "hamlets", "on", "period", "source", "amount", "goods")
"""Fields the proposal depends on."""
_THINGS: Final = (SupportKind.GOODS, SupportKind.SERVICE)


class MakePane(Speaks):
    """`made` carries the id of the list that was prepared."""

    made = Signal(UUID)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("makePane")
        self._desk = desk
        self.proposal: Proposal | None = None
        self._rows: dict[UUID, ProposedRow] = {}
        self._left_out: Sequence[Excluded] = ()
        self._like: tuple[UUID, str] | None = None
        self._asked: tuple[object, ...] = ()
        self._sent: Sequence[UUID] = ()
        self._seen: tuple[object, ...] = ()
        self._job: Job | None = None
        self.back = QToolButton()
        self.back.setObjectName("makeBack")
        self.back.setProperty("class", "flat")
        self.back.setIcon(icon("arrow-left"))
        self.back.clicked.connect(self.closed)
        self.title, self.summary = QLabel(), QLabel()
        self.title.setProperty("class", "h1")
        self.summary.setObjectName("makeSummary")
        self.summary.setProperty("class", "strong")
        self.summary.setWordWrap(True)
        self.whom = QLabel()
        self.whom.setObjectName("makeWhom")
        self.whom.setWordWrap(True)
        self.propose, self.make = QPushButton(), QPushButton()
        self.propose.setObjectName("makePropose")
        self.make.setObjectName("makeGo")
        self.propose.clicked.connect(self.ask)
        self.make.clicked.connect(self.prepare)
        self.model = AmountModel()
        self.model.changed.connect(self._say_sum)
        self.grid = AmountGrid(self.model, name="makeGrid")
        self.grid.pasted.connect(self._on_pasted)
        self.grid.remove_requested.connect(self.model.remove)
        self.grid.goods_requested.connect(lambda: self.ask_goods(self.grid.marked()))
        self.goods = GoodsCard("makeGoods")
        self.goods.given.connect(self.model.put_goods_at)
        self.goods.closed.connect(self._close_goods)
        self.goods_menu = QPushButton()
        self.goods_menu.setObjectName("makeGoodsMenu")
        self.goods_menu.setMenu(QMenu(self.goods_menu))
        self.excluded_model: RowsModel[int, Excluded] = RowsModel(
            LEFT_OUT, lambda ids: [self._left_out[each] for each in ids]
        )
        self.excluded = SentenceTable(self.excluded_model, name="makeExcluded")
        Says(self.excluded, self.excluded.setAccessibleName, lambda: _("Left out, and why"))
        self.told = Told("makeTold")
        self.form = self._new_form()
        self._lay_out()
        self.retranslate()

    def _new_form(self) -> Form:
        read = self._desk.workspace.read
        self._programmes = {row.programme.code: row.programme for row in read(programmes.programmes)}
        hamlets = {view.id: view.data.full_name for view in read(offices.hamlets)}
        form = Form(make_fields(read(programmes.programmes), hamlets), name="make", marks_changes=False)
        form.changed.connect(self._fit)
        form.save_requested.connect(self.ask)
        return form

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        spaced(head, spacing=8)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        self._area = QScrollArea()
        self._area.setObjectName("makeArea")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidgetResizable(True)
        self._area.setWidget(self.form)
        side = Card(margin=10)
        side.add(self.whom)
        side.add(self._area, 1)
        side.add(self.propose)
        sized(side, width=380)
        self.left_head = QLabel()
        self.left_head.setProperty("class", "h2")
        found = QWidget()
        column = QVBoxLayout(found)
        spaced(column, spacing=8)
        column.addWidget(self.summary)
        column.addWidget(self.told)
        column.addWidget(self.grid, 3)
        column.addWidget(self.goods)
        column.addWidget(self.left_head)
        column.addWidget(self.excluded, 2)
        foot = QHBoxLayout()
        spaced(foot, spacing=8)
        foot.addWidget(self.goods_menu)
        foot.addStretch()
        foot.addWidget(self.make)
        column.addLayout(foot)
        self.nothing = EmptyState(
            "list-plus",
            lambda: _("Who shall be on the list?"),
            lambda: _(
                "Choose a programme, classes and hamlets. Everybody who is entitled is proposed; whoever is left out "
                "stands below with the reason."
            ),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(found)
        row = QHBoxLayout()
        spaced(row, spacing=10)
        row.addWidget(side)
        row.addWidget(self.stack, 1)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(head)
        layout.addLayout(row, 1)

    # ---- asking

    def begin(self, like: tuple[UUID, str] | None = None) -> None:
        """Begin a list; `like` is the id and title of one whose beneficiaries get something of another programme."""
        self._like = like
        self.form = self._new_form()  # programmes and hamlets may have changed
        self._area.setWidget(self.form)
        today = self._desk.workspace.now.astimezone().date()
        self.form.load(
            {
                "programme": None,
                "title": "",
                "classes": ("poor",),
                "hamlets": (),
                "on": today,
                "period": "",
                "source": FundSource.CENTRAL,
                "budget_id": None,
                "amount": None,
                "place": "",
                "goods": (),
            }
        )
        self._seen = ()
        self.form.show_field("goods", shown=False)
        for name in ("classes", "hamlets"):
            self.form.show_field(name, shown=like is None)
        self.whom.setVisible(like is not None)
        self.retranslate()
        self.goods.hide()
        self._show_proposal(None)
        self.form.focus_first()

    @property
    def data(self) -> DistributionData:
        """What is typed."""
        values = self.form.values()
        return DistributionData(
            title=values["title"],
            programme=values["programme"],
            on=values["on"],
            period=values["period"],
            place=values["place"],
            source=FundSource(values["source"]),
            budget_id=values["budget_id"],
        )

    def ask(self) -> None:
        """Propose the list, beside the window."""
        if not self.propose.isEnabled() or not self.form.check():
            return
        values, data, read, like = self.form.values(), self.data, self._desk.workspace.read, self._like
        query = HouseholdQuery(hamlets=tuple(UUID(one) for one in values["hamlets"]), classes=tuple(values["classes"]))
        amount, goods = values["amount"], values["goods"]
        self._asked = self._choice()

        def work(progress: Progress) -> Proposal:
            given = {"amount": amount, "goods": goods, "progress": progress}
            if like is None:
                return read(distributions.propose, data, query, **given)
            return read(distribution_adding.propose_as, data, like[0], **given)

        self._start(self._desk.jobs.start(work, title=_("Proposing the list"), done=self._show_proposal))

    def prepare(self) -> None:
        """Write the list down."""
        proposal = self.proposal
        if proposal is None or not self.make.isEnabled():
            return
        data = replace(self.data, period=self.data.period or proposal.data.period)
        rows = [self._row(line).data(line.reason) for line in self.model.lines]
        self._sent = [line.key for line in self.model.lines]
        write, excluded = self._desk.workspace.write, proposal.excluded

        def work(progress: Progress) -> UUID:
            return write(distributions.make, data, rows, excluded=excluded, progress=progress)

        self._start(self._desk.jobs.start(work, title=_("Preparing the list"), done=self.made.emit))

    def ask_goods(self, rows: Sequence[int]) -> None:
        """What these rows get; from the first of them that gets something."""
        if rows:
            lines = [self.model.lines[row] for row in rows]
            self.goods.begin(rows, next((line.goods for line in lines if line.goods), ()))

    # ---- inside

    def _row(self, line: AmountLine) -> ProposedRow:
        return replace(self._rows[line.key], amount=line.amount, goods=line.goods)

    def _choice(self) -> tuple[object, ...]:
        """What the proposal depends on."""
        values = self.form.values()
        return tuple(values[name] for name in _CHOSEN)

    def _close_goods(self) -> None:
        self.goods.hide()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start(self, job: Job) -> None:
        self._job = job
        self._enable()
        job.catch(ValidationError, self._on_refused)
        job.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        self._job = None
        self._enable()

    def _enable(self) -> None:
        self.propose.setEnabled(self._job is None)
        listed = self.proposal is not None and bool(self.model.lines)
        self.make.setEnabled(self._job is None and listed and self._choice() == self._asked)
        self.goods_menu.setEnabled(listed)

    def _show_proposal(self, proposal: Proposal | None) -> None:
        self.proposal = proposal
        rows = proposal.rows if proposal is not None else ()
        self._rows = {row.person_id or row.household_id: row for row in rows}
        self._left_out = proposal.excluded if proposal is not None else ()
        self.model.show([proposed_line(row) for row in rows], editable=True)
        self.excluded_model.set_ids(range(len(self._left_out)))
        self.excluded.setVisible(bool(self._left_out))
        self.left_head.setVisible(bool(self._left_out))
        self.stack.setCurrentIndex(0 if proposal is None else 1)
        self.grid.setVisible(bool(rows))
        self.told.show_lines([Line(_nobody_words(left=bool(self._left_out)), "near")] * (not rows))
        self._say_sum()
        if rows:
            self.grid.begin()
        self._enable()

    def _say_sum(self) -> None:
        proposal = self.proposal
        if proposal is None:
            return
        self.summary.setText(proposal_words(replace(proposal, rows=tuple(map(self._row, self.model.lines)))))
        count = len(self._left_out)
        self.left_head.setText(
            ngettext("{count} left out, and why", "{count} left out, and why", count).format(count=format_number(count))
        )
        self._enable()

    def _fit(self) -> None:
        """Goods, title and budgets of the programme one chose; what is chosen otherwise must be proposed again."""
        values = self.form.values()
        if self.proposal is not None:
            other = self._choice() != self._asked
            self.told.show_lines([Line(_("The choice is another one now: propose the list again."), "near")] * other)
            self._enable()
        programme = self._programmes.get(values["programme"] or "")
        key = (values["programme"], values["source"], values["on"])
        if programme is None or key == self._seen:
            return
        changed, self._seen = self._seen[:1] != key[:1], key
        self.form.show_field("goods", shown=programme.kind in _THINGS or bool(values["goods"]))
        budget = self.form.editor("budget_id")
        if isinstance(budget, ChoiceEditor) and values["on"] is not None and values["source"] is not None:
            found = self._desk.workspace.read(
                budgets.fitting, programme.code, FundSource(values["source"]), values["on"].year
            )
            budget.set_choices(budget_choices(found))
            budget.set_value(found[0].id if found else None)
        titles = {one.title for one in self._programmes.values()}
        if changed and (not values["title"] or values["title"] in titles):
            self.form.put("title", programme.title)

    def _on_pasted(self, pasted: Pasted) -> None:
        self.told.show_lines(pasted_lines(pasted))

    def _on_refused(self, error: ValidationError) -> None:
        rows, others = beside_rows(error.problems, self._sent)
        first = self.model.mark(rows)
        if first >= 0:
            self.grid.stand_on(first)
        lines = refused_lines([one.message for one in self.form.mark(others)])
        self.told.show_lines([*([Line(row_words(len(rows)))] if rows else ()), *lines])

    def retranslate(self) -> None:
        """Say the words again."""
        self.title.setText(_("New distribution"))
        if self._like is not None:
            words = _("For those on the list “{title}”: what speaks against each is asked anew for this programme.")
            self.whom.setText(words.format(title=self._like[1]))
        self.back.setAccessibleName(_("Back"))
        self.back.setToolTip(_("Back (Esc)"))
        for button, words, primary in (
            (self.propose, _("Propose the list"), False),
            (self.make, _("Prepare the list"), True),
            (self.goods_menu, _("Goods"), False),
        ):
            button.setText(words)
            button.setAccessibleName(words)
            button.setProperty("class", "primary" if primary else "")
        marked = Entry(_("Goods of the marked rows…"), lambda: self.ask_goods(self.grid.marked()))
        everybody = Entry(_("Goods of all rows…"), lambda: self.ask_goods(range(len(self.model.lines))))
        fill(self.goods_menu.menu(), (marked, everybody))
        self._say_sum()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the lists."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _nobody_words(*, left: bool) -> str:
    """Why a list has no rows."""
    if left:
        return _("Nobody of those chosen can be put on the list; why stands below.")
    return _("No household has these classes in these hamlets.")
