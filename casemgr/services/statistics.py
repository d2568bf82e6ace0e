"""Use cases of the report forms: the figures of a review or of a day, and the households behind each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select, true

from casemgr.domain import statistics as forms
from casemgr.domain.formulas import Number
from casemgr.domain.reviews import CampaignKind, DenominatorData
from casemgr.domain.statistics import BOTH_ROWS, HOUSEHOLDS, MEMBER_ROWS, PEOPLE, Column, Form, Lead, Value
from casemgr.errors import NotFoundError
from casemgr.i18n import _, format_date
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import offices, statistic_basis, statistic_checks, statistic_lists
from casemgr.services.statistic_basis import Basis
from casemgr.services.statistic_rows import TOTAL, FigureRow, Hamlets, row_key, split_key
from casemgr.services.statistic_sources import Measure, hamlet_key, measure


@dataclass(frozen=True)
class Figures:
    """A report: its columns, rows and what to know before it is handed in."""

    form: Form
    title: str
    lines: tuple[str, ...]
    """What stands under the title on paper."""
    leads: tuple[Lead, ...]
    columns: tuple[Column, ...]
    rows: tuple[FigureRow, ...]
    total: tuple[FigureRow, ...]
    warnings: tuple[str, ...]
    gaps: tuple[str, ...]
    """What does not balance, and where; part of `warnings`."""
    official: bool
    """Counted from a decision; else preliminary."""
    standard: str
    period: str
    """The review or the day, in words."""

    @property
    def all_rows(self) -> tuple[FigureRow, ...]:
        """The rows with the total last."""
        return (*self.rows, *self.total)

    def value(self, row: str, column: str) -> Value:
        """The value of a row, by its key, in the column of a number."""
        place = [one.number for one in self.columns].index(column)
        return next(one for one in self.all_rows if one.key == row).values[place]


def figures(
    uow: UnitOfWork,
    form: str,
    campaign_id: UUID,
    *,
    hamlet: UUID | None = None,
    printed_formula: bool | None = None,
) -> Figures:
    """The figures of a review; `printed_formula` overrides the office's choice for report 8."""
    chosen = forms.form(form)
    return _figures(uow, chosen, statistic_basis.of_campaign(uow, campaign_id, chosen), hamlet, printed_formula)


def figures_as_of(
    uow: UnitOfWork, form: str, day: date, *, hamlet: UUID | None = None, printed_formula: bool | None = None
) -> Figures:
    """The figures of a day: per household its latest review decided by then, else the class on record."""
    chosen = forms.form(form)
    return _figures(uow, chosen, statistic_basis.of_day(uow, day, chosen), hamlet, printed_formula)


def names_behind(uow: UnitOfWork, form: str, campaign_id: UUID, row: str, column: str) -> tuple[UUID, ...]:
    """The households one number counts, by hamlet and head."""
    chosen = forms.form(form)
    return _names(uow, chosen, statistic_basis.of_campaign(uow, campaign_id, chosen), row, column)


def names_behind_as_of(uow: UnitOfWork, form: str, day: date, row: str, column: str) -> tuple[UUID, ...]:
    """The households one number of a day counts."""
    chosen = forms.form(form)
    return _names(uow, chosen, statistic_basis.of_day(uow, day, chosen), row, column)


def _figures(uow: UnitOfWork, form: Form, basis: Basis, hamlet: UUID | None, printed_formula: bool | None) -> Figures:
    columns = forms.expand(form, basis.choices())
    hamlets = Hamlets.read(uow, basis, only=hamlet)
    printed = _printed(uow, form, columns, printed_formula)
    if form.rows == MEMBER_ROWS:
        rows: tuple[FigureRow, ...] = statistic_lists.members(uow, form, basis, columns, hamlet)
        total: tuple[FigureRow, ...] = ()
        extra: Mapping[str, int] = {}
    else:
        rows, total, extra = _counted(uow, form, basis, columns, hamlets, printed)
    checks = statistic_checks.Checks(uow, form, basis, columns, rows, total, hamlets, printed, extra)
    gaps = checks.gaps()
    return Figures(
        form=form,
        title=form.title if basis.official or not form.title_preliminary else form.title_preliminary,
        lines=_lines(form, basis, hamlets),
        leads=forms.lead_columns(form),
        columns=columns,
        rows=rows,
        total=total,
        warnings=(*gaps, *checks.warnings()),
        gaps=gaps,
        official=basis.official,
        standard=basis.pack.id,
        period=_period(basis),
    )


def _printed(uow: UnitOfWork, form: Form, columns: Sequence[Column], wished: bool | None) -> frozenset[str]:
    """The counted columns that show what their formula gives instead: "Khác" of report 8, when the office says so."""
    alternatives = frozenset(column.number for column in columns if "no_group" in column.count and column.formula)
    if not alternatives:
        return alternatives
    return alternatives if (statistic_basis.prefers_formula(uow) if wished is None else wished) else frozenset()


def _counted(
    uow: UnitOfWork,
    form: Form,
    basis: Basis,
    columns: Sequence[Column],
    hamlets: Hamlets,
    printed: frozenset[str],
) -> tuple[tuple[FigureRow, ...], tuple[FigureRow, ...], Mapping[str, int]]:
    units = (HOUSEHOLDS, PEOPLE) if form.rows == BOTH_ROWS else ("",)
    extra = statistic_checks.extra_sums(form, basis)
    sums, found = _sums(uow, basis, columns, units, hamlets.condition(basis.rows.c), extra)
    shown = hamlets.shown(basis, {hamlet for hamlet in sums if any(sums[hamlet].values())})
    rows = []
    known: dict[str, list[Mapping[str, Number | None]]] = {unit: [] for unit in units}
    for number, (hamlet, name) in enumerate(shown, 1):
        typed = basis.typed.get(hamlet) if hamlet else None
        for unit in units:
            values = {column.number: _typed(column, unit, typed) for column in columns if column.total}
            counts = sums.get(hamlet, {})
            values |= {column.number: counts.get((column.number, unit), 0) for column in columns if column.count}
            known[unit].append(values)
            rows.append(
                FigureRow(
                    row_key(hamlet_key(hamlet), unit),
                    str(number) if unit == units[0] else "",
                    name if unit == units[0] else "",
                    unit,
                    forms.fill(columns, values, printed=printed),
                )
            )
    total = tuple(
        FigureRow(
            row_key(TOTAL, unit),
            "",
            forms.sheet_words().total if unit == units[0] else "",
            unit,
            forms.fill(columns, _summed(known[unit]), printed=printed),
            total=True,
        )
        for unit in units
    )
    return tuple(rows), total, found


def _sums(
    uow: UnitOfWork,
    basis: Basis,
    columns: Sequence[Column],
    units: Sequence[str],
    where: ColumnElement[bool],
    extra: Mapping[str, ColumnElement[int]],
) -> tuple[dict[UUID | None, dict[tuple[str, str], int]], dict[str, int]]:
    """What each column counts, by hamlet, and the extra sums of all: one query over the households."""
    c = basis.rows.c
    wanted = [
        (column.number, unit, _measure(basis, column, unit)) for column in columns if column.count for unit in units
    ]
    totals = (one.total for _number, _unit, one in wanted)
    statement = select(c.hamlet_id, *totals, *extra.values()).where(where).group_by(c.hamlet_id)
    sums: dict[UUID | None, dict[tuple[str, str], int]] = {}
    found = dict.fromkeys(extra, 0)
    for row in uow.session.connection().execute(statement):
        sums[row[0]] = {(number, unit): row[place] for place, (number, unit, _one) in enumerate(wanted, 1)}
        for place, name in enumerate(extra, 1 + len(wanted)):
            found[name] += row[place]
    return sums, found


def _measure(basis: Basis, column: Column, unit: str) -> Measure:
    return measure(basis.rows.c, column.count, column.of or unit or HOUSEHOLDS, ethnic=basis.ethnic)


def _typed(column: Column, unit: str, data: DenominatorData | None) -> int | None:
    if data is None:
        return None
    of = column.of or unit or HOUSEHOLDS
    everybody = data.households if of == HOUSEHOLDS else data.people
    minority = data.households_minority if of == HOUSEHOLDS else data.people_minority
    if column.total == "kinh":
        return None if everybody is None or minority is None else everybody - minority
    local = data.households_local if of == HOUSEHOLDS else data.people_local
    return {"all": everybody, "minority": minority, "local": local}[column.total]


def _summed(rows: Sequence[Mapping[str, Number | None]]) -> dict[str, Number | None]:
    """The columns added up; one that is empty somewhere has no total."""
    names = {name for row in rows for name in row}
    total: dict[str, Number | None] = {}
    for name in names:
        values = [row.get(name) for row in rows]
        filled = [value for value in values if value is not None]
        total[name] = sum(filled) if len(filled) == len(values) else None
    return total


def _names(uow: UnitOfWork, form: Form, basis: Basis, row: str, column: str) -> tuple[UUID, ...]:
    place, unit = split_key(row)
    if form.rows == MEMBER_ROWS:
        return statistic_lists.household_of(row)
    chosen = next((one for one in forms.expand(form, basis.choices()) if one.number == column), None)
    if chosen is None or not chosen.counts:
        raise NotFoundError(
            _("Column {column} of report {report} counts no households.").format(column=column, report=form.number)
        )
    c = basis.rows.c
    here = true() if place == TOTAL else c.hamlet_id.is_(None) if place == "none" else c.hamlet_id == UUID(place)
    statement = (
        select(c.household_id)
        .where(here, _measure(basis, chosen, unit).rows)
        .order_by(c.hamlet_id, c.head_sort, c.household_id)
    )
    return tuple(uow.session.connection().execute(statement).scalars())


def _lines(form: Form, basis: Basis, hamlets: Hamlets) -> tuple[str, ...]:
    words = forms.sheet_words()
    in_year = basis.campaign is not None and basis.campaign.kind != CampaignKind.PERIODIC
    lines = [words.attached_in_year if in_year else words.attached]
    if basis.campaign is not None:
        lines.append(words.review.format(title=basis.campaign.title, standard=basis.pack.title))
    elif basis.day is not None:
        lines.append(words.as_of.format(day=format_date(basis.day)))
    if hamlets.only_name:
        lines.append(words.hamlet.format(hamlet=hamlets.only_name))
    if not basis.official:
        lines.append(words.preliminary)
    return (form.annex, *lines) if form.annex else tuple(lines)


def _period(basis: Basis) -> str:
    if basis.campaign is not None:
        return basis.campaign.title
    return format_date(basis.day) if basis.day is not None else ""


def hamlet_of(uow: UnitOfWork, name: str) -> UUID:
    """The hamlet a person means by a name."""
    found = offices.find_hamlet(uow, name)
    if found is None:
        raise NotFoundError(_("There is no hamlet called {name}, or several are.").format(name=name))
    return found
