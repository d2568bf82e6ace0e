"""A condition tried on one household before it is kept: entitled, not, or cannot be said, with what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from casemgr.domain.condition_drafts import draft, understood
from casemgr.domain.entitlement_facts import Fact, Facts, code_text
from casemgr.domain.entitlements import Verdict, evaluate
from casemgr.domain.packs import shipped as shipped_packs
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Catalogue
from casemgr.domain.support import Unit
from casemgr.errors import ValidationError
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.entitlement_reading import Reading
from casemgr.services.programmes import catalogue

_RECEIVED: Final = ("receives", "household_receives")


@dataclass(frozen=True)
class Trial:
    """What the condition gives the household, or one of its people."""

    person_id: UUID | None
    name: str
    """Of the person; empty: the household."""
    verdict: Verdict


def try_condition(
    uow: UnitOfWork, household_id: UUID, on: date, condition: Mapping[str, Any] | None, unit: Unit
) -> list[Trial]:
    """The condition judged on a household, for a programme of persons on each of its living people in turn."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    asked, problems = understood(draft(condition), found.facts)
    if problems:
        raise ValidationError(list(problems))
    reading = Reading(uow, found, on, [household_id])
    names = reading.names([household_id])
    people = dict(reading.members())
    trials: list[Trial] = []
    for raw, home in reading.homes.items():
        own = reading.home_facts(home)
        alive = [one for one in people.get(raw, []) if one.died is None]
        members = tuple(reading.person_facts(one, names.get(one.id, "")) for one in alive)
        if unit is not Unit.PERSON:
            whole = Facts(own.values, own.assumed, members=members)
            trials.append(Trial(None, "", evaluate(asked, whole, found.facts)))
            continue
        for member, facts in zip(alive, members, strict=True):
            whole = Facts({**own.values, **facts.values}, own.assumed | facts.assumed, facts.name, members)
            trials.append(Trial(member.id, facts.name, evaluate(asked, whole, found.facts)))
    return trials


def codes_of(found: Catalogue, fact: Fact) -> list[tuple[str, str]]:
    """The codes a fact that is a set can contain, with their names: programmes, or indicators of the standards."""
    if fact.code in _RECEIVED:
        return [(one.code, f"{one.title} ({one.code})") for one in found.programmes.values()]
    names = {one.code: code_text(one.code) for pack in shipped_packs() for one in pack.indicators}
    return sorted(names.items(), key=lambda pair: pair[1])
