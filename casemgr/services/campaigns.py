"""Use cases of a review as a whole: proposed from the standard, opened with its list, households added or taken off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.households import HouseholdClass
from casemgr.domain.packs import Pack
from casemgr.domain.permissions import Permission
from casemgr.domain.review_flow import CLOSED
from casemgr.domain.reviews import (
    CampaignData,
    CampaignKind,
    CampaignStatus,
    CaseSource,
    CaseState,
    Movement,
    RequestStatus,
    movement,
)
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, NotFoundError, Problem, ValidationError
from casemgr.i18n import _, format_date, ngettext
from casemgr.jobs import Progress, silent, without_collecting
from casemgr.persistence.models import (
    Campaign,
    Household,
    ReviewCase,
    ReviewRequest,
    Survey,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaign_lists, campaign_steps, movements, packs, review_rules

FIRST_YEAR: Final = 2016
"""Older reviews are kept as classes only: no standard of this program covers them."""


@dataclass(frozen=True)
class CampaignView:
    """A review with what lists and headings show."""

    id: UUID
    version: int
    data: CampaignData
    status: CampaignStatus
    pack: str
    """Id of the national standard."""
    pack_title: str
    local_pack: str | None
    local_title: str
    closed_on: date | None
    decision_id: UUID | None
    cases: int
    """Households on its list, without those taken off."""
    counts: Mapping[CaseState, int]
    steps: tuple[CaseState, ...]
    """The steps of this kind of review by its standard."""


def propose(uow: UnitOfWork, kind: CampaignKind, year: int) -> CampaignData:
    """The review as the standard's calendar would have it; the officer may change any of it."""
    uow.require(Permission.READ)
    if not FIRST_YEAR <= year <= uow.today.year + 1:
        raise ValidationError([Problem("year", _("Write the year of the review with four digits."))])
    if kind is CampaignKind.PERIODIC:
        return _periodic(uow, year)
    return _monthly(uow, kind, year)


def open_campaign(uow: UnitOfWork, data: CampaignData, *, progress: Progress = silent) -> UUID:
    """Open a review: its standard is fixed, and every household it has to look at is put on its list."""
    uow.require(Permission.EDIT)
    pack = _official_pack(uow, data.opened_on)
    local = packs.local(uow, data.opened_on)
    values = _checked(uow, data, pack)
    review_rules.refuse_second(uow, data)
    packs.archive(uow, pack)
    if local is not None:
        packs.archive(uow, local)
    record = Campaign(
        **values,
        kind=data.kind.value,
        year=data.year,
        opened_on=data.opened_on,
        pack=pack.id,
        pack_sha256=pack.sha256,
        local_pack=local.id if local else None,
        local_sha256=local.sha256 if local else None,
        status=CampaignStatus.OPEN.value,
        closed_on=None,
        decision_id=None,
    )
    uow.add(record)
    uow.name_step("campaign.open", record)
    uow.session.flush()
    requests = campaign_lists.open_requests(uow, data.kind)
    listed = campaign_lists.on_last_list(uow, record) if data.kind is CampaignKind.PERIODIC else []
    sources = dict.fromkeys(listed, CaseSource.LISTED)
    for household in requests:
        sources.setdefault(household, CaseSource.REQUEST)
    with without_collecting():
        campaign_lists.put_on_list(uow, record, sources, requests=requests, on=data.opened_on, progress=progress)
    uow.update_many(
        ReviewRequest,
        {
            request.id: {"status": (request.status, RequestStatus.IN_REVIEW.value)}
            for request in requests.values()
            if request.household_id in sources
        },
    )
    for request in requests.values():
        uow.session.expire(request)
    return record.id


def campaigns(uow: UnitOfWork) -> list[CampaignView]:
    """Every review, the newest first."""
    uow.require(Permission.READ)
    records = uow.session.scalars(select(Campaign).order_by(Campaign.opened_on.desc(), Campaign.id.desc())).all()
    counts = _counts(uow)
    return [_view(uow, record, counts.get(record.id, {})) for record in records]


def view(uow: UnitOfWork, campaign_id: UUID) -> CampaignView:
    """One review."""
    uow.require(Permission.READ)
    record = uow.record(Campaign, campaign_id)
    return _view(uow, record, _counts(uow, campaign_id).get(campaign_id, {}))


def current(uow: UnitOfWork) -> UUID | None:
    """The review to work on: the newest running yearly one, else the newest running one, else the newest."""
    uow.require(Permission.READ)
    running = Campaign.status == CampaignStatus.OPEN.value
    yearly = Campaign.kind == CampaignKind.PERIODIC.value
    order = (running.desc(), (running & yearly).desc(), Campaign.opened_on.desc(), Campaign.id.desc())
    return uow.session.scalars(select(Campaign.id).order_by(*order)).first()


def correct_campaign(uow: UnitOfWork, campaign_id: UUID, version: int, data: CampaignData) -> None:
    """Correct title, days and note; kind, year and standard stay as the review was opened with."""
    uow.require(Permission.EDIT)
    record = uow.record(Campaign, campaign_id, version)
    review_rules.running(uow, campaign_id)
    pack = review_rules.pack_of(uow, record)
    problems = []
    if (data.kind.value, data.year) != (record.kind, record.year):
        problems.append(Problem("kind", _("Kind and year stay: open another review instead.")))
    if not pack.covers(data.opened_on):
        message = _("On {date} another standard applies than the one the review was opened with.")
        problems.append(Problem("opened_on", message.format(date=format_date(data.opened_on))))
    earliest = uow.session.execute(
        select(func.min(Survey.surveyed_on))
        .join(ReviewCase, ReviewCase.id == Survey.case_id)
        .where(ReviewCase.campaign_id == campaign_id)
    ).scalar()
    if earliest is not None and data.survey_from > earliest:
        message = _("A household was surveyed on {date} already: the survey cannot begin later.")
        problems.append(Problem("survey_from", message.format(date=format_date(earliest))))
    if problems:
        raise ValidationError(problems)
    review_rules.refuse_second(uow, data, own=campaign_id)
    for name, value in (_checked(uow, data, pack) | {"opened_on": data.opened_on}).items():
        if getattr(record, name) != value:
            setattr(record, name, value)
    uow.name_step("campaign.correct", record)


def add_households(
    uow: UnitOfWork, campaign_id: UUID, household_ids: Sequence[UUID], source: CaseSource, *, on: date | None = None
) -> list[UUID]:
    """Put households on the list, or back on it; those on it already stay as they are. Returns their cases."""
    uow.require(Permission.EDIT)
    campaign = review_rules.running(uow, campaign_id)
    ids = list(dict.fromkeys(household_ids))
    campaign_lists.refuse_gone(uow, ids)
    present = campaign_lists.cases_of(uow, campaign_id, ids)
    new = [household for household in ids if household not in present]
    removed = [case for case, state in present.values() if state == CaseState.REMOVED]
    if not new and not removed:
        return [present[household][0] for household in ids]
    uow.name_step("campaign.add", campaign)
    day = max(campaign.opened_on, on or uow.today)
    campaign_lists.put_on_list(uow, campaign, dict.fromkeys(new, source), requests={}, on=day)
    present = campaign_lists.cases_of(uow, campaign_id, ids)
    campaign_steps.add_steps(uow, [(present[household][0], "") for household in new], CaseState.LISTED, on=day)
    back = campaign_steps.lines_of(uow, removed)
    values = {**campaign_steps.UNSURVEYED, "removed_reason": "", "source": source.value}
    campaign_steps.record(uow, back, CaseState.LISTED, on=day, values=values)
    return [present[household][0] for household in ids]


def remove_case(uow: UnitOfWork, case_id: UUID, *, reason: str, on: date | None = None) -> None:
    """Take a household off the list with a reason; what was keyed of it stays on record."""
    remove_cases(uow, [case_id], reason=reason, on=on)


def remove_cases(uow: UnitOfWork, case_ids: Sequence[UUID], *, reason: str, on: date | None = None) -> None:
    """Take households off the list for the same reason."""
    uow.require(Permission.EDIT)
    if not clean(reason):
        raise ValidationError([Problem("reason", _("Write why the household is taken off the list."))])
    day = on or uow.today
    lines = campaign_steps.require_ready(uow, case_ids, CaseState.REMOVED, day)
    campaign_steps.name_step(uow, "case.remove", lines)
    values = {"removed_reason": clean(reason)}
    campaign_steps.record(uow, lines, CaseState.REMOVED, on=day, note=reason, values=values)


def mark_came_in(uow: UnitOfWork, case_id: UUID, version: int | None = None, *, came_in: bool) -> None:
    """Say that a household brought its class from elsewhere: it counts as another increase, not as newly poor."""
    uow.require(Permission.EDIT)
    case = uow.record(ReviewCase, case_id, version)
    review_rules.running(uow, case.campaign_id)
    case.came_in = came_in
    case.movement = movement_of(uow, case)
    uow.name_step("case.mark", table=Household.__tablename__, subject=case.household_id)


def movement_of(uow: UnitOfWork, case: ReviewCase) -> str | None:
    """What the result of a case does to the lists; None without a result."""
    campaign = uow.record(Campaign, case.campaign_id)
    if case.result_class is None:
        return None
    opening, result = HouseholdClass(case.opening_class), HouseholdClass(case.result_class)
    enters = result in movements.LISTED and opening not in movements.LISTED
    left = enters and case.household_id in movements.left_before(uow, campaign, [case.household_id])
    found: Movement = movement(opening, result, left_before=left, came_in=case.came_in)
    return found.value


def close_campaign(uow: UnitOfWork, campaign_id: UUID, version: int | None = None, *, on: date | None = None) -> None:
    """Close a review for good: after its decision, or when nothing of it is left to do."""
    uow.require(Permission.EDIT)
    record = uow.record(Campaign, campaign_id, version)
    if record.status == CampaignStatus.CLOSED:
        raise ConflictError(_("“{review}” is closed already.").format(review=record.title))
    counts = _counts(uow, campaign_id).get(campaign_id, {})
    left = sum(count for state, count in counts.items() if state not in CLOSED)
    if record.status == CampaignStatus.OPEN and left:
        message = ngettext(
            "{count} household is not decided yet: decide the review first, or take it off the list.",
            "{count} households are not decided yet: decide the review first, or take them off the list.",
            left,
        )
        raise ValidationError([Problem("", message.format(count=left))])
    uow.name_step("campaign.close", record, undoable=False)
    record.status, record.closed_on = CampaignStatus.CLOSED.value, on or uow.today


def _with_calendar(uow: UnitOfWork, day: date) -> Pack:
    pack = packs.national(uow, day)
    if not pack.calendar:
        message = _("{pack} is kept for history: it has no procedure, so no review can be opened under it.")
        raise ValidationError([Problem("year", message.format(pack=pack.id))])
    return pack


def _periodic(uow: UnitOfWork, year: int) -> CampaignData:
    pack = _with_calendar(uow, date(year, 12, 31))
    start, end = (date.fromisoformat(f"{year}-{pack.calendar[name]}") for name in ("survey_from", "survey_to"))
    return CampaignData(
        kind=CampaignKind.PERIODIC,
        year=year,
        class_year=year + 1,
        title=_("Review of {year}").format(year=year),
        opened_on=min(start, uow.today),
        survey_from=start,
        survey_to=end,
        due_on=end,
        opinion_required=CaseState.OPINION in pack.procedure[CampaignKind.PERIODIC],
    )


def _monthly(uow: UnitOfWork, kind: CampaignKind, year: int) -> CampaignData:
    """The review of this month or, in another year, of its first or last one."""
    month = uow.today.month if year == uow.today.year else 12 if year < uow.today.year else 1
    pack = _with_calendar(uow, date(year, month, 1))
    start = date(year, month, int(pack.calendar["in_year_day"]))
    days = pack.deadlines["average_total" if kind is CampaignKind.AVERAGE else "in_year_decision"]
    end = review_rules.due(uow, start, days).on
    title = (
        _("Average living standard {month}/{year}")
        if kind is CampaignKind.AVERAGE
        else _("In-year review {month}/{year}")
    )
    return CampaignData(
        kind=kind,
        year=year,
        class_year=year,
        title=title.format(month=month, year=year),
        opened_on=min(start, uow.today),
        survey_from=min(start, uow.today),
        survey_to=end if pack.valid_to is None else min(end, pack.valid_to),
        due_on=end,
        opinion_required=CaseState.OPINION in pack.procedure[kind],
    )


def _official_pack(uow: UnitOfWork, on: date) -> Pack:
    try:
        pack = packs.national(uow, on)
    except NotFoundError as error:
        raise ValidationError([Problem("opened_on", str(error))]) from error
    packs.require_official(pack, on)
    return pack


def _checked(uow: UnitOfWork, data: CampaignData, pack: Pack) -> dict[str, Any]:
    problems = []
    if not clean(data.title):
        problems.append(Problem("title", _("Give the review a name, such as “Rà soát 2026”.")))
    if not FIRST_YEAR <= data.year <= uow.today.year + 1:
        problems.append(Problem("year", _("Write the year of the review with four digits.")))
    if not data.year <= data.class_year <= data.year + 1:
        problems.append(Problem("class_year", _("The decision writes the class of that year or of the next one.")))
    if data.opened_on > uow.today:
        problems.append(Problem("opened_on", _("The date lies in the future.")))
    problems += review_rules.outlived(pack, data.survey_from, data.survey_to)
    if data.survey_to < data.survey_from:
        problems.append(Problem("survey_to", _("The survey cannot end before it begins.")))
    if data.due_on < data.survey_from:
        problems.append(Problem("due_on", _("The decision cannot be due before the survey begins.")))
    if data.opinion_required and CaseState.OPINION not in pack.procedure[data.kind]:
        problems.append(
            Problem(
                "opinion_required",
                _("By {pack} the superior is not asked in this kind of review.").format(pack=pack.id),
            )
        )
    if problems:
        raise ValidationError(problems)
    return {
        "title": clean(data.title),
        "class_year": data.class_year,
        "survey_from": data.survey_from,
        "survey_to": data.survey_to,
        "due_on": data.due_on,
        "opinion_required": data.opinion_required,
        "note": data.note.strip(),
    }


def _counts(uow: UnitOfWork, campaign_id: UUID | None = None) -> dict[UUID, dict[CaseState, int]]:
    statement = select(ReviewCase.campaign_id, ReviewCase.state, func.count()).group_by(
        ReviewCase.campaign_id, ReviewCase.state
    )
    if campaign_id is not None:
        statement = statement.where(ReviewCase.campaign_id == campaign_id)
    found: dict[UUID, dict[CaseState, int]] = {}
    for campaign, state, count in uow.session.execute(statement):
        found.setdefault(campaign, {})[CaseState(state)] = int(count)
    return found


def _view(uow: UnitOfWork, record: Campaign, counts: Mapping[CaseState, int]) -> CampaignView:
    pack = review_rules.pack_of(uow, record)
    local = packs.by_id(uow, record.local_pack, sha256=record.local_sha256) if record.local_pack else None
    return CampaignView(
        id=record.id,
        version=record.version,
        data=data_of(record),
        status=CampaignStatus(record.status),
        pack=pack.id,
        pack_title=pack.title,
        local_pack=local.id if local else None,
        local_title=local.title if local else "",
        closed_on=record.closed_on,
        decision_id=record.decision_id,
        cases=sum(count for state, count in counts.items() if state is not CaseState.REMOVED),
        counts=dict(counts),
        steps=review_rules.steps(pack, record),
    )


def data_of(record: Campaign) -> CampaignData:
    """What may be written of a review."""
    return CampaignData(
        kind=CampaignKind(record.kind),
        year=record.year,
        class_year=record.class_year,
        title=record.title,
        opened_on=record.opened_on,
        survey_from=record.survey_from,
        survey_to=record.survey_to,
        due_on=record.due_on,
        opinion_required=record.opinion_required,
        note=record.note,
    )
