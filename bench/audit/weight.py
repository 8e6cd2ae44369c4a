"""What a reader's browser loads on every page: how much, from whom, and what it complains about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Request, Route

from bench.audit.newsroom import Newsroom, Page, say
from tests.browsing import chromium

# Bytes that a page of this kind, as it is sent, may not reach.
MOST = {"story": 60_000}
TEXT = ("document", "stylesheet", "script", "font")
SCROLL = (
    "async () => { for (let y = 0; y < document.body.scrollHeight; y += 500) {"
    " scrollTo(0, y); await new Promise((done) => setTimeout(done, 20)) } }"
)


@dataclass
class Visit:
    """`sizes` and `files`: bytes of bodies as they were sent, by kind of file and by file."""

    page: Page
    sizes: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)

    @property
    def weight(self) -> int:
        return sum(size for kind, size in self.sizes.items() if kind != "image")


def audit(room: Newsroom) -> list[str]:
    """Prints a line for each kind of page. Out: a sentence for each failure."""
    say("weight …")
    with chromium() as browser:
        visits = [visit(browser, room, page) for page in room.pages]
    print(f"{'heaviest of a kind, bytes':<48}{'total':>8}", *(f"{kind:>12}" for kind in TEXT))
    failures = [text for it in visits for text in it.complaints]
    for kind in dict.fromkeys(page.kind for page in room.pages):
        most = max((it for it in visits if it.page.kind == kind), key=lambda it: it.weight)
        name = f"{kind} {most.page.address}"[:47]
        print(f"{name:<48}{most.weight:>8}", *(f"{most.sizes[it]:>12}" for it in TEXT))
        if kind in MOST and most.weight >= MOST[kind]:
            print(*(f"  {size:>8} {file}" for file, size in most.files.most_common()), sep="\n")
            failures.append(
                f"  {most.page.address}: {most.weight} bytes, {MOST[kind]} are too many"
            )
    print(f"weight: {len(visits)} pages, {len(failures)} failures", *failures, sep="\n")
    return failures


def visit(browser: Browser, room: Newsroom, page: Page) -> Visit:
    """Open a page in a browser that has seen nothing yet, and scroll to its end."""
    found, requests = Visit(page), list[Request]()
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    tab = context.new_page()
    own = room.url + page.address

    def complain(text: str) -> None:
        found.complaints.append(f"  {page.address}: {text}")

    def on_message(message: Any) -> None:
        expected = page.status != 200 and message.location.get("url") == own
        if message.type in ("error", "warning") and not expected:
            complain(f"console: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((f"{room.url}/", "data:", "blob:")):
            complain(f"third party: {request.url}")

    def on_answer(request: Request) -> None:
        requests.append(request)
        answer = request.response()
        if answer and answer.status >= 400 and request.url != own:
            complain(f"{answer.status}: {request.url}")

    tab.on("console", on_message)
    tab.on("pageerror", lambda error: complain(f"script: {error}"))
    tab.on("request", on_request)
    tab.on("requestfinished", on_answer)
    tab.on("requestfailed", lambda it: complain(f"failed: {it.url} ({it.failure})"))
    if page.html:
        tab.route(own, lambda route: fulfil(route, page))
    tab.goto(own, wait_until="networkidle")
    tab.evaluate(SCROLL)
    tab.wait_for_load_state("networkidle")
    for request in requests:
        if request.url.startswith(room.url):
            size = max(0, request.sizes()["responseBodySize"])
            found.sizes[request.resource_type] += size
            if request.resource_type != "image":
                found.files[request.url.removeprefix(room.url)] += size
    context.close()
    return found


def fulfil(route: Route, page: Page) -> None:
    headers = {"Content-Type": "text/html; charset=utf-8"}
    if page.policy:
        headers["Content-Security-Policy"] = page.policy
    route.fulfill(status=page.status, headers=headers, body=page.html)
