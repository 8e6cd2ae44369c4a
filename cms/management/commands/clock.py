from __future__ import annotations

import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand

from cms.background.runner import job_threads

ENDS = {signal.SIGTERM, signal.SIGINT}
# Who hangs longer, on a mail server say, is left behind: the next process takes over.
GRACE_SECONDS = 15


class Command(BaseCommand):
    help = "Publish and expire what is due, and mail notices, again and again until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        # The jobs run beside this thread, which only waits: a signal handler that sets an
        # event may meet its own thread holding the event's lock.
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
        stop = threading.Event()
        threads = job_threads(stop)
        for thread in threads:
            thread.start()
        signal.sigwait(ENDS)
        stop.set()
        deadline = time.monotonic() + GRACE_SECONDS
        for thread in threads:
            thread.join(max(0, deadline - time.monotonic()))
