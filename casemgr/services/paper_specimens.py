"""Every paper of the review for invented households, so that a wording is seen on paper before it is saved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from casemgr.domain import paper_templates as keys
from casemgr.domain.case_papers import CasePaperWording
from casemgr.domain.dates import official_date
from casemgr.domain.dossiers import DossierWording
from casemgr.domain.filling import filled
from casemgr.domain.households import HouseholdClass
from casemgr.domain.on_paper import CLASS_ON_PAPER, LISTS, ROMAN, counted
from casemgr.domain.paper_codes import case_qr, request_qr
from casemgr.domain.paper_templates import LetterTemplate
from casemgr.domain.papers import (
    ConfirmationContent,
    DecisionContent,
    FigureRow,
    ListContent,
    MinutesContent,
    PostingContent,
    PostingCount,
    PostingRow,
    QuickContent,
    ReceiptContent,
    RecognisedList,
    RecognisedRow,
    RefusalContent,
    RequestContent,
    RequestMember,
    Signing,
    SuperiorContent,
    SurveyContent,
    SurveyIndicator,
    SurveyMember,
    VoteRow,
)
from casemgr.i18n import format_date
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    case_specimens,
    community_papers,
    dossiers,
    ledger_papers,
    offices,
    packs,
    support_specimens,
)
from casemgr.services.paper_words import Sheet, letterhead, office_values, pack_values, signing
from casemgr.services.specimen import FAMILY

_HAMLET = "Ấp Ví Dụ"
_NOBODY = UUID(int=0)
_PEOPLE = 4
_PRESENT = 50
_AGREED = (45, 40, 20, 38)


@dataclass(frozen=True)
class _Specimen:
    """What a specimen is made from."""

    sheet: Sheet
    signing: Signing
    indicators: tuple[SurveyIndicator, ...]

    @property
    def address(self) -> str:
        """An address in the office's commune."""
        return f"{_HAMLET}, {self.sheet.values['commune']}, {self.sheet.values['province']}"


def specimen(uow: UnitOfWork, key: str, template: LetterTemplate[Any], on: date) -> Any:  # noqa: ANN401 - its content depends on the paper
    """A draft of the paper with this wording, the office's own letterhead and first signatory."""
    if isinstance(template.wording, CasePaperWording):
        return case_specimens.specimen(uow, key, template, on)
    office = offices.office(uow)
    values = office_values(office) | pack_values(uow, on) | _values(on)
    words = filled(template.wording, values)
    sheet = Sheet(office, words, values, on, ())
    signed, _signatory, _told = signing(uow, None, getattr(words, "sign_prefix", ()))
    if isinstance(words, DossierWording):
        return dossiers.specimen(words, words.agency or office.agency_lines, sample=office.sample)
    if key in community_papers.SPECIMENS:
        return community_papers.SPECIMENS[key](sheet)
    if key in support_specimens.SPECIMENS:
        return support_specimens.SPECIMENS[key](sheet)
    if key in ledger_papers.SPECIMENS:
        return ledger_papers.SPECIMENS[key](sheet)
    pack = packs.national(uow, on)
    asked = tuple(SurveyIndicator(one.number, one.name, one.threshold) for one in pack.indicators)
    return _MAKERS[key](_Specimen(sheet, signed, asked))


def _values(on: date) -> dict[str, str]:
    day = official_date(on)
    values = {
        "year": str(on.year),
        "class_year": str(on.year + 1),
        "review": "định kỳ",
        "superior": "Chủ tịch Ủy ban nhân dân tỉnh",
        "hamlet": "ấp Ví Dụ",
        "number": "………",
        "date": day,
        "from": day,
        "to": day,
        "days": "03",
        "held": day,
        "place": "Nhà văn hóa ấp Ví Dụ",
        "chair": FAMILY[1].name,
        "secretary": FAMILY[2].name,
        "representative": FAMILY[0].name,
        "present": str(_PRESENT),
        "voted": counted(len(_AGREED)),
        "accepted": "03",
        "returned": "01",
        "applicant": FAMILY[0].name,
        "address": "ấp Ví Dụ",
        "received": format_date(on),
        "due": day,
        "asked": "rà soát hộ nghèo, hộ cận nghèo",
        "reason": "…………………………………………",
        "decision": f"……/QĐ-UBND {day}",
        "code": "H-00000",
        "head": FAMILY[0].name,
        "sponsor": FAMILY[1].name,
        "event": "Tập huấn tại Ấp Ví Dụ",
        "count": "02",
        "period": f"Năm {on.year}",
        "total": "4",
        "total_people": str(_PEOPLE * len(FAMILY)),
    }
    for place, value in enumerate(LISTS):
        values |= {value.value: counted(2), f"{value.value}_people": counted(2 * _PEOPLE)}
        values[f"annex_{value.value}"] = ROMAN[place]
    return values


def _decision(made: _Specimen) -> DecisionContent:
    return DecisionContent(made.sheet.wording, letterhead(made.sheet), tuple(map(_listed, LISTS[:4])), made.signing)


def _average(made: _Specimen) -> DecisionContent:
    return DecisionContent(made.sheet.wording, letterhead(made.sheet), (_listed(HouseholdClass.AVERAGE),), made.signing)


def _listed(value: HouseholdClass) -> RecognisedList:
    rows = tuple(
        RecognisedRow(member.name, member.birth_year, _HAMLET, _PEOPLE, "120", "40", "") for member in FAMILY[:2]
    )
    return RecognisedList(value, rows)


def _posting(made: _Specimen) -> PostingContent:
    rows = tuple(
        PostingRow(member.name, _HAMLET, CLASS_ON_PAPER[value], _PEOPLE)
        for member, value in zip(FAMILY, LISTS, strict=False)
    )
    counts = tuple(PostingCount(row.category, 1, row.people) for row in rows)
    places = made.sheet.wording.places
    return PostingContent(made.sheet.wording, letterhead(made.sheet), False, counts, rows, places, made.signing)


def _minutes(made: _Specimen) -> MinutesContent:
    votes = tuple(
        VoteRow(member.name, _PEOPLE, CLASS_ON_PAPER[value], _PRESENT, agreed, agreed > _AGREED[2])
        for member, value, agreed in zip(FAMILY, LISTS, _AGREED, strict=False)
    )
    chair, secretary, representative = FAMILY[1].name, FAMILY[2].name, FAMILY[0].name
    head = replace(letterhead(made.sheet), place_line="")
    return MinutesContent(made.sheet.wording, head, _PRESENT, True, votes, (), chair, secretary, representative)


def _refusal(made: _Specimen) -> RefusalContent:
    return RefusalContent(made.sheet.wording, letterhead(made.sheet), made.signing)


def _superior(made: _Specimen) -> SuperiorContent:
    figures = ("4", "1", "1", "1", "1")
    rows = (FigureRow(_HAMLET, figures),)
    return SuperiorContent(made.sheet.wording, letterhead(made.sheet), rows, figures, made.signing)


def _confirmation(made: _Specimen) -> ConfirmationContent:
    values = (FAMILY[0].name, FAMILY[0].birth_year, made.address, counted(_PEOPLE))
    return ConfirmationContent(made.sheet.wording, letterhead(made.sheet), values, made.signing)


def _receipt(made: _Specimen) -> ReceiptContent:
    values = (FAMILY[0].name, made.address, made.sheet.values["asked"], "Nộp trực tiếp", made.sheet.values["received"])
    head = letterhead(made.sheet, draft=False)
    return ReceiptContent(
        made.sheet.wording, head, f"00/{made.sheet.on.year}", values, request_qr(_NOBODY), FAMILY[0].name, ""
    )


def _request(made: _Specimen, *, leave: bool = False) -> RequestContent:
    members = tuple(
        RequestMember(member.name, "1" if member.sex == "male" else "2", member.birth_year, member.relation, "")
        for member in FAMILY
    )
    values = (FAMILY[0].name, "2", FAMILY[0].birth_year, "Kinh", "000000000000", "", "", made.address, made.address)
    return RequestContent(
        wording=made.sheet.wording,
        values=values,
        sex="2",
        members=() if leave else members,
        reason="",
        income="",
        place_line=f"{made.sheet.office.place_name}, ngày ...... tháng ...... năm {made.sheet.on.year}",
        applicant="",
        sample=made.sheet.office.sample,
        leave=leave,
    )


def _leave(made: _Specimen) -> RequestContent:
    return _request(made, leave=True)


def _household(made: _Specimen) -> tuple[str, ...]:
    return ("H-00000", FAMILY[0].name, "Kinh", _HAMLET, made.address, str(len(FAMILY)), "", "")


def _survey(made: _Specimen) -> SurveyContent:
    members = tuple(
        SurveyMember(member.name, member.relation, "", member.birth_year, "", member.ethnic, "", None, "")
        for member in FAMILY
    )
    return SurveyContent(
        wording=made.sheet.wording,
        agency_lines=made.sheet.office.agency_lines,
        qr=case_qr(_NOBODY),
        household=_household(made),
        area=0,
        members=members,
        walls=None,
        columns=None,
        roof=None,
        floor_area="",
        water=None,
        toilet=None,
        internet=None,
        devices=(),
        waste=None,
        ask_waste=True,
        indicators=made.indicators,
        sample=made.sheet.office.sample,
    )


def _quick(made: _Specimen) -> QuickContent:
    agency, sample = made.sheet.office.agency_lines, made.sheet.office.sample
    return QuickContent(made.sheet.wording, agency, case_qr(_NOBODY), _household(made)[:6], (), "", sample)


def _list(made: _Specimen) -> ListContent:
    wide = len(made.sheet.wording.columns)
    rows = tuple(("1", *([""] * (wide - 1))) for _member in FAMILY[:2])
    return ListContent(made.sheet.wording, made.sheet.office.agency_lines, ((_HAMLET, rows),), made.sheet.office.sample)


_MAKERS: Mapping[str, Callable[[_Specimen], Any]] = {
    keys.DECISION: _decision,
    keys.AVERAGE_DECISION: _average,
    keys.POSTING: _posting,
    keys.MINUTES: _minutes,
    keys.REFUSAL: _refusal,
    keys.SUPERIOR_REPORT: _superior,
    keys.CONFIRMATION: _confirmation,
    keys.RECEIPT: _receipt,
    keys.REQUEST_ENTER: _request,
    keys.REQUEST_AVERAGE: _request,
    keys.REQUEST_LEAVE: _leave,
    keys.SURVEY: _survey,
    keys.QUICK: _quick,
    keys.REQUEST_LIST: _list,
    keys.MISSING_ANSWERS: _list,
}
