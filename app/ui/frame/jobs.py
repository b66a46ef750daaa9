"""Work off the window's thread: one worker for long work, one for quick reads."""

import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.core.errors import Cancelled
from app.ui.frame import messages


class Job:
    """One piece of work; the work reports through it, the window cancels through it.

    `work(job)` runs on a worker; `then(result)` and `failed(error)` run in the window, and only
    while `owner` is alive and the job was not cancelled or replaced. One that was stopped still
    tells how it ended: by Cancelled, or by its result where it was too late.
    """

    def __init__(
        self,
        jobs: "Jobs",
        owner: QObject,
        work: Callable[["Job"], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None] | None,
        title: str,
    ) -> None:
        self.title = title
        self.owner = owner
        self.work = work
        self.then = then
        self.failed = failed
        self.stopped = False
        self.cancelled = False
        self._jobs = jobs
        self._reported = 0.0

    def step(self, done: int, total: int = 0) -> None:
        """Report progress from the work; raises Cancelled once the clerk has stopped the job."""
        if self.stopped:
            raise Cancelled
        now = time.monotonic()
        if now - self._reported >= _REPORT_EVERY or done == total:
            self._reported = now
            self._jobs.deliver(lambda: self._jobs.stepped.emit(self, done, total))

    def stop(self) -> None:
        """Ask the work to stop at its next step."""
        self.stopped = True

    def cancel(self) -> None:
        """Ask the work to stop at its next step; its result is dropped."""
        self.stopped = self.cancelled = True


class Jobs(QObject):
    """The workers; they live as long as the application.

    A signal object per job loses callbacks when nobody keeps it, so one queued signal carries
    every callback into the window's thread.
    """

    started = Signal(object)  # a job
    stepped = Signal(object, int, int)  # a job, done, total (0: unknown)
    ended = Signal(object)  # a job, however it ended
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(_call, Qt.ConnectionType.QueuedConnection)
        self._newest: dict[str, Job] = {}
        self._open: set[Job] = set()
        self._long = _Worker("long work", self)
        self._quick = _Worker("quick reads", self)

    def read(
        self,
        owner: QObject,
        work: Callable[[Job], Any],
        then: Callable[[Any], None],
        *,
        replace: str = "",
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Do a quick read; the answer of an older read with the same `replace` is dropped.

        `failed` is as in run.
        """
        job = Job(self, owner, work, then, failed, "")
        if replace:
            if replace in self._newest:
                self._newest[replace].cancel()
            self._newest[replace] = job
        return self._begin(job, self._quick)

    def run(
        self,
        owner: QObject,
        work: Callable[[Job], Any],
        then: Callable[[Any], None],
        *,
        title: str = "",
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Do a write or long work; one after the other, in the order asked for.

        `failed` gets what went wrong instead of the clerk being told; Cancelled is no failure.
        """
        return self._begin(Job(self, owner, work, then, failed, title), self._long)

    def deliver(self, call: Callable[[], None]) -> None:
        """Run `call` in the window's thread, soon; safe from any thread."""
        self._arrived.emit(call)

    def is_busy(self) -> bool:
        """Tell whether any job is waiting, at work, or not yet delivered."""
        return bool(self._open)

    def close(self) -> None:
        """Cancel everything and wait until the workers have stopped."""
        for job in self._open:
            job.cancel()
        self._long.stop()
        self._quick.stop()
        self._open.clear()

    def finish(self, job: Job, result: Any, error: Exception | None) -> None:
        """Hand over what a job brought; called by the workers."""
        self.deliver(lambda: self._finish(job, result, error))

    def _begin(self, job: Job, worker: "_Worker") -> Job:
        self._open.add(job)
        worker.jobs.put(job)
        self.started.emit(job)
        return job

    def _finish(self, job: Job, result: Any, error: Exception | None) -> None:
        self._open.discard(job)
        self.ended.emit(job)
        if job.cancelled or not isValid(job.owner):
            return
        if error is None:
            job.then(result)
        elif job.failed:
            job.failed(error)
        elif not isinstance(error, Cancelled):
            messages.show(error, job.owner if isinstance(job.owner, QWidget) else None)


class _Worker:
    """A thread that takes jobs in turn; the store keeps a connection for each thread."""

    def __init__(self, name: str, owner: Jobs) -> None:
        self.jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._owner = owner
        self._thread = threading.Thread(target=self._take, name=name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self.jobs.put(None)
        self._thread.join(timeout=_LAST_WAIT)

    def _take(self) -> None:
        while (job := self.jobs.get()) is not None:
            result, error = None, None
            try:
                if job.stopped:
                    raise Cancelled
                result = job.work(job)
            except Exception as caught:  # the edge: whatever it is, the window must hear of it
                error = caught
            self._owner.finish(job, result, error)


def _call(call: Callable[[], None]) -> None:
    call()


_REPORT_EVERY = 0.05
_LAST_WAIT = 10.0
