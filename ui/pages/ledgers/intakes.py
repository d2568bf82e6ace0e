"""What lists may be taken in: cards of health insurance, repayments of loans, pupils of a school year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from casemgr.domain import insurance as card_lists
from casemgr.domain import loan_repayments as repayment_lists
from casemgr.domain import schooling as pupil_lists
from casemgr.domain.insurance import CardData
from casemgr.domain.loan_repayments import MATCH_LABELS, RepaymentLine
from casemgr.domain.pasted_lists import Cell
from casemgr.domain.schooling import SchoolData, school_year
from casemgr.i18n import _, format_date, format_money
from casemgr.services import insurance, loan_repayments, schooling
from casemgr.services.loan_repayments import Repayment
from ui.pages.ledgers.paste_pane import Intake, PastedLine

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.jobs import Job


def cards(desk: Desk) -> Intake:
    """A list of cards."""
    ready: list[CardData] = []

    def read(rows: Sequence[Sequence[Cell]]) -> Sequence[PastedLine]:
        matches = desk.workspace.read(insurance.read_list, rows)
        ready[:] = [match.data for match in matches if match.data is not None]
        return [
            PastedLine(match.line.line, match.person, match.household, _card_words(match), match.problem)
            for match in matches
        ]

    def write() -> Job:
        return desk.write(insurance.keep_many, tuple(ready))

    return Intake(lambda: _("Take in a list of cards"), _columns(card_lists.COLUMN_LABELS), read, write)


def repayments(desk: Desk) -> Intake:
    """Repayments as the bank lists them."""
    ready: list[Repayment] = []

    def read(rows: Sequence[Sequence[Cell]]) -> Sequence[PastedLine]:
        matches = desk.workspace.read(loan_repayments.read_list, rows)
        ready[:] = [match.data for match in matches if match.data is not None]
        return [
            PastedLine(
                match.line.line,
                match.borrower,
                match.household,
                " · ".join(filter(None, (match.programme, _repaid_words(match.line), match.line.document))),
                match.problem,
                "" if match.data else _(MATCH_LABELS[match.state]),
            )
            for match in matches
        ]

    def write() -> Job:
        return desk.write(loan_repayments.keep_many, tuple(ready))

    return Intake(lambda: _("Take in repayments from the bank"), _columns(repayment_lists.COLUMN_LABELS), read, write)


def pupils(desk: Desk, programme: str, year: int) -> Intake:
    """A list of pupils for a programme in a school year."""
    ready: list[tuple[UUID, SchoolData]] = []

    def read(rows: Sequence[Sequence[Cell]]) -> Sequence[PastedLine]:
        matches = desk.workspace.read(schooling.read_list, rows)
        ready[:] = [
            (match.person_id, match.line.data) for match in matches if match.person_id is not None and not match.problem
        ]
        return [
            PastedLine(
                match.line.line,
                match.person,
                match.household,
                " · ".join(filter(None, (match.line.data.school, match.line.data.grade))),
                match.problem,
            )
            for match in matches
        ]

    def write() -> Job:
        return desk.write(schooling.keep_many, programme, year, tuple(ready))

    def title() -> str:
        return _("Take in a list of pupils, school year {year}").format(year=school_year(year).label)

    return Intake(title, _columns(pupil_lists.COLUMN_LABELS), read, write)


def _columns(labels: Mapping[str, str]) -> Callable[[], str]:
    return lambda: _("Columns, with a heading in any order or without one in this order: {columns}.").format(
        columns=", ".join(_(label) for label in labels.values())
    )


def _repaid_words(line: RepaymentLine) -> str:
    day = format_date(line.on) if line.on else ""
    return " · ".join(filter(None, (day, format_money(line.amount) if line.amount else "")))


def _card_words(match: insurance.CardMatch) -> str:
    line = match.line
    first = format_date(line.valid_from) if line.valid_from else ""
    last = format_date(line.valid_to) if line.valid_to else ""
    days = " – ".join(filter(None, (first, last)))
    ends = _("ends card {number}").format(number=match.ends) if match.ends else ""
    return " · ".join(filter(None, (line.number, days, ends)))
