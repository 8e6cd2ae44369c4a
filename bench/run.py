"""`make bench`: Dateline beside a stock Wagtail project of the same content. See README.md."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import Any

import psycopg
from content import Content
from server import BENCH, Server, free_port
from table import table
from targets import Page, targets

WARM_UP_SECONDS = 1
DATABASES = {"dateline": "dateline_bench", "stock": "dateline_bench_stock"}
SETTINGS = {"dateline": "cms.settings.dev", "stock": "stock.settings"}
APPLICATIONS = {"dateline": "cms.wsgi:application", "stock": "stock.wsgi:application"}
PUBLISHED = 23
MODELS = {"dateline": "news.models", "stock": "stock.models"}
API = {
    "dateline": {"model": "news.ArticlePage", "query": "q", "date": "published_at"},
    "stock": {"model": "stock.ArticlePage", "query": "query", "date": "first_published_at"},
}


class Project:
    """One of the two in its own folder and database: filled, counted, served, checked.

    What is started or made ends with the stack.
    """

    def __init__(self, name: str, folder: Path, content: Content, stack: ExitStack) -> None:
        self.name, port = name, free_port()
        folder.mkdir()
        self.env = os.environ | {
            "DJANGO_SETTINGS_MODULE": SETTINGS[name],
            "PYTHONPATH": f"{BENCH.parent if name == 'dateline' else BENCH}:{BENCH}:{folder}",
            "DATA_DIR": str(folder),
            "PORT": str(port),
            "BASE_URL": f"http://localhost:{port}",
            "DEBUG": "false",
            "CACHE_URL": "",
            "SECRET_KEY": secrets.token_urlsafe(50),
        }
        if url := os.environ.get("DATABASE_URL"):
            self.env["DATABASE_URL"] = own_database(stack, url, DATABASES[name])
        say(f"{name}: writing {len(content.stories)} stories …")
        ids = run(self.env, f"fill_{name}.py", str(len(content.stories)))
        self.targets = targets(content, ids, **API[name])
        self.queries = {
            target: max(run(self.env, "queries.py", str(port), *(page.path for page in pages)))
            for target, pages in self.targets.items()
        }
        self.ids = ids
        self.server = Server(APPLICATIONS[name], port, self.env, stack)
        for page in chain.from_iterable(self.targets.values()):
            self.check(page)

    def check(self, page: Page) -> None:
        status, body = self.server.get(page.path)
        if status != 200 or page.missing(body):
            sys.exit(
                f"{self.name}: {page.path} answers {status} and misses {page.missing(body)} "
                f"of {page.least} headlines, so there is nothing to compare."
            )

    def publish(self) -> dict[str, float]:
        """What one publication costs, while nothing else runs."""
        ids = [str(pk) for pk in self.ids[:PUBLISHED]]
        return run(self.env, "publish.py", MODELS[self.name], *ids)

    def measure(self, target: str, load: list[str]) -> dict[str, float]:
        paths = [page.path for page in self.targets[target]]
        return measure(self.server, paths, *load) | {"queries": self.queries[target]}


def run(env: dict[str, str], script: str, *arguments: str) -> Any:
    """Run a script of this folder. Out: the JSON that is the last line it prints."""
    command = [sys.executable, str(BENCH / script), *arguments]
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"{script} ended with {done.returncode}.")
    return json.loads(done.stdout.splitlines()[-1])


def own_database(stack: ExitStack, url: str, name: str) -> str:
    """Create a database on the server of `url`, dropped with the stack. Out: its URL."""
    connection = stack.enter_context(psycopg.connect(url, autocommit=True))
    connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    connection.execute(f"CREATE DATABASE {name}")
    stack.callback(connection.execute, f"DROP DATABASE {name} WITH (FORCE)")
    return f"{url.rpartition('/')[0]}/{name}"


def measure(server: Server, paths: list[str], seconds: str, connections: str) -> dict[str, float]:
    """Out: what load.py says, requests/s (`rate`), CPU ms a request (`cpu`, of it the database)."""
    port, env = str(server.port), dict(os.environ)
    run(env, "load.py", port, str(WARM_UP_SECONDS), connections, *paths)
    before = server.cpu()
    found = run(env, "load.py", port, seconds, connections, *paths)
    spent = [1000 * (b - a) / found["requests"] for a, b in zip(before, server.cpu(), strict=True)]
    if found["errors"]:
        sys.exit(f"{found['errors']} answers to {paths[0]} were not 200.")
    rate = found["requests"] / found["seconds"]
    return found | {"rate": rate, "cpu": sum(spent), "cpu_database": spent[1]}


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=5, help="of load on each target")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--json", type=Path, help="write the numbers to this file too")
    options = parser.parse_args()
    database = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    conditions = (
        f"{options.stories} stories, {database}, Granian with 1 worker of 4 threads, "
        f"{options.connections} connections, {options.seconds:g} s a target; "
        f"load average before {os.getloadavg()[0]:.1f} on {os.cpu_count()} CPUs.\n"
    )
    content, load = Content(options.stories), [str(options.seconds), str(options.connections)]
    results: dict[str, Any] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dateline-bench-")))
        projects = [Project(name, folder / name, content, stack) for name in API]
        for target in projects[0].targets:
            say(f"{target} …")
            results[target] = {each.name: each.measure(target, load) for each in projects}
        say("publishing …")
        published = {each.name: each.publish() for each in projects}
        constant = Server("constant:application", free_port(), dict(os.environ), stack)
        for path in ("/1", "/30"):
            constant.get(path)
            results[f"constant {path[1:]} kB"] = {"constant": measure(constant, [path], *load)}
    print(conditions, table(results), *map(line, published.items()), sep="\n")
    if options.json:
        every = {"conditions": conditions, **results, "publish": published}
        options.json.write_text(json.dumps(every, indent=1))


def line(published: tuple[str, dict[str, float]]) -> str:
    name, cost = published
    return f"one publication, {name}: {cost['cpu']:.1f} CPU ms, {cost['queries']} queries"


if __name__ == "__main__":
    main()
