"""What to know before a report is handed in: what does not balance, what is empty and why, what overlaps."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select

from casemgr.domain import statistics as forms
from casemgr.domain.formulas import Number
from casemgr.domain.households import HouseholdClass
from casemgr.domain.reviews import CampaignKind, CaseState
from casemgr.domain.statistics import HOUSEHOLDS, PEOPLE, Column, Form
from casemgr.i18n import _, format_number, ngettext, pgettext
from casemgr.persistence.models import Campaign, Household, HouseholdClassRow, ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import statistic_lists
from casemgr.services.denominators import doubts
from casemgr.services.statistic_basis import Basis
from casemgr.services.statistic_rows import FigureRow, Hamlets
from casemgr.services.statistic_sources import Measure, measure

_MOST_NAMES: Final = 5
_ACROSS: Final = (("2", "2", "3", "5"), ("3", "2", "2", "5"))
"""Report and column that must equal another report's column."""


class Checks:
    """The checks of one report."""

    def __init__(
        self,
        uow: UnitOfWork,
        form: Form,
        basis: Basis,
        columns: Sequence[Column],
        rows: Sequence[FigureRow],
        total: Sequence[FigureRow],
        hamlets: Hamlets,
        printed: frozenset[str],
        extra: Mapping[str, int],
    ) -> None:
        self._extra = extra
        self._uow, self._form, self._basis = uow, form, basis
        self._columns, self._rows, self._total = columns, rows, total
        self._hamlets, self._printed = hamlets, printed

    def gaps(self) -> tuple[str, ...]:
        """Where a movement report does not balance: within a row, across both reports, against the last decision."""
        if not self._form.balance:
            return ()
        return (*self._within(), *self._across(), *self._left_out())

    def warnings(self) -> tuple[str, ...]:
        """Everything else worth knowing."""
        return (
            *self._unfinished(),
            *self._nothing_typed(),
            *self._other_results(),
            *self._doubtful(),
            *self._overlap(),
            *self._recorded(),
            *self._no_indicators(),
            *self._no_ethnic(),
            *self._no_birth(),
        )

    # ---- balance

    def _within(self) -> Iterator[str]:
        closing = self._columns[-1]
        for row in (*self._rows, *self._total):
            counted = _number(row.values[-1])
            computed = forms.by_formula(closing, self._columns, _numbers(row))
            if counted != computed:
                yield _(
                    "Report {report}, {row}: column {column} counts {counted}, its formula gives {computed}."
                ).format(
                    report=self._form.number,
                    row=self._row_words(row),
                    column=closing.number,
                    counted=_shown(counted),
                    computed=_shown(computed),
                )

    def _across(self) -> Iterator[str]:
        """(2).2 = (3).5 and (3).2 = (2).5, and each as the classes say."""
        found = self._extra
        for report, column, other_report, other_column in _ACROSS:
            for unit in (HOUSEHOLDS, PEOPLE):
                left, right = found[f"{report}.{column}:{unit}"], found[f"{other_report}.{other_column}:{unit}"]
                if left != right:
                    yield _("({report}).{column} = {left} but ({other}).{place} = {right} ({unit}).").format(
                        report=report,
                        column=column,
                        left=format_number(left),
                        other=other_report,
                        place=other_column,
                        right=format_number(right),
                        unit=_unit_words(unit),
                    )
        for count, place in _BY_CLASS:
            moved, classes = found[f"{place}:{HOUSEHOLDS}"], found[count]
            if moved != classes:
                yield _(
                    "Movements written down and classes do not agree ({movement}): "
                    "{moved} by movement, {classes} by class."
                ).format(movement=_moved_words(count), moved=moved, classes=classes)

    def _left_out(self) -> Iterator[str]:
        """Households of the last decision that this review does not look at."""
        campaign = self._basis.campaign
        if campaign is None or campaign.kind != CampaignKind.PERIODIC:
            return
        missing = self._missing(campaign)
        if missing:
            yield ngettext(
                "{count} household stood on the list of {year} and is not in this review: the opening number lacks it.",
                "{count} households stood on the list of {year} and are not in this review: "
                "the opening number lacks them.",
                missing,
            ).format(count=format_number(missing), year=campaign.class_year - 1)

    def _missing(self, campaign: Campaign) -> int:
        before, home = HouseholdClassRow.__table__.c, Household.__table__.c
        table = ReviewCase.__table__.c
        known = exists(
            select(table.id).where(
                table.campaign_id == campaign.id,
                table.household_id == before.household_id,
                table.state != CaseState.REMOVED.value,
            )
        )
        where = [self._hamlets.condition(home)] if self._hamlets.only else []
        statement = (
            select(func.count())
            .select_from(HouseholdClassRow.__table__.join(Household.__table__, home.id == before.household_id))
            .where(
                before.year == campaign.class_year - 1,
                before.value == self._form.balance,
                home.ended_on.is_(None),
                ~known,
                *where,
            )
        )
        return int(self._uow.session.connection().execute(statement).scalar_one())

    # ---- the rest

    def _unfinished(self) -> Iterator[str]:
        campaign = self._basis.campaign
        if campaign is None or self._basis.official:
            return
        table = ReviewCase.__table__.c
        open_ones = (
            self._uow.session.connection()
            .execute(
                select(func.count()).where(
                    table.campaign_id == campaign.id,
                    table.state != CaseState.REMOVED.value,
                    table.result_class.is_(None),
                )
            )
            .scalar_one()
        )
        if open_ones:
            yield ngettext(
                "{count} household is not keyed yet; it is counted as staying in its class.",
                "{count} households are not keyed yet; they are counted as staying in their class.",
                open_ones,
            ).format(count=format_number(open_ones))

    def _nothing_typed(self) -> Iterator[str]:
        """Totals that were not typed, by hamlet, and the columns they leave empty."""
        needed = [column for column in self._columns if column.total]
        if not needed:
            return
        lacking: dict[str, list[str]] = {}
        name = ""
        for row in self._rows:
            name = row.label or name
            empty = [
                one.number for one, value in zip(self._columns, row.values, strict=True) if one.total and value is None
            ]
            for number in empty:
                if number not in lacking.setdefault(name, []):
                    lacking[name].append(number)
        bare = [hamlet for hamlet, numbers in lacking.items() if numbers]
        if not bare:
            return
        dependent = [
            column.number
            for column in self._columns
            if column.percent and any(forms.empty_because(column, self._columns, row.values) for row in self._rows)
        ]
        named = ", ".join(bare[:_MOST_NAMES]) + ("…" if len(bare) > _MOST_NAMES else "")
        numbers = ", ".join(dict.fromkeys(number for hamlet in bare for number in lacking[hamlet]))
        if dependent:
            yield _(
                "Totals are missing (columns {columns}) for: {hamlets}. "
                "Columns {percents} stay empty there and in the total."
            ).format(columns=numbers, hamlets=named, percents=", ".join(dependent))
        else:
            yield _("Totals are missing (columns {columns}) for: {hamlets}.").format(columns=numbers, hamlets=named)

    def _other_results(self) -> Iterator[str]:
        """Counted columns whose printed formula gives something else, on the total row."""
        if self._form.balance:
            return
        for row in self._total:
            numbers = _numbers(row)
            for column, value in zip(self._columns, numbers, strict=True):
                if not (column.formula and (column.count or column.total)) or column.number in self._printed:
                    continue
                computed = forms.by_formula(column, self._columns, numbers)
                if computed is not None and value is not None and computed != value:
                    yield self._differs(column, row, value, computed)
        if self._printed:
            yield _(
                "Column “Khác” shows what the printed formula gives; households in two groups are subtracted twice."
            )

    def _differs(self, column: Column, row: FigureRow, value: Number, computed: Number) -> str:
        if "no_group" in column.count:
            return _(
                "Column {column} ({unit}) counts {counted} of none of the groups; "
                "the printed formula {formula} gives {computed}, because groups overlap."
            ).format(
                column=column.number,
                unit=_unit_words(row.unit),
                counted=_shown(value),
                formula=column.shown,
                computed=_shown(computed),
            )
        return _("Column {column}: {counted} counted, the formula {formula} gives {computed}.").format(
            column=column.number, counted=_shown(value), formula=column.shown, computed=_shown(computed)
        )

    def _doubtful(self) -> Iterator[str]:
        if self._basis.campaign is not None and any(column.total for column in self._columns):
            yield from doubts(self._uow, self._basis.campaign.id)

    def _overlap(self) -> Iterator[str]:
        if any("cause:" in column.count for column in self._columns):
            yield _("A household may have several causes: the columns do not add up to a number of households.")

    def _recorded(self) -> Iterator[str]:
        """Households counted without a review."""
        if self._basis.day is None:
            return
        c = self._basis.rows.c
        listed = measure(c, "listed", HOUSEHOLDS).rows
        number = (
            self._uow.session.connection()
            .execute(select(func.count()).where(c.recorded, listed, self._hamlets.condition(c)))
            .scalar_one()
        )
        if number:
            yield ngettext(
                "{count} household is counted from the class on record, with its members of today: "
                "no review decided on it.",
                "{count} households are counted from the class on record, with their members of today: "
                "no review decided on them.",
                number,
            ).format(count=format_number(number))
            if any(column.of.startswith("children") for column in self._columns):
                yield _("The children of households counted without a review are not known: they are not counted.")

    def _no_ethnic(self) -> Iterator[str]:
        """Households that count as Kinh for want of an answer."""
        here = self._rows_of(lambda column: "kinh" in column.count)
        if here is None:
            return
        unknown = self._basis.rows.c.head_ethnic.is_(None)
        number = self._uow.session.connection().execute(select(func.count()).where(here, unknown)).scalar_one()
        if number:
            yield ngettext(
                "The ethnic group of the head of {count} household is not known: the household is counted as Kinh.",
                "The ethnic group of the head of {count} households is not known: they are counted as Kinh.",
                number,
            ).format(count=format_number(number))

    def _no_birth(self) -> Iterator[str]:
        """Members of whom nobody knows whether they are children."""
        here = self._rows_of(lambda column: column.of.startswith("children"))
        number = statistic_lists.without_birth(self._uow, self._basis, here) if here is not None else 0
        if number:
            yield ngettext(
                "{count} member of these households has no date of birth: it is not counted as a child.",
                "{count} members of these households have no date of birth: they are not counted as children.",
                number,
            ).format(count=format_number(number))

    def _rows_of(self, chosen: Callable[[Column], bool]) -> ColumnElement[bool] | None:
        """The households some of the columns count, in the hamlet on show; None when the form has no such column."""
        c = self._basis.rows.c
        counted = [measure(c, column.count, HOUSEHOLDS).rows for column in self._columns if chosen(column)]
        return and_(or_(*counted), self._hamlets.condition(c)) if counted else None

    def _no_indicators(self) -> Iterator[str]:
        if forms.INDICATOR in self._form.each and not self._basis.pack.indicators:
            yield _("The standard {standard} has no list of indicators here.").format(standard=self._basis.pack.title)

    def _row_words(self, row: FigureRow) -> str:
        label = row.label
        if not label:
            label = next(
                (one.label for one in (*self._rows, *self._total) if one.key.split(":")[0] == row.key.split(":")[0]), ""
            )
        return f"{label}, {_unit_words(row.unit)}" if row.unit else label


_BY_CLASS: Final = (("poor_to_near_poor", "2.2"), ("near_poor_to_poor", "3.2"))
"""A movement and the column that counts it."""


def extra_sums(form: Form, basis: Basis) -> dict[str, ColumnElement[int]]:
    """What the checks of a form need beside its columns, to be counted in the same query."""
    if not form.balance:
        return {}
    c = basis.rows.c
    sums = {}
    for pair in _ACROSS:
        for report, number in (pair[:2], pair[2:]):
            count = next(one.count for one in forms.form(report).columns if one.number == number)
            for unit in (HOUSEHOLDS, PEOPLE):
                sums[f"{report}.{number}:{unit}"] = measure(c, count, unit).total
    poor, near = HouseholdClass.POOR.value, HouseholdClass.NEAR_POOR.value
    for (count, _place), opening, result in zip(_BY_CLASS, (poor, near), ("near_poor", "poor"), strict=True):
        moved = (c.opening_class == opening) & measure(c, result, HOUSEHOLDS).rows
        sums[count] = Measure(moved, literal(1)).total
    return sums


def _moved_words(count: str) -> str:
    return _("poor to near-poor") if count == "poor_to_near_poor" else _("near-poor to poor")


def _unit_words(unit: str) -> str:
    return pgettext("report", "people") if unit == PEOPLE else pgettext("report", "households")


def _numbers(row: FigureRow) -> list[Number | None]:
    return [_number(value) for value in row.values]


def _number(value: object) -> Number | None:
    return value if isinstance(value, (int, float)) else None


def _shown(value: Number | None) -> str:
    return _("nothing") if value is None else format_number(value)
