"""Writes the drafts of an imported list in large statements."""

from collections.abc import Sequence

from casemgr.i18n import _
from casemgr.jobs import Progress
from casemgr.persistence.models import (
    Decision,
    Hamlet,
    Household,
    HouseholdClassRow,
    ImportBatch,
    Membership,
    Person,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.households import next_number
from casemgr.services.import_drafts import Draft, PlannedWork

BATCH = 1_000
"""Rows written by one statement."""


def write(uow: UnitOfWork, draft: Draft, *, unchanged: int, progress: Progress) -> int:
    """Write everything accepted; returns how many people are new."""
    if not draft.dirty:
        return 0
    uow.name_step("import.apply")
    uow.insert_many(
        Hamlet,
        [
            {"id": one.id, "kind": one.data.kind, "name": one.data.name, "area": one.data.area.value, "active": True}
            for one in draft.hamlets
        ],
    )
    used = {work.decision for work in draft.accepted}
    uow.insert_many(Decision, [row for decision_id, row in draft.decisions.items() if decision_id in used])
    uow.update_many(Decision, {key: fields for key, fields in draft.signed.items() if key in used})
    number = next_number(uow)
    people = created_count = 0
    for start in range(0, len(draft.accepted), BATCH):
        progress(start, len(draft.accepted), _("Writing households"))
        part = draft.accepted[start : start + BATCH]
        for work in part:
            draft.fill(work)
        created = [work.household for work in part if work.household is not None]
        for row in created:
            row["number"] = number
            number += 1
        newcomers = [row for work in part for row in work.new_people]
        people += len(newcomers)
        uow.insert_many(Household, created)
        uow.insert_many(Person, newcomers)
        _write_updates(uow, part)
        uow.insert_many(Membership, [row for work in part for row in work.memberships])
        uow.insert_many(HouseholdClassRow, [row for work in part for row in work.classes])
        created_count += len(created)
        for work in part:
            work.forget()
    uow.add(
        ImportBatch(
            at=uow.now,
            label=draft.label,
            year=draft.year,
            people=people,
            created=created_count,
            updated=len(draft.accepted) - created_count,
            unchanged=unchanged,
        )
    )
    progress(len(draft.accepted), len(draft.accepted), _("Writing households"))
    return people


def _write_updates(uow: UnitOfWork, part: Sequence[PlannedWork]) -> None:
    for model in (Household, Person, Membership, HouseholdClassRow):
        changes = {record_id: fields for work in part for record_id, fields in work.updates.get(model, {}).items()}
        if changes:
            uow.update_many(model, changes)
