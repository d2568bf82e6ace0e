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
from casemgr.services import budgets, distributions, offices, programmes
from casemgr.services.households import HouseholdQuery
from ui.desk import Desk
from ui.editors import ChoiceEditor
from ui.forms import Form
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.support.amount_grid import AmountGrid, AmountModel
from ui.pages.support.distribution_words import (
    LEFT_OUT,
    budget_choices,
    make_fields,
    proposal_words,
    proposed_line,
)
from ui.pages.support.pasting import Pasted
from ui.theme import sized, spaced
from ui.translation import Says, Speaks
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.sentences import SentenceTable
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from casemgr.services.distribution_lists import Excluded, Proposal, ProposedRow
    from ui.jobs import Job

_MOST_TOLD: Final = 6
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
        column.addWidget(self.left_head)
        column.addWidget(self.excluded, 2)
        foot = QHBoxLayout()
        spaced(foot, spacing=8)
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

    def begin(self) -> None:
        """Begin a list."""
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
        self.proposal = None
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
        values, data, read = self.form.values(), self.data, self._desk.workspace.read
        query = HouseholdQuery(hamlets=tuple(UUID(one) for one in values["hamlets"]), classes=tuple(values["classes"]))
        amount, goods = values["amount"], values["goods"]

        def work(progress: Progress) -> Proposal:
            return read(distributions.propose, data, query, amount=amount, goods=goods, progress=progress)

        self._start(self._desk.jobs.start(work, title=_("Proposing the list"), done=self._show_proposal))

    def prepare(self) -> None:
        """Write the list down."""
        proposal = self.proposal
        if proposal is None or not self.make.isEnabled():
            return
        data = replace(self.data, period=self.data.period or proposal.data.period)
        rows = [replace(self._rows[line.key], amount=line.amount).data(line.reason) for line in self.model.lines]
        write, excluded = self._desk.workspace.write, proposal.excluded

        def work(progress: Progress) -> UUID:
            return write(distributions.make, data, rows, excluded=excluded, progress=progress)

        self._start(self._desk.jobs.start(work, title=_("Preparing the list"), done=self.made.emit))

    # ---- inside

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
        self.make.setEnabled(self._job is None and self.proposal is not None and bool(self.model.lines))

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
        self.told.show_lines(())
        self._say_sum()
        if rows:
            self.grid.begin()
        self._enable()

    def _say_sum(self) -> None:
        proposal = self.proposal
        if proposal is None:
            return
        amounts = {line.key: line.amount for line in self.model.lines}
        rows = tuple(replace(self._rows[key], amount=amount) for key, amount in amounts.items())
        self.summary.setText(proposal_words(replace(proposal, rows=rows)))
        count = len(self._left_out)
        self.left_head.setText(
            ngettext("{count} left out, and why", "{count} left out, and why", count).format(count=format_number(count))
        )
        self._enable()

    def _fit(self) -> None:
        """Goods, title and budgets of the programme one chose."""
        values = self.form.values()
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
        others = self.form.mark([one for one in error.problems if not one.field.startswith("rows.")])
        rows = [one.message for one in error.problems if one.field.startswith("rows.")]
        self.told.show_lines(refused_lines([*(one.message for one in others), *rows]))

    def retranslate(self) -> None:
        """Say the words again."""
        self.title.setText(_("New distribution"))
        self.back.setAccessibleName(_("Back"))
        self.back.setToolTip(_("Back (Esc)"))
        for button, words, primary in (
            (self.propose, _("Propose the list"), False),
            (self.make, _("Prepare the list"), True),
        ):
            button.setText(words)
            button.setAccessibleName(words)
            button.setProperty("class", "primary" if primary else "")
        self._say_sum()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the lists."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def pasted_lines(pasted: Pasted) -> list[Line]:
    """What became of pasted amounts."""
    count = len(pasted.amounts)
    words = ngettext("{count} amount taken over.", "{count} amounts taken over.", count)
    lines = [Line(words.format(count=format_number(count)), "ok" if count else "near")]
    if pasted.unread:
        message = _("Nobody on the list, or no amount: {lines}")
        lines.append(Line(message.format(lines="; ".join(pasted.unread[:_MOST_TOLD])), "near"))
    return lines


def refused_lines(messages: Sequence[str]) -> list[Line]:
    """What stands in the way, the first few."""
    lines = [Line(message) for message in messages[:_MOST_TOLD]]
    more = len(messages) - _MOST_TOLD
    if more > 0:
        words = ngettext("{count} more of this kind.", "{count} more of this kind.", more)
        lines.append(Line(words.format(count=format_number(more)), "near"))
    return lines
