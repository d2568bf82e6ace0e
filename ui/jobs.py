"""Long work beside the window: jobs take turns on one worker thread and report on the window's own thread."""

import contextvars
import logging
import queue
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal

from casemgr.jobs import Cancelled, Progress, Work
from ui.collecting import WindowCollector

log = logging.getLogger(__name__)

REPORT_SECONDS: Final = 0.05
"""At most 20 reports a second reach the window."""

Catcher = Callable[[Any], object]
"""Takes the exception of its kind; `Any` because each handler names a narrower kind."""


class Job(QObject):
    """One piece of work under way; every signal comes on the window's thread, `finished` always last."""

    progressed = Signal(int, int, str)
    """done, total (0 = unknown), message"""
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.exclusive = False
        self._stop = threading.Event()
        self._catchers: list[tuple[type[Exception], Catcher]] = []

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether a stop was asked for."""
        return self._stop.is_set()

    def catch(self, kind: type[Exception], handler: Catcher) -> "Job":
        """Take failures of one kind oneself; what nobody takes goes to the funnel of errors."""
        self._catchers.append((kind, handler))
        return self

    def taker(self, error: Exception) -> Catcher | None:
        """Who takes this failure."""
        return next((handler for kind, handler in self._catchers if isinstance(error, kind)), None)


class _Task:
    """A job with its work and the context (the language) it was started in."""

    def __init__(self, job: Job, work: Work[Any]) -> None:
        self.job = job
        self.work = work
        self.context = contextvars.copy_context()


class JobRunner(QObject):
    """Runs jobs one after another on one worker thread."""

    started = Signal(object)
    """A job begins its turn."""
    idle = Signal()
    """Nothing left to do."""
    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._waiting: list[Job] = []
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread: threading.Thread | None = None
        self._closed = False
        self._collector = WindowCollector(self)

    def start(self, work: Work[Any], *, title: str = "", done: Callable[[Any], object] | None = None) -> Job:
        """Run `work(progress)` in its turn; `done` gets its result."""
        if self._closed:
            raise RuntimeError("the runner was shut down")
        job = Job(title, self)
        if done is not None:
            job.succeeded.connect(done)
        self._waiting.append(job)
        if self._thread is None:
            self._collector.start()
            self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
            self._thread.start()
        self._queue.put(_Task(job, work))
        return job

    @property
    def busy(self) -> bool:
        """Whether any job waits or runs."""
        return bool(self._waiting)

    @property
    def current(self) -> Job | None:
        """The job whose turn it is."""
        return self._waiting[0] if self._waiting else None

    def shutdown(self) -> None:
        """Cancel everything and wait for the worker; nothing can be started afterwards."""
        self._closed = True
        for job in self._waiting:
            job.cancel()
        self._queue.put(None)
        if self._thread is not None:
            self._thread.join()
            self._thread = None
            self._collector.stop()

    # ---- worker thread

    def _run(self) -> None:
        while (task := self._queue.get()) is not None:
            job = task.job
            self._post(partial(self.started.emit, job))
            if job.stopping:
                self._post(partial(self._end, job, job.cancelled.emit))
                continue
            try:
                result = task.context.run(task.work, self._progress(job))
            except Cancelled:
                self._post(partial(self._end, job, job.cancelled.emit))
            except Exception as error:
                self._post(partial(self._fail, job, error))
            else:
                self._post(partial(self._end, job, partial(job.succeeded.emit, result)))

    def _progress(self, job: Job) -> Progress:
        last = 0.0

        def report(done: int, total: int, message: str) -> None:
            nonlocal last
            if job.stopping:
                raise Cancelled
            now = time.monotonic()
            if now - last >= REPORT_SECONDS:
                last = now
                self._post(partial(job.progressed.emit, done, total, message))

        return report

    def _post(self, call: Callable[[], object]) -> None:
        if not self._closed:
            self._posted.emit(call)

    # ---- window thread

    def _deliver(self, call: Callable[[], object]) -> None:
        call()

    def _end(self, job: Job, tell: Callable[[], object]) -> None:
        self._waiting.remove(job)
        try:
            tell()
        finally:
            job.finished.emit()
            job.deleteLater()
            if not self._waiting:
                self.idle.emit()

    def _fail(self, job: Job, error: Exception) -> None:
        self._end(job, partial(self._tell_failure, job, error))

    @staticmethod
    def _tell_failure(job: Job, error: Exception) -> None:
        job.failed.emit(error)
        taker = job.taker(error)
        if taker is None:
            raise error  # nobody takes it: the funnel does
        taker(error)
