"""How this office counts in a review where the law leaves it open: the superior, minorities, relapses."""

import json
from dataclasses import dataclass
from typing import Any

from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import N_, _
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import offices, opinions
from casemgr.services.case_snapshots import HEAD_OR_SPOUSE, MINORITY_RULE
from casemgr.services.movements import LOOK_BACK

HEAD = "head"
MINORITY_RULES = {
    HEAD: N_("The head of household"),
    HEAD_OR_SPOUSE: N_("The head of household, or wife or husband"),
}
"""Whose ethnic group makes a minority household (uncertain in law: programmes also count the spouse)."""

_LONGEST = 50


@dataclass(frozen=True)
class ReviewSettings:
    """What the office decides for itself."""

    superior: str = ""
    """Who is asked for an opinion; empty: as the standard calls it."""
    minority_rule: str = HEAD
    look_back_years: int | None = None
    """How many years back an earlier escape still makes a new entry a relapse; None: without limit."""


def review_settings(uow: UnitOfWork) -> ReviewSettings:
    """What holds at present."""
    return ReviewSettings(
        superior=_kept(uow, opinions.SUPERIOR) or "",
        minority_rule=_kept(uow, MINORITY_RULE) or HEAD,
        look_back_years=_kept(uow, LOOK_BACK),
    )


def keep_review_settings(uow: UnitOfWork, wanted: ReviewSettings) -> None:
    """Decide them; reviews keyed and decided from now on follow, decided ones stay."""
    uow.require(Permission.SETTINGS)
    problems = []
    if wanted.minority_rule not in MINORITY_RULES:
        problems.append(Problem("minority_rule", _("Choose whose ethnic group counts.")))
    if wanted.look_back_years is not None and not 1 <= wanted.look_back_years <= _LONGEST:
        problems.append(
            Problem("look_back_years", _("Write the years from 1 to {most}, or leave it empty.").format(most=_LONGEST))
        )
    if problems:
        raise ValidationError(problems)
    present = review_settings(uow)
    if clean(wanted.superior) != present.superior:
        opinions.keep_authority(uow, wanted.superior)
    if wanted.minority_rule != present.minority_rule:
        offices.keep_setting(uow, MINORITY_RULE, json.dumps(wanted.minority_rule))
    if wanted.look_back_years != present.look_back_years:
        offices.keep_setting(uow, LOOK_BACK, json.dumps(wanted.look_back_years) if wanted.look_back_years else "")


def _kept(uow: UnitOfWork, key: str) -> Any:  # noqa: ANN401 - what JSON holds
    kept = offices.setting(uow, key)
    return json.loads(kept) if kept else None
