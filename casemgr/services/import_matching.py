"""Who of an imported list is already on file: by identity number, then household code, then name, birth and hamlet."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from uuid import UUID

from rapidfuzz import fuzz
from sqlalchemy import RowMapping, select

from casemgr.domain.households import household_code
from casemgr.domain.imports import ImportedHousehold, ImportedPerson
from casemgr.domain.people import Relation
from casemgr.domain.text import clean, fold
from casemgr.jobs import Progress
from casemgr.persistence.models import Household, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.import_births import births_agree, iso, names_day, year_of
from casemgr.services.import_matches import KnownPerson, Match
from casemgr.services.import_records import OnFile, household_sizes, households_on_file, parts, people

SAME_PERSON = 90.0
"""Likeness of folded names, out of 100, from which two spellings may be one person."""
OTHER_PERSON = 55.0
"""Likeness below which one identity number stands for two different people."""


class Matcher:
    """Finds for every imported household the one on file and for every person the one on file."""

    def __init__(
        self,
        uow: UnitOfWork,
        households: Sequence[ImportedHousehold],
        hamlet_of: Callable[[ImportedHousehold], UUID | None],
        year: int,
        progress: Progress,
        message: str,
    ) -> None:
        self._uow = uow
        self._year = year
        self._report = progress
        self._message = message
        self.matches = [Match(household, hamlet_of(household)) for household in households]
        self._by_cccd: dict[str, RowMapping] = {}
        self._by_cmnd: dict[str, list[RowMapping]] = {}
        self._by_name: dict[str, list[RowMapping]] = {}
        self._taken: dict[UUID, Match] = {}
        self._names: dict[int, str] = {}
        self._sizes: dict[UUID, int] = {}
        if uow.session.execute(select(Person.id).limit(1)).first() is None:
            return
        self._load_people()
        self._match_households()
        self._load_households()
        for match in self.matches:
            self._match_people(match)
        self._find_known()

    def join(self, match: Match, on_file: OnFile) -> None:
        """Say that a household of the list is this one on file, and pair their people."""
        match.on_file = on_file
        self._match_people(match)

    def _progress(self, done: int) -> None:
        self._report(done, 100, self._message)

    def _everyone(self) -> Iterator[tuple[Match, int, ImportedPerson]]:
        for match in self.matches:
            for place, person in enumerate(match.source.members):
                yield match, place, person

    def _name(self, person: ImportedPerson) -> str:
        key = id(person)
        if key not in self._names:
            self._names[key] = fold(clean(person.data.full_name))
        return self._names[key]

    def _load_people(self) -> None:
        self._progress(5)
        numbers = {person.data.id_number for _, _, person in self._everyone() if person.data.id_number}
        for part in parts(numbers):
            for row in people(self._uow, Person.id_number.in_(part)):
                self._by_cccd[row["id_number"]] = row
        self._progress(20)
        old = {person.data.old_id_number for _, _, person in self._everyone() if person.data.old_id_number}
        for part in parts(old):
            for row in people(self._uow, Person.old_id_number.in_(part)):
                self._by_cmnd.setdefault(row["old_id_number"], []).append(row)
        self._progress(30)
        names = {
            self._name(person)
            for match, _, person in self._everyone()
            if not self._certain(person) or person is match.source.members[0]
        }
        for part in parts(names):
            for row in people(self._uow, Person.name_key.in_(part)):
                self._by_name.setdefault(row["name_key"], []).append(row)
        self._progress(50)

    def _certain(self, person: ImportedPerson) -> RowMapping | None:
        """The person on file with the same number and a name that can be hers."""
        row = self._by_cccd.get(person.data.id_number or "")
        if row is not None and fuzz.ratio(row["name_key"], self._name(person)) >= OTHER_PERSON:
            return row
        for row in self._by_cmnd.get(person.data.old_id_number or "", ()):
            number, other = person.data.id_number, row["id_number"]
            if row["name_key"] == self._name(person) and not (number and other and number != other):
                return row
        return None

    # --- households --------------------------------------------------------------------------------------------------

    def _match_households(self) -> None:
        found = (self._certain(person) for _, _, person in self._everyone())
        lived_in = {row["household_id"] for row in found if row is not None and row["household_id"] is not None}
        self._sizes = household_sizes(self._uow, lived_in)
        self._apply(self._by_number_of_head, once=True)
        self._apply(self._by_people)
        self._apply(self._by_code, once=True)
        self._apply(self._by_head)
        self._apply(self._by_renumbered_head)
        self._progress(60)

    def _apply(self, rule: Callable[[Match], list[UUID]], *, once: bool = False) -> None:
        """Give households to those the rule finds; with `once`, a household already given is a contradiction."""
        settled = {id(match) for match in self._taken.values()}
        for match in self.matches:
            if id(match) in settled or match.twice:
                continue
            candidates = rule(match)
            free = [household for household in candidates if household not in self._taken]
            if free:
                self._taken[free[0]] = match
            elif candidates and once:
                match.twice = True

    def _by_number_of_head(self, match: Match) -> list[UUID]:
        """The household whose head on file has the number of the list's head."""
        row = self._certain(match.source.head)
        if row is None or row["relation"] != Relation.HEAD or row["ended_on"] is not None:
            return []
        return [row["household_id"]]

    def _by_people(self, match: Match) -> list[UUID]:
        """The household whose people are in the list's: more than half and several, or half and the list's head.

        A son who heads a household of his own now does not take his parents' household over.
        """
        votes: Counter[UUID] = Counter()
        heads: set[UUID] = set()
        for place, person in enumerate(match.source.members):
            row = self._certain(person)
            if row is not None and row["household_id"] is not None and row["ended_on"] is None:
                votes[row["household_id"]] += 1
                if place == 0:
                    heads.add(row["household_id"])
        return [
            household
            for household, count in votes.most_common()
            if 2 * count + (household in heads) > self._sizes.get(household, 0) and (household in heads or count > 1)
        ]

    def _by_code(self, match: Match) -> list[UUID]:
        """Our own code, if the list has it and the head's name agrees; codes of others are not to be trusted."""
        code = match.source.code.strip().upper()
        if not code.startswith("H-"):
            return []
        return [
            row["household_id"]
            for row in self._by_name.get(self._name(match.source.head), ())
            if row["number"] is not None and household_code(row["number"]) == code
        ]

    def _by_head(self, match: Match) -> list[UUID]:
        """Households whose head has this name and birth in this hamlet; the one sharing most names first."""
        head = match.source.head
        birth, number = iso(head.data.birth), head.data.id_number
        found: list[tuple[int, int, UUID]] = []
        for row in self._by_name.get(self._name(head), ()):
            if row["relation"] != Relation.HEAD or row["ended_on"] is not None or row["household_id"] is None:
                continue
            if number and row["id_number"] and number != row["id_number"]:
                continue
            if not births_agree(birth, row["birth"]):
                continue
            if match.hamlet_id and row["hamlet_id"] and match.hamlet_id != row["hamlet_id"]:
                continue
            found.append((-self._shared(match, row["household_id"]), row["number"], row["household_id"]))
        return [household for _, _, household in sorted(found, key=lambda entry: entry[:2])]

    def _shared(self, match: Match, household: UUID) -> int:
        """How many of the list's members besides the head live in this household."""
        count = 0
        for person in match.source.members[1:]:
            certain = self._certain(person)
            rows = self._by_name.get(self._name(person), ()) if certain is None else (certain,)
            count += any(row["household_id"] == household for row in rows)
        return count

    def _by_renumbered_head(self, match: Match) -> list[UUID]:
        """Households whose head has another number but this name and birth, and the same people or day of birth."""
        found: list[tuple[int, int, UUID]] = []
        for row in self._renumbered(match, match.source.head):
            household = row["household_id"]
            if row["relation"] != Relation.HEAD or row["ended_on"] is not None or household is None:
                continue
            shared = self._shared(match, household)
            lonely = len(match.source.members) == 1 or household_sizes(self._uow, [household])[household] == 1
            if shared or (lonely and names_day(row["birth"]) and row["birth"] == iso(match.source.head.data.birth)):
                found.append((-shared, row["number"], household))
        return [household for _, _, household in sorted(found, key=lambda entry: entry[:2])]

    def _renumbered(self, match: Match, person: ImportedPerson) -> Iterator[RowMapping]:
        """People of this name, birth and hamlet whose number is another, one the list does not have."""
        birth = iso(person.data.birth)
        for row in self._by_name.get(self._name(person), ()):
            if self._other_number_alone(person, row):
                if match.hamlet_id and row["hamlet_id"]:
                    same = match.hamlet_id == row["hamlet_id"]
                else:
                    same = names_day(birth) and birth == row["birth"]
                if same:
                    yield row

    def _other_number_alone(self, person: ImportedPerson, row: RowMapping) -> bool:
        """Whether the person in the list differs from the one on file by the number, and both numbers are free."""
        birth = iso(person.data.birth)
        if not (self._numbers_differ(person, row) and birth and row["birth"] and births_agree(birth, row["birth"])):
            return False
        free = person.data.id_number not in self._by_cccd and row["id_number"] not in self._by_cccd
        return free and bool(row["name_key"] == self._name(person))

    def _load_households(self) -> None:
        loaded = households_on_file(self._uow, self._taken, self._year)
        for household, match in self._taken.items():
            match.on_file = loaded.get(household)
        self._progress(75)

    # --- people ------------------------------------------------------------------------------------------------------

    def _match_people(self, match: Match) -> None:
        """Pair the people of the list with the members on file: by number, by name and birth, by likeness."""
        if match.on_file is None:
            return
        free = {row["id"]: row for row in match.on_file.members}
        open_places = list(range(len(match.source.members)))
        for fits in (self._same_number, self._same_name, self._other_number_alone, self._alike):
            for place in tuple(open_places):
                person = match.source.members[place]
                row = next((row for row in free.values() if fits(person, row)), None)
                if row is not None:
                    match.people[place] = free.pop(row["id"])
                    open_places.remove(place)

    def _same_number(self, person: ImportedPerson, row: RowMapping) -> bool:
        certain = self._certain(person)
        return certain is not None and certain["id"] == row["id"]

    def _numbers_differ(self, person: ImportedPerson, row: RowMapping) -> bool:
        number = person.data.id_number
        return bool(number and row["id_number"] and number != row["id_number"])

    def _same_name(self, person: ImportedPerson, row: RowMapping) -> bool:
        if self._numbers_differ(person, row) or self._belongs_elsewhere(person, row):
            return False
        return row["name_key"] == self._name(person) and births_agree(iso(person.data.birth), row["birth"])

    def _alike(self, person: ImportedPerson, row: RowMapping) -> bool:
        if self._numbers_differ(person, row) or self._belongs_elsewhere(person, row) or not person.data.birth:
            return False
        same_year = year_of(row["birth"]) == str(person.data.birth.year)
        return same_year and fuzz.ratio(row["name_key"], self._name(person)) >= SAME_PERSON

    def _belongs_elsewhere(self, person: ImportedPerson, row: RowMapping) -> bool:
        """Whether the list's number is somebody else's."""
        owner = self._by_cccd.get(person.data.id_number or "")
        return owner is not None and owner["id"] != row["id"]

    def _find_known(self) -> None:
        near = self._near_index()
        paired = {row["id"] for match in self.matches for row in match.people.values()}
        for match, place, person in self._everyone():
            if place in match.people:
                continue
            owner = self._by_cccd.get(person.data.id_number or "")
            if owner is not None:
                conflict = self._certain(person) is None
                match.known.append(self._known(match, place, owner, certain=True, conflict=conflict))
                continue
            row = next((row for row in self._renumbered(match, person) if row["id"] not in paired), None)
            if row is not None:
                asked = place == 0 or names_day(row["birth"])
                match.known.append(self._known(match, place, row, renumbered=asked))
                continue
            for row in chain(self._near(match, person, near), self._renamed(match, person)):
                if row["id"] not in paired and not self._numbers_differ(person, row):
                    match.known.append(self._known(match, place, row))
                    break
        self._progress(100)

    def _renamed(self, match: Match, person: ImportedPerson) -> Iterator[RowMapping]:
        """Members on file of the same birth and relation, whose name may have been changed."""
        birth = iso(person.data.birth)
        for row in match.on_file.members if match.on_file and birth else ():
            if row["birth"] == birth and row["relation"] == person.relation != Relation.HEAD:
                yield row

    def _known(
        self,
        match: Match,
        place: int,
        row: RowMapping,
        *,
        certain: bool = False,
        conflict: bool = False,
        renumbered: bool = False,
    ) -> KnownPerson:
        lives_in = row if "number" in row or match.on_file is None else match.on_file.household
        return KnownPerson(
            key=match.key(place),
            name=match.source.members[place].data.full_name,
            person_id=row["id"],
            on_file=row["full_name"],
            birth=row["birth"] or "",
            household=household_code(lives_in["number"]) if lives_in["number"] is not None else "",
            certain=certain,
            conflict=conflict,
            renumbered=renumbered,
        )

    def _near_index(self) -> Mapping[tuple[UUID | None, str], list[RowMapping]]:
        """People on file by hamlet and year of birth, as far as unmatched people of the list need them."""
        needed = {
            (match.hamlet_id, str(person.data.birth.year))
            for match, place, person in self._everyone()
            if place not in match.people and person.data.birth and match.hamlet_id
        }
        index: dict[tuple[UUID | None, str], list[RowMapping]] = {}
        for part in parts({hamlet for hamlet, _ in needed}):
            for row in people(self._uow, Household.hamlet_id.in_(part)):
                key = (row["hamlet_id"], year_of(row["birth"]))
                if key in needed:
                    index.setdefault(key, []).append(row)
        return index

    def _near(
        self, match: Match, person: ImportedPerson, index: Mapping[tuple[UUID | None, str], list[RowMapping]]
    ) -> Iterator[RowMapping]:
        """Those of the same name and birth anywhere, then those alike of the same year in the same hamlet."""
        birth = iso(person.data.birth)
        if birth is None:
            return
        for row in self._by_name.get(self._name(person), ()):
            if row["birth"] == birth and len(birth) > 4:
                yield row
        name = self._name(person)
        for row in index.get((match.hamlet_id, birth[:4]), ()):
            if births_agree(birth, row["birth"]) and fuzz.ratio(row["name_key"], name) >= SAME_PERSON:
                yield row
