"""Use cases of survey sheets: keyed by keys only, judged at once, kept with reasons; the next one in paper order."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from casemgr.domain.classification import Facts, Judgement, inputs_to_json, result_to_json
from casemgr.domain.households import POVERTY_CAUSES
from casemgr.domain.indicators import Proposal
from casemgr.domain.packs import Pack
from casemgr.domain.permissions import Permission
from casemgr.domain.review_flow import UNKEYED
from casemgr.domain.reviews import CaseState, SurveyData
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_date, ngettext
from casemgr.persistence.models import Campaign, CaseStep, Hamlet, Household, ReviewCase, Survey
from casemgr.persistence.models import Judgement as JudgementRow
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaigns, case_snapshots, review_rules
from casemgr.services.campaign_steps import kept, mark_checked, send_back
from casemgr.services.survey_facts import (
    LOCAL,
    NATIONAL,
    SideBySide,
    Standards,
    area_of,
    facts_of,
    judge,
    judged,
    possible,
    side_by_side,
    standards,
)
from casemgr.services.survey_sheets import SheetView, locked, proposed_answers, sheet

__all__ = [
    "LOCAL",
    "NATIONAL",
    "QuickResult",
    "SheetView",
    "SideBySide",
    "SurveyResult",
    "judge",
    "keep_survey",
    "mark_checked",
    "next_case",
    "possible",
    "quick_check",
    "reasons",
    "send_back",
    "sheet",
    "side_by_side",
]

_UNKEYED: Final = [state.value for state in UNKEYED]
_PART: Final = 500


@dataclass(frozen=True)
class SurveyResult:
    """What keying a sheet led to."""

    case_id: UUID
    version: int
    """Of the case, for correcting the sheet again."""
    round: int
    national: Judgement
    local: Judgement | None
    next_case: UUID | None
    """The next household in paper order whose sheet is not keyed; None when all are."""


@dataclass(frozen=True)
class QuickResult:
    """What Phiếu A says of a household that asked."""

    signs: int
    limit: int | None
    """With so many signs no Phiếu B is made; None while the standard does not say."""

    @property
    def ends_here(self) -> bool:
        """Whether the household gets no Phiếu B."""
        return self.limit is not None and self.signs >= self.limit


def keep_survey(
    uow: UnitOfWork, case_id: UUID, data: SurveyData, *, version: int | None = None, hamlet_id: UUID | None = None
) -> SurveyResult:
    """Keep a keyed sheet with its result; `hamlet_id` keeps the next one within that hamlet."""
    uow.require(Permission.EDIT)
    case = uow.record(ReviewCase, case_id, version)
    campaign = review_rules.running(uow, case.campaign_id)
    held = standards(uow, campaign)
    reason = locked(uow, campaign, case)
    if reason:
        raise ConflictError(_("{name}: {reason}").format(name=case.head_name, reason=reason))
    proposed = proposed_answers(uow, held, case.household_id, data.surveyed_on)
    facts, national, local = _accepted(uow, campaign, case, held, data, proposed)
    uow.name_step("case.survey", table=Household.__tablename__, subject=case.household_id)
    record = _keep_sheet(uow, case, held, data, facts, proposed)
    days = {case.household_id: data.surveyed_on}
    found = case_snapshots.snapshots(uow, [case.household_id], pack=held.national, on=days)
    order = {code: place for place, code in enumerate(held.codes)}
    values = found[case.household_id] | {
        "survey_id": record.id,
        "b1": facts.b1,
        "b2": national.b2,
        "income": facts.income,
        "deprivations": tuple(sorted(facts.deprivations, key=order.__getitem__)),
        "causes": record.causes,
        "result_class": national.value.value,
        "local_class": local.value.value if local else None,
        "area": facts.area.value,
    }
    with uow.session.no_autoflush:  # one statement per row: what is read below does not depend on it
        case_snapshots.apply(case, values)
        case.movement = campaigns.movement_of(uow, case)
        _keep_judgements(uow, case.id, facts, {NATIONAL: (held.national, national), LOCAL: (held.local, local)})
        if case.state != CaseState.KEYED:
            _step(uow, case, max(case.state_on, data.surveyed_on))
        else:
            _redate(uow, campaign, case, data.surveyed_on)
    uow.session.flush()
    following = next_case(uow, campaign.id, case.id, hamlet_id)
    return SurveyResult(case.id, case.version, record.round, national, local, following)


def next_case(
    uow: UnitOfWork, campaign_id: UUID, after_case_id: UUID | None = None, hamlet_id: UUID | None = None
) -> UUID | None:
    """The next household in paper order (hamlet, given name) without a keyed sheet; after the last come the skipped."""
    uow.require(Permission.READ)
    after = None
    if after_case_id is not None:
        columns = (ReviewCase.hamlet_id, ReviewCase.head_sort, ReviewCase.id)
        after = uow.session.execute(select(*columns).where(ReviewCase.id == after_case_id)).one()
    hamlets: list[UUID | None] = [hamlet_id]
    if hamlet_id is None:
        hamlets = [*uow.session.scalars(select(Hamlet.id).order_by(Hamlet.name_key, Hamlet.id)), None]
    if after is not None and after.hamlet_id in hamlets:
        here = hamlets.index(after.hamlet_id)
        behind = (ReviewCase.head_sort > after.head_sort) | (
            (ReviewCase.head_sort == after.head_sort) & (ReviewCase.id > after.id)
        )
        found = _first(uow, campaign_id, after.hamlet_id, behind)
        if found is not None:
            return found
        hamlets = [*hamlets[here + 1 :], *hamlets[: here + 1]]
    for hamlet in hamlets:
        found = _first(uow, campaign_id, hamlet, ReviewCase.id != after.id if after is not None else None)
        if found is not None:
            return found
    return None


def quick_check(uow: UnitOfWork, case_id: UUID, signs: Sequence[str]) -> QuickResult:
    """What the signs of Phiếu A mean for a household that asked."""
    uow.require(Permission.READ)
    case = uow.record(ReviewCase, case_id)
    pack = review_rules.pack_of(uow, uow.record(Campaign, case.campaign_id))
    problems = list(_quick_problems(pack, signs))
    if problems:
        raise ValidationError(problems)
    return QuickResult(len(set(signs)), pack.quick_check.pass_rule if pack.quick_check else None)


def reasons(uow: UnitOfWork, case_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Why each of these households has its result, in the words of the standard it was judged by."""
    uow.require(Permission.READ)
    return {
        case: str(json.loads(result)["reason"])
        for start in range(0, len(case_ids), _PART)
        for case, result in uow.session.execute(
            select(JudgementRow.case_id, JudgementRow.result)
            .join(ReviewCase, ReviewCase.id == JudgementRow.case_id)
            .where(JudgementRow.scope == NATIONAL, JudgementRow.case_id.in_(case_ids[start : start + _PART]))
            .where(ReviewCase.result_class.is_not(None))
        )
    }


def _accepted(
    uow: UnitOfWork,
    campaign: Campaign,
    case: ReviewCase,
    held: Standards,
    data: SurveyData,
    proposed: Mapping[str, Proposal],
) -> tuple[Facts, Judgement, Judgement | None]:
    """The facts and what they give; refused with everything that is wrong with the sheet."""
    area = area_of(uow, case.household_id)
    problems = [
        *_date_problems(uow, campaign, case, held.national, data.surveyed_on),
        *_override_problems(data, proposed),
    ]
    problems += _quick_problems(held.national, data.quick_signs)
    if area is None:
        message = _("Choose the hamlet of the household first: the line depends on its area type.")
        problems.append(Problem("area", message))
    if set(data.causes) - POVERTY_CAUSES.keys():
        problems.append(Problem("causes", _("Choose the causes from the list.")))
    quick = held.national.quick_check
    if not problems and quick is not None and quick.pass_rule is not None:
        count = len(set(data.quick_signs))
        if count >= quick.pass_rule:
            problems.append(Problem("quick_signs", _too_many_signs(count)))
    try:
        facts = facts_of(uow, held, data, area)
        national, local = judged(held, facts)
    except ValidationError as error:
        raise ValidationError([*problems, *error.problems]) from error
    if problems:
        raise ValidationError(problems)
    return facts, national, local


def _too_many_signs(count: int) -> str:
    return ngettext(
        "{count} sign of Phiếu A: the standard asks for no Phiếu B. Take the household off the list with this reason.",
        "{count} signs of Phiếu A: the standard asks for no Phiếu B. Take the household off the list with this reason.",
        count,
    ).format(count=count)


def _date_problems(uow: UnitOfWork, campaign: Campaign, case: ReviewCase, pack: Pack, on: date) -> Iterator[Problem]:
    if on > uow.today:
        yield Problem("surveyed_on", _("The date lies in the future."))
    elif on < campaign.survey_from:
        message = _("The survey of “{review}” begins on {date}: a sheet cannot be older.")
        yield Problem("surveyed_on", message.format(review=campaign.title, date=format_date(campaign.survey_from)))
    elif pack.valid_to is not None and on > pack.valid_to:
        message = _("{pack} applies until {date}: a later sheet needs a review opened under the next standard.")
        yield Problem("surveyed_on", message.format(pack=pack.id, date=format_date(pack.valid_to)))
    else:
        again, day = _surveyed_again(uow, case)
        if day is not None and on < day:
            message = (
                _("The objection to the household came on {date}: the sheet of the re-check cannot be older.")
                if again is CaseState.RECHECK
                else _("The household was sent back to survey on {date}: the new sheet cannot be older.")
            )
            yield Problem("surveyed_on", message.format(date=format_date(day)))


def _surveyed_again(uow: UnitOfWork, case: ReviewCase) -> tuple[CaseState | None, date | None]:
    """What a surveyed household was when it was last sent back, and from which day on it may be surveyed anew.

    A re-check is surveyed before its objection is settled: there it is the day the re-check began.
    """
    newest = select(CaseStep).where(CaseStep.case_id == case.id).order_by(CaseStep.at.desc(), CaseStep.id.desc())
    steps = uow.session.scalars(newest).all()
    for place, step in enumerate(steps):
        if step.state != CaseState.LISTED or step.previous in ("", CaseState.REMOVED):
            continue
        before = CaseState(step.previous)
        began = before is CaseState.RECHECK and place + 1 < len(steps)
        return before, steps[place + 1].on_date if began else step.on_date
    return None, None


def _override_problems(data: SurveyData, proposed: Mapping[str, Proposal]) -> Iterator[Problem]:
    for code, proposal in proposed.items():
        if _differs(data, code, proposal) and not clean(data.override_reasons.get(code, "")):
            message = _("The file says otherwise ({why}): write why the answer differs.")
            yield Problem(code, message.format(why=proposal.why.rstrip(".")))


def _differs(data: SurveyData, code: str, proposal: Proposal) -> bool:
    answer = data.answers.get(code)
    return answer is not None and proposal.value is not None and answer != proposal.value


def _quick_problems(pack: Pack, signs: Sequence[str]) -> Iterator[Problem]:
    known = {code for code, _label in pack.quick_check.items} if pack.quick_check else set()
    for code in signs:
        if code not in known:
            yield Problem("quick_signs", _("Phiếu A of {pack} has no sign “{code}”.").format(pack=pack.id, code=code))


def _keep_sheet(
    uow: UnitOfWork,
    case: ReviewCase,
    held: Standards,
    data: SurveyData,
    facts: Facts,
    proposed: Mapping[str, Proposal],
) -> Survey:
    overridden = {code for code, proposal in proposed.items() if _differs(data, code, proposal)}
    values: dict[str, Any] = {
        "surveyed_on": data.surveyed_on,
        "surveyor": clean(data.surveyor),
        "income": data.income,
        "b1": facts.b1,
        "b1_answers": _json({code: count for code, count in data.b1_answers.items() if count}),
        "proposals": _json({code: {"value": one.value, "why": one.why} for code, one in proposed.items()}),
        "answers": _json({code: data.answers[code] for code in held.codes if code in data.answers}),
        "override_reasons": _json({code: clean(data.override_reasons[code]) for code in sorted(overridden)}),
        "quick_signs": tuple(dict.fromkeys(data.quick_signs)),
        "causes": tuple(sorted(set(data.causes))),
        "pack": held.national.id,
        "note": data.note.strip(),
    }
    record = uow.session.get(Survey, case.survey_id) if case.survey_id else None
    if record is None:
        rounds = uow.session.scalars(select(Survey.round).where(Survey.case_id == case.id)).all()
        record = Survey(case_id=case.id, round=max(rounds, default=0) + 1, **values)
        uow.add(record)
        return record
    for name, value in values.items():
        if getattr(record, name) != value:
            setattr(record, name, value)
    return record


def _keep_judgements(
    uow: UnitOfWork, case_id: UUID, facts: Facts, made: Mapping[str, tuple[Pack | None, Judgement | None]]
) -> None:
    present = {
        row.scope: row for row in uow.session.scalars(select(JudgementRow).where(JudgementRow.case_id == case_id))
    }
    for scope, (pack, judgement) in made.items():
        row = present.get(scope)
        if pack is None or judgement is None:
            continue
        values = {
            "pack": pack.id,
            "pack_sha256": pack.sha256,
            "inputs": inputs_to_json(pack, facts),
            "result": result_to_json(judgement),
        }
        if row is None:
            uow.add(JudgementRow(case_id=case_id, scope=scope, **values))
            continue
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)


def _step(uow: UnitOfWork, case: ReviewCase, on: date) -> None:
    uow.add(
        CaseStep(
            case_id=case.id,
            state=CaseState.KEYED.value,
            previous=case.state,
            on_date=on,
            document="",
            note="",
            at=uow.now,
            user_id=uow.actor.user_id,
        )
    )
    case.state, case.state_on = CaseState.KEYED.value, on


def _redate(uow: UnitOfWork, campaign: Campaign, case: ReviewCase, on: date) -> None:
    """The sheet was keyed again with another day: its step moves with it, not before the step it follows."""
    newest = select(CaseStep).where(CaseStep.case_id == case.id).order_by(CaseStep.at.desc(), CaseStep.id.desc())
    steps = uow.session.scalars(newest.limit(2)).all()
    day = max(on, steps[1].on_date if len(steps) > 1 else campaign.opened_on)
    if case.state_on != day:
        case.state_on = day
        if steps and steps[0].state == CaseState.KEYED:
            steps[0].on_date = day


def _first(
    uow: UnitOfWork, campaign_id: UUID, hamlet_id: UUID | None, narrowed: ColumnElement[bool] | None
) -> UUID | None:
    place = ReviewCase.hamlet_id.is_(None) if hamlet_id is None else ReviewCase.hamlet_id == hamlet_id
    statement: Select[UUID] = (
        select(ReviewCase.id)
        .where(ReviewCase.campaign_id == campaign_id, place, ReviewCase.state.in_(_UNKEYED), kept())
        .order_by(ReviewCase.head_sort, ReviewCase.id)
        .limit(1)
    )
    if narrowed is not None:
        statement = statement.where(narrowed)
    return uow.session.scalars(statement).first()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
