"""Use cases of work abroad: one case for one contract, written down, corrected and opened as a whole."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.abroad import ABROAD_MACHINE, AbroadContent, AbroadState, Generation, Incident, SupportGroup
from casemgr.domain.abroad_flags import Flag, Unjudged
from casemgr.domain.abroad_lists import shipped
from casemgr.domain.abroad_reckoning import months_between
from casemgr.domain.dates import PartialDate
from casemgr.domain.findings import Finding, Severity
from casemgr.domain.households import HouseholdClass
from casemgr.domain.paper_json import from_json, to_json
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import AbroadCase, Household, HouseholdIndex, Loan, Membership, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import abroad_checks, abroad_dues, abroad_facts, households
from casemgr.services.programmes import catalogue

SUPPORT = "NN-HT"
"""The programme the support is given under."""
_MAJORITY = "01"
"""Code of the Kinh in the list of ethnic groups."""


@dataclass(frozen=True)
class AbroadData:
    """A case as an officer writes it; departure and return are steps."""

    person_id: UUID
    household_id: UUID
    form: str = ""
    market: str = ""
    country: str = ""
    programme_name: str = ""
    generation: str = ""
    groups: tuple[SupportGroup, ...] = ()
    firm: str = ""
    licence: str = ""
    supply_registration: str = ""
    registered_on: date | None = None
    selected_on: date | None = None
    waiting_promise: bool | None = None
    signed_on: date | None = None
    contract_from: date | None = None
    contract_to: date | None = None
    contract_months: int = 0
    """0: reckoned from the two days."""
    wage: int = 0
    accepted_on: date | None = None
    private_debt: int = 0
    loan_id: UUID | None = None
    officer_id: UUID | None = None
    consent_on: date | None = None
    note: str = ""
    content: AbroadContent = field(default_factory=AbroadContent)


@dataclass(frozen=True)
class AbroadView:
    """A case with everything reckoned for a day."""

    id: UUID
    version: int
    data: AbroadData
    state: AbroadState
    state_on: date
    incident: Incident | None
    incident_on: date | None
    departed_on: date | None
    returned_on: date | None
    return_reason: str
    notice_on: date | None
    liquidated_on: date | None
    due_on: date | None
    code: str
    head: str
    hamlet: str
    person: str
    birth: str
    class_value: HouseholdClass
    """Of the household when the person registered."""
    class_now: HouseholdClass
    flags: tuple[Flag, ...]
    unjudged: tuple[Unjudged, ...]
    findings: tuple[Finding, ...]
    """What speaks against the case as it is written, and whether consent is missing."""


def fresh(uow: UnitOfWork, household_id: UUID, person_id: UUID) -> AbroadData:
    """A new case with what the program knows: groups of support, generation of the day."""
    uow.require(Permission.READ)
    groups = []
    group = _GROUP_OF_CLASS.get(_class_now(uow, household_id))
    if group is not None:
        groups.append(group)
    person = uow.record(Person, person_id)
    if person.ethnic and person.ethnic != _MAJORITY:
        groups.append(SupportGroup.MINORITY)
    if person.merit:
        groups.append(SupportGroup.MERIT)
    return AbroadData(
        person_id=person_id,
        household_id=household_id,
        generation=generation_on(uow, uow.today),
        groups=tuple(groups),
        registered_on=uow.today,
    )


def generation_on(uow: UnitOfWork, day: date) -> str:
    """The newest generation of support whose rules hold that day; empty when none does."""
    return max((rule.generation for rule in catalogue(uow).rules_on(SUPPORT, day)), default="")


def keep(uow: UnitOfWork, data: AbroadData, *, case_id: UUID | None = None, version: int = 0) -> UUID:
    """Write a case, or correct it."""
    uow.require(Permission.EDIT)
    record = uow.record(AbroadCase, case_id, version) if case_id is not None else None
    problems = _problems(uow, data, record)
    if problems:
        raise ValidationError(problems)
    values = _values(uow, data)
    if record is None:
        record = AbroadCase(
            **values,
            status=AbroadState.ADVISED.value,
            status_on=uow.today,
            incident="",
            incident_on=None,
            class_value=_class_now(uow, data.household_id),
            departed_on=None,
            returned_on=None,
            return_reason="",
            notice_on=None,
            liquidated_on=None,
            due_on=None,
        )
        uow.add(record)
    else:
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
    uow.name_step("abroad.keep", uow.record(Household, data.household_id))
    uow.session.flush()
    abroad_facts.note_contract(uow, record)
    abroad_dues.refresh(uow, record)
    return record.id


def view(uow: UnitOfWork, case_id: UUID, on: date | None = None) -> AbroadView:
    """A case opened as a whole, its flags as of a day."""
    uow.require(Permission.READ)
    record = uow.record(AbroadCase, case_id)
    person, home = uow.record(Person, record.person_id), households.view(uow, record.household_id)
    told = abroad_checks.flags(uow, case_id, on)
    data = data_of(record)
    return AbroadView(
        id=record.id,
        version=record.version,
        data=data,
        state=AbroadState(record.status),
        state_on=record.status_on,
        incident=Incident(record.incident) if record.incident else None,
        incident_on=record.incident_on,
        departed_on=record.departed_on,
        returned_on=record.returned_on,
        return_reason=record.return_reason,
        notice_on=record.notice_on,
        liquidated_on=record.liquidated_on,
        due_on=record.due_on,
        code=home.code,
        head=home.name,
        hamlet=home.hamlet,
        person=person.full_name,
        birth=PartialDate.from_iso(person.birth).text if person.birth else "",
        class_value=HouseholdClass(record.class_value),
        class_now=home.current_class.data.value if home.current_class else HouseholdClass.UNREVIEWED,
        flags=told.flags,
        unjudged=told.unjudged,
        findings=_findings(data),
    )


def data_of(record: AbroadCase) -> AbroadData:
    """What was written down of a case."""
    return AbroadData(
        person_id=record.person_id,
        household_id=record.household_id,
        form=record.form,
        market=record.market,
        country=record.country,
        programme_name=record.programme_name,
        generation=record.generation,
        groups=tuple(SupportGroup(one) for one in record.groups),
        firm=record.firm,
        licence=record.licence,
        supply_registration=record.supply_registration,
        registered_on=record.registered_on,
        selected_on=record.selected_on,
        waiting_promise=record.waiting_promise,
        signed_on=record.signed_on,
        contract_from=record.contract_from,
        contract_to=record.contract_to,
        contract_months=record.contract_months,
        wage=record.wage,
        accepted_on=record.accepted_on,
        private_debt=record.private_debt,
        loan_id=record.loan_id,
        officer_id=record.officer_id,
        consent_on=record.consent_on,
        note=record.note,
        content=from_json(AbroadContent, record.content),
    )


def label(state: AbroadState) -> str:
    """The official word of a state, in the language in force."""
    return ABROAD_MACHINE.label(state)


_GROUP_OF_CLASS = {
    HouseholdClass.POOR.value: SupportGroup.POOR,
    HouseholdClass.NEAR_POOR.value: SupportGroup.NEAR_POOR,
    HouseholdClass.ESCAPED_POOR.value: SupportGroup.ESCAPED,
}
_TEXTS = ("country", "programme_name", "firm", "licence", "supply_registration", "note")
_PLAIN = (
    *("person_id", "household_id", "form", "market", "generation", "registered_on", "selected_on", "waiting_promise"),
    *("signed_on", "contract_from", "contract_to", "wage", "accepted_on", "private_debt", "loan_id", "consent_on"),
)
_PAST = ("registered_on", "selected_on", "signed_on", "accepted_on", "consent_on")


def _values(uow: UnitOfWork, data: AbroadData) -> dict[str, Any]:
    months = data.contract_months
    if not months and data.contract_from and data.contract_to:
        months = months_between(data.contract_from, data.contract_to)
    return {
        **{name: clean(getattr(data, name)) for name in _TEXTS},
        **{name: getattr(data, name) for name in _PLAIN},
        "groups": tuple(one.value for one in data.groups),
        "contract_months": months,
        "officer_id": data.officer_id or uow.actor.user_id,
        "content": to_json(data.content),
    }


def _problems(uow: UnitOfWork, data: AbroadData, record: AbroadCase | None) -> list[Problem]:
    lists, problems = shipped(), []
    if record is None and not _member(uow, data):
        problems.append(Problem("person_id", _("This person does not belong to the household.")))
    if record is not None and (record.person_id, record.household_id) != (data.person_id, data.household_id):
        problems.append(Problem("person_id", _("A case stays with its person; open another one.")))
    for name, known in (("form", lists.forms), ("market", lists.markets), ("generation", tuple(Generation))):
        if getattr(data, name) and getattr(data, name) not in known:
            problems.append(Problem(name, _("“{value}” is not on the list.").format(value=getattr(data, name))))
    for name in _PAST:
        if getattr(data, name) is not None and getattr(data, name) > uow.today:
            problems.append(Problem(name, _("The date lies in the future.")))
    if data.contract_from and data.contract_to and data.contract_to < data.contract_from:
        problems.append(Problem("contract_to", _("The contract ends before it begins.")))
    for name, number in (
        ("wage", data.wage),
        ("private_debt", data.private_debt),
        ("contract_months", data.contract_months),
        ("content.remittance", data.content.remittance),
    ):
        if number < 0:
            problems.append(Problem(name, _("A number here is 0 or more.")))
    if data.content.voluntary and data.consent_on is None:
        told = _("These facts are voluntary: write the day the person agreed that they are kept.")
        problems.append(Problem("consent_on", told))
    if data.loan_id is not None and uow.record(Loan, data.loan_id).household_id != data.household_id:
        problems.append(Problem("loan_id", _("This loan belongs to another household.")))
    return problems


def _findings(data: AbroadData) -> tuple[Finding, ...]:
    found = []
    if data.consent_on is None:
        told = _("The person's consent to keep these data is missing: only what the law asks for is recorded.")
        found.append(Finding(Severity.WARN, "consent_on", told))
    form = shipped().form(data.form)
    if form is not None and form.direct and data.firm:
        found.append(Finding(Severity.WARN, "firm", _("A contract signed directly has no firm that sends.")))
    return tuple(found)


def _member(uow: UnitOfWork, data: AbroadData) -> bool:
    statement = select(Membership.id).where(
        Membership.person_id == data.person_id, Membership.household_id == data.household_id
    )
    return uow.session.scalar(statement.limit(1)) is not None


def _class_now(uow: UnitOfWork, household_id: UUID) -> str:
    index = uow.session.get(HouseholdIndex, household_id)
    return index.class_value if index is not None else HouseholdClass.UNREVIEWED.value
