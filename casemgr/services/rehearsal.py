"""Try a standard on everybody: class by class, who changes, and what is still missing; nothing is written."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import Final
from uuid import UUID

from sqlalchemy import LargeBinary, Text, select, type_coerce

from casemgr.domain.households import HouseholdClass, household_code
from casemgr.domain.idlist import IdList
from casemgr.domain.indicators import Answers
from casemgr.domain.offices import Area
from casemgr.domain.packs import DRAFT, NATIONAL, Pack
from casemgr.domain.permissions import Permission
from casemgr.domain.rehearsal import Basis, Cell, Change, Missing, Rehearsal, Trial, Verdict, same_standing
from casemgr.domain.reviews import CaseState
from casemgr.i18n import _
from casemgr.jobs import Progress, silent, without_collecting
from casemgr.persistence.models import (
    Campaign,
    Hamlet,
    Household,
    HouseholdClassRow,
    HouseholdIndex,
    ReviewCase,
    Survey,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import entitlement_changes, packs
from casemgr.services.areas import commune
from casemgr.services.entitlement_changes import ProgrammeEffect
from casemgr.services.offices import hamlets
from casemgr.services.proposals import proposals_of

STEP: Final = 2_000
FEW: Final = 3
"""Households with so few open answers are completed together: one question of the house does not read all members."""


def rehearse(uow: UnitOfWork, pack: Pack, *, hamlet_id: UUID | None = None, progress: Progress = silent) -> Rehearsal:
    """Judge every household that has not ended by this standard, from its newest survey, else its class row."""
    uow.require(Permission.READ)
    with without_collecting():
        progress(0, 0, _("Reading the households"))
        cases = list(_Reader(uow, pack, hamlet_id).cases())
        trial = Trial(pack)
        verdicts = [trial.verdict(case.basis) for case in cases]
        _complete(uow, trial, cases, verdicts, progress)
        return _result(uow, trial, hamlet_id, list(zip(cases, verdicts, strict=True)), progress)


def effects_on(uow: UnitOfWork, pack: Pack) -> date:
    """The day whose programmes a trial is weighed by: when the standard begins, today if it has begun."""
    return max(uow.today, pack.valid_from)


def effects(uow: UnitOfWork, found: Rehearsal, *, progress: Progress = silent) -> tuple[ProgrammeEffect, ...]:
    """What the changes of a trial do to each programme, with the households behind each number."""
    changes = [(one.household_id, one.old, one.new) for one in found.changes if one.new is not None]
    return entitlement_changes.effects(uow, changes, effects_on(uow, found.pack), progress)


def _result(
    uow: UnitOfWork,
    trial: Trial,
    hamlet_id: UUID | None,
    judged: Sequence[tuple["Case", Verdict]],
    progress: Progress,
) -> Rehearsal:
    counts: dict[Cell, int] = {}
    lists: dict[Cell, list[bytes]] = {}
    changes: list[Change] = []
    missing: list[Missing] = []
    names = {view.id.bytes: (view.id, view.data.full_name) for view in hamlets(uow)}
    for place, (case, verdict) in enumerate(judged):
        if place % STEP == 0:
            progress(place, len(judged), _("Comparing classes"))
        cell = case.old, verdict.value
        counts[cell] = counts.get(cell, 0) + 1
        lists.setdefault(cell, []).append(case.raw)
        if verdict.value is not None and same_standing(case.old, verdict.value):
            continue
        where, hamlet = names.get(case.hamlet or b"", (None, ""))
        line = (
            UUID(bytes=case.raw), household_code(case.number), case.head, where, hamlet, case.old, verdict.value,
            verdict.possible, case.surveyed,
        )  # fmt: skip
        if verdict.value is None:
            missing.append(Missing(*line, codes=trial.missing(case.basis, verdict)))
        else:
            changes.append(Change(*line, reason=trial.reason(case.basis)))
    order: dict[UUID | None, int] = {hamlet: place for place, (hamlet, _name) in enumerate(names.values())}
    pack = trial.pack
    return Rehearsal(
        pack=pack,
        official=pack.official,
        note=pack.note if pack.status == DRAFT else "",
        hamlet_id=hamlet_id,
        households=len(judged),
        counts=counts,
        lists={cell: IdList(raw) for cell, raw in lists.items()},
        changes=tuple(sorted(changes, key=lambda line: order.get(line.hamlet_id, len(order)))),
        missing=tuple(sorted(missing, key=lambda line: order.get(line.hamlet_id, len(order)))),
    )


@dataclass(frozen=True, slots=True)
class _Surveyed:
    """The survey of a household that counts, as the trial needs it."""

    class_year: int
    value: str | None
    income: int | None
    b1: int | None
    pack: str
    answers: str


@dataclass(slots=True)
class Case:
    """One household under trial."""

    raw: bytes
    number: int
    head: str
    hamlet: bytes | None
    old: HouseholdClass
    surveyed: bool
    basis: Basis


@dataclass(frozen=True, slots=True)
class _Answers:
    """Codes known to be deprived, codes nobody has answered, and a bare total where only that is known."""

    deprived: frozenset[str]
    unknown: frozenset[str]
    total: int | None = None


class _Reader:
    """Reads what the file knows of every household, in a few large queries, as the trial needs it."""

    def __init__(self, uow: UnitOfWork, pack: Pack, hamlet_id: UUID | None) -> None:
        self._uow, self._hamlet = uow, hamlet_id
        self._codes = frozenset(pack.codes)
        self._known = {one.id: one for one in packs.in_use(uow)}
        self._years: dict[int, Pack | None] = {}
        self._rows: dict[tuple[str, int | None, str], _Answers] = {}
        self._sheets: dict[str, _Answers] = {}
        self._sets: dict[frozenset[str], frozenset[str]] = {}
        self._default = commune(uow.commune).default_area
        self._areas = {hamlet.bytes: Area(area) for hamlet, area in uow.session.execute(select(Hamlet.id, Hamlet.area))}
        self._values = {value.value: value for value in HouseholdClass}

    def cases(self) -> Iterator[Case]:
        """Every household that has not ended, in the order of names."""
        surveys = self._surveys()
        statement = (
            select(
                type_coerce(HouseholdIndex.household_id, LargeBinary),
                HouseholdIndex.number,
                HouseholdIndex.head_name,
                type_coerce(HouseholdIndex.hamlet_id, LargeBinary),
                HouseholdIndex.class_value,
                HouseholdIndex.class_year,
                HouseholdIndex.head_sort,
                HouseholdClassRow.b1,
                HouseholdClassRow.b2,
                HouseholdClassRow.standard,
                type_coerce(HouseholdClassRow.deprivations, Text),
            )
            .with_hint(HouseholdIndex, "NOT INDEXED", "sqlite")  # the whole table is read: in its own order
            .outerjoin(
                HouseholdClassRow,
                (HouseholdClassRow.household_id == HouseholdIndex.household_id)
                & (HouseholdClassRow.year == HouseholdIndex.class_year),
            )
            .where(HouseholdIndex.active)
        )
        if self._hamlet is not None:
            statement = statement.where(HouseholdIndex.hamlet_id == self._hamlet)
        values, areas, default, own = self._values, self._areas, self._default, self._own_areas()
        rows = sorted(self._uow.session.connection().execute(statement).all(), key=itemgetter(6, 0))
        for raw, number, head, hamlet, value, year, _sort, b1, b2, standard, lacking in rows:
            area = own.get(raw) or areas.get(hamlet, default)
            survey = surveys.get(raw)
            old = values[value]
            if survey is not None and (year is None or survey.class_year >= year):
                old = values[survey.value] if survey.value else old
                answers = self._of_sheet(survey.answers)
                pack = self._known.get(survey.pack)
                basis = Basis(area, survey.income, survey.b1, pack, answers.deprived, answers.unknown)
                yield Case(raw, number, head, hamlet, old, True, basis)
                continue
            pack = None if year is None else self._standard(standard, year)
            answers = self._of_row(lacking or "[]", b2, pack)
            basis = Basis(area, None, b1, pack, answers.deprived, answers.unknown, answers.total)
            yield Case(raw, number, head, hamlet, old, False, basis)

    def _own_areas(self) -> dict[bytes, Area]:
        """Area types of households that differ from their hamlet's."""
        statement = select(type_coerce(Household.id, LargeBinary), Household.area).where(Household.area.is_not(None))
        return {raw: Area(area or "") for raw, area in self._uow.session.connection().execute(statement)}

    def _surveys(self) -> dict[bytes, _Surveyed]:
        """The survey that counts of every household that has one: the newest, of a case not taken off its list."""
        statement = (
            select(
                type_coerce(ReviewCase.household_id, LargeBinary),
                Campaign.class_year,
                ReviewCase.result_class,
                Survey.income,
                Survey.b1,
                Survey.pack,
                Survey.answers,
            )
            .join(Survey, Survey.id == ReviewCase.survey_id)
            .join(Campaign, Campaign.id == ReviewCase.campaign_id)
            .where(ReviewCase.state != CaseState.REMOVED.value)
            .order_by(Survey.surveyed_on, Survey.id)
        )
        return {row[0]: _Surveyed(*row[1:]) for row in self._uow.session.connection().execute(statement)}

    def _standard(self, pack_id: str, year: int) -> Pack | None:
        """The standard of a class row: the one it names, else the one of the review before its year."""
        if pack_id:
            return self._known.get(pack_id)
        if year not in self._years:
            on = date(year - 1, 12, 31)
            found = [one for one in self._known.values() if one.scope == NATIONAL and one.covers(on)]
            self._years[year] = found[0] if found else None
        return self._years[year]

    def _of_sheet(self, text: str) -> _Answers:
        found = self._sheets.get(text)
        if found is None:
            answers: dict[str, bool | None] = json.loads(text or "{}")
            said = {code for code, value in answers.items() if value is not None}
            deprived = frozenset(code for code in said if answers[code])
            found = self._sheets[text] = _Answers(self._one(deprived), self._one(self._codes - said))
        return found

    def _of_row(self, text: str, b2: int | None, pack: Pack | None) -> _Answers:
        key = (text, b2, "" if pack is None else pack.id)
        found = self._rows.get(key)
        if found is None:
            deprived = frozenset(json.loads(text))
            step = pack.score.points_per_indicator if pack is not None and pack.score is not None else 0
            total = None if b2 is None or not step else b2 // step
            whole = bool(deprived) if total is None else total <= len(deprived)
            answered = frozenset(pack.codes) if whole and pack is not None else deprived
            unknown = self._one(self._codes - answered - deprived)
            found = self._rows[key] = _Answers(self._one(deprived), unknown, None if whole else total)
        return found

    def _one(self, codes: frozenset[str]) -> frozenset[str]:
        """Equal sets are one object: they are compared a hundred thousand times."""
        return self._sets.setdefault(codes, codes)


def _complete(
    uow: UnitOfWork, trial: Trial, cases: Sequence[Case], verdicts: list[Verdict], progress: Progress
) -> None:
    """Answer from members and houses what no survey answered, where it can still change the class."""
    few: dict[int, frozenset[str]] = {}
    many: dict[int, frozenset[str]] = {}
    for place, (case, verdict) in enumerate(zip(cases, verdicts, strict=True)):
        if verdict.answers:
            unknown = case.basis.unknown
            (few if len(unknown) <= FEW else many)[place] = unknown
    for part in (few, many):
        codes: frozenset[str] = frozenset().union(*set(part.values()))
        if not codes:
            continue
        progress(0, 0, _("Looking at members and houses"))
        ids = [UUID(bytes=cases[place].raw) for place in part]
        answers = proposals_of(uow, ids, trial.pack, uow.today, codes)
        sets: dict[tuple[frozenset[str], frozenset[str], Answers], tuple[frozenset[str], frozenset[str]]] = {}
        for place, found in zip(part, answers.values(), strict=True):
            basis = cases[place].basis
            key = (basis.deprived, basis.unknown, found)
            if key not in sets:
                sets[key] = basis.deprived | (found.deprived & basis.unknown), basis.unknown & found.unknown
            deprived, unknown = sets[key]
            cases[place].basis = replace(basis, deprived=deprived, unknown=unknown)
            verdicts[place] = trial.verdict(cases[place].basis)
