"""Certificates of invented households, ready to print."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from casemgr.domain.certificates import CertificateContent, MemberLine, YearBlock, number_text, qr_text
from casemgr.domain.households import HouseholdClass
from casemgr.domain.templates import CERTIFICATE, fill, shipped

SYMBOL = "GCN-HN.HCN"
FAMILY = (
    MemberLine("Nguyễn Thị Ngưỡng", "Kinh", "Chủ hộ", "1960", "female"),
    MemberLine("Trần Văn Út", "Kinh", "Con", "1985", "male"),
    MemberLine("Lê Thị Bé Ba", "Khơ-me", "Con dâu", "1987", "female"),
    MemberLine("Trần Đặng Khánh Quỳnh", "Kinh", "Cháu", "2012", "female", "Mất ngày 05/02/2026"),
)


def block(year: int = 2026, value: HouseholdClass = HouseholdClass.POOR, *deprivations: int) -> YearBlock:
    """The confirmation of a year by the chairman."""
    numbers = deprivations or (1, 4, 9, 10)
    return YearBlock(year, value, numbers, date(year, 3, 5), ("CHỦ TỊCH",), "Đỗ Hoàng Phương")


def content(
    number: int | None = 5,
    *,
    members: tuple[MemberLine, ...] = FAMILY,
    blocks: tuple[YearBlock, ...] | None = None,
    template: str = "2026",
) -> CertificateContent:
    """A certificate of the invented commune; without number it is a draft."""
    version = next(version for version in shipped(CERTIFICATE) if version.id == template)
    text = None if number is None else number_text(number, SYMBOL)
    return CertificateContent(
        template=version.id,
        wording=fill(version.wording, {"commune": "xã Hưng Khánh Trung", "unit": "xã"}),
        parent_line="",
        agency_lines=("ỦY BAN NHÂN DÂN", "XÃ HƯNG KHÁNH TRUNG"),
        symbol=SYMBOL,
        number=text,
        place_line="Hưng Khánh Trung, ngày 05 tháng 3 năm 2026",
        head_name=members[0].name,
        head_ethnic=members[0].ethnic,
        id_number="083160001234",
        id_issued_on="12/08/2021",
        residence="Ấp Phú Nhơn, xã Hưng Khánh Trung, tỉnh Vĩnh Long",
        members=members,
        blocks=blocks or (block(),),
        slots=version.slots,
        member_rows=version.member_rows,
        qr=qr_text(UUID(int=0x0193F2C47B6A7C11_8A2233445566_7788), text, 2026) if text else None,
        sample=False,
    )


def crowd(count: int) -> tuple[MemberLine, ...]:
    """A household of many."""
    return tuple(
        replace(FAMILY[index % 4], name=f"{FAMILY[index % 4].name} {chr(65 + index)}") for index in range(count)
    )
