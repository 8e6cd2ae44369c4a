"""A Granian of ours, and the CPU time that it and its database spend."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

BENCH = Path(__file__).resolve().parent
# As in cms/management/commands/serve.py, but one worker, so that CPU a request compares.
FLAGS = (
    *("--interface", "wsgi", "--host", "127.0.0.1", "--workers", "1", "--blocking-threads", "4"),
    *("--respawn-failed-workers", "--workers-kill-timeout", "20", "--backpressure", "128"),
    *("--no-ws", "--log-level", "warning"),
)
START_SECONDS = 60
TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


class Server:
    """One application in Granian on a port of this machine, until the stack ends."""

    def __init__(self, target: str, port: int, env: dict[str, str], stack: ExitStack) -> None:
        self.port = port
        self.database = env.get("DATABASE_URL", "").rpartition("/")[2]
        granian = str(Path(sys.executable).with_name("granian"))
        command = [granian, *FLAGS, "--port", str(port), target]
        self.process = subprocess.Popen(command, cwd=BENCH, env=env)  # noqa: S603 - our own
        stack.callback(self.process.wait)
        stack.callback(self.process.terminate)

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of one answer. Waits for a server that has just been started."""
        headers = {"Host": f"localhost:{self.port}"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - http
                    return answer.status, answer.read().decode()
            except urllib.error.HTTPError as error:
                return error.code, error.read().decode(errors="replace")
            except OSError as error:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    sys.exit(f"The server on port {self.port} does not answer: {error}")
                time.sleep(0.2)

    def cpu(self) -> tuple[float, float]:
        """CPU seconds, user and system, so far: of the server, of its PostgreSQL backends."""
        parents, spent, backends = {}, {}, 0.0
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                name = (folder / "cmdline").read_text()
            except OSError:
                continue
            pid, parent, ticks = int(folder.name), int(fields[1]), int(fields[11]) + int(fields[12])
            parents[pid], spent[pid] = parent, ticks / TICK
            if self.database and name.startswith("postgres:") and f" {self.database} " in name:
                backends += spent[pid]
        tree = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in tree} - tree:
            tree |= more
        return sum(spent.get(pid, 0) for pid in tree), backends
