"""What a report is counted from: one review, or the state of a day; with the choices that make its columns."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import FromClause, func, select

from casemgr.domain.ethnic import ethnic_groups, name_of
from casemgr.domain.households import HouseholdClass
from casemgr.domain.pack_parts import Pack
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CampaignKind, CampaignStatus, DenominatorData
from casemgr.domain.statistics import ETHNIC, INDICATOR, MOST_ETHNIC, Form
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Campaign, ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import movements, packs
from casemgr.services.case_snapshots import LOCAL_ETHNIC
from casemgr.services.denominators import denominators
from casemgr.services.offices import keep_setting, setting
from casemgr.services.statistic_preliminary import running
from casemgr.services.statistic_sources import decided, standing

ETHNIC_SETTING = "statistics.ethnic"
"""Codes of the peoples that are columns of report 9."""
OTHERS_SETTING = "statistics.others"
"""none: report 8 counts households of no group as "Khác"; formula: it prints what its formula gives."""
_KINH = "01"


@dataclass(frozen=True)
class Basis:
    """Where the numbers come from."""

    rows: FromClause
    campaign: Campaign | None
    day: date | None
    official: bool
    typed: Mapping[UUID, DenominatorData]
    pack: Pack
    ethnic: tuple[str, ...]

    @property
    def closed(self) -> bool:
        """Whether nothing about it may move any more."""
        return self.campaign is not None and self.campaign.status == CampaignStatus.CLOSED

    def choices(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """Codes and names of the columns that stand for one thing each."""
        return {
            INDICATOR: [(indicator.code, indicator.name) for indicator in self.pack.indicators],
            ETHNIC: [(code, name_of(code)) for code in self.ethnic],
        }


def of_campaign(uow: UnitOfWork, campaign_id: UUID, form: Form) -> Basis:
    """The households of a review; recognised ones once the decision is made."""
    uow.require(Permission.READ)
    campaign = uow.record(Campaign, campaign_id)
    official = campaign.status in (CampaignStatus.DECIDED, CampaignStatus.CLOSED)
    rows = decided(campaign) if official else running(campaign, oldest=_oldest(uow, campaign))
    return Basis(
        rows=rows,
        campaign=campaign,
        day=None,
        official=official,
        typed=denominators(uow, campaign_id),
        pack=packs.by_id(uow, campaign.pack, sha256=campaign.pack_sha256),
        ethnic=_ethnic(uow, _cases_of(campaign_id)) if ETHNIC in form.each else (),
    )


def _oldest(uow: UnitOfWork, campaign: Campaign) -> int:
    """The first class year that still makes a new entry a relapse."""
    years = setting(uow, movements.LOOK_BACK)
    return campaign.class_year - int(json.loads(years)) if years else 0


def of_day(uow: UnitOfWork, day: date, form: Form) -> Basis:
    """Every household as it stood on a day."""
    uow.require(Permission.READ)
    if form.balance:
        raise ValidationError(
            [
                Problem(
                    "day",
                    _("Report {number} tells what a review changed: it needs a review, not a day.").format(
                        number=form.number
                    ),
                )
            ]
        )
    rows = standing(day, local=local_ethnic(uow))
    return Basis(
        rows=rows,
        campaign=None,
        day=day,
        official=True,
        typed=_typed_by(uow, day),
        pack=packs.national(uow, day),
        ethnic=_ethnic(uow, rows) if ETHNIC in form.each else (),
    )


def _typed_by(uow: UnitOfWork, day: date) -> Mapping[UUID, DenominatorData]:
    """The totals of the last yearly review opened by then."""
    last = uow.session.scalars(
        select(Campaign.id)
        .where(Campaign.kind == CampaignKind.PERIODIC.value, Campaign.opened_on <= day)
        .order_by(Campaign.opened_on.desc(), Campaign.id.desc())
    ).first()
    return denominators(uow, last) if last else {}


def _cases_of(campaign_id: UUID) -> FromClause:
    """The plain cases of a review: which peoples it has does not depend on what its households were before."""
    return select(ReviewCase.__table__).where(ReviewCase.campaign_id == campaign_id).subquery("plain")


def _ethnic(uow: UnitOfWork, rows: FromClause) -> tuple[str, ...]:
    """The peoples of report 9: those the office chose, else the most numerous of the list."""
    chosen = chosen_ethnic(uow)
    if chosen:
        return chosen
    c = rows.c
    most = uow.session.execute(
        select(c.head_ethnic)
        .where(
            c.minority,
            c.head_ethnic.is_not(None),
            c.head_ethnic != _KINH,
            c.result_class.in_((HouseholdClass.POOR.value, HouseholdClass.NEAR_POOR.value)),
        )
        .group_by(c.head_ethnic)
        .order_by(func.count().desc(), c.head_ethnic)
        .limit(MOST_ETHNIC)
    ).scalars()
    return tuple(sorted(most))


def chosen_ethnic(uow: UnitOfWork) -> tuple[str, ...]:
    """The peoples the office chose for report 9; empty: the most numerous ones."""
    return tuple(json.loads(setting(uow, ETHNIC_SETTING) or "[]"))


def local_ethnic(uow: UnitOfWork) -> tuple[str, ...]:
    """The local peoples (dân tộc tại chỗ) of reports 12 and 13, as the province says."""
    return tuple(json.loads(setting(uow, LOCAL_ETHNIC) or "[]"))


def choose_local_ethnic(uow: UnitOfWork, codes: Sequence[str]) -> None:
    """Say which peoples are local; it counts for sheets keyed from now on and for the state of a day."""
    uow.require(Permission.SETTINGS)
    _require_peoples(codes, most=len(ethnic_groups()))
    keep_setting(uow, LOCAL_ETHNIC, json.dumps(list(codes)))


def choose_ethnic(uow: UnitOfWork, codes: Sequence[str]) -> None:
    """Choose the peoples of report 9 by their codes, in this order; none: the most numerous ones."""
    uow.require(Permission.SETTINGS)
    _require_peoples(codes, most=MOST_ETHNIC)
    keep_setting(uow, ETHNIC_SETTING, json.dumps(list(codes)))


def _require_peoples(codes: Sequence[str], *, most: int) -> None:
    known = {group.code for group in ethnic_groups()}
    unknown = [code for code in codes if code not in known or code == _KINH]
    if unknown or len(set(codes)) != len(codes) or len(codes) > most:
        raise ValidationError(
            [
                Problem(
                    "ethnic",
                    _("Choose at most {count} peoples from the list, each once, without Kinh.").format(count=most),
                )
            ]
        )


def prefers_formula(uow: UnitOfWork) -> bool:
    """Whether the office prints what the formula of report 8 gives."""
    return setting(uow, OTHERS_SETTING) == json.dumps("formula")


def prefer_formula(uow: UnitOfWork, *, formula: bool) -> None:
    """Choose how report 8 fills "Khác": by its printed formula, or with the households of none of the groups."""
    uow.require(Permission.SETTINGS)
    keep_setting(uow, OTHERS_SETTING, json.dumps("formula" if formula else "none"))


def campaigns_for_reports(uow: UnitOfWork) -> list[tuple[UUID, str, int, CampaignStatus]]:
    """Reviews that can be reported on, newest first: id, title, year, state."""
    uow.require(Permission.READ)
    rows = uow.session.scalars(select(Campaign).order_by(Campaign.opened_on.desc(), Campaign.id.desc()))
    return [(row.id, row.title, row.year, CampaignStatus(row.status)) for row in rows]


def campaign_of_year(uow: UnitOfWork, year: int) -> UUID:
    """The yearly review of a year; the only review of it when there is no yearly one."""
    found = [
        (row.kind, row.id)
        for row in uow.session.scalars(select(Campaign).where(Campaign.year == year).order_by(Campaign.opened_on))
    ]
    periodic = [one for kind, one in found if kind == CampaignKind.PERIODIC]
    if periodic:
        return periodic[-1]
    if len(found) == 1:
        return found[0][1]
    message = (
        _("There are {count} reviews in {year}: name one with --campaign.").format(count=len(found), year=year)
        if found
        else _("There is no review of {year} in this file. Open one first, or ask for a day with --as-of.").format(
            year=year
        )
    )
    raise ValidationError([Problem("year", message)])
