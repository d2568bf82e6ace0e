"""Requests at the counter: Mẫu số 01 and Mẫu số 04, their due dates, and how each was answered.

Procedure: Quyết định số 24/2021/QĐ-TTg Điều 5 (in-year review) and Điều 6 (average living standard). Days and the day a
monthly review starts are data of the policy pack in force when the request comes in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from casemgr.domain.households import HouseholdClass, household_code
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import (
    REQUEST_REASONS,
    CampaignKind,
    CampaignStatus,
    CaseSource,
    RequestData,
    RequestKind,
    RequestStatus,
    RequestWay,
)
from casemgr.domain.text import clean, fold
from casemgr.errors import ConflictError, NotFoundError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Campaign, Household, HouseholdIndex, NumberSeries, ReviewCase, ReviewRequest
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaigns, households, request_reckoning
from casemgr.services.offices import hamlet_names

SERIES = "request"
_OPEN = (RequestStatus.RECEIVED.value, RequestStatus.IN_REVIEW.value)
_LISTED = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)
_WINDOW = 500
_MOST = 100_000_000_000
"""More than any household earns in a year; a longer number is a typing error."""


@dataclass(frozen=True)
class RequestQuery:
    """Which requests a list shows; empty means all."""

    text: str = ""
    """Part of the head's or applicant's name without accents, the household's code, or the number."""
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    year: int | None = None
    late: bool = False
    """Only those past their due date and still open."""


@dataclass(frozen=True)
class RequestRow:
    """One line of the list."""

    id: UUID
    household_id: UUID
    number: str
    kind: RequestKind
    status: RequestStatus
    received_on: date
    due_on: date
    days_left: int | None
    """Calendar days to the due date, negative when late; None when it is answered."""
    applicant: str
    head: str
    code: str
    hamlet: str


@dataclass(frozen=True)
class RequestView:
    """One request with everything the counter shows."""

    id: UUID
    version: int
    row: RequestRow
    data: RequestData
    campaign: str
    """Title of the review that takes care of it; empty when none does yet."""
    answered_on: date | None
    refusal_reason: str


def receive(uow: UnitOfWork, data: RequestData) -> UUID:
    """Take a request in: next number of the year, due date, and a receipt can be printed."""
    uow.require(Permission.EDIT)
    values = _checked(uow, data, own=None)
    record = ReviewRequest(
        **values,
        number=_take_number(uow, data.received_on.year),
        year=data.received_on.year,
        due_on=request_reckoning.due(uow, data.kind, data.received_on).due_on,
        status=RequestStatus.RECEIVED.value,
        refusal_reason="",
    )
    uow.add(record)
    uow.name_step("request.receive", table=Household.__tablename__, subject=data.household_id)
    return record.id


def correct(uow: UnitOfWork, request_id: UUID, version: int, data: RequestData) -> None:
    """Correct what was written of a request that is not answered yet; its number stays."""
    uow.require(Permission.EDIT)
    record = _open_request(uow, request_id, version)
    if data.received_on.year != record.year:
        message = _("The number belongs to {year}: the date of receipt must stay in that year.")
        raise ValidationError([Problem("received_on", message.format(year=record.year))])
    values = _checked(uow, data, own=request_id)
    if record.status == RequestStatus.IN_REVIEW and (values["kind"], data.household_id) != (
        record.kind,
        record.household_id,
    ):
        message = _("A review takes care of it already: what it asks for and the household stay. Withdraw it instead.")
        raise ValidationError([Problem("kind", message)])
    for name, value in values.items():
        setattr(record, name, value)
    record.due_on = request_reckoning.due(uow, data.kind, data.received_on).due_on
    uow.name_step("request.correct", table=Household.__tablename__, subject=data.household_id)


def take_into_review(uow: UnitOfWork, request_ids: Sequence[UUID], campaign_id: UUID) -> None:
    """Have a running review take care of these requests: their households are put on its list."""
    uow.require(Permission.EDIT)
    campaign = uow.record(Campaign, campaign_id)
    records = [_open_request(uow, request) for request in request_ids]
    wrong = [
        Problem("", _wrong_kind(record, campaign))
        for record in records
        if (record.kind == RequestKind.AVERAGE) != (campaign.kind == CampaignKind.AVERAGE)
    ]
    if wrong:
        raise ValidationError(wrong)
    households_asking = [record.household_id for record in records]
    cases = campaigns.add_households(uow, campaign_id, households_asking, CaseSource.REQUEST)
    for record, case in zip(records, cases, strict=True):
        uow.record(ReviewCase, case).request_id = record.id
        record.status = RequestStatus.IN_REVIEW.value
    uow.name_step("request.review")


def refuse(uow: UnitOfWork, request_id: UUID, version: int, *, on: date, reason: str) -> None:
    """Answer no; the reason goes into the letter (QĐ 24/2021 Đ.5 and Đ.6 ask for it in writing)."""
    uow.require(Permission.ISSUE)
    record = _open_request(uow, request_id, version)
    problems = []
    if not clean(reason):
        problems.append(Problem("refusal_reason", _("Write the reason: a refusal is answered in writing with it.")))
    if not record.received_on <= on <= uow.today:
        problems.append(Problem("answered_on", _("The answer is dated between the receipt and today.")))
    if problems:
        raise ValidationError(problems)
    _leave_review(uow, record, reason)
    record.status, record.answered_on, record.refusal_reason = RequestStatus.REFUSED.value, on, clean(reason)
    uow.name_step("request.refuse", table=Household.__tablename__, subject=record.household_id)


def withdraw(uow: UnitOfWork, request_id: UUID, version: int, *, on: date, reason: str = "") -> None:
    """The household takes its request back."""
    uow.require(Permission.EDIT)
    record = _open_request(uow, request_id, version)
    if not record.received_on <= on <= uow.today:
        raise ValidationError([Problem("answered_on", _("The date lies between the receipt and today."))])
    _leave_review(uow, record, reason or _("The household withdrew its request."))
    record.status, record.answered_on = RequestStatus.WITHDRAWN.value, on
    if clean(reason):
        record.note = clean(f"{record.note} {reason}")
    uow.name_step("request.withdraw", table=Household.__tablename__, subject=record.household_id)


def find(uow: UnitOfWork, query: RequestQuery) -> list[UUID]:
    """Ids of the requests, those due first at the top, answered ones after them, newest first."""
    uow.require(Permission.READ)
    chosen: Select[*tuple[Any, ...]] = select(
        ReviewRequest.id, ReviewRequest.applicant, HouseholdIndex.head_name, HouseholdIndex.number
    )
    statement = _narrowed(uow, chosen, query)
    words = fold(query.text).split()
    number, _slash, year = query.text.strip().partition("/")
    if number.isdigit():
        statement, words = statement.where(ReviewRequest.number == int(number)), []
    if number.isdigit() and year.isdigit():
        statement = statement.where(ReviewRequest.year == int(year))
    answered = ReviewRequest.status.not_in(_OPEN)
    found = uow.session.execute(
        statement.order_by(answered, ReviewRequest.due_on, ReviewRequest.received_on.desc(), ReviewRequest.id)
    ).all()
    return [row[0] for row in found if _fits(words, row[1], row[2] or "", row[3])]


def rows(uow: UnitOfWork, ids: Sequence[UUID]) -> list[RequestRow]:
    """The lines of these requests, in the order of `ids`."""
    names = hamlet_names(uow)
    found: dict[UUID, RequestRow] = {}
    for start in range(0, len(ids), _WINDOW):
        statement = (
            select(ReviewRequest, HouseholdIndex.head_name, HouseholdIndex.number, HouseholdIndex.hamlet_id)
            .outerjoin(HouseholdIndex, HouseholdIndex.household_id == ReviewRequest.household_id)
            .where(ReviewRequest.id.in_(ids[start : start + _WINDOW]))
        )
        for record, head, number, hamlet in uow.session.execute(statement):
            still_open = record.status in _OPEN
            found[record.id] = RequestRow(
                id=record.id,
                household_id=record.household_id,
                number=request_number(record.number, record.year),
                kind=RequestKind(record.kind),
                status=RequestStatus(record.status),
                received_on=record.received_on,
                due_on=record.due_on,
                days_left=(record.due_on - uow.today).days if still_open else None,
                applicant=record.applicant or head or "",
                head=head or "",
                code=household_code(number) if number else "",
                hamlet=names.get(hamlet, "") if hamlet else "",
            )
    return [found[request] for request in ids if request in found]


def view(uow: UnitOfWork, request_id: UUID) -> RequestView:
    """One request."""
    uow.require(Permission.READ)
    record = uow.record(ReviewRequest, request_id)
    title = uow.session.scalars(
        select(Campaign.title)
        .join(ReviewCase, ReviewCase.campaign_id == Campaign.id)
        .where(ReviewCase.request_id == request_id)
        .order_by(Campaign.opened_on.desc())
    ).first()
    return RequestView(
        id=record.id,
        version=record.version,
        row=rows(uow, [request_id])[0],
        data=RequestData(
            kind=RequestKind(record.kind),
            household_id=record.household_id,
            received_on=record.received_on,
            way=RequestWay(record.way),
            applicant=record.applicant,
            reasons=record.reasons,
            reason_text=record.reason_text,
            income_year=record.income_year,
            note=record.note,
        ),
        campaign=title or "",
        answered_on=record.answered_on,
        refusal_reason=record.refusal_reason,
    )


def of_household(uow: UnitOfWork, household_id: UUID) -> list[RequestRow]:
    """A household's requests, newest first."""
    ids = uow.session.scalars(
        select(ReviewRequest.id)
        .where(ReviewRequest.household_id == household_id)
        .order_by(ReviewRequest.received_on.desc(), ReviewRequest.number.desc())
    ).all()
    return rows(uow, ids)


def by_number(uow: UnitOfWork, text: str) -> UUID:
    """The request with the number "12/2026", or "12" of the present year."""
    first, _slash, second = text.strip().partition("/")
    year = int(second) if second.isdigit() else uow.today.year
    found = (
        uow.session.scalars(
            select(ReviewRequest.id).where(ReviewRequest.number == int(first), ReviewRequest.year == year)
        ).first()
        if first.isdigit()
        else None
    )
    if found is None:
        raise NotFoundError(_("There is no request with the number {number}.").format(number=text))
    return found


def request_number(number: int, year: int) -> str:
    """As written on the receipt: "07/2026"."""
    return f"{number:02d}/{year}"


def _checked(uow: UnitOfWork, data: RequestData, *, own: UUID | None) -> dict[str, Any]:
    problems: list[Problem] = []
    house = households.view(uow, data.household_id)
    current = house.current_class.data.value if house.current_class else HouseholdClass.UNREVIEWED
    if house.ended_on is not None:
        problems.append(Problem("household_id", _("The office no longer keeps this household.")))
    if data.received_on > uow.today:
        problems.append(Problem("received_on", _("The date of receipt lies in the future.")))
    if data.kind is RequestKind.ENTER and current is HouseholdClass.POOR:
        problems.append(Problem("kind", _("{code} is on the list of poor households already.").format(code=house.code)))
    if data.kind is RequestKind.LEAVE and current not in _LISTED:
        problems.append(Problem("kind", _("{code} is on no list it could leave.").format(code=house.code)))
    if data.kind is RequestKind.AVERAGE and current in _LISTED:
        message = _("{code} is on the list of poor or near-poor households; the average living standard lies above it.")
        problems.append(Problem("kind", message.format(code=house.code)))
    unknown = [reason for reason in data.reasons if reason not in REQUEST_REASONS]
    if unknown:
        problems.append(Problem("reasons", _("“{reason}” is not a reason of the form.").format(reason=unknown[0])))
    if not data.reasons and not clean(data.reason_text):
        problems.append(Problem("reason_text", _("Choose a reason or write it: the form asks for it.")))
    if data.income_year is not None and not 0 <= data.income_year <= _MOST:
        problems.append(Problem("income_year", _("The income of 12 months is a sum in đồng, zero or more.")))
    twins = select(ReviewRequest).where(
        ReviewRequest.household_id == data.household_id,
        ReviewRequest.kind == data.kind.value,
        ReviewRequest.status.in_(_OPEN),
    )
    twin = uow.session.scalars(twins if own is None else twins.where(ReviewRequest.id != own)).first()
    if twin is not None:
        message = _("The same request of {code} is open already: number {number}.")
        problems.append(
            Problem("household_id", message.format(code=house.code, number=request_number(twin.number, twin.year)))
        )
    if problems:
        raise ValidationError(problems)
    return {
        "kind": data.kind.value,
        "household_id": data.household_id,
        "received_on": data.received_on,
        "way": data.way.value,
        "applicant": clean(data.applicant) or house.name,
        "reasons": tuple(data.reasons),
        "reason_text": clean(data.reason_text),
        "income_year": data.income_year if data.kind is RequestKind.AVERAGE else None,
        "note": clean(data.note),
    }


def _fits(words: Sequence[str], applicant: str, head: str, number: int | None) -> bool:
    told = fold(f"{applicant} {head} {household_code(number) if number else ''}")
    return all(word in told for word in words)


def _narrowed(uow: UnitOfWork, statement: Select[*tuple[Any, ...]], query: RequestQuery) -> Select[*tuple[Any, ...]]:
    statement = statement.select_from(ReviewRequest).outerjoin(
        HouseholdIndex, HouseholdIndex.household_id == ReviewRequest.household_id
    )
    if query.kinds:
        statement = statement.where(ReviewRequest.kind.in_(query.kinds))
    if query.statuses:
        statement = statement.where(ReviewRequest.status.in_(query.statuses))
    if query.year is not None:
        statement = statement.where(ReviewRequest.year == query.year)
    if query.late:
        statement = statement.where(ReviewRequest.status.in_(_OPEN), ReviewRequest.due_on < uow.today)
    return statement


def _take_number(uow: UnitOfWork, year: int) -> int:
    series = uow.session.scalars(
        select(NumberSeries).where(NumberSeries.kind == SERIES, NumberSeries.year == year)
    ).first()
    if series is None:
        series = NumberSeries(kind=SERIES, year=year, last=0)
        uow.add(series)
    used = uow.session.scalars(select(func.max(ReviewRequest.number)).where(ReviewRequest.year == year)).first() or 0
    series.last = max(series.last, used) + 1
    return series.last


def _open_request(uow: UnitOfWork, request_id: UUID, version: int | None = None) -> ReviewRequest:
    record = uow.record(ReviewRequest, request_id, version)
    if record.status not in _OPEN:
        raise ConflictError(
            _("Request {number} is answered already.").format(number=request_number(record.number, record.year))
        )
    return record


def _leave_review(uow: UnitOfWork, record: ReviewRequest, reason: str) -> None:
    """Take the household off the running review it is on only because of this request."""
    cases = uow.session.scalars(
        select(ReviewCase.id)
        .join(Campaign, Campaign.id == ReviewCase.campaign_id)
        .where(
            ReviewCase.request_id == record.id,
            ReviewCase.source == CaseSource.REQUEST.value,
            Campaign.status == CampaignStatus.OPEN.value,
        )
    ).all()
    for case in cases:
        campaigns.remove_case(uow, case, reason=reason)


def _wrong_kind(record: ReviewRequest, campaign: Campaign) -> str:
    return _("Request {number} cannot be answered by “{review}”: it is a review of another kind.").format(
        number=request_number(record.number, record.year), review=campaign.title
    )
