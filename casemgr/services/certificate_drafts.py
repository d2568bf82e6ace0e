"""What a household's certificate would say today, and what stands against issuing it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.certificates import (
    CERTIFIED,
    CertificateContent,
    CertificateStatus,
    MemberLine,
    YearBlock,
    content_from_json,
    number_text,
    relation_on_paper,
)
from casemgr.domain.dates import official_date
from casemgr.domain.ethnic import name_of
from casemgr.domain.households import CLASS_LABELS
from casemgr.domain.offices import OfficeData
from casemgr.domain.permissions import Permission
from casemgr.domain.templates import CERTIFICATE, PaperTemplate, fill, in_sentence, unit_kind
from casemgr.errors import Problem
from casemgr.i18n import _, format_date, ngettext
from casemgr.persistence.models import Certificate, CertificateBlock, Signatory
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import households, offices, templates
from casemgr.services.classes import ClassView, class_on, since_when
from casemgr.services.households import HouseholdView
from casemgr.services.members import MemberView

CHAIRMAN = ("CHỦ TỊCH",)
"""Title above the signature when nobody is on record yet."""


@dataclass(frozen=True)
class Draft:
    """A certificate before it is issued: its content, and why it cannot be issued or should be looked at."""

    household_id: UUID
    code: str
    year: int
    """The year whose class it certifies."""
    content: CertificateContent
    signatory_id: UUID | None
    refusals: tuple[Problem, ...]
    warnings: tuple[str, ...]


def draft(
    uow: UnitOfWork, household_id: UUID, on: date, *, year: int | None = None, signatory_id: UUID | None = None
) -> Draft:
    """The paper as it would be issued that day; `year` is the class's, the newest on record when it is not given."""
    view = households.view(uow, household_id)
    year = year or (view.classes[0].data.year if view.classes else on.year)
    office = offices.office(uow)
    template = templates.current(uow, CERTIFICATE, on)
    klass = class_on(view.classes, year)
    signatory = chosen_signatory(uow, signatory_id)
    content = _content(view, office, template, on, klass, signatory)
    refusals = [*_refusals(view, klass, year, on), *block_refusals(template, klass)]
    refusals += _standing_refusals(uow, household_id)
    warnings = [*_warnings(view, klass, year, on), *([] if signatory else [_no_signatory()])]
    told = templates.notice(template, on)
    return Draft(
        household_id=household_id,
        code=view.code,
        year=year,
        content=content,
        signatory_id=signatory.id if signatory else None,
        refusals=tuple(refusals),
        warnings=(*warnings, *([told] if told else [])),
    )


def chosen_signatory(uow: UnitOfWork, signatory_id: UUID | None) -> Signatory | None:
    """The signatory asked for, else the first active one."""
    if signatory_id is not None:
        return uow.record(Signatory, signatory_id)
    return uow.session.scalars(select(Signatory).where(Signatory.active).order_by(Signatory.id)).first()


def standing(uow: UnitOfWork, household_id: UUID) -> Certificate | None:
    """The household's certificate in force."""
    return uow.session.scalars(
        select(Certificate).where(
            Certificate.household_id == household_id, Certificate.status == CertificateStatus.ISSUED.value
        )
    ).first()


def year_block(template: PaperTemplate, klass: ClassView, confirmed_on: date, signatory: Signatory | None) -> YearBlock:
    """The confirmation of a class in the numbers of the paper."""
    numbers = _numbers(template)
    return YearBlock(
        year=klass.data.year,
        value=klass.data.value,
        deprivations=tuple(sorted(numbers[code] for code in klass.data.deprivations if code in numbers)),
        confirmed_on=confirmed_on,
        title_lines=signatory.title_lines if signatory else CHAIRMAN,
        signatory=signatory.name if signatory else "",
    )


@dataclass(frozen=True)
class BlockDraft:
    """A later year's confirmation before it is printed on the existing paper."""

    certificate_id: UUID
    number: str
    year: int
    content: CertificateContent
    """With `only_block` set; without the block while a refusal stands."""
    refusals: tuple[Problem, ...]
    warnings: tuple[str, ...]


def block_draft(
    uow: UnitOfWork, certificate_id: UUID, on: date, *, year: int | None = None, signatory_id: UUID | None = None
) -> BlockDraft:
    """What would be printed over the existing paper; `year` is the newest class's when it is not given."""
    uow.require(Permission.READ)
    record = uow.record(Certificate, certificate_id)
    view = households.view(uow, record.household_id)
    year = year or (view.classes[0].data.year if view.classes else on.year)
    content = latest_content(uow, record)
    template = templates.by_id(uow, CERTIFICATE, content.template)
    klass = class_on(view.classes, year)
    signatory = chosen_signatory(uow, signatory_id)
    refusals = [*class_refusals(klass, year), *block_refusals(template, klass), *_place_refusals(content, year)]
    if klass and not refusals:
        block = year_block(template, klass, on, signatory)
        content = replace(content, blocks=(*content.blocks, block), only_block=year)
    warnings = [*_class_warnings(klass, year, on), *([] if signatory else [_no_signatory()])]
    number = number_text(record.number, record.symbol)
    return BlockDraft(certificate_id, number, year, content, tuple(refusals), tuple(warnings))


def latest_content(uow: UnitOfWork, record: Certificate) -> CertificateContent:
    """The paper as it is now, later years included."""
    later = uow.session.scalars(
        select(CertificateBlock.content)
        .where(CertificateBlock.certificate_id == record.id)
        .order_by(CertificateBlock.year.desc())
        .limit(1)
    ).first()
    return content_from_json(later or record.content)


def _place_refusals(content: CertificateContent, year: int) -> list[Problem]:
    years = [block.year for block in content.blocks]
    if year in years:
        return [Problem("year", _("{year} is already confirmed on this paper.").format(year=year))]
    if year < max(years):
        return [Problem("year", _("A later year than {year} is already confirmed on this paper.").format(year=year))]
    if len(years) >= content.slots:
        return [
            Problem(
                "year",
                ngettext(
                    "The paper has room for {count} year and is full. Re-issue it.",
                    "The paper has room for {count} years and is full. Re-issue it.",
                    content.slots,
                ).format(count=content.slots),
            )
        ]
    return []


def block_refusals(template: PaperTemplate, klass: ClassView | None) -> list[Problem]:
    """Deprivations that the paper has no box for: they belong to another list of indicators."""
    numbers = _numbers(template)
    unknown = [code for code in klass.data.deprivations if code not in numbers] if klass else []
    return [
        Problem(
            "deprivations",
            _(
                "The paper “{title}” has no box for the indicator {code}: it belongs to another poverty standard."
            ).format(title=template.title, code=code),
        )
        for code in unknown
    ]


def class_refusals(klass: ClassView | None, year: int) -> list[Problem]:
    """Why this class cannot be certified."""
    if klass is None:
        message = _("The household has no class for {year}. Set the class of that year first.").format(year=year)
        return [Problem("class", message)]
    if klass.data.value not in CERTIFIED:
        message = _(
            "The class of {year} is “{value}”. Only poor and near-poor households get a certificate; others get a "
            "decision."
        ).format(year=year, value=_(CLASS_LABELS[klass.data.value]))
        return [Problem("class", message)]
    return []


def _refusals(view: HouseholdView, klass: ClassView | None, year: int, on: date) -> list[Problem]:
    refusals = class_refusals(klass, year)
    if klass is not None and on < (since_when(klass) or date(year - 1, 1, 1)):
        message = _("The paper would be dated {date}, before the class of {year} was recognised.")
        refusals.append(Problem("issued_on", message.format(date=format_date(on), year=year)))
    if view.ended_on is not None:
        refusals.append(
            Problem(
                "household", _("The household is no longer kept since {date}.").format(date=format_date(view.ended_on))
            )
        )
    if view.head is None:
        refusals.append(Problem("head", _("No member is head of household. Name one first.")))
    return refusals


def _standing_refusals(uow: UnitOfWork, household_id: UUID) -> list[Problem]:
    valid = standing(uow, household_id)
    if valid is None:
        return []
    message = _(
        "The household already holds certificate {number} of {date}. Confirm the next year on that paper, "
        "or re-issue it."
    ).format(number=number_text(valid.number, valid.symbol), date=format_date(valid.issued_on))
    return [Problem("certificate", message)]


def _class_warnings(klass: ClassView | None, year: int, on: date) -> list[str]:
    told = []
    if klass and klass.decision is None:
        told.append(_("No decision is recorded for the class of {year}.").format(year=year))
    if klass and year != on.year:
        told.append(
            _("The class is that of {year}, the paper is dated {date}.").format(year=year, date=format_date(on))
        )
    if klass and klass.data.value in CERTIFIED and not klass.data.deprivations:
        told.append(_("No deprivation is recorded for {year}: no box will be marked.").format(year=year))
    return told


def _warnings(view: HouseholdView, klass: ClassView | None, year: int, on: date) -> list[str]:
    told = _class_warnings(klass, year, on)
    head = view.head
    if head and not (head.person.id_number or head.person.old_id_number):
        told.append(_("The head of household has no identity number on record; the line stays open."))
    for member in view.members:
        if member.person.birth is None or member.person.sex is None:
            told.append(_("Sex or year of birth of {name} is not on record.").format(name=member.person.full_name))
    return told


def _no_signatory() -> str:
    return _("Nobody is on record as signatory: the name under the signature stays open.")


def _content(
    view: HouseholdView,
    office: OfficeData,
    template: PaperTemplate,
    on: date,
    klass: ClassView | None,
    signatory: Signatory | None,
) -> CertificateContent:
    names = {"commune": in_sentence(office.commune_name), "unit": unit_kind(office.commune_name)}
    head = view.head or (view.members[0] if view.members else None)
    person = head.person if head else None
    blocks = (year_block(template, klass, on, signatory),) if klass and klass.data.value in CERTIFIED else ()
    return CertificateContent(
        template=template.id,
        wording=fill(template.wording, names),
        parent_line="",
        agency_lines=office.agency_lines,
        symbol=office.certificate_symbol,
        number=None,
        place_line=f"{office.place_name}, {official_date(on)}",
        head_name=view.name,
        head_ethnic=name_of(person.ethnic) if person and person.ethnic else "",
        id_number=(person.id_number or person.old_id_number or "") if person else "",
        id_issued_on=format_date(person.id_issued_on) if person and person.id_issued_on else "",
        residence=view.permanent_address,
        members=tuple(_member(member) for member in view.members),
        blocks=blocks,
        slots=template.slots,
        member_rows=template.member_rows,
        qr=None,
        sample=office.sample,
    )


def _member(member: MemberView) -> MemberLine:
    person = member.person
    return MemberLine(
        name=person.full_name,
        ethnic=name_of(person.ethnic) if person.ethnic else "",
        relation=relation_on_paper(member.relation, person.sex, member.relation_text),
        birth_year=str(person.birth.year) if person.birth else "",
        sex=person.sex.value if person.sex else None,
    )


def _numbers(template: PaperTemplate) -> Mapping[str, int]:
    return {code: number for number, code in enumerate(template.indicator_codes, 1)}
