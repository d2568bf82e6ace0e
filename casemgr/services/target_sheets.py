"""Targets as they go on paper: the office at the head, one row per measure, and the lists behind them."""

from dataclasses import dataclass
from datetime import date

from casemgr.domain.dates import official_date
from casemgr.domain.households import CLASS_LABELS
from casemgr.domain.permissions import Permission
from casemgr.domain.statistics import sheet_words
from casemgr.domain.targets import STATE_LABELS, State
from casemgr.i18n import _, format_date, format_moment, format_number, using
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import offices, programmes
from casemgr.services.left_behind import LeftBehind
from casemgr.services.target_items import ItemRow, items
from casemgr.services.targets import Board, Figure

PAPER_LANGUAGE = "vi"


@dataclass(frozen=True)
class SheetColumn:
    """A column: heading, share of the width, whether its cells stand in the middle."""

    heading: str
    share: float
    centred: bool = False


@dataclass(frozen=True)
class TargetSheet:
    """A table with all that stands around it."""

    title: str
    lines: tuple[str, ...]
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    agency_lines: tuple[str, ...]
    place_line: str
    titles: tuple[str, ...]
    """Above the signature."""
    signatory: str
    sample: str
    """The mark across the page of invented data; empty for a real office."""
    made_by: str


def board_sheet(uow: UnitOfWork, board: Board) -> TargetSheet:
    """All targets of a day, in Vietnamese."""
    with using(PAPER_LANGUAGE):
        columns = (
            SheetColumn(_("Code of the target"), 22, centred=True),
            SheetColumn(_("Target"), 48),
            SheetColumn(_("Plan"), 20, centred=True),
            SheetColumn(_("Achieved"), 16, centred=True),
            SheetColumn(_("Numerator / denominator"), 18, centred=True),
            SheetColumn(_("Not known"), 11, centred=True),
            SheetColumn(_("Result"), 15, centred=True),
            SheetColumn(_("Remark"), 40),
        )
        rows = tuple(_board_row(figure) for figure in board.figures)
        lines = (
            board.title,
            _("As of {day}; period from {start}; standard {standard}").format(
                day=format_date(board.day), start=format_date(_next(board.start)), standard=board.standard
            ),
            *board.warnings,
        )
        return _sheet(uow, _("Targets of poverty reduction"), lines, columns, rows)


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _board_row(figure: Figure) -> tuple[str, ...]:
    name = figure.measure.name
    if figure.indicator.title != name:
        name = f"{figure.indicator.title}: {name}"
    state = "" if figure.state is State.NO_PLAN else _(STATE_LABELS[figure.state])
    remark = figure.reason or "; ".join(figure.notes)
    unknown = format_number(figure.unknown) if figure.unknown else ""
    return (figure.measure.code, name, figure.plan_words, figure.text, figure.counts, unknown, state, remark)


def list_sheet(uow: UnitOfWork, figure: Figure, day: date, which: str) -> TargetSheet:
    """The list behind one number."""
    with using(PAPER_LANGUAGE):
        rows = items(uow, figure.measure.item, figure.ids(which))
        columns = (
            SheetColumn(_("Order"), 8, centred=True),
            SheetColumn(_("Name"), 44),
            SheetColumn(_("Household code"), 18, centred=True),
            SheetColumn(_("Hamlet"), 30),
            SheetColumn(_("Detail"), 30),
        )
        lines = (
            f"{figure.measure.code}. {figure.measure.name}",
            _("As of {day}: {value} ({counts})").format(day=format_date(day), value=figure.text, counts=figure.counts),
            figure.measure.rule,
        )
        table = tuple(_item_cells(number, row) for number, row in enumerate(rows, 1))
        return _sheet(uow, _("List behind a target"), lines, columns, table)


def _item_cells(number: int, row: ItemRow) -> tuple[str, ...]:
    return (str(number), row.name, row.code, row.hamlet, row.detail)


def left_behind_sheet(uow: UnitOfWork, found: LeftBehind) -> TargetSheet:
    """The households that received nothing."""
    with using(PAPER_LANGUAGE):
        names = {code: one.name for code, one in programmes.catalogue(uow).programmes.items()}
        columns = (
            SheetColumn(_("Order"), 8, centred=True),
            SheetColumn(_("Head of household"), 42),
            SheetColumn(_("Code"), 16, centred=True),
            SheetColumn(_("Hamlet"), 28),
            SheetColumn(_("Class"), 24),
            SheetColumn(_("People"), 10, centred=True),
            SheetColumn(_("Last received"), 44),
        )
        rows = tuple(
            (
                str(number),
                row.head,
                row.code,
                row.hamlet,
                _(CLASS_LABELS[row.value]),
                str(row.people),
                f"{format_date(row.last_on)}: {names.get(row.last_programme, row.last_programme)}"
                if row.last_on
                else _("Never received anything"),
            )
            for number, row in enumerate(found.rows, 1)
        )
        lines = (
            _("Poor and near-poor households with nothing received in {months} months to {day}").format(
                months=found.months, day=format_date(found.day)
            ),
            _("{count} of {listed} households").format(
                count=format_number(len(found.rows)), listed=format_number(found.listed)
            ),
        )
        return _sheet(uow, _("Households left behind"), lines, columns, rows)


def _sheet(
    uow: UnitOfWork,
    title: str,
    lines: tuple[str, ...],
    columns: tuple[SheetColumn, ...],
    rows: tuple[tuple[str, ...], ...],
) -> TargetSheet:
    uow.require(Permission.EXPORT)
    words, office = sheet_words(), offices.office(uow)
    signing = offices.signatories(uow, active_only=True)
    only = signing[0].data if len(signing) == 1 else None
    return TargetSheet(
        title=title.upper(),
        lines=tuple(line for line in lines if line),
        columns=columns,
        rows=rows,
        agency_lines=office.agency_lines,
        place_line=words.place.format(place=office.place_name, date=official_date(uow.today)),
        titles=words.chair if only is None else (words.chair[0], *only.title_lines),
        signatory=only.name if only else "",
        sample=words.mark if office.sample else "",
        made_by=_("Made by {who} at {moment}").format(who=uow.actor.name, moment=format_moment(uow.now)),
    )
