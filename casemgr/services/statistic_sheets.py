"""A report as it goes on paper: the office at its head, who signs, and how wide its columns are."""

from dataclasses import dataclass
from typing import Final

from casemgr.domain.dates import official_date
from casemgr.domain.permissions import Permission
from casemgr.domain.statistics import MEMBER_ROWS, Value, all_heads, sheet_words
from casemgr.i18n import _, format_moment, using
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import offices
from casemgr.services.statistic_lists import PAPER_LANGUAGE
from casemgr.services.statistic_rows import FigureRow
from casemgr.services.statistics import Figures

WIDE_COLUMNS: Final = 12
"""More columns of figures than this need A3."""

_LEAD_SHARES: Final = {"A": 4.0, "B": 17.0, "C": 10.0}
_FIELD_SHARES: Final = {
    "household_number": 5.0,
    "member_number": 6.0,
    "name": 26.0,
    "ethnic": 9.0,
    "relation": 12.0,
}
_SHARE: Final = 8.0


@dataclass(frozen=True)
class Sheet:
    """A report with everything that stands around it."""

    figures: Figures
    agency_lines: tuple[str, ...]
    country: str
    motto: str
    place_line: str
    preparer: str
    chair: tuple[str, ...]
    chair_name: str
    sample: bool
    made_by: str
    """Who made it and when; it stands on every page that names people."""

    @property
    def wide(self) -> bool:
        """Whether it needs A3."""
        return len(self.figures.columns) > WIDE_COLUMNS

    @property
    def names_people(self) -> bool:
        """Whether it lists persons."""
        return self.figures.form.rows == MEMBER_ROWS

    @property
    def heads(self) -> tuple[tuple[str, ...], ...]:
        """The heads of all columns."""
        return all_heads(self.figures.leads, self.figures.columns)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The row of column numbers with their formulas."""
        return (*(lead.number for lead in self.figures.leads), *(one.shown for one in self.figures.columns))

    @property
    def shares(self) -> tuple[float, ...]:
        """Shares of the width."""
        leads = (_LEAD_SHARES[lead.number] for lead in self.figures.leads)
        return (*leads, *(_FIELD_SHARES.get(one.field, _SHARE) for one in self.figures.columns))

    def cells(self, row: FigureRow) -> tuple[Value, ...]:
        """A whole row, with number, hamlet and unit before the figures."""
        words = sheet_words()
        unit = {"households": words.households, "people": words.people}.get(row.unit, "")
        leads: tuple[Value, ...] = (row.number, row.label, unit)[: len(self.figures.leads)]
        return (*leads, *row.values)

    def joins(self, index: int) -> int:
        """How many rows the hamlet's cell of a row covers; 0 for the rows it covers."""
        rows = self.figures.all_rows
        if not self.figures.leads or not rows[index].unit:
            return 1
        if not rows[index].label:
            return 0
        following = rows[index + 1 : index + 2]
        return 2 if following and not following[0].label else 1


def sheet(uow: UnitOfWork, found: Figures, *, made_by: str | None = None) -> Sheet:
    """The report with the office's head and signatures of today; the only signatory's name stands under his title."""
    with using(PAPER_LANGUAGE):
        maker = _("Made by {who} at {moment}").format(who=uow.actor.name, moment=format_moment(uow.now))
    uow.require(Permission.EXPORT)
    words, office = sheet_words(), offices.office(uow)
    signing = offices.signatories(uow, active_only=True)
    only = signing[0].data if len(signing) == 1 else None
    chair = words.chair if only is None else (words.chair[0], *only.title_lines)
    return Sheet(
        figures=found,
        agency_lines=office.agency_lines,
        country=words.country,
        motto=words.motto,
        place_line=words.place.format(place=office.place_name, date=official_date(uow.today)),
        preparer=words.preparer,
        chair=chair,
        chair_name=only.name if only else "",
        sample=office.sample,
        made_by=maker if made_by is None else made_by,
    )
