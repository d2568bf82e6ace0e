"""What a decision would say today: its lists, what stands against signing it, and what happens to certificates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.certificates import CertificateStatus, number_text
from casemgr.domain.households import HouseholdClass, household_code
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import (
    CampaignKind,
    CampaignStatus,
    CaseSource,
    Movement,
    RequestKind,
    recognised,
)
from casemgr.domain.text import word_sort_key
from casemgr.i18n import _, format_date, ngettext
from casemgr.persistence.models import (
    Campaign,
    Certificate,
    Household,
    HouseholdIndex,
    Posting,
    ReviewCase,
    ReviewRequest,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import decision_checks, holidays, movements, review_rules
from casemgr.services.decision_checks import Refusal
from casemgr.services.movements import LISTED, HouseholdMovement
from casemgr.services.offices import hamlet_names

POOR: Final = "poor"
NEAR_POOR: Final = "near_poor"
ESCAPED_POOR: Final = "escaped_poor"
"""Who leaves the poor list, those who become near-poor included; they stand on both lists."""
ESCAPED_NEAR_POOR: Final = "escaped_near_poor"
AVERAGE: Final = "average"
REFUSED: Final = "refused"
"""Who asked and is not recognised: each gets an answer in writing."""
GONE: Final = "gone"
"""Who stood on the list and is no longer kept."""

LEFT_POOR: Final = (Movement.POOR_TO_NEAR_POOR, Movement.POOR_ESCAPED)
LEFT: Final = (*LEFT_POOR, Movement.NEAR_POOR_ESCAPED)
OUT: Final = (Movement.POOR_OUT, Movement.NEAR_POOR_OUT)
_STAYED: Final = (Movement.STAYED_POOR, Movement.STAYED_NEAR_POOR)


@dataclass(frozen=True)
class DecisionRow:
    """One household of the decision."""

    case_id: UUID | None
    household_id: UUID
    code: str
    head: str
    hamlet: str
    people: int
    opening: HouseholdClass
    result: HouseholdClass | None
    """The class the decision writes; None when it writes none."""
    movement: Movement
    b1: int | None
    b2: int | None
    request_id: UUID | None
    gone: bool
    granted: bool
    """Whether what was asked for is recognised; True when nobody asked."""


@dataclass(frozen=True)
class ListCount:
    """Households and people of one list."""

    households: int
    people: int


@dataclass(frozen=True)
class CertificateReturn:
    """A certificate in force whose household leaves the list: it is to be given back."""

    household_id: UUID
    certificate_id: UUID
    number: str
    head: str


@dataclass(frozen=True)
class CertificatePlan:
    """What the decision asks of certificates; nothing of it happens by itself."""

    to_issue: tuple[UUID, ...]
    """Households without one in force."""
    to_confirm: tuple[UUID, ...]
    """Certificates in force that get the year's block."""
    to_return: tuple[CertificateReturn, ...]


@dataclass(frozen=True)
class DecisionPreview:
    """The decision before it is signed."""

    campaign_id: UUID
    on: date
    lists: Mapping[str, tuple[DecisionRow, ...]]
    counts: Mapping[str, ListCount]
    certificates: CertificatePlan
    refusals: tuple[Refusal, ...]
    warnings: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether it can be signed that day."""
        return not self.refusals


def preview(uow: UnitOfWork, campaign_id: UUID, on: date | None = None) -> DecisionPreview:
    """The lists and everything that stands against a decision signed that day; today when it is not given."""
    uow.require(Permission.READ)
    campaign = uow.record(Campaign, campaign_id)
    day = on or uow.today
    found = movements.lines(uow, campaign_id)
    rows = rows_of(uow, campaign, found)
    lists = lists_of(campaign, rows)
    refusals = decision_checks.refusals(uow, campaign, day)
    return DecisionPreview(
        campaign_id=campaign_id,
        on=day,
        lists=lists,
        counts={name: ListCount(len(part), sum(row.people for row in part)) for name, part in lists.items()},
        certificates=certificate_plan(uow, lists),
        refusals=tuple(refusals),
        warnings=tuple(_warnings(uow, campaign, day, lists)),
    )


def rows_of(uow: UnitOfWork, campaign: Campaign, found: Sequence[HouseholdMovement]) -> list[DecisionRow]:
    """The households of the movement as the decision sees them, by names of hamlet and head as the papers are."""
    names = hamlet_names(uow)
    cases = {
        case.id: case for case in uow.session.scalars(select(ReviewCase).where(ReviewCase.campaign_id == campaign.id))
    }
    asked = {
        request: RequestKind(kind)
        for request, kind in uow.session.execute(
            select(ReviewRequest.id, ReviewRequest.kind)
            .join(ReviewCase, ReviewCase.request_id == ReviewRequest.id)
            .where(ReviewCase.campaign_id == campaign.id)
        )
    }
    numbers, heads, sorts = _who(uow, [line.household_id for line in found])
    places = {hamlet: word_sort_key(name) for hamlet, name in names.items()} | {None: word_sort_key("")}
    rows = []

    def place(line: HouseholdMovement) -> tuple[Any, ...]:
        case = cases.get(line.case_id) if line.case_id else None
        head = case.head_sort if case else sorts[line.household_id]
        return places.get(line.hamlet_id, places[None]), head, line.household_id

    for line in sorted(found, key=place):
        case = cases.get(line.case_id) if line.case_id else None
        result = _result(campaign, line)
        request_id = case.request_id if case else None
        kind = asked.get(request_id) if request_id else None
        wanted = kind is not None or (case is not None and case.source == CaseSource.REQUEST)
        rows.append(
            DecisionRow(
                case_id=line.case_id,
                household_id=line.household_id,
                code=household_code(numbers[line.household_id]),
                head=case.head_name if case and case.head_name else heads.get(line.household_id, ""),
                hamlet=names.get(line.hamlet_id, "") if line.hamlet_id else "",
                people=line.people,
                opening=line.opening,
                result=result,
                movement=line.movement,
                b1=case.b1 if case else None,
                b2=case.b2 if case else None,
                request_id=request_id,
                gone=line.gone,
                granted=not wanted or line.gone or _granted(campaign, kind, line, result),
            )
        )
    return rows


def lists_of(campaign: Campaign, rows: Sequence[DecisionRow]) -> dict[str, tuple[DecisionRow, ...]]:
    """The lists of the decision by name."""
    asked_for_nothing_new = CampaignKind(campaign.kind) is CampaignKind.IN_YEAR
    changed = [row for row in rows if not (asked_for_nothing_new and row.movement in _STAYED)]
    lists = {
        POOR: [row for row in changed if row.result is HouseholdClass.POOR],
        NEAR_POOR: [row for row in changed if row.result is HouseholdClass.NEAR_POOR],
        ESCAPED_POOR: [row for row in changed if row.movement in LEFT_POOR],
        ESCAPED_NEAR_POOR: [row for row in changed if row.movement is Movement.NEAR_POOR_ESCAPED],
        AVERAGE: [row for row in changed if row.result is HouseholdClass.AVERAGE],
        REFUSED: [row for row in rows if not row.granted],
        GONE: [row for row in rows if row.movement in OUT],
    }
    if campaign.kind == CampaignKind.AVERAGE:
        kept = (AVERAGE, REFUSED)
        return {name: tuple(part) if name in kept else () for name, part in lists.items()}
    return {name: tuple(part) if name != AVERAGE else () for name, part in lists.items()}


def certificate_plan(uow: UnitOfWork, lists: Mapping[str, Sequence[DecisionRow]]) -> CertificatePlan:
    """Who gets a certificate, whose gets the next year, and whose is to be returned."""
    entitled = [row for name in (POOR, NEAR_POOR) for row in lists[name]]
    stay = {row.household_id for row in entitled}
    leaving = [
        row for name in (ESCAPED_POOR, ESCAPED_NEAR_POOR, GONE) for row in lists[name] if row.household_id not in stay
    ]
    standing = _standing(uow, [row.household_id for row in (*entitled, *leaving)])
    returns = []
    for row in leaving:
        if row.household_id in standing:
            certificate_id, number = standing[row.household_id]
            returns.append(CertificateReturn(row.household_id, certificate_id, number, row.head))
    return CertificatePlan(
        to_issue=tuple(row.household_id for row in entitled if row.household_id not in standing),
        to_confirm=tuple(standing[row.household_id][0] for row in entitled if row.household_id in standing),
        to_return=tuple(returns),
    )


def _result(campaign: Campaign, line: HouseholdMovement) -> HouseholdClass | None:
    """The class the decision writes: only the review for it recognises the average living standard."""
    if line.result is None or line.gone:
        return None
    if campaign.kind == CampaignKind.AVERAGE:
        return HouseholdClass.AVERAGE if line.result is HouseholdClass.AVERAGE and line.opening not in LISTED else None
    value = recognised(line.opening, line.result)
    return HouseholdClass.NONE if value is HouseholdClass.AVERAGE else value


def _granted(
    campaign: Campaign, kind: RequestKind | None, line: HouseholdMovement, result: HouseholdClass | None
) -> bool:
    if kind is RequestKind.AVERAGE or campaign.kind == CampaignKind.AVERAGE:
        return result is HouseholdClass.AVERAGE
    if kind is RequestKind.LEAVE:
        return line.movement in LEFT
    stays = campaign.kind == CampaignKind.IN_YEAR and line.movement in _STAYED
    return line.pending or (result in LISTED and not stays)


def _warnings(
    uow: UnitOfWork, campaign: Campaign, on: date, lists: Mapping[str, Sequence[DecisionRow]]
) -> Iterable[str]:
    pack = review_rules.pack_of(uow, campaign)
    if pack.valid_to is not None and campaign.class_year > pack.valid_to.year:
        count = len(lists[POOR]) + len(lists[NEAR_POOR])
        yield ngettext(
            "{standard} ends on {date}, and the class is that of {year}: {count} household must be judged anew by the "
            "standard that follows.",
            "{standard} ends on {date}, and the class is that of {year}: {count} households must be judged anew by the "
            "standard that follows.",
            count,
        ).format(standard=pack.title, date=format_date(pack.valid_to), year=campaign.class_year, count=count)
    if pack.valid_to is not None and on > pack.valid_to:
        message = _("{standard} applied until {date}: a decision signed later rests on a standard no longer in force.")
        yield message.format(standard=pack.title, date=format_date(pack.valid_to))
    if on > campaign.due_on:
        yield _("The decision was due on {date}.").format(date=format_date(campaign.due_on))
    spans = uow.session.execute(
        select(Posting.posted_on, Posting.until_on).where(Posting.campaign_id == campaign.id)
    ).all()
    if spans and campaign.status == CampaignStatus.OPEN:
        told = holidays.warning(uow, min(first for first, _last in spans), max(last for _first, last in spans))
        if told:
            yield told


def _who(uow: UnitOfWork, ids: Sequence[UUID]) -> tuple[dict[UUID, int], dict[UUID, str], dict[UUID, bytes]]:
    numbers: dict[UUID, int] = {}
    heads: dict[UUID, str] = {}
    sorts: dict[UUID, bytes] = {}
    for part in movements.parts(ids):
        rows = uow.session.execute(
            select(Household.id, Household.number, HouseholdIndex.head_name, HouseholdIndex.head_sort)
            .outerjoin(HouseholdIndex, HouseholdIndex.household_id == Household.id)
            .where(Household.id.in_(part))
        )
        for household, number, head, sort in rows:
            numbers[household], heads[household], sorts[household] = number, head or "", sort or b""
    return numbers, heads, sorts


def _standing(uow: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, str]]:
    found = {}
    for part in movements.parts(ids):
        rows = uow.session.execute(
            select(Certificate.household_id, Certificate.id, Certificate.number, Certificate.symbol).where(
                Certificate.household_id.in_(part), Certificate.status == CertificateStatus.ISSUED.value
            )
        )
        for household, certificate_id, number, symbol in rows:
            found[household] = (certificate_id, number_text(number, symbol))
    return found
