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
from tests.builders import a_story
a_story("Due soon", slug="due-soon", live=False, go_live_at=timezone.now() + timedelta(seconds=4))
story = __import__("news.models").models.ArticlePage.objects.get(slug="due-soon")
story.get_latest_revision().publish(skip_permission_checks=True)
assert not story.live
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


def test_the_clock_publishes_what_is_due(server: Server) -> None:
    server.manage("shell", "-v0", "-c", SCHEDULE)
    address = f"{server.url}/news/due-soon/"
    assert get(address)[0] == 404
    deadline = time.monotonic() + 4 + 10
    while get(address)[0] != 200:
        assert time.monotonic() < deadline, "not public within 10 s of its time"
        time.sleep(0.3)


def test_a_killed_part_comes_back(server: Server) -> None:
    [clock] = [pid for pid, name in children_of(server.process.pid).items() if "clock" in name]
    os.kill(clock, signal.SIGKILL)
    deadline = time.monotonic() + 15
    while True:
        parts = children_of(server.process.pid)
        if clock not in parts and sum("clock" in name for name in parts.values()) == 1:
            break
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert get(server.url + "/")[0] == 200


def test_it_stops_cleanly_leaves_nobody_behind_and_keeps_its_data(server: Server) -> None:
    parts = children_of(server.process.pid)
    assert server.stop() == 0
    assert not [pid for pid in parts if Path(f"/proc/{pid}").exists()]
    server.start()
    assert get(f"{server.url}/news/due-soon/")[0] == 200
