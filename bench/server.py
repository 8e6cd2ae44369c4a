"""A Granian of ours, and the CPU time that it and its database spend."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

# As in cms/management/commands/serve.py, but one worker, so that CPU per request compares.
FLAGS = (
    *("--interface", "wsgi", "--host", "127.0.0.1", "--workers", "1", "--blocking-threads", "4"),
    *("--respawn-failed-workers", "--workers-kill-timeout", "20", "--backpressure", "128"),
    *("--no-ws", "--log-level", "warning"),
)
START_SECONDS = 60
TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """One application in Granian on a port of this machine, until `stop()`."""

    def __init__(self, application: str, port: int, cwd: Path, env: dict[str, str]) -> None:
        self.port = port
        self.database = env.get("DATABASE_URL", "").rpartition("/")[2]
        granian = str(Path(sys.executable).with_name("granian"))
        command = [granian, *FLAGS, "--port", str(port), application]
        self.process = subprocess.Popen(command, cwd=cwd, env=env)  # noqa: S603 - our own

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of one answer. Waits for a server that has just been started."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", headers={"Host": f"localhost:{self.port}"}
        )
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
        parents: dict[int, int] = {}
        spent: dict[int, float] = {}
        backends = 0.0
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                name = (folder / "cmdline").read_text()
            except OSError:
                continue
            pid = int(folder.name)
            parents[pid], spent[pid] = int(fields[1]), (int(fields[11]) + int(fields[12])) / TICK
            if self.database and name.startswith("postgres:") and f" {self.database} " in name:
                backends += spent[pid]
        tree = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in tree} - tree:
            tree |= more
        return sum(spent.get(pid, 0) for pid in tree), backends

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(25)
        except subprocess.TimeoutExpired:
            self.process.kill()
