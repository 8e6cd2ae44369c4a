"""Work that is done again and again beside the web: each kind in a thread of its own.

Each app registers its jobs in its `signal_handlers.py`; web processes and `manage.py clock` run
them.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

logger = logging.getLogger(__name__)


class Unavailable(Exception):
    """What the work needs does not answer. In: what it is, and why."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(reason)
        self.what = what


@dataclass(frozen=True)
class Job:
    """`work` gets an event that asks it to end early, and says how much it did."""

    name: str
    work: Callable[[threading.Event], int]
    result: str

    def run(self, stop: threading.Event) -> None:
        """Work every CLOCK_INTERVAL seconds until `stop` is set.

        What is away is logged once, and waited for.
        """
        trouble: Exception | None = None
        while not stop.is_set():
            close_old_connections()
            try:
                done = self.work(stop)
            except Exception as error:
                self.log(error, trouble)
                trouble = error
            else:
                # A round that had nothing to do has not met what was away.
                if trouble and (done or not isinstance(trouble, Unavailable)):
                    logger.warning("The %s runs again.", self.name)
                    trouble = None
                if done:
                    logger.info("The %s %s.", self.name, self.result % done)
            stop.wait(settings.CLOCK_INTERVAL)
        connection.close()

    def log(self, error: Exception, before: Exception | None) -> None:
        """Say what the matter is, unless it is what it was before."""
        if unavailable_part(error):
            if before is None or unavailable_part(before) != unavailable_part(error):
                reason = (str(error).strip() or type(error).__name__).partition("\n")[0]
                logger.error("The %s waits for %s: %s", self.name, unavailable_part(error), reason)
        elif repr(before) != repr(error):
            logger.error("The %s failed and tries again", self.name, exc_info=error)


def unavailable_part(error: Exception) -> str:
    """What does not answer; empty where the error is of another kind."""
    if isinstance(error, DatabaseError | InterfaceError):
        return "the database"
    return error.what if isinstance(error, Unavailable) else ""


_jobs: list[Job] = []
_started: set[int] = set()


def register_job(job: Job) -> None:
    _jobs.append(job)


def job_threads(stop: threading.Event) -> list[threading.Thread]:
    """One for each kind of work, to be started."""
    return [
        threading.Thread(target=job.run, args=(stop,), name=job.name, daemon=True) for job in _jobs
    ]


def start_jobs() -> None:
    """Run all jobs beside this process. Called again in the same process, does nothing."""
    if os.getpid() not in _started:
        _started.add(os.getpid())
        for thread in job_threads(threading.Event()):
            thread.start()
