"""The columns of the list of households and of the tables on a household's page."""

from datetime import date
from typing import Final

from casemgr.domain.certificates import STATUS_LABELS, CertificateStatus
from casemgr.domain.households import CLASS_LABELS, CLASS_SHORT_LABELS
from casemgr.domain.people import (
    LABOUR_LABELS,
    LEAVE_LABELS,
    RELATION_LABELS,
    SEX_LABELS,
    WORK_LABELS,
    Disability,
    LabourCapacity,
    Relation,
    Sex,
)
from casemgr.i18n import N_, _, format_date
from casemgr.services.certificate_register import RegisterRow
from casemgr.services.classes import ClassView, since_when
from casemgr.services.households import HouseholdRow
from casemgr.services.members import MemberView
from ui.models.rows import Column
from ui.tones import class_tone


def _class_year(row: HouseholdRow) -> str:
    return str(row.class_year) if row.class_year else ""


HOUSEHOLDS: Final = (
    Column[HouseholdRow]("head", N_("Head of household"), lambda row: row.head, 280, "name"),
    Column[HouseholdRow]("code", N_("Code"), lambda row: row.code, 100, "code", code=True),
    Column[HouseholdRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 190, "hamlet"),
    Column[HouseholdRow](
        "class",
        N_("Class"),
        lambda row: _(CLASS_SHORT_LABELS[row.class_value]),
        150,
        "class",
        tone=lambda row: class_tone(row.class_value),
    ),
    Column[HouseholdRow]("class_year", N_("Year"), _class_year, 80, right=True),
    Column[HouseholdRow]("people", N_("People"), lambda row: str(row.people), 90, "people", right=True),
)


def relation_words(member: MemberView) -> str:
    """The relation as written, else by its code; a spouse is called wife or husband where the sex is known."""
    if member.relation == Relation.SPOUSE and member.person.sex is not None and not member.relation_text:
        return _("Wife") if member.person.sex == Sex.FEMALE else _("Husband")
    return member.relation_text or _(RELATION_LABELS[member.relation])


def state_words(member: MemberView) -> str:
    """What the person does, or why not."""
    person = member.person
    words = []
    if person.occupation:
        words.append(person.occupation)
    elif person.work is not None:
        words.append(_(WORK_LABELS[person.work]))
    if person.labour in (LabourCapacity.NONE, LabourCapacity.REDUCED):
        words.append(_(LABOUR_LABELS[person.labour]))
    if person.disability in (Disability.SEVERE, Disability.VERY_SEVERE):
        words.append(_("disabled"))
    return ", ".join(word[:1].lower() + word[1:] if number else word for number, word in enumerate(words))


def _birth(member: MemberView) -> str:
    return member.person.birth.text if member.person.birth else ""


def _hint(member: MemberView) -> str:
    return "\n".join((member.person.full_name, *member.doubts))


MEMBERS: Final = (
    Column[MemberView]("name", N_("Full name"), lambda member: member.person.full_name, 180, hint=_hint),
    Column[MemberView]("birth", N_("Born"), _birth, 96),
    Column[MemberView](
        "sex", N_("Sex"), lambda member: _(SEX_LABELS[member.person.sex]) if member.person.sex else "", 62
    ),
    Column[MemberView]("relation", N_("Relation"), relation_words, 132),
    Column[MemberView](
        "id_number", N_("Identity number"), lambda member: member.person.id_number or "", 128, code=True
    ),
    Column[MemberView]("state", N_("Situation"), state_words, 170, spare=True),
)


def _left(member: MemberView) -> str:
    return format_date(member.left_on) if isinstance(member.left_on, date) else ""


def _left_reason(member: MemberView) -> str:
    return _(LEAVE_LABELS[member.left_reason]) if member.left_reason else ""


FORMER: Final = (
    Column[MemberView]("name", N_("Former member"), lambda member: member.person.full_name, 190),
    Column[MemberView]("left", N_("Left on"), _left, 96),
    Column[MemberView]("reason", N_("Reason"), _left_reason, 160),
)


def _decision(view: ClassView) -> str:
    return view.decision.number if view.decision else ""


def _since(view: ClassView) -> str:
    since = since_when(view)
    return format_date(since) if since else ""


PAPER_TONES: Final = {
    CertificateStatus.ISSUED: "ok",
    CertificateStatus.REPLACED: "plain",
    CertificateStatus.VOID: "poor",
}


def _paper_state(row: RegisterRow) -> str:
    return _(STATUS_LABELS[row.status])


PAPERS: Final = (
    Column[RegisterRow]("number", N_("Number"), lambda row: row.number, 140),
    Column[RegisterRow]("issued", N_("Issued on"), lambda row: format_date(row.issued_on), 96),
    Column[RegisterRow]("state", N_("State"), _paper_state, 130, tone=lambda row: PAPER_TONES[row.status]),
    Column[RegisterRow]("taken", N_("Collected by"), lambda row: row.collected_by, 130),
)

CLASSES: Final = (
    Column[ClassView]("year", N_("Year"), lambda view: str(view.data.year), 60),
    Column[ClassView](
        "class",
        N_("Class"),
        lambda view: _(CLASS_SHORT_LABELS[view.data.value]),
        130,
        tone=lambda view: class_tone(view.data.value),
        hint=lambda view: _(CLASS_LABELS[view.data.value]),
    ),
    Column[ClassView]("since", N_("From"), _since, 96),
    Column[ClassView]("decision", N_("Decision"), _decision, 130),
)
