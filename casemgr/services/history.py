"""What happened to a record in plain words, taking the last step back, and proof that the journal is whole."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

from sqlalchemy import Table, or_, select
from sqlalchemy.orm import aliased

from casemgr.domain.households import household_code
from casemgr.domain.permissions import Permission
from casemgr.errors import ConflictError, NotFoundError
from casemgr.i18n import N_, _
from casemgr.persistence.base import Base, Record, from_plain
from casemgr.persistence.models import Change, Household, Journal, Membership, Person, PersonCondition, User
from casemgr.persistence.uow import Step, UnitOfWork, change_bytes, journal_hash

ACTIONS: Mapping[str, str] = {
    "office.found": N_("Case file founded"),
    "office.letterhead": N_("Letterhead changed"),
    "device.added": N_("New computer"),
    "hamlet.add": N_("Hamlet added"),
    "hamlet.correct": N_("Hamlet corrected"),
    "signatory.add": N_("Signatory added"),
    "signatory.correct": N_("Signatory corrected"),
    "user.add": N_("Account added"),
    "user.close": N_("Account closed"),
    "setting.keep": N_("Setting changed"),
    "household.open": N_("Household opened"),
    "household.correct": N_("Household corrected"),
    "household.hamlet_id": N_("Hamlet of the household changed"),
    "household.area": N_("Area type changed"),
    "household.address": N_("Address changed"),
    "household.permanent_address": N_("Registered address changed"),
    "household.phone": N_("Phone of the household changed"),
    "household.flags": N_("Policy attributes changed"),
    "household.notes": N_("Notes of the household changed"),
    "household.head": N_("Head of household changed"),
    "household.class": N_("Class set"),
    "household.end": N_("Household ended"),
    "household.reopen": N_("Household reopened"),
    "decision.record": N_("Decision recorded"),
    "decision.correct": N_("Decision corrected"),
    "member.add": N_("Member added"),
    "member.move": N_("Member moved in"),
    "member.leave": N_("Member left"),
    "member.relation": N_("Relation to the head changed"),
    "person.correct": N_("Person corrected"),
    "person.full_name": N_("Name changed"),
    "person.sex": N_("Sex changed"),
    "person.birth": N_("Birth date changed"),
    "person.id_number": N_("Identity number changed"),
    "person.id_issued_on": N_("Date of issue of the identity card changed"),
    "person.old_id_number": N_("Old identity number changed"),
    "person.ethnic": N_("Ethnic group changed"),
    "person.education": N_("Education changed"),
    "person.work": N_("Work changed"),
    "person.occupation": N_("Occupation changed"),
    "person.labour": N_("Labour capacity changed"),
    "person.disability": N_("Disability changed"),
    "person.insurance_number": N_("Health insurance number changed"),
    "person.merit": N_("Person of merit changed"),
    "person.allowance": N_("Monthly allowance changed"),
    "person.phone": N_("Phone changed"),
    "person.died_on": N_("Date of death changed"),
    "person.notes": N_("Notes changed"),
    "import.apply": N_("List imported"),
    "import.columns": N_("Column meanings remembered"),
    "sample.make": N_("Sample office made"),
    "certificate.issue": N_("Certificate issued"),
    "certificate.issue_batch": N_("Certificates issued"),
    "certificate.continue": N_("Last number used on paper entered"),
    "certificate.block": N_("Next year confirmed on the certificate"),
    "certificate.reissue": N_("Certificate re-issued"),
    "certificate.void": N_("Certificate voided"),
    "certificate.print": N_("Certificate printed"),
    "certificate.collect": N_("Certificate collected"),
    "template.save": N_("Wording of a paper changed"),
    "dwelling.keep": N_("Housing noted"),
    "conditions.keep": N_("Living conditions noted"),
    "pack.accept": N_("Policy pack accepted"),
    "pack.score_table": N_("Point table loaded"),
    "holiday.keep": N_("Day off entered"),
    "holiday.remove": N_("Day off removed"),
    "request.receive": N_("Request received"),
    "request.correct": N_("Request corrected"),
    "request.review": N_("Request taken into a review"),
    "request.refuse": N_("Request refused"),
    "request.withdraw": N_("Request withdrawn"),
    "campaign.open": N_("Review opened"),
    "campaign.correct": N_("Review corrected"),
    "campaign.add": N_("Households added to the review"),
    "campaign.close": N_("Review closed"),
    "campaign.denominators": N_("Totals of hamlets entered"),
    "case.survey": N_("Survey keyed"),
    "case.back": N_("Sent back to survey"),
    "case.step": N_("Step of the review recorded"),
    "case.remove": N_("Taken off the review"),
    "case.mark": N_("Mark of the review changed"),
    "meeting.open": N_("Meeting recorded"),
    "meeting.vote": N_("Vote recorded"),
    "meeting.close": N_("Meeting ended"),
    "posting.post": N_("Results posted"),
    "posting.take_down": N_("Posting taken down"),
    "objection.lodge": N_("Objection recorded"),
    "objection.settle": N_("Objection settled"),
    "opinion.send": N_("Superior asked for an opinion"),
    "opinion.answer": N_("Superior's opinion recorded"),
    "review.decide": N_("Households recognised by decision"),
    "paper.issue": N_("Paper issued"),
    "programme.keep": N_("Programme changed"),
    "programme.remove": N_("Programme removed"),
    "circumstance.keep": N_("Circumstance noted"),
    "circumstance.remove": N_("Circumstance removed"),
    "enrolment.keep": N_("Place in a programme recorded"),
    "enrolment.end": N_("Support ended"),
    "budget.keep": N_("Budget entered"),
    "distribution.make": N_("Distribution prepared"),
    "distribution.correct": N_("Distribution corrected"),
    "distribution.approve": N_("Distribution approved"),
    "distribution.receive": N_("Receipts recorded"),
    "distribution.cancel": N_("Distribution cancelled"),
    "delivery.record": N_("Support recorded"),
    "delivery.receive": N_("Receipt recorded"),
    "delivery.correct": N_("Delivery corrected"),
    "card.keep": N_("Health insurance card recorded"),
    "loan.keep": N_("Loan recorded"),
    "loan.event": N_("Movement of a loan recorded"),
    "loan.schedule": N_("Instalments of a loan written"),
    "loan.list": N_("Loans put on the list of the bank"),
    "sponsor.keep": N_("Sponsor recorded"),
    "sponsorship.keep": N_("Sponsorship recorded"),
    "activity.keep": N_("Event recorded"),
    "activity.attend": N_("Participants recorded"),
    "officer.keep": N_("Officer recorded"),
    "works.keep": N_("Public works recorded"),
    "exit.mark": N_("Ability to leave poverty noted"),
    "target.keep": N_("Target entered"),
    "indicator.keep": N_("Own indicator changed"),
    "task.open": N_("Task opened"),
    "task.done": N_("Task done"),
    "task.correct": N_("Task changed"),
    "task.hand_over": N_("Open work handed over"),
    "case.open": N_("Case opened"),
    "case.close": N_("Case closed"),
    "case.assign": N_("Case given to an officer"),
    "case.plan": N_("Plan of the case changed"),
    "case.agree": N_("Plan of the case agreed"),
    "case.action": N_("Action of the plan recorded"),
    "case.note": N_("Visit or call noted"),
    "referral.send": N_("Referral sent"),
    "referral.answer": N_("Answer to a referral recorded"),
    "livelihood.keep": N_("Livelihood plan written"),
    "livelihood.step": N_("Livelihood plan moved on"),
    "livelihood.hand_over": N_("Animals or goods handed over"),
    "livelihood.visit": N_("Follow-up visit recorded"),
    "livelihood.loss": N_("Loss reported"),
    "livelihood.accept": N_("Acceptance recorded"),
    "asset.keep": N_("Animal or asset corrected"),
    "asset.draw": N_("Lots drawn"),
    "revolving.plan": N_("Duty to pass on written"),
    "revolving.entry": N_("Movement of the revolving ledger recorded"),
    "group.keep": N_("Group of households recorded"),
    "project.keep": N_("Community project recorded"),
    "project.step": N_("Community project moved on"),
    "course.keep": N_("Class recorded"),
    "course.attend": N_("Attendance of the class recorded"),
    "course.enrol": N_("Learners placed in a class"),
    "learner.keep": N_("Need for training recorded"),
    "learner.step": N_("Learner moved on"),
    "learner.job": N_("Work after training recorded"),
    "advice.keep": N_("Career advice recorded"),
    "abroad.keep": N_("Case of work abroad recorded"),
    "abroad.step": N_("Case of work abroad moved on"),
    "abroad.incident": N_("Incident abroad recorded"),
    "abroad.document": N_("Document of the dossier recorded"),
    "abroad.payment": N_("Payment of the worker recorded"),
    "abroad.support": N_("Support to work abroad recorded"),
    "abroad.contact": N_("Contact recorded"),
    "abroad.claim": N_("Claim recorded"),
    "direct.receive": N_("Direct contract received"),
    "direct.decide": N_("Registration of a direct contract decided"),
    "startup.keep": N_("Start-up recorded"),
    "undo": N_("Taken back"),
}
"""What each action is called; a use case names its own with `uow.name_step`."""

BARRIERS = (
    "certificate.issue",
    "certificate.issue_batch",
    "certificate.block",
    "certificate.reissue",
    "certificate.void",
    "certificate.continue",
    "review.decide",
    "campaign.close",
    "paper.issue",
)
"""Steps that cannot be taken back and behind which undo does not reach."""

OF_HOUSEHOLD = (
    *("membership", "household_class", "certificate", "dwelling", "review_case", "review_request"),
    *("circumstance", "enrolment", "delivery", "loan", "sponsorship", "exit_mark", "task"),
    *("case_file", "case_plan", "case_action", "case_note", "referral", "state_step", "livelihood", "asset"),
    *("revolving_duty", "learner", "career_advice", "abroad_case", "startup"),
)
"""Tables whose rows belong to a household and are part of its history."""

KEPT = frozenset({"policy_pack"})
"""Tables whose rows stay when their step is taken back: a later decision may need the content to replay."""

_READABLE = 500


@dataclass(frozen=True)
class UndoStep:
    """The step that undo would take back, or has taken back."""

    txn: UUID
    action: str
    subject: str
    at: datetime
    changes: int

    @property
    def title(self) -> str:
        """In the language in force: "Birth date changed: Trần Văn Dũng"."""
        label = action_label(self.action)
        return f"{label}: {self.subject}" if self.subject else label


@dataclass(frozen=True)
class ChangedField:
    """One field before and after, as plain values (JSON kinds)."""

    table: str
    record_id: UUID
    op: str
    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Event:
    """One transaction that touched the household, with what it changed there."""

    txn: UUID
    at: datetime
    who: str
    action: str
    subject: str
    fields: tuple[ChangedField, ...]
    undone: bool


def action_label(code: str) -> str:
    """What the action is called."""
    return _(ACTIONS[code]) if code in ACTIONS else code


def household_events(uow: UnitOfWork, household_id: UUID, *, limit: int = _READABLE) -> list[Event]:
    """The history of a household, its people, classes and papers; newest first."""
    uow.require(Permission.READ)
    related: set[UUID] = {household_id}
    for name in OF_HOUSEHOLD:
        table = Base.metadata.tables[name]
        related.update(uow.session.scalars(select(table.c.id).where(table.c.household_id == household_id)))
    people = set(uow.session.scalars(select(Membership.person_id).where(Membership.household_id == household_id)))
    related |= people
    related.update(uow.session.scalars(select(PersonCondition.id).where(PersonCondition.person_id.in_(people))))
    return _events(uow, related, limit)


def record_events(uow: UnitOfWork, record_id: UUID, *, limit: int = _READABLE) -> list[Event]:
    """The history of one record; newest first."""
    uow.require(Permission.READ)
    return _events(uow, {record_id}, limit)


def next_undo(uow: UnitOfWork) -> UndoStep | None:
    """The last step of this person that can be taken back and has not been, or None.

    A paper issued or voided cannot be taken back, and undo does not reach behind it: Ctrl+Z means the last step.
    """
    reverse = aliased(Journal)
    entry = uow.session.scalars(
        select(Journal)
        .outerjoin(reverse, reverse.undoes == Journal.txn)
        .where(Journal.user_id == uow.actor.user_id, Journal.undoes.is_(None), reverse.seq.is_(None))
        .where(or_(Journal.undoable.is_(True), Journal.action.in_(BARRIERS)))
        .order_by(Journal.seq.desc())
        .limit(1)
    ).first()
    return _step(uow, entry) if entry and entry.undoable else None


def undo(uow: UnitOfWork, txn: UUID) -> UndoStep:
    """Take a transaction back, field by field; refused when something of it was changed again since."""
    uow.require(Permission.EDIT)
    entry = uow.session.scalars(select(Journal).where(Journal.txn == txn)).first()
    if entry is None:
        raise NotFoundError(_("This step is not in the journal."))
    if not entry.undoable:
        raise ConflictError(_("This step cannot be taken back: void or replace the paper instead."))
    if uow.session.scalars(select(Journal.seq).where(Journal.undoes == txn)).first():
        raise ConflictError(_("This step was already taken back."))
    step = _step(uow, entry)
    uow.step = Step("undo", entry.subject_table, entry.subject_id, undoable=False, undoes=txn)
    changes = uow.session.scalars(select(Change).where(Change.txn == txn).order_by(Change.seq.desc())).all()
    if len(changes) != entry.changes:
        raise ConflictError(_("Part of this step was erased on request of a citizen; it cannot be taken back."))
    for table, op, group in _runs(changes):
        _take_back(uow, table, op, group)
    return step


def verify_journal(uow: UnitOfWork) -> list[str]:
    """Recompute the chain; each break is named with its sequence number. Empty: whole."""
    broken: list[str] = []
    previous = ""
    for entry in uow.session.scalars(select(Journal).order_by(Journal.seq).execution_options(yield_per=1000)):
        if entry.previous != previous or journal_hash(entry) != entry.hash:
            broken.append(
                _("Journal entry {number} was altered or entries before it are missing.").format(number=entry.seq)
            )
        previous = entry.hash
        digest = blake2b(key=uow.journal_key, digest_size=32)
        count = 0
        for row in uow.session.execute(
            select(Change.__table__).where(Change.txn == entry.txn).order_by(Change.seq)
        ).mappings():
            digest.update(change_bytes({"table": row["table_name"], **row}))
            count += 1
        if count == entry.changes and digest.hexdigest() != entry.digest:
            broken.append(_("The changes of journal entry {number} were altered.").format(number=entry.seq))
    return broken


def _events(uow: UnitOfWork, related: set[UUID], limit: int) -> list[Event]:
    ids = sorted(related)
    rows = uow.session.execute(
        select(Change.__table__).where(Change.record_id.in_(ids)).order_by(Change.seq.desc()).limit(limit)
    ).mappings()
    by_txn: dict[UUID, list[ChangedField]] = {}
    for row in rows:
        by_txn.setdefault(row["txn"], []).append(
            ChangedField(
                row["table_name"], row["record_id"], row["op"], row["field"], _plain(row["old"]), _plain(row["new"])
            )
        )
    entries = uow.session.execute(
        select(Journal, User.name)
        .outerjoin(User, User.id == Journal.user_id)
        .where(Journal.txn.in_(by_txn))
        .order_by(Journal.seq.desc())
    ).all()
    undone = set(uow.session.scalars(select(Journal.undoes).where(Journal.undoes.in_(by_txn))))
    subjects = _subjects(uow, [entry for entry, _who in entries])
    return [
        Event(
            txn=entry.txn,
            at=entry.at,
            who=who or "",
            action=entry.action,
            subject=subjects.get((entry.subject_table, entry.subject_id), ""),
            fields=tuple(reversed(by_txn[entry.txn])),
            undone=entry.txn in undone,
        )
        for entry, who in entries
    ]


def _step(uow: UnitOfWork, entry: Journal) -> UndoStep:
    subject = _subjects(uow, [entry]).get((entry.subject_table, entry.subject_id), "")
    return UndoStep(entry.txn, entry.action, subject, entry.at, entry.changes)


def _subjects(uow: UnitOfWork, entries: Sequence[Journal]) -> dict[tuple[str, UUID | None], str]:
    """What the steps were about, each record asked for once."""
    people = {one.subject_id for one in entries if one.subject_table == "person" and one.subject_id}
    homes = {one.subject_id for one in entries if one.subject_table == "household" and one.subject_id}
    found: dict[tuple[str, UUID | None], str] = {}
    if people:
        for person in uow.session.execute(select(Person.id, Person.full_name).where(Person.id.in_(people))):
            found["person", person.id] = person.full_name
    if homes:
        for home in uow.session.execute(select(Household.id, Household.number).where(Household.id.in_(homes))):
            found["household", home.id] = household_code(home.number) if home.number else ""
    return found


def _runs(changes: Sequence[Change]) -> Iterator[tuple[str, str, list[Change]]]:
    """Neighbouring changes of one table and kind together, so that a large import is taken back in large statements."""
    group: list[Change] = []
    for change in changes:
        if group and (change.table, change.op) != (group[0].table, group[0].op):
            yield group[0].table, group[0].op, group
            group = []
        group.append(change)
    if group:
        yield group[0].table, group[0].op, group


def _take_back(uow: UnitOfWork, name: str, op: str, group: list[Change]) -> None:
    model = _model(name)
    table = Base.metadata.tables[name]
    if op == "i" and name in KEPT:
        return
    if op == "i":
        _require_untouched(uow, group)
        uow.delete_many(model, [change.record_id for change in group])
    elif op == "d":
        uow.insert_many(model, [_row(table, change) for change in group])
    else:
        fields: dict[UUID, dict[str, tuple[Any, Any]]] = {}
        for change in group:
            kind = table.c[change.field].type
            present, former = (from_plain(kind, _plain(value)) for value in (change.new, change.old))
            fields.setdefault(change.record_id, {})[change.field] = (present, former)
        _require_present(uow, table, fields)
        uow.update_many(model, fields)


def _row(table: Table, change: Change) -> dict[str, Any]:
    values = _plain(change.old)
    return {name: from_plain(table.c[name].type, value) for name, value in values.items()} | {"id": change.record_id}


def _require_present(uow: UnitOfWork, table: Table, fields: Mapping[UUID, Mapping[str, tuple[Any, Any]]]) -> None:
    for record_id, wanted in fields.items():
        row = uow.session.execute(select(table).where(table.c.id == record_id)).mappings().first()
        if row is None or any(row[name] != present for name, (present, _former) in wanted.items()):
            raise ConflictError(_("Something of this step was changed again since. Take back the later change first."))


def _require_untouched(uow: UnitOfWork, group: Sequence[Change]) -> None:
    """A new record may go only as it came: with later changes in it, undo would lose them."""
    ids = [change.record_id for change in group]
    last = {change.record_id: change.seq for change in group}
    for start in range(0, len(ids), _READABLE):
        part = ids[start : start + _READABLE]
        later = uow.session.execute(
            select(Change.record_id, Change.seq, Change.txn).where(
                Change.record_id.in_(part), Change.txn != group[0].txn
            )
        ).all()
        open_changes = [row for row in later if row.seq > last[row.record_id]]
        if open_changes and not _all_undone(uow, {row.txn for row in open_changes}):
            raise ConflictError(_("Something of this step was changed again since. Take back the later change first."))


def _all_undone(uow: UnitOfWork, txns: set[UUID]) -> bool:
    """Whether the later changes cancel each other out: each was taken back or is itself the taking back."""
    entries = uow.session.execute(
        select(Journal.txn, Journal.undoes).where(Journal.txn.in_(txns) | Journal.undoes.in_(txns))
    ).all()
    back = {entry.undoes for entry in entries if entry.undoes}
    return all(entry.undoes or entry.txn in back for entry in entries)


def _model(name: str) -> type[Record]:
    for mapper in Base.registry.mappers:
        if mapper.local_table is Base.metadata.tables[name] and issubclass(mapper.class_, Record):
            return mapper.class_
    raise NotFoundError(_("This step cannot be taken back."))


def _plain(value: str | None) -> Any:  # noqa: ANN401 - what JSON holds
    return None if value is None else json.loads(value)
