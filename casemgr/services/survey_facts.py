"""What a sheet means: the facts of one survey, judged by the standards of its review or by any other."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.classification import Facts, Judgement, Partial, classify, judge_partly
from casemgr.domain.offices import Area
from casemgr.domain.pack_parts import POOR_CLASSES
from casemgr.domain.packs import Indicator, Pack, known_codes
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CampaignKind, SurveyData
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Campaign, Hamlet, Household, ReviewCase, Survey
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import packs, review_rules, score_tables

NATIONAL = "national"
LOCAL = "local"


@dataclass(frozen=True)
class Standards:
    """The standards a review judges by, as it was opened with them."""

    kind: CampaignKind
    national: Pack
    local: Pack | None

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """What the sheet asks: the national indicators in their order, then what only the local standard asks."""
        more = self.local.indicators if self.local else ()
        return (*self.national.indicators, *(one for one in more if one.code not in self.national.codes))

    @property
    def codes(self) -> tuple[str, ...]:
        """Their codes."""
        return tuple(indicator.code for indicator in self.indicators)

    @property
    def known(self) -> frozenset[str]:
        """The same, for judging by a standard that counts only some of them."""
        return frozenset(self.codes)

    @property
    def by_income(self) -> bool:
        """The average living standard rests on the income of twelve months alone."""
        return self.kind is CampaignKind.AVERAGE


@dataclass(frozen=True)
class SideBySide:
    """One survey under two standards, and under the local one."""

    national: Judgement
    local: Judgement | None
    other_pack: Pack
    other: Partial
    """What can be said by the other standard, with what is still missing."""
    other_judgement: Judgement | None
    """With its reason, when nothing is missing."""


def standards(uow: UnitOfWork, campaign: Campaign) -> Standards:
    """The standards of a review."""
    local = packs.by_id(uow, campaign.local_pack, sha256=campaign.local_sha256) if campaign.local_pack else None
    kind = CampaignKind(campaign.kind)
    return Standards(kind, review_rules.pack_of(uow, campaign), local)


def judge(uow: UnitOfWork, case_id: UUID, data: SurveyData) -> tuple[Judgement, Judgement | None]:
    """The class the sheet gives as it stands, national and local, without saving; refused naming what is missing."""
    uow.require(Permission.READ)
    case = uow.record(ReviewCase, case_id)
    held = standards(uow, uow.record(Campaign, case.campaign_id))
    return judged(held, facts_of(uow, held, data, area_of(uow, case.household_id)))


def possible(uow: UnitOfWork, case_id: UUID, data: SurveyData, pack: Pack | None = None) -> Partial:
    """The classes still possible while the sheet is being keyed, by the review's standard or by another."""
    uow.require(Permission.READ)
    case = uow.record(ReviewCase, case_id)
    held = standards(uow, uow.record(Campaign, case.campaign_id))
    facts = facts_of(uow, held, data, area_of(uow, case.household_id))
    return _partly(held, pack or held.national, facts, data.answers)


def side_by_side(uow: UnitOfWork, case_id: UUID, other_pack: Pack | str, data: SurveyData | None = None) -> SideBySide:
    """The survey on record, or the sheet as it is being keyed, under the review's standards and another one."""
    uow.require(Permission.READ)
    other = packs.by_id(uow, other_pack) if isinstance(other_pack, str) else other_pack
    case = uow.record(ReviewCase, case_id)
    held = standards(uow, uow.record(Campaign, case.campaign_id))
    sheet = data or kept_data(uow, case)
    if sheet is None:
        raise ValidationError([Problem("", _("Its sheet is not keyed yet."))])
    facts = facts_of(uow, held, sheet, area_of(uow, case.household_id))
    national, local = judged(held, facts)
    partial = _partly(held, other, facts, sheet.answers)
    whole: Judgement | None = None
    if partial.value is not None:
        try:
            whole = classify(other, _for(other, facts, sheet.answers), known=held.known | frozenset(other.codes))
        except ValidationError:
            whole = None  # told by the anchors of the points, without an income to give the reason with
    return SideBySide(national, local, other, partial, whole)


def facts_of(uow: UnitOfWork, held: Standards, data: SurveyData, area: Area | None) -> Facts:
    """The facts of a sheet; B1 is added up from its table where one is loaded and was answered."""
    deprived = frozenset(code for code, answer in data.answers.items() if answer)
    unknown = frozenset() if held.by_income else frozenset(held.codes) - data.answers.keys()
    b1 = None if held.by_income else points(uow, held, data)
    return Facts(area or Area.RURAL, data.income, b1, deprived, unknown)


def points(uow: UnitOfWork, held: Standards, data: SurveyData) -> int | None:
    """B1: the total from the paper, or the sum of the answered lines of the point table."""
    if not data.b1_answers:
        return data.b1
    total = score_tables.points(uow, held.national, data.b1_answers)
    if data.b1 is not None and data.b1 != total:
        message = _("The lines of the point table add up to {sum}, but {total} was entered as B1.")
        raise ValidationError([Problem("b1", message.format(sum=total, total=data.b1))])
    return total


def judged(held: Standards, facts: Facts) -> tuple[Judgement, Judgement | None]:
    """National and local judgement of the facts; refused with every reason."""
    problems = list(_unheard(held, facts))
    national = _classified(held.national, facts, held, problems)
    local = _classified(held.local, facts, held, problems) if held.local else None
    if national is not None and held.by_income and national.value in POOR_CLASSES:
        message = _(
            "With this income the household is not over the poverty line: it belongs into the review of poor "
            "households. Take it off this list with that reason."
        )
        problems.append(Problem("income", message))
    if problems or national is None:
        raise ValidationError(list(dict.fromkeys(problems)))
    return national, local


def area_of(uow: UnitOfWork, household_id: UUID) -> Area | None:
    """The household's own area type, else its hamlet's."""
    row = uow.session.execute(
        select(Household.area, Hamlet.area)
        .outerjoin(Hamlet, Hamlet.id == Household.hamlet_id)
        .where(Household.id == household_id)
    ).one()
    return Area(row[0] or row[1]) if row[0] or row[1] else None


def kept_data(uow: UnitOfWork, case: ReviewCase) -> SurveyData | None:
    """The survey that counts; None while there is none."""
    record = uow.session.get(Survey, case.survey_id) if case.survey_id else None
    return data_of(record) if record else None


def data_of(record: Survey) -> SurveyData:
    """What a sheet said."""
    return SurveyData(
        surveyed_on=record.surveyed_on,
        surveyor=record.surveyor,
        income=record.income,
        b1=record.b1,
        b1_answers=json.loads(record.b1_answers),
        answers=json.loads(record.answers),
        override_reasons=json.loads(record.override_reasons),
        quick_signs=record.quick_signs,
        causes=record.causes,
        note=record.note,
    )


def _classified(pack: Pack, facts: Facts, held: Standards, problems: list[Problem]) -> Judgement | None:
    try:
        return classify(pack, facts, known=held.known)
    except ValidationError as error:
        problems.extend(error.problems)
        return None


def _unheard(held: Standards, facts: Facts) -> Iterator[Problem]:
    for code in sorted(facts.deprivations - frozenset(held.codes)):
        if code in known_codes():  # of a shipped standard; others `classify` has refused already
            message = _("The standard of this review has no indicator “{code}”.")
            yield Problem("answers", message.format(code=code))


def _for(pack: Pack, facts: Facts, answers: Mapping[str, bool]) -> Facts:
    """The facts as another standard asks them: what it asks and nobody answered is unknown."""
    unknown = frozenset(pack.codes) - answers.keys()
    return Facts(facts.area, facts.income, facts.b1, facts.deprivations, unknown)


def _partly(held: Standards, pack: Pack, facts: Facts, answers: Mapping[str, bool]) -> Partial:
    known = held.known | frozenset(pack.codes)
    return judge_partly(pack, _for(pack, facts, answers), scored_by=held.national, known=known)
