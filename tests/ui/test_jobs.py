"""Jobs take turns, report on the window's thread, can be stopped, and end with `finished`."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.errors import AppError, NotFoundError
from casemgr.jobs import Progress
from ui.jobs import JobRunner


def test_the_result_arrives_on_the_windows_thread_and_finished_is_last(qtbot: QtBot, jobs: JobRunner) -> None:
    told: list[object] = []

    def work(progress: Progress) -> str:
        return threading.current_thread().name

    job = jobs.start(work)
    job.succeeded.connect(lambda name: told.extend([name, QThread.currentThread() is QApplication.instance().thread()]))
    job.finished.connect(lambda: told.append("finished"))
    with qtbot.waitSignal(job.finished):
        pass
    assert told == ["jobs", True, "finished"]
    assert not jobs.busy


def test_jobs_take_turns(qtbot: QtBot, jobs: JobRunner) -> None:
    running, most, order = [0], [0], []
    lock = threading.Lock()

    def numbered(number: int) -> Callable[[Progress], int]:
        def work(progress: Progress) -> int:
            with lock:
                running[0] += 1
                most[0] = max(most[0], running[0])
            order.append(number)
            with lock:
                running[0] -= 1
            return number

        return work

    for number in range(20):
        last = jobs.start(numbered(number))
    with qtbot.waitSignal(last.finished):
        pass
    assert most == [1]
    assert order == list(range(20))


def test_a_stopped_job_ends_as_cancelled(qtbot: QtBot, jobs: JobRunner) -> None:
    began, told = threading.Event(), []

    def work(progress: Progress) -> None:
        began.set()
        while True:
            progress(0, 0, "")

    job = jobs.start(work, title="Đang nhập")
    job.cancelled.connect(lambda: told.append("cancelled"))
    job.succeeded.connect(lambda _result: told.append("succeeded"))
    assert began.wait(5)
    with qtbot.waitSignal(job.finished):
        job.cancel()
    assert told == ["cancelled"]


def test_a_job_stopped_before_its_turn_never_begins(qtbot: QtBot, jobs: JobRunner) -> None:
    gate, ran = threading.Event(), []
    jobs.start(lambda progress: gate.wait(5))
    second = jobs.start(lambda progress: ran.append(1))
    second.cancel()
    with qtbot.waitSignal(second.finished):
        gate.set()
    assert ran == []


def test_reports_are_at_most_twenty_a_second(qtbot: QtBot, jobs: JobRunner) -> None:
    seen: list[int] = []

    def work(progress: Progress) -> None:
        for step in range(20_000):
            progress(step, 20_000, "")

    job = jobs.start(work)
    job.progressed.connect(lambda done, total, message: seen.append(done))
    with qtbot.waitSignal(job.finished):
        pass
    assert 1 <= len(seen) < 200


def test_the_language_follows_the_job(qtbot: QtBot, jobs: JobRunner) -> None:
    heard: list[str] = []
    with i18n.using("en"):
        job = jobs.start(lambda progress: i18n.current())
    job.succeeded.connect(heard.append)
    with qtbot.waitSignal(job.finished):
        pass
    assert heard == ["en"]


def test_a_failure_goes_to_whoever_takes_its_kind(qtbot: QtBot, jobs: JobRunner) -> None:
    taken: list[AppError] = []

    def work(progress: Progress) -> None:
        raise NotFoundError("Không có hộ này.")

    job = jobs.start(work)
    job.catch(AppError, taken.append)
    with qtbot.waitSignal(job.finished):
        pass
    assert [str(error) for error in taken] == ["Không có hộ này."]


def test_a_failure_nobody_takes_reaches_the_funnel(qtbot: QtBot, jobs: JobRunner) -> None:
    def work(progress: Progress) -> None:
        raise ZeroDivisionError

    with capture_exceptions() as caught:
        job = jobs.start(work)
        with qtbot.waitSignal(job.finished):
            pass
    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]
    assert not jobs.busy


def test_shutdown_stops_what_runs_and_refuses_more(qtbot: QtBot) -> None:
    runner, began = JobRunner(), threading.Event()

    def work(progress: Progress) -> None:
        began.set()
        while True:
            progress(0, 0, "")

    runner.start(work)
    assert began.wait(5)
    runner.shutdown()
    with pytest.raises(RuntimeError):
        runner.start(work)
