"""The demo newsroom as its readers meet it, and every kind of page that it has for them."""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from tests.server import Server, forget_prepared

SETTLE_SECONDS, QUIET_SECONDS = 180, 6
# Written beside the demo, so that lists go on on a second page.
MORE_STORIES = 30


@dataclass(frozen=True)
class Page:
    """`kind` names the template. `html` and `policy` of a page that no address leads to: what its
    address would answer, and the Content-Security-Policy it is sent with."""

    kind: str
    address: str
    status: int = 200
    html: str = ""
    policy: str = ""


@dataclass
class Newsroom:
    url: str
    pages: list[Page] = field(default_factory=list)

    def html(self, page: Page) -> str:
        """What a page answers. Raises ValueError if its status is another than expected."""
        if page.html:
            return page.html
        try:
            with urllib.request.urlopen(self.url + page.address, timeout=60) as answer:  # noqa: S310
                status, body = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, body = error.code, error.read()
        if status != page.status:
            raise ValueError(f"{page.address} answers {status}, not {page.status}.")
        return str(body.decode())

    def first(self, *kinds: str) -> list[Page]:
        """The first page of each kind."""
        return [next(page for page in self.pages if page.kind == kind) for kind in kinds]


@contextmanager
def newsroom() -> Iterator[Newsroom]:
    """The product on a port of its own, with the demo in a folder of its own, until the end."""
    with tempfile.TemporaryDirectory(prefix="dateline-audit-") as data:
        server = Server(Path(data))
        say("making the demo newsroom …")
        try:
            server.start("--demo")
            told = server.manage(
                "shell", "-v0", "-c", "from bench.audit.ask import answer; answer()"
            )
            server.manage("seed_demo", "--articles", str(MORE_STORIES))
            room = Newsroom(server.url)
            room.pages = list(pages(room, json.loads(told.splitlines()[-1])))
            for page in room.pages:
                room.html(page)
            settle(server.data / "media")
            yield room
        finally:
            if hasattr(server, "process"):
                server.stop()
            forget_prepared()


def pages(room: Newsroom, told: dict[str, Any]) -> Iterator[Page]:
    """In: what ask.py has printed."""
    yield Page("front", "/")
    yield Page("feed", "/news/")
    for kind in ("story", "section", "author"):
        every = told[{"story": "stories", "section": "sections", "author": "authors"}[kind]]
        for found in every.values():
            yield from (Page(kind, address) for address in found)
    yield Page("front", "/uk/")
    yield Page("feed", "/uk/news/")
    yield Page("second page", second(room.html(Page("feed", "/news/"))))
    yield Page("tag", "/news/tag/city-council/")
    yield Page("authors", "/authors/")
    yield Page("authors", "/uk/authors/")
    yield Page("standard", "/principles/")
    for address in ("/search/", "/search/?q=harbour", "/search/?q=nosuchword", "/uk/search/"):
        yield Page("search", address)
    yield Page("draft", told["drafts"]["open"])
    yield Page("draft ended", told["drafts"]["ended"], 410)
    yield Page("400", "/news/?before=abc", 400)
    yield Page("404", "/nothing-here/", 404)
    yield Page("404", "/uk/nothing-here/", 404)
    for status, answer in told["rendered"].items():
        yield Page(status, f"/{status}-as-rendered/", int(status), **answer)


def second(html: str) -> str:
    """Out: where a listing goes on."""
    found = re.search(r'href="([^"]*\?before=[^"]*)"', html)
    if found is None:
        sys.exit("/news/ has no second page.")
    link = unescape(found[1])
    return f"/news/{link}" if link.startswith("?") else link


def settle(folder: Path) -> None:
    """Wait until no picture is made any more: they come in the background."""
    deadline = time.monotonic() + SETTLE_SECONDS
    number, since = -1, time.monotonic()
    while time.monotonic() < deadline:
        now = sum(1 for _ in folder.rglob("*"))
        if now != number:
            number, since = now, time.monotonic()
        elif time.monotonic() - since > QUIET_SECONDS:
            return
        time.sleep(0.5)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
