"""The one search box: households, people and certificates, best first, while the officer types."""

import json
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Integer, Row, Text, TextualSelect, text

from casemgr.domain.completions import complete_exact, complete_loose
from casemgr.domain.households import parse_household_code
from casemgr.domain.keystrokes import decode_keystrokes
from casemgr.domain.permissions import Permission
from casemgr.domain.searching import exact, loose, tail_token
from casemgr.domain.text import clean, fold, initials, nfc
from casemgr.persistence.base import Uid
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.search_hits import Found, Hit, describe

KINDS: Final = ("household", "person", "certificate")
LONGEST: Final = 100
MOST_WORDS: Final = 8
PREFIX_INDEX: Final = 3
"""Letters of the longest beginning the index keeps (see `models/search.py`)."""
MOST_ENDS: Final = 40
COMPLETE: Final = 250
"""Up to so many hits are ranked here; beyond, the index is asked tier by tier."""
SPARE: Final = 3
TAIL: Final = 4
"""So many digits make the head or the tail of an identity number."""
WHOLE: Final = 9
"""The shortest number that stands alone: the old identity number."""
CCCD_DIGITS: Final = 12

CODE, NUMBER, NUMBER_TAIL, NUMBER_HEAD = range(4)
TONES, WHOLE_NAME, WHOLE_WORDS, TONED_BEGINNING, BEGINNING, BEGINNINGS = range(10, 16)

_WORD: Final = re.compile(r"[^\W_]+")
_CERTIFICATE: Final = re.compile(r"\D{0,3}?0*(\d{1,7})\s*/\s*(\S.*)?")
_DIGITS: Final = re.compile(r"[\d\s.-]+")

_COLUMNS: Final = "e.id, e.kind, e.record_id, e.household_id, e.title"


def _entries(sql: str) -> TextualSelect:
    return text(f"SELECT {_COLUMNS} FROM {sql} LIMIT :most").columns(  # noqa: S608 - constants of this module
        id=Integer, kind=Text, record_id=Uid, household_id=Uid, title=Text
    )


_BY_WORDS: Final = _entries("search_text s JOIN search_entry e ON e.id = s.rowid WHERE s.search_text MATCH :match")
_BY_NAME: Final = _entries("search_entry e WHERE e.name_key = :key AND e.kind = :kind")
_BY_CODE: Final = _entries(
    "household h JOIN search_entry e ON e.record_id = h.id "
    "WHERE h.commune = :commune AND h.number = :number AND e.kind = 'household'"
)
_BY_CCCD: Final = _entries(
    "person p JOIN membership m ON m.person_id = p.id AND m.left_on IS NULL AND m.left_reason IS NULL "
    "JOIN search_entry e ON e.household_id = m.household_id "
    "AND (e.record_id = p.id OR (e.kind = 'household' AND m.relation = 'head')) "
    "WHERE p.id_number >= :low AND p.id_number < :high"
)
_BY_IDS: Final = _entries("search_entry e WHERE e.id IN (SELECT value FROM json_each(:ids))")
_IDS_BY_WORDS: Final = text("SELECT rowid FROM search_text WHERE search_text MATCH :match LIMIT :most")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in the forms it is compared in."""

    exact: str
    exact_words: tuple[str, ...]
    loose: str
    loose_words: tuple[str, ...]
    """Its initials too."""


@lru_cache(maxsize=8192)
def _forms(title: str) -> _Name:
    tones, plain = exact(title), loose(title)
    return _Name(tones, tuple(_WORD.findall(tones)), plain, (*_WORD.findall(plain), loose(initials(title))))


@dataclass(frozen=True)
class _Query:
    """What was typed, in the forms the index knows."""

    typed: str
    words: tuple[str, ...]
    """Loose: without tones, đ as d, y as i."""
    toned: tuple[str | None, ...]
    """The word with its tones where it was typed with some."""

    @property
    def has_tones(self) -> bool:
        return any(self.toned)

    @classmethod
    def of(cls, typed: str) -> "_Query":
        raw = _WORD.findall(exact(typed))[:MOST_WORDS]
        pairs = [(loose(word), None if word.isascii() else word) for word in raw]
        pairs = [(word, toned) for word, toned in pairs if word]
        return cls(typed, tuple(word for word, _toned in pairs), tuple(toned for _word, toned in pairs))

    def match(self, *, tones: bool, prefixes: int, complete: bool = True) -> str:
        """The FTS expression: all words, the last `prefixes` of them as beginnings; toned words with their tones.

        Beginnings longer than the prefix index are asked for as the syllables they can become: FTS walks those
        lazily, while it would first merge everything that begins so. `complete` False asks for the beginning itself.
        """
        terms = []
        whole = len(self.words) - prefixes
        for place, (word, toned) in enumerate(zip(self.words, self.toned, strict=True)):
            column, asked = ("exact", toned) if tones and toned else ("loose", word)
            if place < whole:
                terms.append(f'{column} : "{asked}"')
            elif not complete or len(asked) <= PREFIX_INDEX:
                terms.append(f'{column} : "{asked}" *')
            else:
                ends = (complete_exact if column == "exact" else complete_loose)(asked)
                either = " OR ".join(f'"{end}"' for end in dict.fromkeys((asked, *ends[:MOST_ENDS])))
                terms.append(f"{column} : ({either})")
        return " AND ".join(terms)

    def tier(self, title: str) -> int:
        """Where a name belongs that every word fits in some way."""
        name = _forms(title)
        exact_words, loose_words = name.exact_words, name.loose_words
        whole = [word in loose_words for word in self.words]
        fits = [toned is None or toned in exact_words for toned in self.toned]
        if all(whole):
            if self.has_tones and all(fits):
                return TONES
            return WHOLE_NAME if name.loose == loose(self.typed) else WHOLE_WORDS
        if not all(whole[:-1]):
            return BEGINNINGS
        last = self.toned[-1]
        begun = last is None or any(word.startswith(last) for word in exact_words)
        return TONED_BEGINNING if self.has_tones and all(fits[:-1]) and begun else BEGINNING


class _Results:
    """Collects what tiers find until there is enough; the first tier that finds something wins."""

    def __init__(self, uow: UnitOfWork, limit: int, kinds: tuple[str, ...]) -> None:
        self._session = uow.session
        self._commune = uow.commune
        self.limit = limit
        self.kinds = kinds
        self.found: dict[int, Found] = {}

    @property
    def full(self) -> bool:
        return len(self.found) >= self.limit

    def rows(self, statement: Any, **values: Any) -> list[Row[Any]]:  # noqa: ANN401 - a textual statement
        return list(self._session.execute(statement, {"most": self.limit, "commune": self._commune} | values))

    def add(self, tier: int, rows: Iterable[Row[Any]], order: Callable[[Found], Any] | None = None) -> None:
        """Keep new rows of the wanted kinds; inside a tier heads come before members."""
        fresh = [
            Found(row.id, row.kind, row.record_id, row.household_id, row.title, tier)
            for row in rows
            if row.id not in self.found and row.kind in self.kinds
        ]
        if order is not None:
            fresh.sort(key=order)
        fresh.sort(key=lambda found: KINDS.index(found.kind))
        for found in fresh[: self.limit - len(self.found)]:
            self.found[found.entry] = found

    def narrowed(self, match: str) -> str:
        """The expression, for the wanted kinds only."""
        if len(self.kinds) == len(KINDS):
            return match
        return f"({match}) AND kind : ({' OR '.join(self.kinds)})"

    def add_words(
        self, tier: int, match: str, order: Callable[[Found], Any] | None = None, *, most: int | None = None
    ) -> None:
        """One tier of the word index, `most` of it; more are fetched than shown, so that heads can come first."""
        if self.full:
            return
        rows = self.rows(_BY_WORDS, match=self.narrowed(match), most=self.limit * SPARE)
        heads = [row for row in rows if row.kind == "household"]
        self.add(tier, (heads if len(heads) >= self.limit else rows)[:most], order)


def search(uow: UnitOfWork, text: str, *, limit: int = 50, kinds: Collection[str] | None = None) -> list[Hit]:
    """What fits the typed text, best first: number, name with tones, whole name, whole words, beginnings."""
    uow.require(Permission.READ)
    typed = clean(text[:LONGEST])
    wanted = tuple(kind for kind in KINDS if kinds is None or kind in kinds)
    if not typed or not wanted or limit < 1:
        return []
    results = _Results(uow, limit, wanted)
    _find_numbers(results, typed)
    _find_words(results, typed)
    if not results.found:
        meant = decode_keystrokes(nfc(text[:LONGEST]))
        if meant is not None:
            _find_words(results, meant)
    return describe(uow, list(results.found.values()))


# --- numbers ---------------------------------------------------------------------------------------------------------


def _find_numbers(results: _Results, typed: str) -> None:
    number = parse_household_code(typed)
    if number is not None:
        results.add(CODE, results.rows(_BY_CODE, number=number))
    if "certificate" in results.kinds:
        _find_certificates(results, typed)
    if _DIGITS.fullmatch(typed):
        _find_digits(results, re.sub(r"\D", "", typed))


def _find_certificates(results: _Results, typed: str) -> None:
    written = _CERTIFICATE.fullmatch(typed)
    if written is None and not (typed.isdecimal() and typed.isascii() and len(typed) <= 6):
        return
    number, rest = (written[1], written[2] or "") if written else (str(int(typed)), "")
    words = [f'"{number}"', *(f'"{word}"' for word in _WORD.findall(loose(rest))[:MOST_WORDS])]
    if len(words) > 1:
        words[-1] += " *"
    results.add(NUMBER, results.rows(_BY_WORDS, match=f"kind : certificate AND loose : ({' AND '.join(words)})"))


def _find_digits(results: _Results, digits: str) -> None:
    if len(digits) < TAIL:
        return
    known = [digits, f"0{digits}"] if len(digits) == CCCD_DIGITS - 1 else [digits]  # a list that lost the 0
    for number in known:
        if len(number) >= WHOLE:
            results.add_words(NUMBER, f'loose : "{number}"')
    half = max(1, (results.limit - len(results.found)) // 2)
    for number in known:
        results.add_words(NUMBER_TAIL, f'loose : "{tail_token(number)}" *', most=half)
    for number in known:
        if not results.full:  # a short beginning fits too many for the word index to merge
            results.add(NUMBER_HEAD, results.rows(_BY_CCCD, low=number, high=f"{number}:"))
        results.add_words(NUMBER_HEAD, f'loose : "{number}" *')
        results.add_words(NUMBER_TAIL, f'loose : "{tail_token(number)}" *')


# --- words -----------------------------------------------------------------------------------------------------------


def _find_words(results: _Results, typed: str) -> None:
    query = _Query.of(typed)
    if not query.words or results.full:
        return
    if _rank_all(results, query):
        return
    order = _closeness(query)
    if query.has_tones:
        results.add_words(TONES, query.match(tones=True, prefixes=0), order)
    _find_whole_names(results, query, order)
    results.add_words(WHOLE_WORDS, query.match(tones=False, prefixes=0), order)
    if query.has_tones:
        results.add_words(TONED_BEGINNING, query.match(tones=True, prefixes=1), order)
    results.add_words(BEGINNING, query.match(tones=False, prefixes=1), order)
    results.add_words(BEGINNINGS, query.match(tones=False, prefixes=len(query.words)), order)


def _rank_all(results: _Results, query: _Query) -> bool:
    """When few enough fit, fetch them all in one go and sort them into the tiers here."""
    for complete in (True, False):
        match = results.narrowed(query.match(tones=False, prefixes=len(query.words), complete=complete))
        ids = [row.rowid for row in results.rows(_IDS_BY_WORDS, match=match, most=COMPLETE)]
        if len(ids) == COMPLETE:
            return False
        if len(ids) >= results.limit or max(map(len, query.words)) <= PREFIX_INDEX:
            break  # what begins so and is no Vietnamese syllable would not be shown any more
    rows = results.rows(_BY_IDS, ids=json.dumps(ids), most=COMPLETE)
    tiers: dict[int, list[Row[Any]]] = {}
    for row in rows:
        tiers.setdefault(query.tier(row.title), []).append(row)
    order = _closeness(query)
    for tier in sorted(tiers):
        results.add(tier, tiers[tier], order)
    return True


def _find_whole_names(results: _Results, query: _Query, order: Callable[[Found], Any]) -> None:
    key = fold(query.typed)
    for kind in ("household", "person"):
        if not results.full and kind in results.kinds:
            results.add(WHOLE_NAME, results.rows(_BY_NAME, key=key, kind=kind), order)


def _closeness(query: _Query) -> Callable[[Found], Any]:
    """Inside a tier: the whole name with tones, then without, then how many words stand as typed."""
    typed_exact, typed_loose = exact(query.typed), loose(query.typed)
    asked = set(typed_exact.split())

    def order(found: Found) -> tuple[bool, bool, int, int, str]:
        name = _forms(found.title)
        return (
            name.exact != typed_exact,
            name.loose != typed_loose,
            -len(asked.intersection(name.exact_words)),
            len(name.exact_words),
            name.exact,
        )

    return order
