"""Specimens of the papers of cases: invented people and figures, the office's own head, the wording being typed."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from casemgr.domain.case_papers import OFFICE, CasePaperContent, CasePaperWording, CaseTable
from casemgr.domain.dates import official_date
from casemgr.domain.paper_templates import LetterTemplate
from casemgr.domain.papers import Letterhead, Signing
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import offices
from casemgr.services.paper_words import office_values, pack_values, signing
from casemgr.services.specimen import FAMILY

NAME: Final = FAMILY[0].name
_OTHER: Final = FAMILY[1].name
_HAMLET: Final = "Ấp Ví Dụ"
_NUMBER: Final = "000000000000"
_TAG: Final = "VD-0001"
_SUM: Final = "30.000.000"
_PEOPLE: Final = (FAMILY[2].name, "01/02/2003", "Nữ", "Kinh")

VALUES: Final[Mapping[str, str]] = {
    "name": NAME,
    "NAME": NAME.upper(),
    "birth": "15/3/1980",
    "sex": "Nữ",
    "ethnic": "Kinh",
    "id_number": _NUMBER,
    "id_issued_on": "20/5/2021",
    "phone": "0900 000 000",
    "permanent_address": _HAMLET,
    "address": _HAMLET,
    "relation": "Chủ hộ",
    "head": NAME,
    "household_code": "H-00000",
    "hamlet": _HAMLET,
    "people": "04",
    "category": "Hộ nghèo",
    "category_decision": "Quyết định số ……/QĐ-UBND",
    "programme": "Chương trình mục tiêu quốc gia giai đoạn 2026 - 2030",
    "project": "dự án nuôi bò sinh sản cộng đồng",
    "activity": "Nuôi bò cái sinh sản",
    "scale": "02 con bò cái hậu bị, chuồng 16 m²",
    "experience": "Đã nuôi bò thuê 05 năm, có chuồng tạm và 1.000 m² đất trồng cỏ",
    "own_share": "6.000.000 đồng (chuồng, cỏ, 40 ngày công)",
    "causes": "Thiếu vốn sản xuất; thiếu kiến thức, kỹ năng lao động",
    "deprivations": "Việc làm; nhà tiêu hợp vệ sinh",
    "land": "1.500 m² đất trồng cây lâu năm, có giấy chứng nhận",
    "stalls": "Chuồng tạm 12 m², máy bơm nước",
    "labour": "02 lao động, 06 giờ một ngày",
    "savings": "3.000.000 đồng",
    "loans": "Không",
    "reason": "Hồ sơ chưa có bản dịch hợp đồng lao động được chứng thực",
    "market": "Thương lái trong xã, chợ gia súc của tỉnh",
    "training": "Kỹ thuật chăn nuôi bò sinh sản; quản lý thu, chi trong gia đình",
    "total_cost": "36.000.000 đồng",
    "state_share": "30.000.000 đồng (83,3 %)",
    "profit": "12.000.000 đồng",
    "payback": "18",
    "extra_income": "250.000 đồng",
    "goal": "Thoát nghèo sau 02 năm",
    "risks": "Dịch bệnh: tiêm phòng đủ mũi, báo thú y khi bò bỏ ăn. Khô hạn, xâm nhập mặn: dự trữ rơm, cỏ ủ.",
    "officer": _OTHER,
    "time": "08 giờ 00 phút",
    "venue": f"Nhà văn hóa {_HAMLET}",
    "chair": _OTHER,
    "secretary": FAMILY[2].name,
    "representative": NAME,
    "invited": "20",
    "present": "18",
    "selected": "08",
    "refused": "02",
    "discussion": "Đề nghị tiêm phòng trước khi giao bò cho hộ.",
    "decision": "Quyết định số ……/QĐ-UBND",
    "content": "02 con bò cái hậu bị giống lai Sind",
    "value": "30.000.000 đồng (Ba mươi triệu đồng)",
    "return_form": "01 con bê cái từ 06 tháng tuổi",
    "return_amount": "01 con cho mỗi con bò nhận",
    "return_due": "Trong 24 tháng kể từ ngày nhận",
    "round": "2",
    "due": "02 con",
    "returned": "01 con",
    "taker": FAMILY[3].name,
    "taker_id": _NUMBER,
    "taker_address": _HAMLET,
    "taker_category": "Hộ cận nghèo",
    "condition": "Khỏe mạnh, đã tiêm phòng",
    "office_person": _OTHER,
    "office_title": "Công chức",
    "group_person": FAMILY[2].name,
    "hamlet_person": _OTHER,
    "conclusion": "Đạt",
    "contract": "……/HĐ",
    "contract_value": "300.000.000 đồng",
    "accepted_value": "300.000.000 đồng",
    "paid": "150.000.000 đồng",
    "works": "Làm mới",
    "area": "36",
    "decided": "40.000.000 đồng",
    "stage": "Sau khi xong phần móng",
    "volume": "Xong móng, đã dựng cột",
    "pays": "28.000.000 đồng (Hai mươi tám triệu đồng)",
    "started": "02/3/2026",
    "finished": "15/8/2026",
    "quality": "Nền cứng, khung cứng, mái cứng",
    "rest": "150.000.000 đồng",
    "vet": FAMILY[2].name,
    "kind": "Dịch bệnh",
    "cause": "Bò sốt cao, chết sau 02 ngày điều trị",
    "fault": "Khách quan",
    "proposal": "Không phải hoàn trả con bò đã chết; tiếp tục theo dõi con còn lại.",
    "visit": "1",
    "given": "02 con bò cái",
    "groups": "Người thuộc hộ nghèo",
    "education": "9/12",
    "trade": "May công nghiệp",
    "provider": "Trung tâm Giáo dục nghề nghiệp Ví Dụ",
    "supported_before": "Chưa",
    "course": "MAY-01",
    "level": "Sơ cấp",
    "count": "14",
    "source": "Ngân sách trung ương",
    "meals": "21.000.000 đồng",
    "travel": "2.800.000 đồng",
    "total": "23.800.000 đồng",
    "words": "Hai mươi ba triệu tám trăm nghìn đồng",
    "hours": "300 giờ",
    "result": "Khá",
    "certificate": "Số 000/CC",
    "purpose": "bổ túc hồ sơ xin việc",
    "other_name": "Không",
    "religion": "Không",
    "origin": _HAMLET,
    "languages": "Tiếng Nhật N5",
    "occupation": "Làm nông",
    "passport": "C0000000",
    "employer": "Công ty Ví Dụ",
    "employer_address": "1-1 Ví Dụ, Osaka",
    "country": "Nhật Bản",
    "job": "Chế biến thực phẩm",
    "workplace": "Osaka, Nhật Bản",
    "wage": "180.000 yên một tháng",
    "company": "Công ty Cổ phần Ví Dụ",
    "bank": "Ngân hàng Ví Dụ",
    "account": "0000000000",
    "recipient": "Trung tâm Dịch vụ việc làm tỉnh",
    "skills": "May công nghiệp",
    "wish": "Việc làm gần nhà",
}
"""What stands for each name; days are added."""

ROWS: Final[Mapping[str, tuple[str, ...]]] = {
    "case_production_request.needs": ("Bò cái hậu bị giống lai Sind", "con", "2", _SUM),
    "case_production_plan.needs": ("Bò cái hậu bị", "180 kg", "con", "2", "15.000.000", _SUM, "Nhà nước"),
    "case_production_plan.own": ("Chuồng nuôi", "m²", "16", "250.000", "4.000.000", "Trước khi nhận bò"),
    "case_production_plan.schedule": ("Làm chuồng, trồng cỏ", "01/2027", "02/2027", "Chủ hộ"),
    "case_selection_minutes.votes": (NAME, "Hộ nghèo", "02 con bò cái", "18", "0", "Đề nghị"),
    "case_passing_slip.goods": ("Bê cái", _TAG, "con", "1", "9.000.000", "Khỏe mạnh"),
    "case_acceptance_minutes.works": ("Giao bò cái hậu bị", "con", "2", "2", _SUM, "Đúng quy cách"),
    "case_liquidation_minutes.works": ("Giao bò cái hậu bị", "con", "20", "20", "300.000.000", ""),
    "case_loss_minutes.losses": ("Bò cái hậu bị", _TAG, "con", "1", "15.000.000", "Đã chết"),
    "case_training_class_list.people": (*_PEOPLE, _HAMLET, "Hộ nghèo", "0900 000 000"),
    "case_training_decision_list.people": (*_PEOPLE, _HAMLET, "Hộ nghèo", "May công nghiệp", "2.000.000"),
    "case_training_support_list.people": (
        *(*_PEOPLE, "Hộ nghèo", "May công nghiệp", "16", "Nông thôn"),
        *("30", "1.500.000", "200.000"),
    ),
    "case_curriculum_vitae.history": ("2010 - 2019", "Học phổ thông", "Trường trung học cơ sở Ví Dụ"),
    "case_curriculum_vitae.family": ("Cha", _OTHER, "1958", "Làm nông", _HAMLET),
    "case_abroad_support_request.supports": ("Đào tạo ngoại ngữ", "4.000.000", "Hóa đơn"),
}
"""One row of each table."""

_SHOWN: Final = 3


def specimen(
    uow: UnitOfWork,
    key: str,
    template: LetterTemplate[Any],
    on: date,
    *,
    rows: int = _SHOWN,
    values: Mapping[str, str] | None = None,
) -> CasePaperContent:
    """A draft of the paper with this wording; `values` stand for some of the invented ones."""
    wording: CasePaperWording = template.wording
    office = offices.office(uow)
    day = official_date(on)
    known = office_values(office) | pack_values(uow, on) | dict(VALUES) | {"date": day, "year": str(on.year)}
    known |= dict.fromkeys(("from", "to", "received", "loss_on", "due_on", "valid"), on.strftime("%d/%m/%Y"))
    known |= {"time": f"{VALUES['time']}, {day}", "contract_on": day, **(values or {})}
    signed = Signing((), "")
    if OFFICE in wording.layout:
        signed = signing(uow, None, wording.sign_prefix)[0]
    return CasePaperContent(
        wording=wording,
        head=Letterhead(
            agency_lines=wording.agency or office.agency_lines,
            place_line=f"{office.place_name}, {day}",
            symbol=wording.symbol,
            number=None,
            draft=bool(wording.draft_mark),
            sample=office.sample,
            draft_mark=wording.draft_mark,
            sample_mark=wording.sample_mark,
        ),
        values=tuple((name, known[name]) for name in sorted(set(wording.fields()) & known.keys() - {"number"})),
        tables=tuple(
            CaseTable(name, (ROWS[f"{key}.{name}"],) * rows) for name in wording.columns() if f"{key}.{name}" in ROWS
        ),
        signing=signed,
    )
