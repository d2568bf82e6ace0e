"""The thirteen parts of a plan as fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QPlainTextEdit

from casemgr.domain.casework_areas import AREA_LABELS
from casemgr.domain.livelihoods import (
    OWN_LABELS,
    TRADE_LABELS,
    CostLine,
    LandLine,
    OwnKind,
    OwnLine,
    RiskLine,
    SeasonStep,
)
from casemgr.domain.support import FUND_LABELS, FundSource
from casemgr.i18n import N_, _
from casemgr.services import case_files, community_projects, programmes
from ui.editors import ChecksEditor, ChoiceEditor, Editor, LineEditor, NotesEditor, NumberEditor, labelled, not_stated
from ui.forms import Field
from ui.grid_editor import GridColumn, GridEditor, Kind
from ui.number_editors import CountEditor, MoneyEditor
from ui.programme_choices import programme_choices

if TYPE_CHECKING:
    from casemgr.services.livelihood_file import Circumstances
    from ui.desk import Desk

PREFIX: Final = "SK-"
MODEL: Final = "MH-GN"
"""Programmes of production support in the catalogue."""

TITLES: Final = (
    N_("The household and the programme"),
    N_("Causes of poverty and deprivations"),
    N_("What the household has"),
    N_("The livelihood chosen"),
    N_("What is needed and who pays it"),
    N_("Own share of the household"),
    N_("Calendar of the season"),
    N_("Training needed"),
    N_("Expected result"),
    N_("Risks and what is done then"),
    N_("What the household promises"),
    N_("Who helps"),
    N_("Opinions and result"),
)
"""The parts, in their order."""


class LinesEditor(Editor[QPlainTextEdit]):
    """A list of texts, one a line."""

    def __init__(self, *, lines: int = 3) -> None:
        inner = NotesEditor(lines=lines)
        super().__init__(inner.widget)
        self._inner = inner
        inner.changed.connect(self.changed)

    def value(self) -> tuple[str, ...]:
        """The lines that say something."""
        return tuple(line.strip() for line in str(self._inner.value()).splitlines() if line.strip())

    def set_value(self, value: tuple[str, ...] | None) -> None:
        """Show them."""
        self._inner.set_value("\n".join(value or ()))

    def text(self) -> str:
        """One under the other."""
        return "\n".join(self.value())


def _grid(
    name: str,
    columns: tuple[GridColumn, ...],
    make: Callable[[Mapping[str, Any]], Any],
    title: Callable[[], str],
) -> Callable[[], GridEditor[Any]]:
    return lambda: GridEditor(columns, make, _taken(columns), name=name, title=title)


def _taken(columns: tuple[GridColumn, ...]) -> Callable[[Any], Mapping[str, Any]]:
    return lambda line: {column.key: getattr(line, column.key) for column in columns}


def _land(values: Mapping[str, Any]) -> LandLine:
    return LandLine(values["kind"], values["square_metres"] or 0, values["papers"])


def _cost(values: Mapping[str, Any]) -> CostLine:
    return CostLine(
        name=values["name"],
        quantity=values["quantity"] or 0,
        unit_price=values["unit_price"] or 0,
        source=FundSource(values["source"] or FundSource.CENTRAL),
        measure=values["measure"],
        specification=values["specification"],
    )


def _own(values: Mapping[str, Any]) -> OwnLine:
    return OwnLine(
        kind=OwnKind(values["kind"] or OwnKind.CASH),
        name=values["name"],
        quantity=values["quantity"] or 0,
        unit_price=values["unit_price"] or 0,
        when=values["when"],
        paid=values["paid"] or 0,
    )


def _season(values: Mapping[str, Any]) -> SeasonStep:
    first = values["first_month"] or 0
    return SeasonStep(values["label"], first, values["last_month"] or first, values["responsible"])


def _risk(values: Mapping[str, Any]) -> RiskLine:
    return RiskLine(values["risk"], values["response"])


class OpinionsEditor(GridEditor[tuple[str, str]]):
    """Opinions as pairs."""

    def __init__(self) -> None:
        columns = (
            GridColumn("who", N_("Who said it"), 180),
            GridColumn("said", N_("Opinion"), 420),
        )
        super().__init__(
            columns,
            lambda values: (values["who"], values["said"]),
            lambda line: {"who": line[0], "said": line[1]},
            name="planOpinionsGrid",
            title=lambda: _("Opinions"),
        )


LAND: Final = (
    GridColumn("kind", N_("Land or water"), 200),
    GridColumn("square_metres", N_("m²"), 80, Kind.NUMBER),
    GridColumn("papers", N_("Papers"), 180),
)
COSTS: Final = (
    GridColumn("name", N_("What is needed"), 190),
    GridColumn("specification", N_("Specification"), 130),
    GridColumn("measure", N_("Measure"), 70),
    GridColumn("quantity", N_("Quantity"), 70, Kind.NUMBER),
    GridColumn("unit_price", N_("Unit price"), 96, Kind.NUMBER),
    GridColumn("source", N_("Paid by"), 150, Kind.CHOICE, FUND_LABELS),
)
OWN: Final = (
    GridColumn("kind", N_("Kind"), 120, Kind.CHOICE, OWN_LABELS),
    GridColumn("name", N_("What is put in"), 180),
    GridColumn("quantity", N_("Quantity"), 70, Kind.NUMBER),
    GridColumn("unit_price", N_("Unit price"), 96, Kind.NUMBER),
    GridColumn("when", N_("When"), 100),
    GridColumn("paid", N_("Put in so far"), 96, Kind.NUMBER, help=N_("In đồng")),
)
SEASON: Final = (
    GridColumn("label", N_("Step"), 240),
    GridColumn("first_month", N_("From month"), 84, Kind.NUMBER),
    GridColumn("last_month", N_("To month"), 84, Kind.NUMBER, help=N_("May lie in the next year: 10 to 3")),
    GridColumn("responsible", N_("Who does it"), 160),
)
RISKS: Final = (GridColumn("risk", N_("Risk"), 240), GridColumn("response", N_("What is done then"), 300))


def parts(desk: Desk, home: Circumstances, indicators: Mapping[str, str]) -> tuple[tuple[Field, ...], ...]:
    """The fields of every part, in the order of `TITLES`; the second part is read from the review."""
    rows = [
        row
        for row in desk.workspace.read(programmes.programmes)
        if row.programme.code.startswith(PREFIX) or row.programme.code == MODEL
    ]
    projects = desk.workspace.read(community_projects.projects)
    officers = desk.workspace.read(case_files.officers)
    return (
        (
            Field(
                "programme", N_("&Programme"), lambda: ChoiceEditor(programme_choices(rows)), required=True, wide=True
            ),
            Field("area", N_("Area t&ype"), lambda: ChoiceEditor(labelled(AREA_LABELS)), required=True),
            Field("generation", N_("&Generation"), lambda: LineEditor(longest=20)),
            Field(
                "project_id",
                N_("Pro&ject"),
                lambda: ChoiceEditor(
                    [(one.id, partial(str, one.data.title)) for one in projects], nothing=lambda: _("none")
                ),
            ),
            Field(
                "person_id",
                N_("Si&gned by"),
                lambda: ChoiceEditor(
                    [(person, partial(str, name)) for person, name in home.members],
                    nothing=lambda: _("the head of household"),
                ),
                N_("A member with full capacity, authorised in writing"),
            ),
        ),
        (),
        (
            Field("land", N_("&Land, water"), _grid("planLandGrid", LAND, _land, lambda: _("Land, water")), wide=True),
            Field("barns", N_("&Barns, ponds"), LineEditor),
            Field("tools", N_("&Tools"), LineEditor),
            Field("workers", N_("&Workers"), lambda: CountEditor(most=30)),
            Field("hours_a_day", N_("&Hours a day"), lambda: CountEditor(most=24)),
            Field("experience", N_("E&xperience"), LineEditor, wide=True),
            Field("savings", N_("&Savings, in đồng"), MoneyEditor),
            Field("debts", N_("Loans &now"), LineEditor),
        ),
        (
            Field("trade", N_("B&ranch"), lambda: ChoiceEditor(labelled(TRADE_LABELS), nothing=not_stated)),
            Field("product", N_("&What is raised, grown or made"), LineEditor, required=True),
            Field("scale", N_("S&cale"), LineEditor),
            Field("market", N_("Where it is sol&d"), LineEditor),
            Field("reasons", N_("Wh&y this"), lambda: NotesEditor(lines=2), wide=True),
        ),
        (Field("costs", N_("Costs"), _grid("planCostsGrid", COSTS, _cost, lambda: _("Costs")), wide=True, bare=True),),
        (
            Field(
                "own",
                N_("Own share"),
                _grid("planOwnGrid", OWN, _own, lambda: _("Own share")),
                wide=True,
                bare=True,
            ),
        ),
        (
            Field(
                "season",
                N_("Calendar of the season"),
                _grid("planSeasonGrid", SEASON, _season, lambda: _("Calendar of the season")),
                wide=True,
                bare=True,
            ),
        ),
        (
            Field(
                "training",
                N_("Trai&ning"),
                lambda: LinesEditor(lines=2),
                N_("One a line: techniques, household money, biological safety"),
                wide=True,
            ),
        ),
        (
            Field("cycle_months", N_("Months of a c&ycle"), lambda: CountEditor(most=120)),
            Field("income_now", N_("&Income now, per head and month"), MoneyEditor),
            Field("cycle_cost", N_("Expe&nse of a cycle"), MoneyEditor),
            Field("cycle_income", N_("&Receipts of a cycle"), MoneyEditor),
            Field("escape_year", N_("Out of poverty in &year"), lambda: NumberEditor(least=2020, most=2100)),
            Field(
                "ends_deprivation",
                N_("Deprivations that end"),
                lambda: ChecksEditor(indicators),
                wide=True,
            ),
        ),
        (
            Field("risks", N_("Risks"), _grid("planRisksGrid", RISKS, _risk, lambda: _("Risks")), wide=True, bare=True),
            Field("insurance", N_("In&surance"), LineEditor, wide=True),
        ),
        (
            Field(
                "promises",
                N_("&Promises"),
                lambda: LinesEditor(lines=4),
                N_("One a line: used as meant, not sold or slaughtered early, open to inspection, passed on"),
                wide=True,
            ),
        ),
        (
            Field(
                "officer_id",
                N_("&Officer"),
                lambda: ChoiceEditor(
                    [(one.id, partial(str, one.name)) for one in officers], nothing=lambda: _("whoever writes it")
                ),
            ),
            Field("association", N_("&Association"), LineEditor),
            Field("technician", N_("&Technical unit"), LineEditor),
            Field("sponsor", N_("&Sponsor"), LineEditor),
        ),
        (
            Field("opinions", N_("Opinions"), OpinionsEditor, wide=True, bare=True),
            Field("result", N_("Res&ult at the end"), lambda: NotesEditor(lines=2), wide=True),
        ),
    )
