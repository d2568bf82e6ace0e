"""Hamlets of an imported list: matched by key to those of the office, unknown ones proposed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from casemgr.domain.imports import ImportedHousehold
from casemgr.domain.offices import HAMLET_KINDS, HamletData
from casemgr.domain.text import clean, place_key, title_name
from casemgr.persistence.base import new_id
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.areas import commune
from casemgr.services.offices import hamlets, parse_hamlet

_SHORT_KINDS = {"a.": "Ấp", "ap": "Ấp", "kp": "Khu phố", "kp.": "Khu phố", "tdp": "Tổ dân phố", "t.": "Thôn"}


@dataclass(frozen=True)
class ProposedHamlet:
    """A hamlet the list names and the office does not have."""

    id: UUID
    key: str
    """How a choice names it."""
    data: HamletData
    households: int


@lru_cache(maxsize=4096)
def split_hamlet(text: str) -> tuple[str, str]:
    """Kind and name of a hamlet as lists write it; no kind when none is written."""
    written = clean(text)
    key = place_key(written)
    for kind in HAMLET_KINDS:
        prefix = place_key(kind) + " "
        if key.startswith(prefix) and len(key) > len(prefix):
            return kind, written.split(maxsplit=prefix.count(" "))[-1].strip(" .:")
    first, _space, rest = written.partition(" ")
    if rest and place_key(first) in _SHORT_KINDS:
        return _SHORT_KINDS[place_key(first)], rest.strip()
    dotted, dot, rest = written.partition(".")
    if dot and rest.strip() and place_key(dotted) + "." in _SHORT_KINDS:
        return _SHORT_KINDS[place_key(dotted) + "."], rest.strip()
    return "", written


def hamlet_key(text: str, usual_kind: str = "") -> str:
    """How hamlets are compared: by name alone, but numbered ones by kind too, for Ấp 3 is not Khu phố 3."""
    kind, name = split_hamlet(text)
    key = place_key(name)
    return f"{place_key(kind or usual_kind)} {key}".strip() if key[:1].isdigit() else key


class HamletFinder:
    """Which hamlet a household of the list lives in."""

    def __init__(self, uow: UnitOfWork, households: Iterable[ImportedHousehold], chosen: Mapping[str, UUID]) -> None:
        self._chosen = chosen
        self._by_name: dict[str, dict[str, UUID]] = {}
        self._names: dict[UUID | None, str] = {}
        self._closed: set[str] = set()
        self._found: dict[str, UUID | None] = {}
        self.proposed: dict[str, ProposedHamlet] = {}
        kinds: Counter[str] = Counter()
        for view in hamlets(uow):
            name = place_key(view.data.name)
            self._names[view.id] = view.data.full_name
            if view.active:
                self._by_name.setdefault(name, {})[place_key(view.data.kind)] = view.id
                kinds[view.data.kind] += 1
            else:
                self._closed.add(name)
        self._area = commune(uow.commune).default_area
        written = Counter(household.hamlet or self._hinted(household) for household in households)
        for text, count in written.items():
            kinds[split_hamlet(text)[0]] += count
        del kinds[""]
        self._usual = kinds.most_common(1)[0][0] if kinds else "Ấp"
        self._propose(written)

    def key(self, text: str) -> str:
        """How a written hamlet is named in choices."""
        return hamlet_key(text, self._usual)

    def _known(self, text: str) -> UUID | None:
        """The one hamlet on file the text can mean."""
        kind, name = split_hamlet(text)
        key = place_key(name)
        hits = self._by_name.get(key, {})
        if kind and place_key(kind) in hits:
            return hits[place_key(kind)]
        if len(hits) != 1 or (kind and key[:1].isdigit()):
            return None
        return next(iter(hits.values()))

    def _propose(self, written: Counter[str]) -> None:
        spellings: dict[str, Counter[tuple[str, str]]] = {}
        for text, count in written.items():
            key = self.key(text)
            if text and self._known(text) is None and key not in self._chosen and not self._ambiguous(text):
                spellings.setdefault(key, Counter())[split_hamlet(text)] += count
        for key, counts in spellings.items():
            kind = next((kind for (kind, _), _count in counts.most_common() if kind), self._usual)
            name = counts.most_common(1)[0][0][1]
            name = name if any(letter.isupper() for letter in name[1:]) and not name.isupper() else title_name(name)
            data = HamletData(kind, name, parse_hamlet(f"{kind} {name}", self._area).area)
            self.proposed[key] = ProposedHamlet(new_id(), key, data, sum(counts.values()))
            self._names[self.proposed[key].id] = data.full_name

    def _ambiguous(self, text: str) -> bool:
        """Whether the name is on file in a way that neither says which one is meant nor lets a new one be made."""
        kind, name = split_hamlet(text)
        key = place_key(name)
        return key in self._closed or (key in self._by_name and not (kind and key[:1].isdigit()))

    def name(self, hamlet_id: UUID | None) -> str:
        """Full name of a hamlet on file or proposed; empty when it is neither."""
        return self._names.get(hamlet_id, "")

    def _hinted(self, household: ImportedHousehold) -> str:
        """A hint that is a known hamlet, or says that it is one."""
        for hint in household.place_hints:
            if self._known(hint) is not None or split_hamlet(hint)[0]:
                return hint
        return ""

    def find(self, household: ImportedHousehold) -> UUID | None:
        """The hamlet of a household: known, chosen or proposed; None when nothing is written or nothing fits."""
        text = household.hamlet or self._hinted(household)
        if not text:
            return None
        if text not in self._found:
            key = self.key(text)
            known = self._chosen.get(key) or self._known(text)
            if known is None and key in self.proposed:
                known = self.proposed[key].id
            self._found[text] = known
        return self._found[text]
