"""A small review worked out by hand, and its reports as tables, for the tests of report figures."""

from datetime import date
from typing import Any, Final

from casemgr.domain.reviews import DenominatorData
from casemgr.services import denominators, statistics
from casemgr.services.statistics import Figures
from casemgr.workspace import Workspace
from tests.support.figures import Review, review, table
from tests.support.workspaces import Make

PHU_NHON, QUAN_AN, TOTAL = "Ấp Phú Nhơn", "Ấp Quân An", "TỔNG CỘNG"
LONG_AGO: Final = date(2020, 1, 1)
"""Before everything these tests make: a hamlet is as old as its id says."""
LACKS: Final = ("viec_lam", "bhyt", "nha_tieu")


def small_review(workspace: Workspace, make: Make) -> Review:
    """Nine households: every way into, out of and along the lists."""
    made = review(workspace, make)
    made.case(
        "poor", "poor", 4, before=3, deprivations=LACKS, causes=("1", "3"), minority=True, no_labour=True,
        head_ethnic="05", local_minority=True, children=2, children_nutrition=1, children_school=1,
    )  # fmt: skip
    made.case("poor", "near_poor", 5, before=6, deprivations=("bhyt",), causes=("1",), children=1, children_insurance=1)
    made.case("poor", "none", 2)
    made.case("near_poor", "poor", 3, hamlet="Quân An", deprivations=(*LACKS, "nguon_nuoc"), merit=True)
    made.case("near_poor", "near_poor", 2, hamlet="Quân An", head_female=True, minority=True, head_ethnic="08")
    made.case("unreviewed", "poor", 1, again=True, causes=("7",), head_female=True)
    made.case("unreviewed", "near_poor", 4, came_in=True)
    made.case("poor", None, 3, out=True)
    made.case("unreviewed", "average", 3)
    workspace.write(
        denominators.keep_denominators,
        made.campaign,
        {
            make.hamlet(): DenominatorData(100, 350, 20, 60, 5, 12),
            make.hamlet("Quân An"): DenominatorData(50, 200, 10, 40, 0, 0),
        },
    )
    return made


def figures(made: Review, form: str, **options: Any) -> Figures:
    return made.workspace.read(statistics.figures, form, made.campaign, **options)


def rows(made: Review, form: str, **options: Any) -> dict[str, list[Any]]:
    found = table(figures(made, form, **options))
    return {name: [round(v, 2) if isinstance(v, float) else v for v in values] for name, values in found.items()}


GOLDEN: dict[str, dict[str, list[Any]]] = {
    "1": {
        PHU_NHON: [100, 350, 2, 2.0, 2, 2.0, 1, 1.0, 5, 1.43, 9, 2.57, 3, 0.86],
        QUAN_AN: [50, 200, 1, 2.0, 1, 2.0, 0, 0.0, 3, 1.5, 2, 1.0, 0, 0.0],
        TOTAL: [150, 550, 3, 2.0, 3, 2.0, 1, 0.67, 8, 1.45, 11, 2.0, 3, 0.55],
    },
    "2": {
        f"{PHU_NHON} households": [4, 1, 1, 1, 0, 1, 0, 0, 2],
        f"{PHU_NHON} people": [14, 5, 2, 4, 0, 1, 0, 1, 5],
        f"{QUAN_AN} households": [0, 0, 0, 0, 1, 0, 0, 0, 1],
        f"{QUAN_AN} people": [0, 0, 0, 0, 3, 0, 0, 0, 3],
        f"{TOTAL} households": [4, 1, 1, 1, 1, 1, 0, 0, 3],
        f"{TOTAL} people": [14, 5, 2, 4, 3, 1, 0, 1, 8],
    },
    "3": {
        f"{PHU_NHON} households": [0, 0, 0, 0, 1, 0, 0, 1, 2],
        f"{PHU_NHON} people": [0, 0, 0, 0, 5, 0, 0, 4, 9],
        f"{QUAN_AN} households": [2, 1, 0, 0, 0, 0, 0, 0, 1],
        f"{QUAN_AN} people": [5, 3, 0, 0, 0, 0, 0, 0, 2],
        f"{TOTAL} households": [2, 1, 0, 0, 1, 0, 0, 1, 3],
        f"{TOTAL} people": [5, 3, 0, 0, 5, 0, 0, 4, 11],
    },
    "4": {
        PHU_NHON: [2, 3, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0],
        QUAN_AN: [1, 4, 1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0],
        TOTAL: [3, 7, 2, 0, 0, 2, 0, 0, 0, 0, 1, 2, 0, 0],
    },
    "5": {
        PHU_NHON: [2, 50.0, 0.0, 0.0, 50.0, 0.0, 0.0, 0.0, 0.0, 0.0, 50.0, 0.0, 0.0],
        QUAN_AN: [1, 100.0, 0.0, 0.0, 100.0, 0.0, 0.0, 0.0, 0.0, 100.0, 100.0, 0.0, 0.0],
        TOTAL: [3, 66.67, 0.0, 0.0, 66.67, 0.0, 0.0, 0.0, 0.0, 33.33, 66.67, 0.0, 0.0],
    },
    "6": {
        PHU_NHON: [2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        QUAN_AN: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        TOTAL: [3, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    },
    "7": {
        PHU_NHON: [2, 0.0, 0.0, 0.0, 50.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        QUAN_AN: [1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        TOTAL: [3, 0.0, 0.0, 0.0, 33.33, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    },
    "8": {
        f"{PHU_NHON} households": [2, 1, 1, 0, 1, 2, 0, 0, 0, 2],
        f"{PHU_NHON} people": [5, 4, 4, 0, 1, 9, 0, 0, 0, 9],
        f"{QUAN_AN} households": [1, 0, 0, 1, 0, 1, 1, 0, 0, 0],
        f"{QUAN_AN} people": [3, 0, 0, 3, 0, 2, 2, 0, 0, 0],
        f"{TOTAL} households": [3, 1, 1, 1, 1, 3, 1, 0, 0, 2],
        f"{TOTAL} people": [8, 4, 4, 3, 1, 11, 2, 0, 0, 9],
    },
    "9": {
        PHU_NHON: [2, 1, 1, 1, 0, 0, 2, 2, 0, 0, 0, 0],
        QUAN_AN: [1, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0],
        TOTAL: [3, 2, 1, 1, 0, 0, 3, 2, 1, 0, 1, 0],
    },
    "10": {
        PHU_NHON: [2, 0, 1, 0, 0, 0, 1, 0],
        QUAN_AN: [0] * 8,
        TOTAL: [2, 0, 1, 0, 0, 0, 1, 0],
    },
    "11": {
        PHU_NHON: [2, 1, 0, 1, 1, 0, 1, 0],
        QUAN_AN: [0] * 8,
        TOTAL: [2, 1, 0, 1, 1, 0, 1, 0],
    },
    "12": {
        PHU_NHON: [100, 80, 20, 5, 350, 290, 60, 12, 2, 1, 1, 1, 0, 1, 1, 5, 1, 4, 4, 2.0, 5.0, 20.0],
        QUAN_AN: [50, 40, 10, 0, 200, 160, 40, 0, 1, 1, 0, 0, 1, 0, 0, 3, 3, 0, 0, 2.0, 0.0, None],
        TOTAL: [150, 120, 30, 5, 550, 450, 100, 12, 3, 2, 1, 1, 1, 1, 1, 8, 4, 4, 4, 2.0, 3.33, 20.0],
    },
    "13": {
        PHU_NHON: [100, 80, 20, 5, 350, 290, 60, 12, 2, 2, 0, 0, 0, 0, 0, 9, 9, 0, 0, 2.0, 0.0, 0.0],
        QUAN_AN: [50, 40, 10, 0, 200, 160, 40, 0, 1, 0, 1, 0, 0, 0, 1, 2, 0, 2, 0, 2.0, 10.0, None],
        TOTAL: [150, 120, 30, 5, 550, 450, 100, 12, 3, 2, 1, 0, 0, 0, 1, 11, 9, 2, 0, 2.0, 3.33, 0.0],
    },
    "16": {
        f"{PHU_NHON} households": [100, 20, 2, 2, 1, 0, 1, 0, 0, 0],
        f"{PHU_NHON} people": [350, 60, 5, 9, 4, 0, 4, 0, 0, 0],
        f"{QUAN_AN} households": [50, 10, 1, 1, 0, 1, 0, 0, 1, 0],
        f"{QUAN_AN} people": [200, 40, 3, 2, 0, 2, 0, 0, 3, 0],
        f"{TOTAL} households": [150, 30, 3, 3, 1, 1, 1, 0, 1, 0],
        f"{TOTAL} people": [550, 100, 8, 11, 4, 2, 4, 0, 3, 0],
    },
}
