"""What the search box shows of a found thing: its title, a line that tells it from others, code and class."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass, household_code
from casemgr.i18n import _, ngettext
from casemgr.persistence.models import Certificate, HouseholdIndex, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.offices import hamlet_names

_HOMES = select(
    HouseholdIndex.household_id,
    HouseholdIndex.number,
    HouseholdIndex.head_name,
    HouseholdIndex.hamlet_id,
    HouseholdIndex.class_value,
    HouseholdIndex.people,
    HouseholdIndex.active,
)
_BIRTHS = select(Person.id, Person.birth)
_PAPERS = select(Certificate.id, Certificate.number, Certificate.symbol, Certificate.year)


@dataclass(frozen=True, slots=True)
class Found:
    """A row of the search index with the tier that found it."""

    entry: int
    kind: str
    record: UUID
    household: UUID
    title: str
    tier: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One line under the search box."""

    kind: str
    """household, person or certificate."""
    id: UUID
    household_id: UUID | None
    title: str
    subtitle: str
    code: str
    """The household's readable code, also for its members and certificates."""
    class_value: HouseholdClass
    tier: int
    """How well it fits, 0 best; equal tiers are already in order."""
    active: bool
    """False for a household the office no longer keeps."""


def describe(uow: UnitOfWork, found: Sequence[Found]) -> list[Hit]:
    """The lines of what was found, in the same order, households that ended last."""
    if not found:
        return []
    homes = _by_id(uow, _HOMES, HouseholdIndex.household_id, {hit.household for hit in found})
    births = _by_id(uow, _BIRTHS, Person.id, {hit.record for hit in found if hit.kind == "person"})
    papers = _by_id(uow, _PAPERS, Certificate.id, {hit.record for hit in found if hit.kind == "certificate"})
    hamlets = hamlet_names(uow)
    hits = []
    for hit in found:
        home = homes[hit.household]
        hamlet = hamlets.get(home.hamlet_id, "")
        title = hit.title
        if hit.kind == "certificate":
            paper = papers[hit.record]
            title = f"{paper.number:02d}/{paper.symbol}"
            parts = [str(paper.year), hit.title, hamlet]
        elif hit.kind == "person":
            birth = births[hit.record].birth
            parts = [
                PartialDate.from_iso(birth).text if birth else "",
                _("household of {name}").format(name=home.head_name) if home.head_name else "",
                hamlet,
            ]
        else:
            count = home.people
            parts = [hamlet, ngettext("{count} person", "{count} people", count).format(count=count)]
        hits.append(
            Hit(
                kind=hit.kind,
                id=hit.record,
                household_id=hit.household,
                title=title,
                subtitle=" · ".join(part for part in parts if part),
                code=household_code(home.number),
                class_value=HouseholdClass(home.class_value),
                tier=hit.tier,
                active=home.active,
            )
        )
    hits.sort(key=lambda hit: not hit.active)
    return hits


def _by_id(
    uow: UnitOfWork,
    query: Select[*tuple[Any, ...]],
    key: Any,  # noqa: ANN401 - a column
    ids: Collection[UUID],
) -> dict[UUID, Row[*tuple[Any, ...]]]:
    """The rows of these ids; the first column is the id."""
    return {row[0]: row for row in uow.session.execute(query.where(key.in_(list(ids))))} if ids else {}
