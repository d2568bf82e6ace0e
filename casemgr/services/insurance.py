"""Use cases of health insurance cards: one card for one person at a time, typed one by one or taken from a list.

What the review knows of a person (`person_condition.insured`) follows every card written here, in the same step; who
has no card on record keeps what the surveyor noted. Entitlements ask the cards of their day themselves.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.identity import read_insurance
from casemgr.domain.insurance import OTHER_GROUP, CardData, CardLine, covers, overlap, read_cards
from casemgr.domain.pasted_lists import Cell
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Catalogue
from casemgr.domain.readings import reason
from casemgr.domain.support import SupportKind
from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import HouseholdIndex, InsuranceCard, Membership, Person, PersonCondition
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.people_meant import meant
from casemgr.services.programmes import catalogue

_PART = 500


@dataclass(frozen=True)
class CardView:
    """One card of a person."""

    id: UUID
    version: int
    data: CardData
    group_name: str
    household_class: str
    """Of the household when it was written down."""


@dataclass(frozen=True)
class CardMatch:
    """A line of a list with whose card it is, or why it cannot be taken."""

    line: CardLine
    person_id: UUID | None
    person: str
    household: str
    """Readable code."""
    data: CardData | None
    """What would be written; None when it cannot."""
    problem: str
    ends: str = ""
    """Which card of the person it would end."""


def card_groups(found: Catalogue) -> dict[str, str]:
    """Programmes that give a card, by code."""
    return {code: one.title for code, one in found.programmes.items() if one.kind is SupportKind.CARD}


def group_name(groups: Mapping[str, str], code: str) -> str:
    """What the group of a card is called."""
    return groups.get(code) or (_("Another group") if code == OTHER_GROUP else code)


def percent_of(found: Catalogue, group: str, on: date) -> int | None:
    """How much of the premium the state pays for a group at least, in per cent; None for a group without a rule."""

    def sums(code: str) -> list[int]:
        amounts = (found.amount(rule.amount, on) for rule in found.rules_on(code, on))
        return [amount for amount in amounts if amount is not None]

    own, most = sums(group), max((sum_ for code in card_groups(found) for sum_ in sums(code)), default=0)
    return round(100 * min(own) / most) if own and most else None


def cards_of(uow: UnitOfWork, person_id: UUID) -> list[CardView]:
    """The cards of a person, newest first."""
    uow.require(Permission.READ)
    groups = card_groups(catalogue(uow))
    return [
        CardView(card.id, card.version, data_of(card), group_name(groups, card.group), card.household_class)
        for card in sorted(_cards(uow, person_id), key=lambda card: card.valid_from, reverse=True)
    ]


def keep_card(
    uow: UnitOfWork, card_id: UUID | None, version: int | None, data: CardData, *, ends_better: bool = False
) -> UUID:
    """Write a card down; an equal or lesser one it overlaps ends the day before, a better one stays unless told."""
    uow.require(Permission.EDIT)
    found = catalogue(uow)
    data = _clean(data)
    problems = _problems(uow, found, data)
    if problems:
        raise ValidationError(problems)
    record = uow.record(InsuranceCard, card_id, version) if card_id is not None else None
    if record is not None and record.person_id != data.person_id:
        raise ValidationError([Problem("person_id", _("A card stays with its person: write a new one."))])
    for other in _cards(uow, data.person_id):
        if record is None or other.id != record.id:
            _end_before(found, other, data, ends_better=ends_better)
    if record is None:
        record = InsuranceCard(**_values(data), household_class=_class_of(uow, data.person_id))
        uow.add(record)
    else:
        for name, value in _values(data).items():
            if getattr(record, name) != value:
                setattr(record, name, value)
    uow.session.flush()
    agree(uow, [data.person_id])
    person = uow.record(Person, data.person_id)
    if person.insurance_number is None and covers(data, uow.today):
        person.insurance_number = data.number
    uow.name_step("card.keep", person)
    return record.id


def end_card(uow: UnitOfWork, card_id: UUID, version: int, *, on: date) -> None:
    """The card is valid until that day only."""
    record = uow.record(InsuranceCard, card_id, version)
    keep_card(uow, card_id, version, replace(data_of(record), valid_to=on))


def read_list(uow: UnitOfWork, rows: Sequence[Sequence[Cell]]) -> list[CardMatch]:
    """What a pasted or opened list would do: by identity number, else by name, birth and hamlet; nothing is written."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    matches = []
    for line in read_cards(rows, card_groups(found), today=uow.today):
        matches.append(_match(uow, found, line))
    return _once(matches)


def keep_many(uow: UnitOfWork, cards: Sequence[CardData], *, ends_better: bool = False) -> list[UUID]:
    """Write the cards of a list in one step; refused as a whole, naming each person it does not fit."""
    uow.require(Permission.EDIT)
    problems: list[Problem] = []
    kept: list[UUID] = []
    for card in cards:
        try:
            kept.append(keep_card(uow, None, None, card, ends_better=ends_better))
        except ValidationError as error:
            name = uow.record(Person, card.person_id).full_name
            problems += [Problem("", f"{name}: {problem.message}") for problem in error.problems]
    if problems:
        raise ValidationError(problems)
    return kept


def insured_on(uow: UnitOfWork, person_ids: Collection[UUID], on: date) -> dict[UUID, bool]:
    """Whether a card on record covers the day; people without any card on record are not in it."""
    uow.require(Permission.READ)
    found: dict[UUID, bool] = {}
    for card in uow.session.scalars(select(InsuranceCard).where(InsuranceCard.person_id.in_(person_ids))):
        found[card.person_id] = found.get(card.person_id, False) or covers(data_of(card), on)
    return found


def agree(uow: UnitOfWork, person_ids: Collection[UUID] | None = None) -> int:
    """Make what the review knows of people (None: of all with a card) agree with today's cards; how many changed."""
    uow.require(Permission.EDIT)
    rows = select(InsuranceCard)
    if person_ids is not None:
        rows = rows.where(InsuranceCard.person_id.in_(person_ids))
    insured: dict[UUID, bool] = {}
    for card in uow.session.scalars(rows):
        insured[card.person_id] = insured.get(card.person_id, False) or covers(data_of(card), uow.today)
    changed = 0
    people = list(insured)
    for start in range(0, len(people), _PART):
        part = people[start : start + _PART]
        known = {
            record.person_id: record
            for record in uow.session.scalars(select(PersonCondition).where(PersonCondition.person_id.in_(part)))
        }
        for person in part:
            record = known.get(person)
            if record is None:
                uow.add(PersonCondition(person_id=person, **_NOTHING_KNOWN | {"insured": insured[person]}))
                changed += 1
            elif record.insured != insured[person]:
                record.insured = insured[person]
                changed += 1
    if changed:
        uow.name_step("card.keep")
    return changed


_NOTHING_KNOWN: dict[str, Any] = dict.fromkeys(
    ("insured", "school", "nutrition", "contract", "wage_work", "seeks_work", "trained")
)


def data_of(card: InsuranceCard) -> CardData:
    """A card as plain data."""
    return CardData(
        person_id=card.person_id,
        number=card.number,
        group=card.group,
        valid_from=card.valid_from,
        valid_to=card.valid_to,
        facility=card.facility,
        payer_percent=card.payer_percent,
    )


def _cards(uow: UnitOfWork, person_id: UUID) -> list[InsuranceCard]:
    return list(uow.session.scalars(select(InsuranceCard).where(InsuranceCard.person_id == person_id)))


def _end_before(found: Catalogue, other: InsuranceCard, data: CardData, *, ends_better: bool) -> None:
    """End a card the new one takes the place of; refuse the new one where the old one is better."""
    told = _in_the_way(found, data_of(other), data, ends_better=ends_better)
    if told is not None:
        raise ValidationError([told])
    if overlap(data_of(other), data):
        other.valid_to = data.valid_from - timedelta(1)


def _in_the_way(found: Catalogue, other: CardData, data: CardData, *, ends_better: bool) -> Problem | None:
    if not overlap(other, data):
        return None
    if other.valid_from >= data.valid_from:
        message = _("A card valid from {date} is on record already: correct that one, or end this one before it.")
        return Problem("valid_from", message.format(date=format_date(other.valid_from)))
    theirs, own = _worth(found, other), _worth(found, data)
    if theirs is not None and own is not None and theirs > own and not ends_better:
        name = group_name(card_groups(found), other.group)
        message = _("The card of the group “{group}” gives more and is still valid: one person has one card.")
        return Problem("group", message.format(group=name))
    return None


def _worth(found: Catalogue, card: CardData) -> int | None:
    """What the state pays in per cent; None when nobody knows, and then the newer card counts."""
    return card.payer_percent if card.payer_percent is not None else percent_of(found, card.group, card.valid_from)


def _clean(data: CardData) -> CardData:
    read = read_insurance(data.number)
    return replace(data, number=read.value.text if read.value else clean(data.number), facility=clean(data.facility))


def _problems(uow: UnitOfWork, found: Catalogue, data: CardData) -> list[Problem]:
    problems = []
    person = uow.record(Person, data.person_id)
    read = read_insurance(data.number)
    if read.value is None:
        problems.append(Problem("number", reason(read.rejected or "blank")))
    if data.group != OTHER_GROUP and data.group not in card_groups(found):
        problems.append(Problem("group", _("Choose the group of the card.")))
    if data.valid_to is not None and data.valid_to < data.valid_from:
        problems.append(Problem("valid_to", _("The card ends before it begins.")))
    if data.payer_percent is not None and not 0 <= data.payer_percent <= 100:
        problems.append(Problem("payer_percent", _("Write a percentage from 0 to 100.")))
    if person.died_on is not None and data.valid_from > person.died_on:
        problems.append(Problem("valid_from", _("This person has died.")))
    return problems


def _values(data: CardData) -> dict[str, Any]:
    return dict(vars(data))


def _class_of(uow: UnitOfWork, person_id: UUID) -> str:
    rows = (
        select(HouseholdIndex.class_value)
        .join(Membership, Membership.household_id == HouseholdIndex.household_id)
        .where(Membership.person_id == person_id, Membership.left_on.is_(None), Membership.left_reason.is_(None))
    )
    return uow.session.scalars(rows).first() or ""


def _match(uow: UnitOfWork, found: Catalogue, line: CardLine) -> CardMatch:
    person, told = meant(uow, id_number=line.id_number, name=line.name, birth=line.birth, hamlet=line.hamlet)
    if line.problems or person is None:
        return CardMatch(line, None, line.name, "", None, "; ".join(line.problems) or told)
    if line.valid_from is None:
        return CardMatch(line, person.person_id, person.name, person.code, None, reason("blank"))
    data = CardData(
        person_id=person.person_id,
        number=line.number,
        group=line.group or OTHER_GROUP,
        valid_from=line.valid_from,
        valid_to=line.valid_to,
        facility=line.facility,
        payer_percent=line.payer_percent,
    )
    problems = _problems(uow, found, data)
    ends = ""
    for other in map(data_of, _cards(uow, person.person_id)):
        if (other.number, other.group, other.valid_from, other.valid_to) == (
            data.number, data.group, data.valid_from, data.valid_to,
        ):  # fmt: skip
            return CardMatch(
                line, person.person_id, person.name, person.code, None, _("This card is on record already.")
            )
        in_the_way = _in_the_way(found, other, data, ends_better=False)
        if in_the_way is not None:
            problems.append(in_the_way)
        elif overlap(other, data):
            ends = other.number
    problem = "; ".join(one.message for one in problems)
    return CardMatch(line, person.person_id, person.name, person.code, None if problem else data, problem, ends)


def _once(matches: Sequence[CardMatch]) -> list[CardMatch]:
    """A person who stands twice in a list is taken once; the later line says so."""
    seen: dict[UUID, int] = {}
    found = []
    for match in matches:
        if match.data is not None and match.data.person_id in seen:
            told = _("The same person stands in line {line} already.").format(line=seen[match.data.person_id])
            match = replace(match, data=None, problem=told)
        elif match.data is not None:
            seen[match.data.person_id] = match.line.line
        found.append(match)
    return found
