"""Steps of households through a review: shown as a list first, then recorded with day, paper and who; sent back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from casemgr.domain.permissions import Permission
from casemgr.domain.review_flow import UNKEYED, Flow, Standing, refusal
from casemgr.domain.reviews import CaseState
from casemgr.domain.text import clean
from casemgr.errors import NotFoundError, Problem, ValidationError
from casemgr.i18n import _, format_date, ngettext
from casemgr.persistence.models import Campaign, CaseStep, Household, HouseholdIndex, ReviewCase, User
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import case_snapshots, review_rules

_PART: Final = 500
_NAMED: Final = 10
"""Households named in one refusal; the rest are counted."""

UNSURVEYED: Final[Mapping[str, Any]] = {
    "survey_id": None,
    "result_class": None,
    "local_class": None,
    "movement": None,
    "meeting_id": None,
    "opinion_id": None,
    "b1": None,
    "b2": None,
    "income": None,
    "deprivations": (),
    "causes": (),
}
"""What a household surveyed again loses until the new sheet is keyed; the old sheet stays on record."""


class Refused(NamedTuple):
    """A household the step is not for, with the reason."""

    id: UUID
    reason: str


@dataclass(frozen=True)
class BulkPreview:
    """What a step would do to a list of cases; nothing is written."""

    ready: tuple[UUID, ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True)
class StepView:
    """One step of a household, as it was recorded."""

    id: UUID | None
    """None: the listing itself, which the opening of the review recorded for everybody."""
    state: CaseState
    previous: CaseState | None
    on: date
    document: str
    note: str
    at: datetime | None
    who: str


class Line(NamedTuple):
    """What steps need of a case."""

    id: UUID
    campaign_id: UUID
    household_id: UUID
    hamlet_id: UUID | None
    head_name: str
    state: str
    state_on: date
    result_class: str | None
    posting_id: UUID | None
    survey_id: UUID | None


def flow_of(uow: UnitOfWork, campaign: Campaign) -> Flow:
    """The steps of a review by the standard it was opened with."""
    steps = review_rules.steps(review_rules.pack_of(uow, campaign), campaign)
    return Flow(steps, opinion_required=campaign.opinion_required)


def preview(uow: UnitOfWork, case_ids: Sequence[UUID], state: CaseState, on: date | None = None) -> BulkPreview:
    """Which of these households the step is for on that day, and why not for the others."""
    uow.require(Permission.READ)
    return _sorted_out(uow, lines_of(uow, case_ids), state, on or uow.today)


def advance(
    uow: UnitOfWork, case_ids: Sequence[UUID], state: CaseState, *, on: date, document: str = "", note: str = ""
) -> None:
    """Record a step of these households; refused as a whole when it is not for one of them."""
    uow.require(Permission.ISSUE if state is CaseState.DECIDED else Permission.EDIT)
    if state in (CaseState.LISTED, CaseState.KEYED, CaseState.REMOVED):
        message = _("This is no step of its own: key the sheet, send it back, or take the household off the list.")
        raise ValidationError([Problem("state", message)])
    lines = require_ready(uow, case_ids, state, on)
    name_step(uow, "case.step", lines)
    record(uow, lines, state, on=on, document=document, note=note)


def mark_checked(uow: UnitOfWork, case_ids: Sequence[UUID], *, on: date | None = None, note: str = "") -> None:
    """The keyed sheets were compared with the paper."""
    advance(uow, case_ids, CaseState.CHECKED, on=on or uow.today, note=note)


def send_back(uow: UnitOfWork, case_ids: Sequence[UUID], reason: str, *, on: date | None = None) -> None:
    """Survey these households again; their sheets stay on record as earlier rounds."""
    uow.require(Permission.EDIT)
    if not clean(reason):
        raise ValidationError([Problem("reason", _("Write why the household is surveyed again."))])
    lines = require_ready(uow, case_ids, CaseState.LISTED, on or uow.today)
    name_step(uow, "case.back", lines)
    record(uow, lines, CaseState.LISTED, on=on or uow.today, note=reason, values=UNSURVEYED)


def history(uow: UnitOfWork, case_id: UUID) -> list[StepView]:
    """The steps of one household, oldest first, from its listing on."""
    uow.require(Permission.READ)
    case = uow.record(ReviewCase, case_id)
    found = [
        StepView(
            id=step.id,
            state=CaseState(step.state),
            previous=CaseState(step.previous) if step.previous else None,
            on=step.on_date,
            document=step.document,
            note=step.note,
            at=step.at,
            who=who or "",
        )
        for step, who in uow.session.execute(
            select(CaseStep, User.name)
            .outerjoin(User, User.id == CaseStep.user_id)
            .where(CaseStep.case_id == case_id)
            .order_by(CaseStep.at, CaseStep.id)
        )
    ]
    if found and found[0].previous is None:
        return found
    opened = uow.record(Campaign, case.campaign_id).opened_on
    return [StepView(None, CaseState.LISTED, None, opened, "", "", None, ""), *found]


def kept() -> ColumnElement[bool]:
    """The household of a case is still kept by the office; few are not, and the list's own rows know them."""
    ended = select(HouseholdIndex.household_id).where(HouseholdIndex.active.is_(False))
    return ReviewCase.household_id.not_in(ended)


def unkeyed(uow: UnitOfWork, campaign_id: UUID, hamlet_id: UUID | None = None) -> int:
    """Households still kept whose sheet is not keyed, in a hamlet or the whole commune: nothing is posted before."""
    statement = (
        select(func.count())
        .select_from(ReviewCase)
        .where(ReviewCase.campaign_id == campaign_id, ReviewCase.state.in_([state.value for state in UNKEYED]))
        .where(kept())
    )
    if hamlet_id is not None:
        statement = statement.where(ReviewCase.hamlet_id == hamlet_id)
    return int(uow.session.execute(statement).scalar_one())


def refresh_snapshots(uow: UnitOfWork, case_ids: Sequence[UUID]) -> None:
    """Bring what reports count of these households up to what stands now; before the decision freezes it."""
    case_snapshots.refresh(uow, case_ids)


def name_step(uow: UnitOfWork, action: str, lines: Sequence[Line]) -> None:
    """Name the action after the household it is about, or after the review when there are several."""
    if len(lines) == 1:
        uow.name_step(action, table=Household.__tablename__, subject=lines[0].household_id)
    else:
        uow.name_step(action, table=Campaign.__tablename__, subject=lines[0].campaign_id)


def record(
    uow: UnitOfWork,
    lines: Sequence[Line],
    state: CaseState,
    *,
    on: date,
    document: str = "",
    note: str = "",
    values: Mapping[str, Any] | None = None,
) -> None:
    """Write the step and the state without asking; callers have asked."""
    if not lines:
        return
    changes = {line.id: {"state": (line.state, state.value), "state_on": (line.state_on, on)} for line in lines}
    if values:
        for case_id, present in _present(uow, list(changes), list(values)).items():
            changes[case_id] |= {
                name: (present[name], value) for name, value in values.items() if present[name] != value
            }
    for fields in changes.values():
        for name in [name for name, (old, new) in fields.items() if old == new]:
            del fields[name]
    uow.update_many(ReviewCase, {case_id: fields for case_id, fields in changes.items() if fields})
    add_steps(uow, [(line.id, line.state) for line in lines], state, on=on, document=document, note=note)
    changed = set(changes)
    for held in list(uow.session.identity_map.values()):
        if isinstance(held, ReviewCase) and held.id in changed:
            uow.session.expire(held)


def add_steps(
    uow: UnitOfWork,
    cases: Iterable[tuple[UUID, str]],
    state: CaseState,
    *,
    on: date,
    document: str = "",
    note: str = "",
) -> None:
    """One row of history for each case: what it was before and is now."""
    shared = {
        "state": state.value,
        "on_date": on,
        "document": clean(document),
        "note": note.strip(),
        "at": uow.now,
        "user_id": uow.actor.user_id,
    }
    uow.insert_many(CaseStep, [shared | {"case_id": case, "previous": previous} for case, previous in cases])


def require_ready(uow: UnitOfWork, case_ids: Sequence[UUID], state: CaseState, on: date) -> list[Line]:
    """These cases when the step is for all of them; refused as a whole otherwise, each with its reason."""
    if not case_ids:
        raise ValidationError([Problem("", _("Choose at least one household."))])
    lines = lines_of(uow, case_ids)
    for campaign_id in {line.campaign_id for line in lines}:
        review_rules.running(uow, campaign_id)
    refused = dict(_sorted_out(uow, lines, state, on).refused)
    if refused:
        names = {line.id: line.head_name for line in lines}
        problems = [
            Problem("", _("{name}: {reason}").format(name=names[case], reason=reason))
            for case, reason in list(refused.items())[:_NAMED]
        ]
        if len(refused) > _NAMED:
            more = len(refused) - _NAMED
            message = ngettext("and {count} more household", "and {count} more households", more)
            problems.append(Problem("", message.format(count=more)))
        raise ValidationError(problems)
    return lines


def _sorted_out(uow: UnitOfWork, lines: Sequence[Line], state: CaseState, on: date) -> BulkPreview:
    flows: dict[UUID, Flow] = {}
    blocked: dict[UUID, dict[UUID | None, int]] = {}
    for campaign_id in {line.campaign_id for line in lines}:
        flows[campaign_id] = flow_of(uow, uow.record(Campaign, campaign_id))
        if state is CaseState.POSTED:
            blocked[campaign_id] = _unkeyed_by_hamlet(uow, campaign_id)
    ready, refused = [], []
    for line in lines:
        reason = _refusal(flows[line.campaign_id], line, state, on, uow.today)
        if reason is None and (count := blocked.get(line.campaign_id, {}).get(line.hamlet_id, 0)):
            reason = ngettext(
                "Its hamlet still has {count} household without a keyed sheet.",
                "Its hamlet still has {count} households without a keyed sheet.",
                count,
            ).format(count=count)
        if reason is None:
            ready.append(line.id)
        else:
            refused.append(Refused(line.id, reason))
    return BulkPreview(tuple(ready), tuple(refused))


def _refusal(flow: Flow, line: Line, state: CaseState, on: date, today: date) -> str | None:
    now = CaseState(line.state)
    standing = Standing(now, line.result_class is not None, line.posting_id is not None)
    reason = refusal(flow, standing, state)
    if reason is None and on > today:
        return _("The date lies in the future.")
    if reason is None and on < line.state_on:
        return _("The step before it is dated {date}; this one cannot lie before.").format(
            date=format_date(line.state_on)
        )
    return reason


def _unkeyed_by_hamlet(uow: UnitOfWork, campaign_id: UUID) -> dict[UUID | None, int]:
    rows = uow.session.execute(
        select(ReviewCase.hamlet_id, func.count())
        .where(ReviewCase.campaign_id == campaign_id, ReviewCase.state.in_([state.value for state in UNKEYED]))
        .where(kept())
        .group_by(ReviewCase.hamlet_id)
    )
    return {hamlet: int(count) for hamlet, count in rows}


def lines_of(uow: UnitOfWork, case_ids: Sequence[UUID]) -> list[Line]:
    """What steps need of these cases, in the order given; what waits to be written is written first."""
    uow.session.flush()
    columns = [getattr(ReviewCase, name) for name in Line._fields]
    found = {
        row[0]: Line(*row)
        for start in range(0, len(case_ids), _PART)
        for row in uow.session.execute(select(*columns).where(ReviewCase.id.in_(case_ids[start : start + _PART])))
    }
    missing = [case for case in case_ids if case not in found]
    if missing:
        raise NotFoundError(_("This record does not exist any more."))
    return [found[case] for case in dict.fromkeys(case_ids)]


def _present(uow: UnitOfWork, ids: Sequence[UUID], names: Sequence[str]) -> dict[UUID, dict[str, Any]]:
    columns = [getattr(ReviewCase, name) for name in names]
    return {
        row[0]: dict(zip(names, row[1:], strict=True))
        for start in range(0, len(ids), _PART)
        for row in uow.session.execute(
            select(ReviewCase.id, *columns).where(ReviewCase.id.in_(ids[start : start + _PART]))
        )
    }
