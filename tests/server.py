"""The product as its users run it: `serve` in a process of its own, with data of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
START_SECONDS = 240
# The same for all processes of one run of the tests.
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
PREPARED = Path(tempfile.gettempdir()) / f"dateline-{RUN}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A newsroom on http://localhost:<port>, with `data` as its DATA_DIR."""

    def __init__(self, data: Path, port: int | None = None) -> None:
        self.data = data
        self.port = port or free_port()
        self.url = f"http://localhost:{self.port}"
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "CACHE_URL", "DJANGO_SETTINGS_MODULE", "BASE_URL"}
        } | {
            "DATA_DIR": str(data),
            "PORT": str(self.port),
            "DEBUG": "false",
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        }

    def manage(self, *arguments: str) -> str:
        """Run `manage.py`; out: what it printed. Raises if it fails."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def start(self, *arguments: str) -> None:
        shutil.copytree(prepared() / "static", self.data / "static", dirs_exist_ok=True)
        self.log = (self.data / "server.log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(self.port), *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/readyz", timeout=5).close()
                return
            except (urllib.error.URLError, ConnectionError):
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise
                time.sleep(0.2)

    def stop(self) -> int:
        """Out: the exit code after a polite request to stop."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=20)
        self.log.close()
        return code


def prepared() -> Path:
    """A DATA_DIR with static files and an empty newsroom, made once in a run: to be copied."""
    PREPARED.mkdir(exist_ok=True)
    with (PREPARED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        data, done = PREPARED / "data", PREPARED / "done"
        if not done.exists():
            data.mkdir()
            server = Server(data)
            server.manage("migrate", "-v0")
            server.manage("setup_newsroom")
            server.manage("collectstatic", "--noinput", "-v0")
            done.touch()
    return data


def forget_prepared() -> None:
    shutil.rmtree(PREPARED, ignore_errors=True)


@contextmanager
def newsroom(data: Path, prepare: str) -> Iterator[tuple[Server, str]]:
    """In: a folder, and what `manage.py shell` runs first. Out: the newsroom while it is served,
    and what was printed.
    """
    shutil.copytree(prepared(), data, dirs_exist_ok=True)
    server = Server(data)
    printed = server.manage("shell", "-v0", "-c", prepare)
    server.start()
    yield server, printed
    assert server.stop() == 0
