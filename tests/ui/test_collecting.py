"""Garbage with widgets in it is never collected by a worker."""

import gc
import threading

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from casemgr.jobs import Progress
from ui.jobs import JobRunner


class Cycle:
    """Keeps itself and a widget alive until the collector comes."""

    died_on: list[int] = []  # noqa: RUF012 - shared on purpose

    def __init__(self) -> None:
        self.me = self
        self.label = QLabel("Nguyễn Thị Á")

    def __del__(self) -> None:
        self.died_on.append(threading.get_ident())


def test_a_worker_full_of_garbage_collects_nothing_of_the_window(qtbot: QtBot, jobs: JobRunner) -> None:
    Cycle.died_on.clear()

    def work(_progress: Progress) -> int:
        return len([[] for _round in range(200_000) if [[]]])

    gc.collect()
    for _widget in range(50):
        Cycle()
    job = jobs.start(work)
    with qtbot.waitSignal(job.finished, timeout=20_000):
        pass
    assert not gc.isenabled()
    kept = [[number] for number in range(5000)]  # enough for a collection to be due
    qtbot.waitUntil(lambda: len(Cycle.died_on) == 50, timeout=20_000)
    assert set(Cycle.died_on) == {threading.get_ident()}
    assert len(kept) == 5000
    jobs.shutdown()
    assert gc.isenabled()
