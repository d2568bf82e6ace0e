"""Drafts of the lists the commune confirms: loans asked for (03/TD) and increases and decreases of cards (C24)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain import paper_templates as keys
from casemgr.domain.certificates import relation_on_paper
from casemgr.domain.dates import official_date
from casemgr.domain.filling import put
from casemgr.domain.households import HouseholdClass
from casemgr.domain.insurance import CAUSE_LABELS, ChangeKind
from casemgr.domain.ledger_papers import ConfirmedListContent, InsuranceListContent, ListSection, LoanListContent
from casemgr.domain.money import money_text, money_words
from casemgr.domain.on_paper import CLASS_ON_PAPER, SEX_ON_PAPER, counted
from casemgr.domain.papers import Signing
from casemgr.domain.permissions import Permission
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _, format_date, using
from casemgr.persistence.models import HouseholdIndex, Loan, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import insurance_lists, loan_lists
from casemgr.services.certificate_drafts import CHAIRMAN
from casemgr.services.insurance_lists import CardChange
from casemgr.services.loan_lists import LoanRow
from casemgr.services.paper_words import Sheet, letterhead, sheet, signing
from casemgr.services.specimen import FAMILY

_OPEN: Final = "……………………"
_PLACE: Final = "Ấp Ví Dụ"
_PART: Final = 500


def loan_list(
    uow: UnitOfWork, loan_ids: Sequence[UUID], on: date, signatory_id: UUID | None = None
) -> tuple[LoanListContent, tuple[str, ...]]:
    """The list 03/TD of these loans, a part for each programme and group, with what is to be looked at first."""
    uow.require(Permission.READ)
    rows = loan_lists.rows(uow, loan_ids, on)
    if not rows:
        raise ValidationError([Problem("", _("Choose the loans the list is to name."))])
    made = sheet(uow, keys.LOAN_LIST, on, {"date": official_date(on)})
    numbers = _identities(uow, rows)
    parts: dict[tuple[str, str, str], list[LoanRow]] = {}
    for row in rows:
        parts.setdefault((row.programme_name, row.group_name, row.organisation), []).append(row)
    sections = tuple(_loan_section(made, part, group, numbers) for part, group in parts.items())
    signed, _signatory, told = signing(uow, signatory_id, made.wording.sign_prefix)
    return LoanListContent(made.wording, letterhead(made, draft=False), sections, signed), (*made.warnings, *told)


def insurance_list(
    uow: UnitOfWork, from_on: date, to_on: date, signatory_id: UUID | None = None, *, on: date | None = None
) -> tuple[InsuranceListContent, tuple[str, ...]]:
    """The list C24 between two days."""
    uow.require(Permission.READ)
    if from_on >= to_on:
        raise ValidationError([Problem("to_on", _("The second day lies after the first."))])
    values = {"date": official_date(to_on), "from": format_date(from_on), "to": format_date(to_on)}
    made = sheet(uow, keys.INSURANCE_LIST, on or to_on, values)
    found = insurance_lists.changes(uow, from_on, to_on)
    sections = tuple(
        _card_section(made, heading, [change for change in found if change.kind is kind], to_on)
        for heading, kind in zip(made.wording.sections, ChangeKind, strict=True)
    )
    signed, _signatory, told = signing(uow, signatory_id, made.wording.sign_prefix)
    return InsuranceListContent(made.wording, letterhead(made, draft=False), sections, signed), (*made.warnings, *told)


def _loan_section(
    made: Sheet, part: tuple[str, str, str], rows: Sequence[LoanRow], numbers: dict[UUID, str]
) -> ListSection:
    names = dict(zip(("programme", "group", "organisation"), (text or _OPEN for text in part), strict=True))
    amount = sum(row.amount for row in rows)
    values = {"count": counted(len(rows)), "amount": _sum(amount), "words": money_words(amount).capitalize()}
    lines = tuple(
        (
            row.borrower,
            numbers.get(row.id, ""),
            row.hamlet,
            CLASS_ON_PAPER.get(_class(row.class_value), ""),
            row.purpose,
            _sum(row.amount),
            str(row.term_months) if row.term_months else "",
            "",
        )
        for row in rows
    )
    return ListSection(put(made.wording.sections[0], names), lines, put(made.wording.total, values))


def _card_section(made: Sheet, heading: str, changes: Sequence[CardChange], to_on: date) -> ListSection:
    homes = {change.who.household_id for change in changes}
    values = {"count": counted(len(changes)), "households": counted(len(homes))}
    with using("vi"):
        lines = tuple(_card_line(change, to_on) for change in changes)
    return ListSection(heading, lines, put(made.wording.total, values))


def _card_line(change: CardChange, to_on: date) -> tuple[str, ...]:
    who = change.who
    return (
        who.name,
        who.birth.text if who.birth else "",
        SEX_ON_PAPER[who.sex] if who.sex else "",
        who.id_number,
        relation_on_paper(who.relation, who.sex, ""),
        who.head,
        who.hamlet,
        change.card.number if change.card else "",
        CLASS_ON_PAPER.get(_class(who.class_value), ""),
        _(CAUSE_LABELS[change.cause]),
        format_date(change.on or to_on),
    )


def _identities(uow: UnitOfWork, rows: Sequence[LoanRow]) -> dict[UUID, str]:
    """Identity numbers of the borrowers, by loan: the person named, else the head."""
    found: dict[UUID, str] = {}
    ids = [row.id for row in rows]
    for start in range(0, len(ids), _PART):
        statement = (
            select(Loan.id, Person.id_number)
            .join(HouseholdIndex, HouseholdIndex.household_id == Loan.household_id)
            .join(
                Person,
                (Person.id == Loan.person_id) | (Loan.person_id.is_(None) & (Person.id == HouseholdIndex.head_id)),
            )
            .where(Loan.id.in_(ids[start : start + _PART]))
        )
        found |= {loan: number or "" for loan, number in uow.session.execute(statement)}
    return found


def _class(value: str) -> HouseholdClass:
    return HouseholdClass(value) if value in set(HouseholdClass) else HouseholdClass.UNREVIEWED


def _sum(amount: int) -> str:
    return money_text(amount).removesuffix(" đồng")


# ---- specimens, for the settings page


def specimen_loans(made: Sheet) -> LoanListContent:
    """An invented list of loans."""
    rows = tuple(
        (person.name, "", _PLACE, CLASS_ON_PAPER[HouseholdClass.POOR], "Chăn nuôi bò", _sum(50_000_000), "60", "")
        for person in FAMILY[:2]
    )
    names = {"programme": "Cho vay hộ nghèo", "group": "Tổ số 1", "organisation": "Hội Nông dân"}
    total = {"count": counted(2), "amount": _sum(100_000_000), "words": money_words(100_000_000).capitalize()}
    section = ListSection(put(made.wording.sections[0], names), rows, put(made.wording.total, total))
    return LoanListContent(made.wording, letterhead(made), (section,), _nobody(made))


def specimen_cards(made: Sheet) -> InsuranceListContent:
    """An invented list of cards."""
    day = format_date(made.on)
    row = (FAMILY[0].name, "", "Nữ", "", "Chủ hộ", FAMILY[0].name, _PLACE, "", "Hộ nghèo", "", day)
    total = put(made.wording.total, {"count": counted(1), "households": counted(1)})
    sections = tuple(ListSection(heading, (row,), total) for heading in made.wording.sections)
    return InsuranceListContent(made.wording, letterhead(made), sections, _nobody(made))


def _nobody(made: Sheet) -> Signing:
    return Signing((*made.wording.sign_prefix, *CHAIRMAN)[:3], "")


SPECIMENS: Final[Mapping[str, Callable[[Sheet], ConfirmedListContent]]] = {
    keys.LOAN_LIST: specimen_loans,
    keys.INSURANCE_LIST: specimen_cards,
}
"""How the settings page shows each paper."""
