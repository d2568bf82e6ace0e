"""Members and houses with what an indicator asks of them."""

from datetime import date
from typing import Any

from casemgr.domain.conditions import ConditionData, DwellingData
from casemgr.domain.dates import PartialDate
from casemgr.domain.indicators import Member, Proposal, propose
from casemgr.domain.packs import Pack, of_id, shipped

ON = date(2026, 10, 15)


PACK = of_id(shipped(), "VN-2022")


DRAFT = of_id(shipped(), "VN-2027")


def born(years: int, days: int = 0) -> PartialDate:
    """Somebody who completes `years` on the survey date; with `days` that many days later."""
    return PartialDate.of(date.fromordinal(date(ON.year - years, ON.month, ON.day).toordinal() + days))


def member(name: str = "Trần Văn Dũng", birth: PartialDate | None = None, **values: Any) -> Member:
    said = {key: values.pop(key) for key in list(values) if key in ConditionData.__dataclass_fields__}
    return Member(name, birth=birth, condition=ConditionData(**said), **values)


def answer(
    code: str, *members: Member, house: DwellingData | None = None, pack: Pack = PACK, on: date = ON
) -> Proposal:
    return propose(pack, members, house or DwellingData(), on)[code]


def value(code: str, *members: Member, house: DwellingData | None = None, pack: Pack = PACK) -> bool | None:
    return answer(code, *members, house=house, pack=pack).value


ADULT = member("Lê Thị Hoa", born(40))


def house(**values: Any) -> DwellingData:
    return DwellingData(**values)
