"""Who belongs on a pay-out list: everybody the query shows, with proposed amounts, and who is left out and why."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.distributions import Cause, DistributionData, Finding, RowData, cleaned, worth
from casemgr.domain.findings import Severity
from casemgr.domain.households import household_code
from casemgr.domain.paper_templates import PAY_LIST
from casemgr.domain.permissions import Permission
from casemgr.domain.support import DeliveryData, GoodsLine, Unit
from casemgr.i18n import _
from casemgr.jobs import Progress, silent
from casemgr.persistence.models import HouseholdIndex
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import entitlements, households, templates
from casemgr.services.delivery_checks import findings, number_findings
from casemgr.services.delivery_surroundings import (
    PART,
    Being,
    Surroundings,
    base_amount,
    judged,
    period_for,
    put_in_words,
    rule_of,
    surroundings,
)
from casemgr.services.households import HouseholdQuery
from casemgr.services.offices import hamlet_names
from casemgr.services.programmes import catalogue

_LEFT_OUT: Final = frozenset({Cause.NOT_ENTITLED, Cause.TWICE})
"""Whoever this is said of is not proposed, even where the rule is not certain; a reason may still put her on."""


@dataclass(frozen=True)
class ProposedRow:
    """A beneficiary as proposed."""

    household_id: UUID
    person_id: UUID | None
    code: str
    name: str
    """Of the person, or of the head of the household."""
    id_number: str
    hamlet_id: UUID | None
    hamlet: str
    class_value: str
    people: int
    amount: int
    goods: tuple[GoodsLine, ...]
    rule: str
    findings: tuple[Finding, ...]
    """Warnings: the row needs a reason."""

    @property
    def worth(self) -> int:
        """Money and goods in đồng."""
        return worth(self.amount, self.goods)

    def data(self, reason: str = "") -> RowData:
        """The row as `distributions.make` takes it."""
        return RowData(self.household_id, self.person_id, self.amount, self.goods, self.rule, reason)


@dataclass(frozen=True)
class Excluded:
    """Somebody left out, and why."""

    household_id: UUID
    person_id: UUID | None
    code: str
    name: str
    hamlet: str
    findings: tuple[Finding, ...]

    @property
    def may_be_added(self) -> bool:
        """Whether a written reason puts her on the list."""
        return not any(finding.severity is Severity.REFUSE for finding in self.findings)

    @property
    def reason(self) -> str:
        """All reasons in one line."""
        return "; ".join(finding.text for finding in self.findings)


@dataclass(frozen=True)
class Proposal:
    """A list before it is made."""

    data: DistributionData
    rows: tuple[ProposedRow, ...]
    excluded: tuple[Excluded, ...]

    @property
    def total(self) -> int:
        """Đồng, goods included."""
        return sum(row.worth for row in self.rows)

    @property
    def marked(self) -> int:
        """Rows that need a reason."""
        return sum(1 for row in self.rows if row.findings)


def propose(
    uow: UnitOfWork,
    data: DistributionData,
    query: HouseholdQuery | Sequence[UUID],
    *,
    amount: int | None = None,
    goods: Sequence[GoodsLine] = (),
    progress: Progress = silent,
) -> Proposal:
    """The list for everybody the query shows; `amount` and `goods` are given to each, else what the rule gives."""
    uow.require(Permission.READ)
    wanted = list(households.find(uow, query)) if isinstance(query, HouseholdQuery) else list(dict.fromkeys(query))
    known = catalogue(uow)
    by_person = known.programme(data.programme).unit is Unit.PERSON
    outcomes = None
    if judged(known, known.programme(data.programme)):
        outcomes = list(
            entitlements.of_all(
                uow, data.on, programme=data.programme, households=wanted, refused=True, progress=progress
            )
        )
    whole = [_item(data, household, None) for household in wanted]
    around = surroundings(uow, data.programme, data.on, whole, outcomes=outcomes, progress=progress)
    items = [one for household in wanted for one in _of_people(around, data, household)] if by_person else whole
    told = items if not by_person else [*items, *_strangers(around, wanted, items)]
    put_in_words(uow, around, [(one.household_id, one.person_id) for one in told])
    names = _Names(uow, around, wanted)
    rows: list[ProposedRow] = []
    excluded: list[Excluded] = []
    minimum = templates.letter(uow, PAY_LIST, data.on).wording.minimum
    for item in items:
        filled = _with_amount(around, item, amount, cleaned(goods))
        found = [*findings(around, filled), *number_findings(around, filled, minimum)]
        if any(finding.severity is Severity.REFUSE or finding.cause in _LEFT_OUT for finding in found):
            excluded.append(names.excluded(filled, found))
        else:
            rows.append(names.row(filled, found))
    listed = {item.household_id for item in items}
    excluded += [names.nobody(household) for household in wanted if household not in listed]
    period = data.period or next((row for row in (period_for(around, item) for item in items) if row), "")
    return Proposal(replace(data, period=period), tuple(rows), tuple(excluded))


def excluded_to_json(excluded: Iterable[Excluded]) -> str:
    """Who was left out, as a distribution keeps it."""
    return json.dumps(
        [
            {
                "household": str(one.household_id),
                "person": str(one.person_id) if one.person_id else None,
                "code": one.code,
                "name": one.name,
                "hamlet": one.hamlet,
                "findings": [
                    [finding.cause.value, finding.severity.value, finding.message, finding.citation, finding.certain]
                    for finding in one.findings
                ],
            }
            for one in excluded
        ],
        ensure_ascii=False,
    )


def excluded_from_json(text: str) -> tuple[Excluded, ...]:
    """The same again."""
    return tuple(
        Excluded(
            UUID(one["household"]),
            UUID(one["person"]) if one["person"] else None,
            one["code"],
            one["name"],
            one["hamlet"],
            tuple(
                Finding(Cause(cause), Severity(severity), message, citation, certain)
                for cause, severity, message, citation, certain in one["findings"]
            ),
        )
        for one in json.loads(text or "[]")
    )


def _item(data: DistributionData, household: UUID, person: UUID | None) -> DeliveryData:
    return DeliveryData(
        programme=data.programme,
        household_id=household,
        person_id=person,
        on=data.on,
        rule=data.rule,
        period=data.period,
        stage=data.stage,
        source=data.source,
    )


def _of_people(around: Surroundings, data: DistributionData, household: UUID) -> list[DeliveryData]:
    """The people who may be on the list: those entitled, perhaps entitled, or who had it before."""
    found = []
    for person in around.members.get(household, ()):
        being = around.people[household, person]
        outcome = around.outcomes.get((household, person))
        if around.judged:
            open_ = outcome is not None and (outcome.result is not False or outcome.receiving)
            had = any(entry.programme == data.programme for entry in around.entries.get(person, ()))
            if not (open_ or (had and not being.left)):
                continue
        elif being.left or being.died_on is not None:
            continue
        found.append(_item(data, household, person))
    return found


def _strangers(around: Surroundings, wanted: Iterable[UUID], items: Iterable[DeliveryData]) -> list[DeliveryData]:
    """Everybody of the households nobody of which is on the list: it is said why."""
    listed = {item.household_id for item in items}
    return [
        DeliveryData(around.programme.code, home, around.on, person)
        for home, person in around.outcomes
        if person is not None and home not in listed
    ]


def _with_amount(
    around: Surroundings, item: DeliveryData, amount: int | None, goods: tuple[GoodsLine, ...]
) -> DeliveryData:
    rule = rule_of(around, item)
    filled = replace(item, goods=goods, rule=rule.id if rule else "", period=period_for(around, item))
    if amount is not None or goods:
        return replace(filled, amount=amount or 0)
    base = base_amount(around, filled, rule) or 0
    stage = next((one for one in around.programme.stages if one.code == item.stage), None)
    return replace(filled, amount=base * stage.percent // 100 if stage else base)


class _Names:
    """What the list shows of each beneficiary."""

    def __init__(self, uow: UnitOfWork, around: Surroundings, wanted: Sequence[UUID]) -> None:
        self._around = around
        self._hamlets = hamlet_names(uow)
        self._homes: dict[UUID, HouseholdIndex] = {}
        for start in range(0, len(wanted), PART):
            part = wanted[start : start + PART]
            for home in uow.session.scalars(select(HouseholdIndex).where(HouseholdIndex.household_id.in_(part))):
                self._homes[home.household_id] = home

    def row(self, data: DeliveryData, found: Sequence[Finding]) -> ProposedRow:
        home = self._homes[data.household_id]
        being = self._being(data)
        return ProposedRow(
            household_id=data.household_id,
            person_id=data.person_id,
            code=household_code(home.number),
            name=being.name if being else home.head_name,
            id_number=(being.id_number or "") if being else "",
            hamlet_id=home.hamlet_id,
            hamlet=self._hamlets.get(home.hamlet_id, "") if home.hamlet_id else "",
            class_value=home.class_value,
            people=home.people,
            amount=data.amount,
            goods=data.goods,
            rule=data.rule,
            findings=tuple(found),
        )

    def excluded(self, data: DeliveryData, found: Sequence[Finding]) -> Excluded:
        home = self._homes[data.household_id]
        being = self._being(data)
        ordered = sorted(found, key=lambda finding: finding.severity is Severity.WARN)
        return Excluded(
            data.household_id,
            data.person_id,
            household_code(home.number),
            being.name if being else home.head_name,
            self._hamlets.get(home.hamlet_id, "") if home.hamlet_id else "",
            tuple(ordered),
        )

    def nobody(self, household: UUID) -> Excluded:
        """A household nobody of which is entitled, with the reasons of its people, each once."""
        people = self._around.members.get(household, ())
        words = [one for person in people if (one := self._around.words.get((household, person)))]
        reasons = dict.fromkeys(reason for one in words for reason in one.reason)
        told = _("No member is entitled.")
        if reasons:
            told = _("No member is entitled: {reasons}").format(reasons="; ".join(reasons))
        citation = words[0].citation if words else ""
        finding = Finding(Cause.NOT_ENTITLED, Severity.REFUSE, told, citation)
        return self.excluded(_item_of(self._around, household), [finding])

    def _being(self, data: DeliveryData) -> Being | None:
        person = data.person_id or self._around.heads.get(data.household_id)
        return self._around.people.get((data.household_id, person)) if person else None


def _item_of(around: Surroundings, household: UUID) -> DeliveryData:
    return DeliveryData(around.programme.code, household, around.on)
