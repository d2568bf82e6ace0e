"""Search while typing at the reference size: every keystroke of a morning, beside the bare index query."""

import statistics
import time
from collections.abc import Callable, Sequence

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


def _percentile_95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] * 1000


def _twice(workspace: Workspace, use_case: Callable[[UnitOfWork, str], object], typed: str) -> tuple[float, float]:
    """Seconds of the first run and of the better of two, from which other programs on the machine take less."""
    times = []
    for _attempt in range(2):
        started = time.perf_counter()
        workspace.read(use_case, typed)
        times.append(time.perf_counter() - started)
    return times[0], min(times)


@pytest.mark.benchmark
def test_search_while_typing(reference: Workspace) -> None:
    keystrokes = _keystrokes(reference.read(_typed))
    for typed in keystrokes[::17]:
        reference.read(search, typed)
    ours = [_twice(reference, search, typed) for typed in keystrokes]
    bare = [_twice(reference, _bare, typed) for typed in keystrokes]
    first, p95 = (_percentile_95(times) for times in zip(*ours, strict=True))
    bare_p95 = _percentile_95([better for _first, better in bare])
    slow = sorted(((better, typed) for (_first, better), typed in zip(ours, keystrokes, strict=True)), reverse=True)[:5]
    print(
        f"\nsearch: {len(keystrokes)} keystrokes, p95 {p95:.1f} ms (first run {first:.1f} ms), "
        f"median {statistics.median(better for _first, better in ours) * 1000:.1f} ms; bare FTS p95 {bare_p95:.1f} ms, "
        f"ratio {p95 / bare_p95:.1f}; slowest {[(f'{seconds * 1000:.0f} ms', typed) for seconds, typed in slow]}"
    )
    assert p95 <= BUDGET_MS
