"""Papers of livelihoods, training and work abroad: filled in from the file and from what a use case gives, then frozen.

Names and tables of each paper stand at the top of `casemgr/domain/case_papers.py`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from casemgr.domain.case_papers import OFFICE, CasePaperContent, CasePaperWording, CaseTable
from casemgr.domain.certificates import relation_on_paper
from casemgr.domain.dates import official_date
from casemgr.domain.ethnic import name_of
from casemgr.domain.on_paper import CLASS_ON_PAPER, SEX_ON_PAPER, counted
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.paper_templates import shipped_letters
from casemgr.domain.papers import Letterhead, Signing
from casemgr.domain.people import PersonData
from casemgr.domain.permissions import Permission
from casemgr.errors import NotFoundError
from casemgr.i18n import _, format_date
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import households, office_papers, offices, people, templates
from casemgr.services.households import HouseholdView
from casemgr.services.office_papers import IssuedPaper, Render
from casemgr.services.paper_words import PaperDraft, office_values, pack_values, signing

CODES: Final = tuple(kind.value for kind in PaperKind if kind.value.startswith("case_"))
"""Every paper of this module."""


def prepare(
    uow: UnitOfWork,
    paper_code: str,
    values: Mapping[str, str],
    tables: Mapping[str, Sequence[Sequence[str]]],
    *,
    on: date,
    person_id: UUID | None = None,
    household_id: UUID | None = None,
    subject_id: UUID | None = None,
    signatory_id: UUID | None = None,
) -> CasePaperContent:
    """The paper as it would be issued that day: `values` win over what the file knows of person and household."""
    made = draft(
        uow,
        paper_code,
        values,
        tables,
        on=on,
        person_id=person_id,
        household_id=household_id,
        subject_id=subject_id,
        signatory_id=signatory_id,
    )
    return made.content


def draft(
    uow: UnitOfWork,
    paper_code: str,
    values: Mapping[str, str],
    tables: Mapping[str, Sequence[Sequence[str]]],
    *,
    on: date,
    person_id: UUID | None = None,
    household_id: UUID | None = None,
    subject_id: UUID | None = None,
    signatory_id: UUID | None = None,
) -> PaperDraft[CasePaperContent]:
    """The same with its title and with what to look at before it is issued."""
    uow.require(Permission.READ)
    kind = _kind(paper_code)
    office = offices.office(uow)
    template = templates.letter(uow, paper_code, on)
    wording: CasePaperWording = template.wording
    told = [notice] if (notice := templates.notice(template, on)) else []
    known = office_values(office) | pack_values(uow, on) | {"date": official_date(on), "year": str(on.year)}
    known |= facts(uow, household_id=household_id, person_id=person_id)
    known |= {name: value for name, value in values.items() if value}
    signed, signatory = Signing((), ""), None
    if OFFICE in wording.layout:
        signed, signatory, more = signing(uow, signatory_id, wording.sign_prefix)
        told += more
    asked = set(wording.fields()) - {"number"}
    content = CasePaperContent(
        wording=wording,
        head=Letterhead(
            agency_lines=wording.agency or office.agency_lines,
            place_line=f"{office.place_name}, {official_date(on)}",
            symbol=wording.symbol,
            number=None,
            draft=bool(wording.draft_mark),
            sample=office.sample,
            draft_mark=wording.draft_mark,
            sample_mark=wording.sample_mark,
        ),
        values=tuple((name, known[name]) for name in sorted(asked & known.keys())),
        tables=_tables(paper_code, wording, tables),
        signing=signed,
    )
    return PaperDraft(
        kind=kind,
        content=content,
        title=" - ".join(filter(None, (content.text(wording.title), content.text(wording.subject)))),
        household_id=household_id,
        subject_id=subject_id or person_id or household_id,
        signatory_id=signatory,
        warnings=tuple(told),
    )


def issue(
    uow: UnitOfWork,
    paper_code: str,
    values: Mapping[str, str],
    tables: Mapping[str, Sequence[Sequence[str]]],
    *,
    on: date,
    person_id: UUID | None = None,
    household_id: UUID | None = None,
    subject_id: UUID | None = None,
    signatory_id: UUID | None = None,
    number: int | None = None,
    render: Render,
) -> IssuedPaper:
    """Number the paper where it has a number, and freeze it; `render` is `reports.office_papers.render_paper`."""
    uow.require(Permission.ISSUE)
    made = draft(
        uow,
        paper_code,
        values,
        tables,
        on=on,
        person_id=person_id,
        household_id=household_id,
        subject_id=subject_id,
        signatory_id=signatory_id,
    )
    return office_papers.issue_draft(uow, made, on, number=number, render=render)


def facts(uow: UnitOfWork, *, household_id: UUID | None = None, person_id: UUID | None = None) -> dict[str, str]:
    """What the file knows of a household and of a person (the head where none is named), in the words of papers."""
    home = households.view(uow, household_id) if household_id else None
    found = _of_home(home) if home else {}
    member = None
    if home is not None:
        member = next((one for one in home.members if one.person_id == person_id), None) if person_id else home.head
    if member is not None:
        found |= _of_person(member.person)
        found["relation"] = relation_on_paper(member.relation, member.person.sex, member.relation_text)
    elif person_id is not None:
        found |= _of_person(people.person(uow, person_id)[1])
    return found


def _of_home(home: HouseholdView) -> dict[str, str]:
    newest = home.current_class
    made = newest.decision if newest else None
    decided = ""
    if made is not None:
        signed = f" {official_date(made.signed_on)}" if made.signed_on else ""
        decided = f"Quyết định số {made.number}{signed}"
    return {
        "name": home.name,
        "NAME": home.name.upper(),
        "head": home.name,
        "household_code": home.code,
        "hamlet": home.hamlet,
        "people": counted(len(home.members)),
        "category": CLASS_ON_PAPER[newest.data.value] if newest else "",
        "category_decision": decided,
        "address": home.address,
        "permanent_address": home.permanent_address,
        "phone": home.data.phone or "",
    }


def _of_person(person: PersonData) -> dict[str, str]:
    phone = {"phone": person.phone} if person.phone else {}
    return phone | {
        "name": person.full_name,
        "NAME": person.full_name.upper(),
        "birth": person.birth.text if person.birth else "",
        "sex": SEX_ON_PAPER[person.sex] if person.sex else "",
        "ethnic": name_of(person.ethnic) if person.ethnic else "",
        "id_number": person.id_number or person.old_id_number or "",
        "id_issued_on": format_date(person.id_issued_on) if person.id_issued_on else "",
    }


def _kind(paper_code: str) -> PaperKind:
    if paper_code not in CODES:
        raise NotFoundError(_("There is no paper called “{key}”.").format(key=paper_code))
    return PaperKind(paper_code)


def _tables(
    paper_code: str, wording: CasePaperWording, tables: Mapping[str, Sequence[Sequence[str]]]
) -> tuple[CaseTable, ...]:
    """The rows as the wording has room for them; a table it does not know is a mistake of the caller."""
    shipped: CasePaperWording = shipped_letters(paper_code)[-1].wording
    for name, rows in tables.items():
        wide = shipped.width(name)
        if any(len(row) != wide for row in rows):
            raise ValueError(f"rows of {name} on {paper_code} have {wide} cells")
    return tuple(
        CaseTable(name, tuple(tuple(row) for row in rows)) for name, rows in tables.items() if name in wording.columns()
    )
