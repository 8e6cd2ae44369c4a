from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from cms import clock

ENDS = {signal.SIGTERM, signal.SIGINT}


class Command(BaseCommand):
    help = "Publish and expire what is due, again and again until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        # The clock runs beside this thread, which only waits: a signal handler that sets an
        # event may meet its own thread holding the event's lock.
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
        stop = threading.Event()
        loop = threading.Thread(target=clock.run, args=(stop,), name="clock")
        loop.start()
        signal.sigwait(ENDS)
        stop.set()
        loop.join()
