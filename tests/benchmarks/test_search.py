"""Search while typing at the reference size: every keystroke of a morning, beside the bare index query."""

import statistics
import time

import pytest
from sqlalchemy import select

from casemgr.domain.searching import loose
from casemgr.domain.text import fold, initials
from casemgr.persistence.models import Household, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.search import search
from casemgr.workspace import Workspace

BUDGET_MS = 16.0


def _typed(uow: UnitOfWork) -> list[str]:
    """Names with and without tones, in other orders, initials, codes and numbers, as officers type them."""
    people = uow.session.execute(select(Person.full_name, Person.id_number).limit(400_000)).all()[::9_973]
    codes = uow.session.scalars(select(Household.number)).all()[::23_911]
    asked: list[str] = []
    for place, (name, number) in enumerate(people):
        words = name.split()
        asked.append((fold(name), name, " ".join(words[::-1]).lower(), initials(name))[place % 4])
        if number and place % 5 == 0:
            asked.append(number)
        if number and place % 7 == 0:
            asked.append(number[-6:])
    return asked + [f"H-{number:05d}" for number in codes] + ["nguyeenx thij hoaf", "khong co ai ten nay"]


def _keystrokes(asked: list[str]) -> list[str]:
    return [text[: end + 1] for text in asked for end in range(len(text)) if text[end] != " "]


def _bare(uow: UnitOfWork, typed: str) -> int:
    words = " ".join(f'"{word}" *' for word in loose(typed).replace("-", " ").split())
    connection = uow.session.connection()
    found = connection.exec_driver_sql("SELECT rowid FROM search_text WHERE search_text MATCH ? LIMIT 50", (words,))
    return len(found.fetchall())


def _percentile_95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] * 1000


@pytest.mark.benchmark
def test_search_while_typing(reference: Workspace) -> None:
    keystrokes = _keystrokes(reference.read(_typed))
    for typed in keystrokes[::17]:
        reference.read(search, typed)
    ours, bare = [], []
    for typed in keystrokes:
        started = time.perf_counter()
        reference.read(search, typed)
        ours.append(time.perf_counter() - started)
        started = time.perf_counter()
        reference.read(_bare, typed)
        bare.append(time.perf_counter() - started)
    p95, bare_p95 = _percentile_95(ours), _percentile_95(bare)
    slow = sorted(zip(ours, keystrokes, strict=True), reverse=True)[:5]
    print(
        f"\nsearch: {len(keystrokes)} keystrokes, median {statistics.median(ours) * 1000:.1f} ms, p95 {p95:.1f} ms; "
        f"bare FTS p95 {bare_p95:.1f} ms, ratio {p95 / bare_p95:.1f}; slowest {[(f'{t * 1000:.0f} ms', q) for t, q in slow]}"
    )
    assert p95 <= BUDGET_MS
