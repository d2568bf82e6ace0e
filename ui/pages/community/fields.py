"""The fields of the registers: sponsors, promises, gifts, events, officers, public works, marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from casemgr.domain import community
from casemgr.domain.activities import ACTIVITY_LABELS
from casemgr.domain.exit_marks import EXIT_LABELS
from casemgr.domain.sponsors import SPONSORSHIP_LABELS
from casemgr.domain.support import FUND_LABELS
from casemgr.i18n import N_, _
from casemgr.services import offices
from ui.editors import (
    CheckEditor,
    ChoiceEditor,
    DayEditor,
    Editor,
    LineEditor,
    NotesEditor,
    labelled,
    not_stated,
)
from ui.forms import Field
from ui.number_editors import CountEditor, MoneyEditor
from ui.theme import spaced
from ui.translation import Says
from ui.who_editor import WhoEditor
from ui.widgets.chips import FlowLayout

if TYPE_CHECKING:
    from ui.desk import Desk

AHEAD: Final = 366 * 10
RHYTHMS: Final = {
    1: N_("Every month"),
    3: N_("Every quarter"),
    6: N_("Every half year"),
    12: N_("Every year"),
    0: N_("Once"),
}


class CodesEditor(Editor[QWidget]):
    """Any of the codes of a list, in its order."""

    def __init__(self, kind: str) -> None:
        super().__init__(QWidget())
        layout = FlowLayout(self.widget)
        spaced(layout)
        self._boxes: dict[str, QCheckBox] = {}
        for entry in community.entries(kind):
            box = QCheckBox()
            box.setObjectName(f"check_{entry.code}")
            Says(box, box.setText, partial(community.label, kind, entry.code))
            box.clicked.connect(lambda _checked: self.changed.emit())
            layout.addWidget(box)
            self._boxes[entry.code] = box
        self.widget.setFocusProxy(next(iter(self._boxes.values())))

    def value(self) -> tuple[str, ...]:
        """The codes checked."""
        return tuple(code for code, box in self._boxes.items() if box.isChecked())

    def set_value(self, value: Sequence[str] | None) -> None:
        """Check these."""
        for code, box in self._boxes.items():
            box.setChecked(code in (value or ()))


class SourcesEditor(Editor[QWidget]):
    """What each fund gives of a budget, in đồng."""

    def __init__(self) -> None:
        super().__init__(QWidget())
        grid = QGridLayout(self.widget)
        spaced(grid, spacing=4)
        self._sums: dict[str, MoneyEditor] = {}
        for place, (code, words) in enumerate(FUND_LABELS.items()):
            line, column = place // 2 * 2, place % 2
            label, editor = QLabel(), MoneyEditor()
            label.setProperty("class", "small")
            editor.widget.setObjectName(f"fund_{code.value}")
            Says(label, label.setText, partial(_, words))
            Says(editor.widget, editor.widget.setAccessibleName, partial(_, words))
            editor.changed.connect(self.changed)
            grid.addWidget(label, line, column)
            grid.addWidget(editor.widget, line + 1, column)
            self._sums[code.value] = editor
        self.widget.setFocusProxy(next(iter(self._sums.values())).widget)

    def value(self) -> dict[str, int]:
        """The funds that give something."""
        return {code: amount for code, editor in self._sums.items() if (amount := editor.value())}

    def set_value(self, value: Mapping[str, int] | None) -> None:
        """Show these."""
        for code, editor in self._sums.items():
            editor.set_value((value or {}).get(code))

    def problem(self) -> str:
        """The first sum that is no number."""
        return next((told for editor in self._sums.values() if (told := editor.problem())), "")


def coded(kind: str, *, optional: bool = False) -> ChoiceEditor:
    """One of a list."""
    choices: list[tuple[str, Callable[[], str]]] = [
        (entry.code, partial(community.label, kind, entry.code)) for entry in community.entries(kind)
    ]
    if optional:
        choices.insert(0, ("", not_stated))
    return ChoiceEditor(choices)


def hamlet_choices(desk: Desk) -> list[tuple[UUID, Callable[[], str]]]:
    """The hamlets in use."""
    views = desk.workspace.read(offices.hamlets, active_only=True)
    return [(view.id, partial(str, f"{view.data.kind} {view.data.name}".strip())) for view in views]


def _hamlet(desk: Desk) -> ChoiceEditor:
    return ChoiceEditor(hamlet_choices(desk), nothing=not_stated)


def _far() -> DayEditor:
    return DayEditor(ahead=AHEAD)


SPONSOR_FIELDS: Final = (
    Field("name", N_("&Name of the sponsor"), LineEditor, required=True, wide=True),
    Field("kind", N_("&Kind"), lambda: ChoiceEditor(labelled(community.SPONSOR_KIND_LABELS)), required=True),
    Field("phone", N_("&Phone"), lambda: LineEditor(empty=None)),
    Field("contact", N_("Represented &by, address"), LineEditor, wide=True),
    Field("note", N_("N&ote"), LineEditor, wide=True),
)

GIFT_FIELDS: Final = (
    Field("on", N_("&Given on"), DayEditor, required=True),
    Field("amount", N_("&Money, in đồng"), MoneyEditor),
    Field("goods", N_("Goo&ds"), LineEditor, N_("What was given, e.g. Gạo tẻ")),
    Field("quantity", N_("&How many"), lambda: CountEditor(most=1_000_000)),
    Field("measure", N_("M&easure"), LineEditor, N_("kg, bags, animals")),
    Field("unit_price", N_("&Price of one"), MoneyEditor),
    Field("received_by", N_("&Taken by"), LineEditor, N_("Empty: the receipt is still to come")),
    Field("by_relation", N_("Re&lation to the head"), LineEditor),
    Field(
        "authorisation", N_("Written a&uthorisation"), LineEditor, N_("Where somebody outside the household took it")
    ),
    Field("note", N_("&What for"), LineEditor, N_("It stands on the receipt")),
    Field("override_reason", N_("Reason, if a rule &warns"), LineEditor, wide=True),
)

MARK_FIELDS: Final = (
    Field("value", N_("&The household"), lambda: ChoiceEditor(labelled(EXIT_LABELS)), required=True),
    Field("on", N_("From &day"), DayEditor, required=True),
    Field("reason", N_("&Why"), lambda: NotesEditor(lines=3)),
)

TAKE_OVER_FIELDS: Final = (
    Field("name", N_("&Who takes over"), LineEditor, required=True),
    Field("on", N_("Fro&m day"), _far, required=True),
)


def promise_fields(desk: Desk) -> tuple[Field, ...]:
    """The fields of a promise."""
    return (
        Field("who", N_("&Household or person"), lambda: WhoEditor(desk, "communityWho"), required=True, wide=True),
        Field("form", N_("&Form"), lambda: coded(community.FORMS, optional=True)),
        Field("amount", N_("&Each time, in đồng"), MoneyEditor),
        Field("rhythm_months", N_("How &often"), lambda: ChoiceEditor(labelled(RHYTHMS)), required=True),
        Field("status", N_("&State"), lambda: ChoiceEditor(labelled(SPONSORSHIP_LABELS)), required=True),
        Field("from_on", N_("F&rom"), _far),
        Field("to_on", N_("&Until"), _far),
        Field("end_reason", N_("Why it sto&pped"), LineEditor, wide=True),
        Field("note", N_("How it is handed o&ver"), LineEditor, N_("It stands on the promise"), wide=True),
    )


def once_fields(desk: Desk) -> tuple[Field, ...]:
    """The fields of a gift nobody promised."""
    return (
        Field("who", N_("Hou&sehold or person"), lambda: WhoEditor(desk, "communityWho"), required=True, wide=True),
        Field("form", N_("&Form"), lambda: coded(community.FORMS, optional=True), wide=True),
        *GIFT_FIELDS,
    )


def event_fields(desk: Desk) -> tuple[Field, ...]:
    """The fields of an event."""
    return (
        Field("kind", N_("&Kind"), lambda: ChoiceEditor(labelled(ACTIVITY_LABELS)), required=True, wide=True),
        Field("title", N_("What it is calle&d"), LineEditor, required=True, wide=True),
        Field("on", N_("&Day"), lambda: DayEditor(ahead=366), required=True),
        Field("to_on", N_("&Until"), lambda: DayEditor(ahead=366)),
        Field("hamlet_id", N_("&Hamlet"), lambda: _hamlet(desk)),
        Field("place", N_("&Place"), LineEditor),
        Field("organiser", N_("&Organiser"), LineEditor),
        Field("hours", N_("Hou&rs"), lambda: CountEditor(most=1_000)),
        Field("topics", N_("&Topics"), lambda: CodesEditor(community.TOPICS), wide=True),
        Field("purposes", N_("Pur&poses"), lambda: CodesEditor(community.PURPOSES), wide=True),
        Field("cost", N_("&Cost, in đồng"), MoneyEditor),
        Field("source", N_("Paid &from"), lambda: ChoiceEditor(labelled(FUND_LABELS)), required=True),
        Field("note", N_("&Note"), LineEditor, wide=True),
    )


def officer_fields(desk: Desk) -> tuple[Field, ...]:
    """The fields of a term of office."""
    return (
        Field("name", N_("Full &name"), LineEditor, required=True, wide=True),
        Field("position", N_("&Position"), lambda: coded(community.POSITIONS), required=True, wide=True),
        Field("hamlet_id", N_("&Hamlet"), lambda: _hamlet(desk), wide=True),
        Field("from_on", N_("In office &from"), _far),
        Field("to_on", N_("&Until"), _far),
    )


def works_fields(desk: Desk) -> tuple[Field, ...]:
    """The fields of public works."""
    return (
        Field("name", N_("&Name of the works"), LineEditor, required=True, wide=True),
        Field("kind", N_("&Kind"), lambda: coded(community.WORKS), required=True),
        Field("hamlet_id", N_("&Hamlet"), lambda: _hamlet(desk)),
        Field("investor", N_("&Investor"), LineEditor),
        Field("approval", N_("&Approved by"), LineEditor, N_("Number and date of the decision")),
        Field("budget", N_("&Budget, in đồng"), MoneyEditor),
        Field("disbursed", N_("&Paid out, in đồng"), MoneyEditor),
        Field("budget_sources", N_("The budget by &fund, where known"), SourcesEditor, wide=True),
        Field("contribution", N_("People &gave, in đồng"), MoneyEditor),
        Field("contribution_days", N_("&Days of work given"), lambda: CountEditor(most=1_000_000)),
        Field("land", N_("&Land given, in m²"), lambda: CountEditor(most=100_000_000)),
        Field("start_on", N_("Be&gun on"), _far),
        Field("progress", N_("Done, in p&er cent"), lambda: CountEditor(most=100)),
        Field("accepted_on", N_("A&ccepted on"), DayEditor),
        Field("maintenance", N_("Kept &up by"), LineEditor, N_("The group or person in charge of upkeep")),
        Field("maintained_on", N_("Last upkeep"), DayEditor),
        Field("maintenance_due", N_("Upkeep due on"), _far, N_("After the upkeep, write the next day it is due")),
        Field("households", N_("Poor and near-poor households ser&ved"), lambda: CountEditor(most=1_000_000)),
        Field(
            "planned_for",
            N_("Agrees with the plan"),
            lambda: CheckEditor(lambda: _("Agrees with the plan of settlement and production")),
            wide=True,
        ),
        Field("note", N_("N&ote"), lambda: NotesEditor(lines=2), wide=True),
    )
