"""How papers of livelihoods say sums, shares, needs and losses: Vietnamese, whatever the window speaks."""

from collections.abc import Sequence
from typing import Final

from casemgr.domain.dates import official_date
from casemgr.domain.households import HouseholdClass
from casemgr.domain.livelihood_reckoning import STATE_SOURCES
from casemgr.domain.livelihoods import CostLine, OwnKind
from casemgr.domain.money import money_text, money_words
from casemgr.domain.on_paper import CLASS_ON_PAPER
from casemgr.domain.support import FundSource
from casemgr.services.livelihood_visits import LossKind
from casemgr.services.livelihoods import LivelihoodView

SOURCES: Final = {
    FundSource.HOUSEHOLD: "Hộ đối ứng",
    FundSource.POLICY_BANK: "Vay NHCSXH",
    FundSource.SPONSOR: "Tài trợ",
    FundSource.FUND_FOR_POOR: "Quỹ Vì người nghèo",
    FundSource.GRATITUDE_FUND: "Quỹ Đền ơn đáp nghĩa",
    FundSource.OVERSEAS_FUND: "Quỹ hỗ trợ việc làm ngoài nước",
    FundSource.OTHER: "Khác",
}
OWN_MEASURES: Final = {OwnKind.CASH: "đồng", OwnKind.GOODS: "", OwnKind.LABOUR: "công", OwnKind.LAND: "m²"}
LOSSES: Final = {
    LossKind.DISEASE: "Dịch bệnh",
    LossKind.DISASTER: "Thiên tai",
    LossKind.NATURAL: "Chết tự nhiên",
    LossKind.THEFT: "Mất cắp",
    LossKind.SOLD: "Bán trái cam kết",
    LossKind.OTHER: "Khác",
}
CAUSES: Final = {
    "1": "Không có đất sản xuất",
    "2": "Không có vốn sản xuất, kinh doanh",
    "3": "Không có lao động",
    "4": "Không có công cụ, phương tiện sản xuất",
    "5": "Không có kiến thức về sản xuất",
    "6": "Không có kỹ năng lao động, sản xuất",
    "7": "Có người ốm đau, bệnh nặng, tai nạn",
    "8": "Nguyên nhân khác",
}
FAULTS: Final = {True: "Khách quan", False: "Chủ quan", None: "Chưa xác định"}


def asked(costs: Sequence[CostLine]) -> list[CostLine]:
    """What the state is asked for."""
    return [one for one in costs if one.source in STATE_SOURCES]


def needs(costs: Sequence[CostLine]) -> str:
    """2 con Bò cái; 1 đợt Thuốc."""
    parts = (" ".join(filter(None, (count(one.quantity), one.measure, one.name))) for one in costs)
    return "; ".join(parts)


def decision(view: LivelihoodView) -> str:
    """Its number and day."""
    if not view.decision_number:
        return ""
    signed = f" {official_date(view.decision_on)}" if view.decision_on else ""
    return f"Quyết định số {view.decision_number}{signed}"


def count(number: int) -> str:
    """1.234."""
    return f"{number:,}".replace(",", ".")


def money(amount: int, *, words: bool = False) -> str:
    """36.000.000 đồng, with its words where a paper asks for them."""
    told = money_text(amount)
    return f"{told} (bằng chữ: {money_words(amount)} đồng)" if words else told


def share(amount: int, hundredths: int | None) -> str:
    """A sum with its part of the whole."""
    if hundredths is None:
        return money_text(amount)
    told = f"{hundredths / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{money_text(amount)} ({told}%)"


def owed(amount: int, animals: int) -> str:
    """Money, animals, or both."""
    return ", ".join(filter(None, (money_text(amount) if amount else "", f"{animals} con" if animals else "")))


def class_words(value: str) -> str:
    """The class as papers have it."""
    return CLASS_ON_PAPER[HouseholdClass(value)] if value else ""


def cause(code: str) -> str:
    """A cause of poverty."""
    return CAUSES.get(code, code)


def labour(workers: int, hours: int) -> str:
    """2 lao động, 8 giờ mỗi ngày."""
    return ", ".join(filter(None, (f"{workers} lao động" if workers else "", f"{hours} giờ mỗi ngày" if hours else "")))
