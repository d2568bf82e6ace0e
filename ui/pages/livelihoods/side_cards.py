"""What happened to a plan, in cards beside it: animals, visits, losses, acceptance, duties, results, steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from casemgr.domain.households import CLASS_LABELS
from casemgr.domain.livelihoods import ASSET_LABELS, PLAN_MACHINE
from casemgr.i18n import N_, _, format_date, format_money, format_number
from casemgr.services.assets import LOT, AssetView
from casemgr.services.livelihood_file import Outcome
from casemgr.services.livelihood_visits import LOSS_LABELS, USE_LABELS, AcceptanceView, LossView, Use, VisitView
from casemgr.services.revolving import DutyView
from casemgr.services.state_steps import StepView
from ui.models.rows import Column, RowsModel
from ui.theme import spaced
from ui.tones import class_tone
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.chips import FlowLayout
from ui.widgets.fit_table import FitTable, flat_button


@dataclass(frozen=True)
class CardVerb:
    """A button of a card; `on_row` needs a line."""

    name: str
    picture: str
    words: Callable[[], str]
    act: Callable[[Any], object]
    on_row: bool = False


class RowsCard(Card):
    """A small table with its verbs; `opened` on Enter."""

    opened = Signal(object)

    def __init__(
        self,
        name: str,
        title: Callable[[], str],
        columns: Sequence[Column[Any]],
        none: Callable[[], str],
        verbs: Sequence[CardVerb] = (),
        *,
        most: int = 5,
    ) -> None:
        super().__init__(title, margin=10)
        self.setObjectName(f"{name}Card")
        self.lines: Sequence[Any] = ()
        self.model: RowsModel[int, Any] = RowsModel(columns, lambda ids: [self.lines[one] for one in ids])
        self.table = FitTable(self.model, name=f"{name}Table", most=most)
        self.table.opened.connect(lambda row: self.opened.emit(self.lines[row]))
        Says(self.table, self.table.setAccessibleName, title)
        self.none = QLabel()
        self.none.setObjectName(f"{name}None")
        self.none.setProperty("class", "soft")
        self.none.setWordWrap(True)
        Says(self.none, self.none.setText, none)
        self.buttons: dict[str, tuple[CardVerb, QPushButton]] = {}
        for verb in verbs:
            button = flat_button(verb.name, verb.picture)
            Says(button, button.setToolTip, verb.words)
            Says(button, button.setText, verb.words)
            Says(button, button.setAccessibleName, verb.words)
            button.clicked.connect(lambda _checked=False, verb=verb: self._act(verb))
            self.buttons[verb.name] = (verb, button)
        self.lay_out_verbs()
        self.add(self.table)
        self.add(self.none)
        self._may = True
        self.show_lines(())

    def lay_out_verbs(self) -> None:
        """One verb stands in the head; several below it."""
        if len(self.buttons) == 1:
            for _verb, button in self.buttons.values():
                self.head.addWidget(button)
        elif self.buttons:
            holder = QWidget()
            row = FlowLayout(holder)
            spaced(row)
            for _verb, button in self.buttons.values():
                row.addWidget(button)
            self.add(holder)

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Show these; the current line keeps its place."""
        kept = self.table.current()
        self.lines = tuple(lines)
        self.model.set_ids(range(len(self.lines)))
        self.table.go(min(max(kept, 0), len(self.lines) - 1))
        self.table.setVisible(bool(self.lines))
        self.none.setVisible(not self.lines)
        self.enable(may=self._may)

    def current(self) -> Any:  # noqa: ANN401 - whatever the card lists
        """The line one is on."""
        row = self.table.current()
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def enable(self, *, may: bool) -> None:
        """Allow writing or not; verbs of a line need one."""
        self._may = may
        for verb, button in self.buttons.values():
            button.setEnabled(may and (bool(self.lines) or not verb.on_row))

    def _act(self, verb: CardVerb) -> None:
        line = self.current()
        if line is not None or not verb.on_row:
            verb.act(line)


def _weight(row: AssetView) -> str:
    parts = []
    if row.data.age_months:
        parts.append(_("{count} months").format(count=row.data.age_months))
    if row.data.weight_kg:
        parts.append(_("{count} kg").format(count=row.data.weight_kg))
    return " · ".join(parts)


def _chosen(row: AssetView) -> str:
    return _("by lot") if row.chosen_by == LOT else _("agreed")


def _born_of(row: AssetView) -> str:
    return _("of {tag}").format(tag=row.mother) if row.mother else _chosen(row)


def _use_tone(row: VisitView) -> str:
    return {Use.YES: "ok", Use.PARTLY: "near", Use.NO: "poor"}[row.data.use]


def _loss_state(row: LossView) -> str:
    if row.settled_on is not None:
        return _("settled {date}").format(date=format_date(row.settled_on))
    return _("reported late") if row.late else _("not settled")


def _owed(row: DutyView) -> str:
    return _sum(row.line.amount, row.line.animals)


def _open(row: DutyView) -> str:
    if row.balance.settled:
        return _("settled")
    return _sum(max(row.balance.open, 0), max(row.balance.open_animals, 0))


def duty_tone(row: DutyView) -> str:
    """Its colour."""
    if row.balance.settled:
        return "ok"
    return "poor" if row.overdue_days else "near" if row.alarm else "plain"


def duty_state(row: DutyView) -> str:
    """How a duty stands, in words."""
    if row.balance.settled:
        return _("settled")
    if row.overdue_days:
        return _("{count} days over").format(count=format_number(row.overdue_days))
    return _("due soon") if row.alarm else _("open")


def _sum(amount: int, animals: int) -> str:
    parts = [format_money(amount)] if amount else []
    if animals:
        parts.append(_("{count} animals").format(count=format_number(animals)))
    return " · ".join(parts)


def sum_words(amount: int, animals: int) -> str:
    """Money and animals beside each other; "0" where there is neither."""
    return _sum(amount, animals) or "0"


def _step_words(row: StepView) -> str:
    return PLAN_MACHINE.label(row.data.to)


def _step_paper(row: StepView) -> str:
    day = format_date(row.data.document_on) if row.data.document_on else ""
    votes = row.data.detail
    told = (
        _("{agreed} of {present} agreed").format(agreed=votes["agreed"], present=votes["present"])
        if "agreed" in votes and "present" in votes
        else ""
    )
    return " · ".join(filter(None, (row.data.document_number, day, told, row.data.reason)))


ASSETS: Final = (
    Column[AssetView]("tag", N_("Tag"), lambda row: row.data.tag, 80, code=True),
    Column[AssetView]("kind", N_("What it is"), lambda row: row.data.kind, 140),
    Column[AssetView]("weight", N_("Age, weight"), _weight, 130, spare=True),
    Column[AssetView]("chosen", N_("How chosen"), _born_of, 84, spare=True),
    Column[AssetView]("state", N_("State"), lambda row: _(ASSET_LABELS[row.state]), 150, tone=lambda row: "plain"),
)
VISITS: Final = (
    Column[VisitView]("on", N_("Day"), lambda row: format_date(row.data.on), 90, code=True),
    Column[VisitView]("visitor", N_("Visited by"), lambda row: row.data.visitor, 140),
    Column[VisitView]("use", N_("Use"), lambda row: _(USE_LABELS[row.data.use]), 150, tone=_use_tone),
    Column[VisitView]("action", N_("To be done"), lambda row: row.data.action, 150, spare=True),
)
LOSSES: Final = (
    Column[LossView]("on", N_("Day"), lambda row: format_date(row.data.on), 90, code=True),
    Column[LossView]("kind", N_("What happened"), lambda row: _(LOSS_LABELS[row.data.kind]), 180),
    Column[LossView]("state", N_("State"), _loss_state, 130, tone=lambda row: "ok" if row.settled_on else "near"),
)
ACCEPTANCES: Final = (
    Column[AcceptanceView]("on", N_("Day"), lambda row: format_date(row.data.on), 90, code=True),
    Column[AcceptanceView]("actual", N_("Found"), lambda row: row.data.actual, 180),
    Column[AcceptanceView](
        "passed",
        N_("Result"),
        lambda row: _("reached") if row.data.passed else _("not reached"),
        100,
        tone=lambda row: "ok" if row.data.passed else "near",
    ),
)
DUTY_LINES: Final = (
    Column[DutyView]("due", N_("Falls due on"), lambda row: format_date(row.line.due_on), 90, code=True),
    Column[DutyView]("owed", N_("Owed"), _owed, 130),
    Column[DutyView]("open", N_("Still open"), _open, 130),
    Column[DutyView]("state", N_("State"), duty_state, 100, tone=duty_tone),
)
OUTCOMES: Final = (
    Column[Outcome]("year", N_("Review of"), lambda row: str(row.year), 90, code=True),
    Column[Outcome]("on", N_("Day"), lambda row: format_date(row.on) if row.on else "", 90, code=True),
    Column[Outcome](
        "value", N_("Class"), lambda row: _(CLASS_LABELS[row.value]), 180, tone=lambda row: class_tone(row.value)
    ),
)
STEPS: Final = (
    Column[StepView]("on", N_("Day"), lambda row: format_date(row.data.on), 90, code=True),
    Column[StepView]("to", N_("Step"), _step_words, 160),
    Column[StepView]("paper", N_("Paper, reason"), _step_paper, 190, hint=_step_paper),
)
