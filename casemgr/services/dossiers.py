"""The dossier of a household: what the file knows of it in tables, and every paper issued for it, as it was frozen."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from casemgr.domain import paper_templates as keys
from casemgr.domain.abroad import ABROAD_MACHINE
from casemgr.domain.certificates import relation_on_paper
from casemgr.domain.dates import official_date
from casemgr.domain.dossiers import DossierContent, DossierPaper, DossierPart, DossierWording
from casemgr.domain.livelihoods import PLAN_MACHINE
from casemgr.domain.money import money_text
from casemgr.domain.on_paper import CLASS_ON_PAPER, SEX_ON_PAPER, counted
from casemgr.domain.people import PersonData
from casemgr.domain.permissions import Permission
from casemgr.domain.support import ENROLMENT_LABELS
from casemgr.domain.training import LEARNER_MACHINE
from casemgr.i18n import _, format_date, using
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    abroad_board,
    case_timeline,
    certificate_register,
    enrolments,
    households,
    learners,
    livelihoods,
    loan_lists,
    office_papers,
    support_confirmations,
)
from casemgr.services.certificate_register import RegisterRow
from casemgr.services.households import HouseholdView
from casemgr.services.office_papers import PaperQuery, PaperRow
from casemgr.services.paper_words import sheet
from casemgr.services.specimen import FAMILY

_STORY: Final = 200
"""So much of what happened is told."""

Rows = tuple[tuple[str, ...], ...]


def dossier(uow: UnitOfWork, household_id: UUID, on: date | None = None) -> DossierContent:
    """Everything of one household, as of now; papers oldest first."""
    uow.require(Permission.READ)
    day = on or uow.today
    home = households.view(uow, household_id)
    made = sheet(uow, keys.DOSSIER, day, {"head": home.name, "code": home.code, "date": official_date(day)})
    wording: DossierWording = made.wording
    with using("vi"):
        tables = (
            _members(home),
            _classes(home),
            _programmes(uow, household_id),
            _received(uow, household_id, day),
            _loans(uow, household_id),
            tuple(_cases(uow, household_id, wording.kinds)),
            _story(uow, household_id),
        )
    return DossierContent(
        wording=wording,
        agency_lines=wording.agency or made.office.agency_lines,
        facts=_facts(home, day),
        parts=_parts(wording, tables),
        papers=tuple(_papers(uow, household_id, wording.certificate)),
        sample=made.office.sample,
    )


def _parts(wording: DossierWording, tables: Sequence[Rows]) -> tuple[DossierPart, ...]:
    columns = (
        wording.member_columns,
        wording.class_columns,
        wording.programme_columns,
        wording.support_columns,
        wording.loan_columns,
        wording.case_columns,
        wording.story_columns,
    )
    return tuple(DossierPart(*part) for part in zip(wording.headings, columns, tables, strict=True))


def _facts(home: HouseholdView, day: date) -> tuple[str, ...]:
    newest = home.current_class
    decision = newest.decision if newest else None
    told = ""
    if decision is not None:
        told = f"{decision.number} {official_date(decision.signed_on)}" if decision.signed_on else decision.number
    kind = f"{CLASS_ON_PAPER[newest.data.value]} ({newest.data.year})" if newest else ""
    return (home.address, kind, told, counted(len(home.members)), official_date(day))


def _members(home: HouseholdView) -> Rows:
    return tuple(
        (
            member.person.full_name,
            relation_on_paper(member.relation, member.person.sex, member.relation_text),
            *_person(member.person),
        )
        for member in home.members
    )


def _person(person: PersonData) -> tuple[str, str, str]:
    return (
        SEX_ON_PAPER[person.sex] if person.sex else "",
        person.birth.text if person.birth else "",
        person.id_number or person.old_id_number or "",
    )


def _classes(home: HouseholdView) -> Rows:
    return tuple(
        (
            str(one.data.year),
            CLASS_ON_PAPER[one.data.value],
            one.decision.number if one.decision else "",
            format_date(one.decision.signed_on) if one.decision and one.decision.signed_on else "",
        )
        for one in home.classes
    )


def _programmes(uow: UnitOfWork, household: UUID) -> Rows:
    return tuple(
        (
            view.programme.title if view.programme else view.data.programme,
            view.person,
            _(ENROLMENT_LABELS[view.data.status]),
            _day(view.data.from_on or view.data.decision_on or view.data.need_on),
            _day(view.data.to_on),
        )
        for view in enrolments.of_household(uow, household)
    )


def _received(uow: UnitOfWork, household: UUID, day: date) -> Rows:
    made = support_confirmations.confirmation_of(uow, household, day)
    return tuple((line.on, line.content, line.what, line.source) for line in made.content.lines)


def _loans(uow: UnitOfWork, household: UUID) -> Rows:
    return tuple(
        (
            row.programme_name,
            row.borrower,
            row.purpose,
            _sum(row.amount),
            "" if row.balance is None else _sum(row.balance),
        )
        for row in loan_lists.of_household(uow, household)
    )


def _cases(uow: UnitOfWork, household: UUID, kinds: Sequence[str]) -> Iterator[tuple[str, ...]]:
    plan, course, abroad = kinds
    for row in livelihoods.of_household(uow, household):
        what = ": ".join(filter(None, (plan, row.product)))
        yield what, row.head, PLAN_MACHINE.label(row.state), format_date(row.state_on)
    for learner in learners.of_household(uow, household):
        what = ": ".join(filter(None, (course, learner.trade)))
        yield what, learner.person, LEARNER_MACHINE.label(learner.state), format_date(learner.state_on)
    for case in abroad_board.of_household(uow, household):
        what = ": ".join(filter(None, (abroad, case.country)))
        yield what, case.person, ABROAD_MACHINE.label(case.state), format_date(case.state_on)


def _story(uow: UnitOfWork, household: UUID) -> Rows:
    lines = case_timeline.timeline(uow, household, limit=_STORY)
    return tuple((format_date(line.on), line.text, line.who) for line in reversed(lines))


def _papers(uow: UnitOfWork, household: UUID, certificate: str) -> Iterator[DossierPaper]:
    """Certificates and papers of the office, by their day."""
    issued: list[tuple[date, PaperRow | RegisterRow]] = [
        *((row.issued_on, row) for row in certificate_register.of_household(uow, household)),
        *((row.issued_on, row) for row in office_papers.papers(uow, PaperQuery(household_id=household))),
    ]
    for day, row in sorted(issued, key=lambda one: (one[0], one[1].id)):
        if isinstance(row, RegisterRow):
            title, pdf = certificate, certificate_register.pdf(uow, row.id)
        else:
            title, pdf = row.title, office_papers.pdf(uow, row.id)
        number = [row.number] if row.number else []
        yield DossierPaper(", ".join([title, *number, format_date(day)]), pdf)


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def _sum(amount: int) -> str:
    return money_text(amount).removesuffix(" đồng")


# ---- specimen, for the settings page


def specimen(wording: DossierWording, agency_lines: tuple[str, ...], *, sample: bool) -> DossierContent:
    """An invented household: members, and nothing else on file."""
    members = tuple((each.name, each.relation, "", each.birth_year, "") for each in FAMILY)
    nothing: tuple[Any, ...] = ((),) * (len(wording.headings) - 1)
    facts = ("",) * len(wording.cover)
    return DossierContent(wording, agency_lines, facts, _parts(wording, (members, *nothing)), (), sample)
