# ruff: noqa: E501 - sentences of the law stay in one line
"""Papers of the review for an invented commune, ready to print."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from casemgr.domain import paper_templates as papers
from casemgr.domain.filling import filled
from casemgr.domain.households import HouseholdClass
from casemgr.domain.on_paper import CLASS_ON_PAPER, LISTS, counted
from casemgr.domain.paper_codes import case_qr, request_qr
from casemgr.domain.paper_templates import shipped_letters
from casemgr.domain.papers import (
    ConfirmationContent,
    DecisionContent,
    FigureRow,
    Letterhead,
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

LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Phước Thị Hoàng Ngọc Khánh Đoan Ánh"
HEADS = ("Nguyễn Thị Ngưỡng", "Trần Văn Út", "Lê Thị Bé Ba", LONG_NAME, "Kim Thị Sa Rây", "Đặng Hữu Nghĩa")
CHAIRMAN = Signing(("CHỦ TỊCH",), "Đỗ Hoàng Phương")
CASE = UUID(int=0x0193F2C47B6A7C118A22334455667788)
VALUES = {
    "commune": "xã Hưng Khánh Trung",
    "COMMUNE": "XÃ HƯNG KHÁNH TRUNG",
    "unit": "xã",
    "province": "tỉnh Vĩnh Long",
    "hamlet": "ấp Phú Nhơn",
    "year": "2026",
    "class_year": "2027",
    "review": "định kỳ",
    "office_unit": "Trưởng phòng Văn hóa - Xã hội",
    "department": "Sở Nông nghiệp và Môi trường",
    "superior": "Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Long",
    "number": "45/QĐ-UBND",
    "date": "ngày 24 tháng 11 năm 2026",
    "from": "ngày 25 tháng 11 năm 2026",
    "to": "ngày 27 tháng 11 năm 2026",
    "days": "03",
    "held": "ngày 20 tháng 11 năm 2026",
    "place": "Nhà văn hóa ấp Phú Nhơn",
    "chair": "Võ Văn Tám",
    "secretary": "Huỳnh Thị Mười",
    "representative": "Nguyễn Thị Ngưỡng",
    "present": "58",
    "applicant": "Lê Thị Bé Ba",
    "address": "ấp Phú Nhơn, xã Hưng Khánh Trung",
    "received": "15/11/2026",
    "due": "ngày 30 tháng 11 năm 2026",
    "asked": "rà soát hộ nghèo, hộ cận nghèo",
    "reason": "thu nhập bình quân của hộ là 1.820.000 đồng/người/tháng, trên mức 1.500.000 đồng của khu vực nông thôn.",
    "decision": "45/QĐ-UBND ngày 24 tháng 11 năm 2026",
    "period": "Theo chuẩn nghèo VN-2027",
}


def wording(key: str, **values: str) -> Any:
    """The shipped wording of a paper, filled in."""
    return filled(shipped_letters(key)[-1].wording, VALUES | values)


def head(symbol: str, number: int | None = 45, **values: Any) -> Letterhead:
    """The head of a paper of the invented commune; without number it is a draft."""
    made = Letterhead(
        agency_lines=("ỦY BAN NHÂN DÂN", "XÃ HƯNG KHÁNH TRUNG"),
        place_line="Hưng Khánh Trung, ngày 24 tháng 11 năm 2026",
        symbol=symbol,
        number=f"{counted(number)}/{symbol}" if number else None,
        draft=number is None,
        sample=False,
        draft_mark="NHÁP",
        sample_mark="DỮ LIỆU MẪU",
    )
    return replace(made, **values)


def recognised(value: HouseholdClass, count: int) -> RecognisedList:
    rows = tuple(
        RecognisedRow(
            HEADS[index % len(HEADS)], str(1950 + index % 40), f"Ấp {('Phú Nhơn', 'Quân An')[index % 2]}", 1 + index % 6,
            "120", "40", "Hộ nghèo mới" if index % 5 == 0 else "",
        )
        for index in range(count)
    )  # fmt: skip
    return RecognisedList(value, rows)


def decision(number: int | None = 45, counts: tuple[int, ...] = (38, 21, 6, 4)) -> DecisionContent:
    """A decision with its four lists."""
    lists = tuple(recognised(value, count) for value, count in zip(LISTS, counts, strict=False) if count)
    values: dict[str, str] = {}
    for place, listed in enumerate(lists):
        name = listed.value.value
        values |= {name: counted(len(listed.rows)), f"{name}_people": counted(listed.people)}
        values[f"annex_{name}"] = ("I", "II", "III", "IV", "V")[place]
    return DecisionContent(wording(papers.DECISION, **values), head("QĐ-UBND", number), lists, CHAIRMAN)


def average_decision(number: int | None = 46) -> DecisionContent:
    """The decision on the average living standard."""
    listed = recognised(HouseholdClass.AVERAGE, 5)
    words = wording(papers.AVERAGE_DECISION, average="05", average_people=counted(listed.people), annex_average="")
    return DecisionContent(words, head("QĐ-UBND", number), (listed,), CHAIRMAN)


def posting(number: int | None = 12, count: int = 40, *, again: bool = False) -> PostingContent:
    """A notice of posting of one hamlet."""
    categories = [CLASS_ON_PAPER[value] for value in LISTS[:4]]
    rows = tuple(
        PostingRow(HEADS[index % len(HEADS)], "Ấp Phú Nhơn", categories[index % 4], 1 + index % 6)
        for index in range(count)
    )
    counts = tuple(
        PostingCount(name, len(mine), sum(row.people for row in mine))
        for name in categories
        if (mine := [row for row in rows if row.category == name])
    )
    words = wording(papers.POSTING)
    signing = Signing(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), CHAIRMAN.name)
    return PostingContent(words, head("TB-UBND", number), again, counts, rows, words.places, signing)


def minutes(count: int = 24, *, draft: bool = False, discussion: tuple[str, ...] = ()) -> MinutesContent:
    """The minutes of one meeting."""
    votes = tuple(
        VoteRow(HEADS[index % len(HEADS)], 1 + index % 6, CLASS_ON_PAPER[LISTS[index % 4]], 58, 50 - index, index < 21)
        for index in range(count)
    )
    words = wording(papers.MINUTES, voted=counted(count), accepted="21", returned="03")
    return MinutesContent(
        words,
        head("", None, draft=draft, place_line=""),
        58,
        True,
        votes,
        discussion,
        "Võ Văn Tám",
        "Huỳnh Thị Mười",
        HEADS[0],
    )


def refusal(number: int | None = 7) -> RefusalContent:
    """A refusal."""
    signing = Signing(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Phạm Thị Hằng")
    return RefusalContent(wording(papers.REFUSAL), head("UBND-VHXH", number), signing)


def superior_report(number: int | None = 9, hamlets: int = 12) -> SuperiorContent:
    """The report to the superior."""
    rows = tuple(FigureRow(f"Ấp {index + 1}", ("30", "12", "8", "2", "1")) for index in range(hamlets))
    total = tuple(str(int(figure) * hamlets) for figure in ("30", "12", "8", "2", "1"))
    return SuperiorContent(wording(papers.SUPERIOR_REPORT), head("BC-UBND", number), rows, total, CHAIRMAN)


def confirmation(number: int | None = 3) -> ConfirmationContent:
    """The plain confirmation."""
    signing = Signing(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), CHAIRMAN.name)
    values = (LONG_NAME, "1960", "Ấp Phú Nhơn, xã Hưng Khánh Trung, tỉnh Vĩnh Long", "04")
    return ConfirmationContent(wording(papers.CONFIRMATION), head("XN-UBND", number), values, signing)


def receipt(applicant: str = LONG_NAME) -> ReceiptContent:
    """The slip for a request."""
    values = (
        applicant,
        "Tổ 3, ấp Phú Nhơn, xã Hưng Khánh Trung, tỉnh Vĩnh Long",
        VALUES["asked"],
        "Trực tiếp",
        "15/11/2026",
    )
    return ReceiptContent(
        wording(papers.RECEIPT),
        head("", None, draft=False),
        "2026-0012",
        values,
        request_qr(CASE),
        applicant,
        "Nguyễn Thị Lan",
    )


def request(*, leave: bool = False, members: int = 4, reason: str = "") -> RequestContent:
    """Mẫu số 01 or Mẫu số 04 of a household."""
    people = tuple(
        RequestMember(HEADS[index % len(HEADS)], "2", "05/03/1960", "Chủ hộ" if index == 0 else "Con", "Có việc làm")
        for index in range(members)
    )
    values = (
        HEADS[3], "2", "05/03/1960", "Kinh", "083160001234", "12/08/2021", "", "Ấp Phú Nhơn, xã Hưng Khánh Trung, tỉnh Vĩnh Long",
        "Tổ 3, ấp Phú Nhơn, xã Hưng Khánh Trung, tỉnh Vĩnh Long",
    )  # fmt: skip
    words = wording(papers.REQUEST_LEAVE if leave else papers.REQUEST_ENTER)
    return RequestContent(
        words, values, "2", people, reason, "", "Hưng Khánh Trung, ngày ...... tháng ...... năm 2026", "", False, leave
    )


THRESHOLDS = (
    "Hộ gia đình có ít nhất một người không có việc làm (người trong độ tuổi lao động, có khả năng lao động, sẵn sàng/mong muốn làm việc nhưng không tìm được việc làm); hoặc có việc làm công ăn lương nhưng không có hợp đồng lao động.",
    "Hộ gia đình có tỷ lệ người phụ thuộc trong tổng số nhân khẩu lớn hơn 50%. Người phụ thuộc gồm: trẻ em dưới 16 tuổi; người cao tuổi hoặc người khuyết tật đang hưởng trợ cấp xã hội hằng tháng.",
    "Hộ gia đình có ít nhất một trẻ em dưới 16 tuổi suy dinh dưỡng chiều cao theo tuổi hoặc suy dinh dưỡng cân nặng theo tuổi.",
    "Hộ gia đình có ít nhất một người từ đủ 6 tuổi trở lên hiện không có bảo hiểm y tế.",
    "Hộ gia đình có ít nhất một người trong độ tuổi từ 16 tuổi đến 30 tuổi không tham gia các khóa đào tạo hoặc không có bằng cấp, chứng chỉ giáo dục đào tạo so với độ tuổi tương ứng [người từ 16 tuổi đến dưới 18 tuổi đang học hoặc đã tốt nghiệp trung học cơ sở; từ 18 tuổi đến 30 tuổi đang học hoặc đã tốt nghiệp trung học phổ thông hoặc sơ cấp/trung cấp/cao đẳng nghề; hoặc người từ 16 tuổi đến 30 tuổi được doanh nghiệp tuyển dụng và chứng nhận đào tạo nghề tại chỗ (hình thức vừa học vừa làm)].",
    "Hộ gia đình có ít nhất một trẻ em từ 3 tuổi đến dưới 16 tuổi không được học đúng bậc, cấp học phù hợp với độ tuổi [3 - dưới 6: giáo dục mầm non; 6 - dưới 12: tiểu học; 12 - dưới 16: trung học cơ sở].",
    "Hộ gia đình đang sống trong ngôi nhà/căn hộ thuộc loại không bền chắc (trong ba kết cấu chính là tường, cột, mái thì có ít nhất hai kết cấu được làm bằng vật liệu không bền chắc).",
    "Diện tích nhà ở bình quân đầu người của hộ gia đình nhỏ hơn 8 m².",
    "Hộ gia đình không tiếp cận được nguồn nước sạch trong sinh hoạt (gồm: nước máy, giếng khoan, giếng đào được bảo vệ, nước khe/mó được bảo vệ và nước mưa, nước đóng chai bình).",
    "Hộ gia đình không sử dụng hố xí/nhà tiêu hợp vệ sinh (gồm: tự hoại/bán tự hoại, thấm dội nước (Suilabh), cải tiến có ống thông hơi (VIP), hố xí đào có bệ ngồi, hai ngăn).",
    "Hộ gia đình không có thành viên nào sử dụng dịch vụ internet.",
    "Hộ gia đình không có phương tiện nào trong số các phương tiện phục vụ tiếp cận thông tin: phương tiện dùng chung (tivi, radio, máy tính để bàn, điện thoại); phương tiện cá nhân (máy tính xách tay, máy tính bảng, điện thoại thông minh).",
)  # fmt: skip
NAMES = (
    "Việc làm", "Người phụ thuộc trong hộ gia đình", "Dinh dưỡng", "Bảo hiểm y tế", "Trình độ giáo dục của người lớn",
    "Tình trạng đi học của trẻ em", "Chất lượng nhà ở", "Diện tích nhà ở bình quân đầu người", "Nguồn nước sinh hoạt",
    "Nhà tiêu hợp vệ sinh", "Sử dụng dịch vụ viễn thông", "Phương tiện phục vụ tiếp cận thông tin",
)  # fmt: skip
INDICATORS = tuple(
    SurveyIndicator(number, name, text) for number, (name, text) in enumerate(zip(NAMES, THRESHOLDS, strict=True), 1)
)


def survey(members: int = 5, case: UUID = CASE, **values: Any) -> SurveyContent:
    """The survey sheet of a household of which some things are known."""
    people = tuple(
        SurveyMember(
            HEADS[(index + 3) % len(HEADS)], "Chủ hộ" if index == 0 else "Con", "Nữ" if index % 2 else "Nam", "05/03/1960",
            "083160001234", "Kinh", "Tiểu học" if index == 2 else "", (True, False, None)[index % 3], "Có việc làm",
        )
        for index in range(members)
    )  # fmt: skip
    made = SurveyContent(
        wording=wording(papers.SURVEY),
        agency_lines=("ỦY BAN NHÂN DÂN", "XÃ HƯNG KHÁNH TRUNG"),
        qr=case_qr(case),
        household=(
            "H-00147",
            HEADS[3],
            "Kinh",
            "Ấp Phú Nhơn",
            "Tổ 3, ấp Phú Nhơn, xã Hưng Khánh Trung, tỉnh Vĩnh Long",
            str(members),
            "",
            "Hộ nghèo năm 2026; B1: 120; B2: 40",
        ),
        area=0,
        members=people,
        walls=True,
        columns=False,
        roof=None,
        floor_area="36,5",
        water=1,
        toilet=None,
        internet=True,
        devices=(0, 3),
        waste=None,
        ask_waste=False,
        indicators=INDICATORS,
        sample=False,
    )
    return replace(made, **values)


def quick(*items: str) -> QuickContent:
    """The quick sheet of a household that asks."""
    household = ("H-00147", HEADS[0], "Kinh", "Ấp Phú Nhơn", "Tổ 3, ấp Phú Nhơn", "4")
    return QuickContent(
        wording(papers.QUICK), ("ỦY BAN NHÂN DÂN", "XÃ HƯNG KHÁNH TRUNG"), case_qr(CASE), household, items, "", False
    )


def todo(hamlets: int = 3, households: int = 20) -> ListContent:
    """What is missing, hamlet by hamlet."""
    groups = tuple(
        (
            f"Ấp {hamlet + 1}",
            tuple(
                (str(index + 1), f"H-{index:05d}", HEADS[index % len(HEADS)], "xử lý rác thải; dịch vụ internet", "")
                for index in range(households)
            ),
        )
        for hamlet in range(hamlets)
    )
    return ListContent(wording(papers.MISSING_ANSWERS), ("ỦY BAN NHÂN DÂN", "XÃ HƯNG KHÁNH TRUNG"), groups, False)
