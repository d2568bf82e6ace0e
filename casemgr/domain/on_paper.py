"""What papers call things: they are Vietnamese whatever the window speaks, and count as official papers do."""

from casemgr.domain.conditions import SchoolLevel
from casemgr.domain.households import HouseholdClass
from casemgr.domain.people import Sex, Work
from casemgr.domain.reviews import CampaignKind, Movement, RequestKind, RequestStatus, RequestWay

CLASS_ON_PAPER = {
    HouseholdClass.POOR: "Hộ nghèo",
    HouseholdClass.NEAR_POOR: "Hộ cận nghèo",
    HouseholdClass.AVERAGE: "Hộ có mức sống trung bình",
    HouseholdClass.NONE: "Hộ không nghèo",
    HouseholdClass.ESCAPED_POOR: "Hộ thoát nghèo",
    HouseholdClass.ESCAPED_NEAR_POOR: "Hộ thoát cận nghèo",
    HouseholdClass.UNREVIEWED: "Chưa rà soát",
}

LISTS = (
    HouseholdClass.POOR,
    HouseholdClass.NEAR_POOR,
    HouseholdClass.ESCAPED_POOR,
    HouseholdClass.ESCAPED_NEAR_POOR,
    HouseholdClass.AVERAGE,
)
"""The lists of a decision, in the order of their annexes and of `DecisionWording.items`."""

REVIEW_ON_PAPER = {
    CampaignKind.PERIODIC: "định kỳ",
    CampaignKind.IN_YEAR: "thường xuyên",
    CampaignKind.AVERAGE: "theo đề nghị",
}

MOVEMENT_ON_PAPER = {
    Movement.POOR_TO_NEAR_POOR: "Từ hộ nghèo",
    Movement.NEAR_POOR_TO_POOR: "Từ hộ cận nghèo",
    Movement.POOR_AGAIN: "Tái nghèo",
    Movement.POOR_NEW: "Phát sinh mới",
    Movement.POOR_IN: "Chuyển đến",
    Movement.NEAR_POOR_AGAIN: "Tái cận nghèo",
    Movement.NEAR_POOR_NEW: "Phát sinh mới",
    Movement.NEAR_POOR_IN: "Chuyển đến",
}
"""What a list of the decision notes; who stays or leaves needs no note."""

BECAME_NEAR_POOR = "Thành hộ cận nghèo"
"""The note of a household that left the poor list for the near-poor one."""

SEX_ON_PAPER = {Sex.MALE: "Nam", Sex.FEMALE: "Nữ"}
SEX_CODE = {Sex.MALE: "1", Sex.FEMALE: "2"}
"""As Mẫu số 01 asks for it."""

SCHOOL_ON_PAPER = {
    SchoolLevel.NONE: "Không học",
    SchoolLevel.NURSERY: "Mầm non",
    SchoolLevel.PRIMARY: "Tiểu học",
    SchoolLevel.LOWER_SECONDARY: "THCS",
    SchoolLevel.UPPER_SECONDARY: "THPT",
    SchoolLevel.VOCATIONAL: "Học nghề",
    SchoolLevel.HIGHER: "CĐ, ĐH",
}

WORK_ON_PAPER = {
    Work.EMPLOYED: "Có việc làm",
    Work.UNEMPLOYED: "Không có việc",
    Work.STUDYING: "Đang đi học",
    Work.HOME: "Nội trợ",
    Work.RETIRED: "Nghỉ hưu",
    Work.TOO_YOUNG: "",
}

WAY_ON_PAPER = {
    RequestWay.COUNTER: "Nộp trực tiếp",
    RequestWay.POST: "Qua đường bưu điện",
    RequestWay.ONLINE: "Trực tuyến",
}

ASKED_ON_PAPER = {
    RequestKind.ENTER: "rà soát hộ nghèo, hộ cận nghèo",
    RequestKind.LEAVE: "công nhận hộ thoát nghèo, hộ thoát cận nghèo",
    RequestKind.AVERAGE: "xác định hộ có mức sống trung bình",
}

STATUS_ON_PAPER = {
    RequestStatus.RECEIVED: "Đã tiếp nhận",
    RequestStatus.IN_REVIEW: "Đang rà soát",
    RequestStatus.ACCEPTED: "Đã công nhận",
    RequestStatus.REFUSED: "Không công nhận",
    RequestStatus.WITHDRAWN: "Đã rút",
}

ROMAN = ("I", "II", "III", "IV", "V")
"""Numbers of annexes."""


def counted(number: int) -> str:
    """A count as official papers write it: one digit gets a leading zero."""
    return f"{number:02d}"
