"""`make bench`: Dateline beside a stock Wagtail project of the same content. See README.md."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
from content import Content
from server import Server
from table import table
from targets import Page, targets

BENCH = Path(__file__).resolve().parent
WARM_UP_SECONDS = 1


class Project:
    """One of the two: its own database and folder, filled, counted, served, asked."""

    def __init__(
        self, name: str, folder: Path, settings: str, fill: str, wsgi: str, **asked: str
    ) -> None:
        self.name, self.fill, self.wsgi, self.asked = name, fill, wsgi, asked
        folder.mkdir()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": f"{BENCH.parent if name == 'dateline' else ''}:{BENCH}:{folder}",
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "BASE_URL": f"http://localhost:{self.port}",
            "DEBUG": "false",
            "CACHE_URL": "",
            "SECRET_KEY": secrets.token_urlsafe(50),
        }

    def script(self, name: str, *arguments: str) -> Any:
        """Run a script of this folder within the project. Out: the JSON that it prints."""
        return run(self.env, name, *arguments)

    def start(self, stack: ExitStack, content: Content) -> None:
        """Fill, count queries, serve, check. What is started or made ends with the stack."""
        if url := os.environ.get("DATABASE_URL"):
            self.env["DATABASE_URL"] = own_database(stack, url, self.name)
        say(f"{self.name}: {len(content.stories)} stories …")
        ids = self.script(self.fill, str(len(content.stories)))
        self.targets = targets(content, ids, **self.asked)
        self.queries = {
            name: max(self.script("queries.py", str(self.port), *(page.path for page in pages)))
            for name, pages in self.targets.items()
        }
        self.server = Server(self.wsgi, self.port, BENCH, self.env)
        stack.callback(self.server.stop)
        for pages in self.targets.values():
            for page in pages:
                self.check(page)

    def check(self, page: Page) -> None:
        status, body = self.server.get(page.path)
        if status != 200 or page.missing(body):
            sys.exit(
                f"{self.name}: {page.path} answers {status} and misses {page.missing(body)} "
                f"of {page.least} headlines, so there is nothing to compare."
            )


def run(env: dict[str, str], script: str, *arguments: str) -> Any:
    command = [sys.executable, str(BENCH / script), *arguments]
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"{script} ended with {done.returncode}.")
    return json.loads(done.stdout.splitlines()[-1])


def own_database(stack: ExitStack, url: str, name: str) -> str:
    """Create a database on the server of `url`, dropped with the stack. Out: its URL."""
    name = "dateline_bench" if name == "dateline" else "dateline_bench_stock"
    connection = stack.enter_context(psycopg.connect(url, autocommit=True))
    connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    connection.execute(f"CREATE DATABASE {name}")
    stack.callback(connection.execute, f"DROP DATABASE {name} WITH (FORCE)")
    return f"{url.rpartition('/')[0]}/{name}"


def measure(server: Server, paths: list[str], options: argparse.Namespace) -> dict[str, float]:
    """Load on one server. Out: what load.py says, requests/s, CPU ms a request (server, database)."""

    def load(seconds: float) -> Any:
        arguments = (str(server.port), str(seconds), str(options.connections), *paths)
        return run(dict(os.environ), "load.py", *arguments)

    load(WARM_UP_SECONDS)
    before = server.cpu()
    measured = load(options.seconds)
    spent = [
        1000 * (b - a) / measured["requests"] for a, b in zip(before, server.cpu(), strict=True)
    ]
    if measured["errors"]:
        sys.exit(f"{measured['errors']} answers to {paths[0]} were not 200.")
    return measured | {
        "rate": measured["requests"] / measured["seconds"],
        "cpu": sum(spent),
        "cpu_database": spent[1],
        "kilobytes": measured["bytes"] / 1000,
    }


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=5, help="of load on each target")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--json", type=Path, help="write the numbers to this file too")
    options = parser.parse_args()
    content = Content(options.stories)
    heading = (
        f"{options.stories} stories, {'PostgreSQL' if 'DATABASE_URL' in os.environ else 'SQLite'}, "
        f"Granian with 1 worker of 4 threads, {options.connections} connections, "
        f"{options.seconds:g} s a target; load average before: {os.getloadavg()[0]:.1f} on "
        f"{os.cpu_count()} CPUs. CPU is user and system, server and database, a request."
    )
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dateline-bench-")))
        ours = Project(
            *("dateline", folder / "dateline", "cms.settings.dev", "fill_dateline.py"),
            "cms.wsgi:application",
            **{"model": "news.ArticlePage", "query": "q", "date": "published_at"},
        )
        stock = Project(
            *("stock", folder / "stock", "stock.settings", "fill_stock.py"),
            "stock.wsgi:application",
            **{"model": "stock.ArticlePage", "query": "query", "date": "first_published_at"},
        )
        for project in (ours, stock):
            project.start(stack, content)
        results: dict[str, Any] = {}
        for target in ours.targets:
            say(f"{target} …")
            results[target] = {
                project.name: measure(
                    project.server, [page.path for page in project.targets[target]], options
                )
                | {"queries": project.queries[target]}
                for project in (ours, stock)
            }
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        constant = Server("constant:application", port, BENCH, dict(os.environ))
        stack.callback(constant.stop)
        constant.get("/1")
        for kilobytes in ("1", "30"):
            results[f"constant, {kilobytes} kB"] = {
                "constant": measure(constant, [f"/{kilobytes}"], options)
            }
    print(heading)
    print(table(results))
    if options.json:
        options.json.write_text(json.dumps({"conditions": heading, "targets": results}, indent=1))


if __name__ == "__main__":
    main()
