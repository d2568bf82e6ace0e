"""A certificate of an invented household, so that a wording is seen on paper before it is saved."""

from datetime import date

from casemgr.domain.certificates import CertificateContent, MemberLine, YearBlock
from casemgr.domain.dates import official_date
from casemgr.domain.households import HouseholdClass
from casemgr.domain.templates import PaperTemplate, fill, in_sentence, unit_kind
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import offices

FAMILY = (
    MemberLine("Nguyễn Thị Ví Dụ", "Kinh", "Chủ hộ", "1960", "female"),
    MemberLine("Trần Văn Ví Dụ", "Kinh", "Chồng", "1958", "male"),
    MemberLine("Trần Thị Thử", "Kinh", "Con", "1985", "female"),
    MemberLine("Lê Minh Mẫu", "Kinh", "Cháu", "2012", "male"),
)
"""Nobody: the names say so."""

_MARKED = 3
_CHAIRMAN = ("CHỦ TỊCH",)


def specimen(uow: UnitOfWork, template: PaperTemplate, on: date) -> CertificateContent:
    """A draft with this wording, the office's own letterhead and first signatory."""
    office = offices.office(uow)
    signing = offices.signatories(uow, active_only=True)
    titles, name = (signing[0].data.title_lines, signing[0].data.name) if signing else (_CHAIRMAN, "")
    numbers = tuple(range(1, min(_MARKED, len(template.wording.indicators)) + 1))
    names = {"commune": in_sentence(office.commune_name), "unit": unit_kind(office.commune_name)}
    return CertificateContent(
        template=template.id,
        wording=fill(template.wording, names),
        parent_line="",
        agency_lines=office.agency_lines,
        symbol=office.certificate_symbol,
        number=None,
        place_line=f"{office.place_name}, {official_date(on)}",
        head_name=FAMILY[0].name,
        head_ethnic=FAMILY[0].ethnic,
        id_number="000000000000",
        id_issued_on="",
        residence=f"{office.commune_name}, {office.province_name}",
        members=FAMILY,
        blocks=(YearBlock(on.year, HouseholdClass.POOR, numbers, on, titles, name),),
        slots=template.slots,
        member_rows=template.member_rows,
        qr=None,
        sample=office.sample,
    )
