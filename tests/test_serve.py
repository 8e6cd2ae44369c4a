"""`serve` as a process: it starts, heals, keeps its data and stops; the clock publishes."""

from __future__ import annotations

import os
import re
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import Server

pytestmark = pytest.mark.static

SCHEDULE = """
from datetime import timedelta
from django.utils import timezone
from tests.builders import a_page
page = a_page("Due", slug="{slug}", live=False, go_live_at=timezone.now() + timedelta(seconds=4))
page.get_latest_revision().publish(skip_permission_checks=True)
page.refresh_from_db()
assert not page.live
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("newsroom"))
    server.start()
    yield server
    if server.process.poll() is None:
        server.stop()


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


def children_of(pid: int) -> dict[int, str]:
    """Process ids and command lines of a process's children."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == pid:
                child = int(stat.parent.name)
                found[child] = (stat.parent / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
    return found


def test_it_serves_an_empty_newsroom(server: Server) -> None:
    for path in ("/", "/news/", "/authors/", "/search/", "/healthz", "/readyz", "/admin/login/"):
        assert get(server.url + path)[0] == 200, path
    assert get(server.url + "/nothing-here/")[0] == 404


def test_static_files_are_hashed_compressed_and_immutable(server: Server) -> None:
    _status, page = get(server.url + "/")
    path = re.search(r'href="(/static/css/[^"]+\.css)"', page)
    assert path is not None
    assert re.search(r"\.[0-9a-f]{12}\.css$", path[1])
    request = urllib.request.Request(server.url + path[1], headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert "immutable" in answer.headers["Cache-Control"]


def workers_of(server: Server) -> set[int]:
    """Process ids of the web workers: children of the one child."""
    [web] = children_of(server.process.pid)
    return {pid for pid, name in children_of(web).items() if "granian" in name}


def publishes_on_time(server: Server, slug: str) -> None:
    server.manage("shell", "-v0", "-c", SCHEDULE.format(slug=slug))
    address = f"{server.url}/{slug}/"
    assert get(address)[0] == 404
    deadline = time.monotonic() + 4 + 10
    while get(address)[0] != 200:
        assert time.monotonic() < deadline, "not public within 10 s of its time"
        time.sleep(0.3)


def test_web_workers_publish_what_is_due(server: Server) -> None:
    publishes_on_time(server, "due-soon")


def test_killed_workers_come_back_with_their_clocks(server: Server) -> None:
    before = workers_of(server)
    assert len(before) == 2
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 15
    while len(workers_of(server) - before) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    publishes_on_time(server, "due-later")


def test_it_stops_cleanly_leaves_nobody_behind_and_keeps_its_data(server: Server) -> None:
    parts = {*children_of(server.process.pid), *workers_of(server)}
    assert server.stop() == 0
    assert not [pid for pid in parts if Path(f"/proc/{pid}").exists()]
    server.start()
    assert get(f"{server.url}/due-soon/")[0] == 200
