"""A small second opinion on the golden set: figures copied from the decrees, every open possibility tried by hand.

`python -m tests.support.rehearsal_oracle` writes tests/data/rehearsal/golden.csv again.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

GOLDEN = Path(__file__).parents[1] / "data" / "rehearsal" / "golden.csv"
FIELDS = ("number", "area", "income", "b1", "deprived", "unanswered", "waste", "VN-2022", "VN-2027")

SHARED = (
    "viec_lam", "nguoi_phu_thuoc", "dinh_duong", "bhyt", "gd_nguoi_lon", "gd_tre_em", "chat_luong_nha", "dien_tich_nha",
    "vien_thong", "nguon_nuoc", "nha_tieu",
)  # fmt: skip
OLD_ONLY, NEW_ONLY = "phuong_tien_tt", "xu_ly_rac_thai"

# Nghị định 07/2021/NĐ-CP Điều 3; Thông tư 07/2021/TT-BLĐTBXH; Nghị định 351/2025/NĐ-CP.
LINE = {"VN-2022": {"rural": 1_500_000, "urban": 2_000_000}, "VN-2027": {"rural": 2_200_000, "urban": 2_800_000}}
AVERAGE = {"rural": 2_250_000, "urban": 3_000_000}
CUT_OFF = {"rural": 140, "urban": 175}
ORDER = ("poor", "near_poor", "average", "none")


@dataclass(frozen=True)
class Golden:
    """One household of the set, as a survey under the standard of 2022 left it."""

    number: int
    area: str
    income: int | None
    b1: int | None
    deprived: tuple[str, ...]
    unanswered: tuple[str, ...]
    waste: str
    """yes: handled; no: not handled; empty: nobody has looked."""
    expected: dict[str, tuple[str, ...]]
    """Possible classes by standard; one = determined."""


def by_money(standard: str, area: str, income: int, count: int) -> str:
    """The class by income."""
    if income <= LINE[standard][area]:
        return "poor" if count >= 3 else "near_poor"
    return "average" if standard == "VN-2022" and income <= AVERAGE[area] else "none"


def by_points(area: str, b1: int, count: int) -> str:
    """The class by B1 and B2 under the standard of 2022."""
    if b1 > CUT_OFF[area]:
        return "none"
    return "poor" if 10 * count >= 30 else "near_poor"


def possible(standard: str, area: str, income: int | None, b1: int | None, counts: set[int]) -> tuple[str, ...]:
    """Every class that some truth about what is missing would give."""
    if standard == "VN-2022" and b1 is not None:
        found = {by_points(area, b1, count) for count in counts}
    elif income is not None:
        found = {by_money(standard, area, income, count) for count in counts}
    else:
        most = LINE["VN-2022"][area] if b1 is not None and b1 <= CUT_OFF[area] else 10_000_000
        found = {by_money(standard, area, amount, count) for amount in range(0, most + 1, 50_000) for count in counts}
    return tuple(value for value in ORDER if value in found)


def counts(standard: str, deprived: tuple[str, ...], unanswered: tuple[str, ...], waste: str) -> set[int]:
    """Every number of deprivations that some truth about the open answers would give."""
    own = OLD_ONLY if standard == "VN-2022" else NEW_ONLY
    sure = sum(code in SHARED or code == own for code in deprived)
    open_ = sum(code in SHARED or code == own for code in unanswered)
    if standard == "VN-2027":
        sure += waste == "no"
        open_ += waste == ""
    return set(range(sure, sure + open_ + 1))


def _answers() -> Iterator[tuple[tuple[str, ...], tuple[str, ...], str]]:
    yield (), (), "yes"
    yield SHARED[:2], (), "yes"
    yield SHARED[2:5], (), "yes"
    yield (*SHARED[5:7], OLD_ONLY), (), "yes"
    yield SHARED[7:9], (), "no"
    yield SHARED[3:5], (), ""
    yield SHARED[:3], (), ""
    yield SHARED[:1], SHARED[9:10], "yes"
    yield SHARED[:2], SHARED[9:10], "no"
    yield SHARED, (OLD_ONLY,), ""


def _figures(area: str) -> Iterator[tuple[int | None, int | None]]:
    old, new, average = LINE["VN-2022"][area], LINE["VN-2027"][area], AVERAGE[area]
    for income in (0, old - 1, old, old + 1, new, new + 1, average, average + 1):
        yield income, None
    for b1 in (0, CUT_OFF[area], CUT_OFF[area] + 1):
        yield None, b1
    yield new, CUT_OFF[area]
    yield None, None


def generate() -> list[Golden]:
    """The whole set."""
    found = []
    areas = ("rural", "urban")
    for area in areas:
        for (income, b1), (deprived, unanswered, waste) in product(_figures(area), _answers()):
            expected = {
                standard: possible(standard, area, income, b1, counts(standard, deprived, unanswered, waste))
                for standard in LINE
            }
            found.append(Golden(len(found) + 1, area, income, b1, deprived, unanswered, waste, expected))
    return found


def read() -> list[Golden]:
    """The set as it is kept."""
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return [
            Golden(
                int(row["number"]),
                row["area"],
                int(row["income"]) if row["income"] else None,
                int(row["b1"]) if row["b1"] else None,
                tuple(row["deprived"].split()),
                tuple(row["unanswered"].split()),
                row["waste"],
                {standard: tuple(row[standard].split()) for standard in LINE},
            )
            for row in csv.DictReader(file)
        ]


def write() -> None:
    """Write the set again."""
    with GOLDEN.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        for one in generate():
            figures = ("" if figure is None else figure for figure in (one.income, one.b1))
            sets = (" ".join(codes) for codes in (one.deprived, one.unanswered))
            classes = (" ".join(one.expected[standard]) for standard in LINE)
            writer.writerow([one.number, one.area, *figures, *sets, one.waste, *classes])


if __name__ == "__main__":
    write()
