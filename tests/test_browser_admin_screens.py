"""Every screen of our own in the admin: nothing that axe finds, nothing wider than a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from tests.browsing import in_a_browser, violations
from tests.desk import Colleague
from tests.server import Server, newsroom

pytestmark = in_a_browser

MAKE = """
from django.core.management import call_command
from cms.models import User
from news.desk.live_text import propose
from news.models import ArticlePage
from tests.docs_day import make
call_command("seed_demo", verbosity=0)
fixed = ArticlePage.objects.get(slug="old-mole-dredging-halted")
fixed.summary = "With the typo gone"
propose(fixed, User.objects.get(username="editor"), kind="typo", note="", reason="")
print(fixed.pk)
make()
"""
# Each screen in both widths and both schemes, not in all four pairs.
LOOKS = ((390, "dark"), (1280, "light"))
# Wagtail gives its rich text field no name of its own, in its editor as well.
OURS = {"include": ["main"], "exclude": [".Draftail-Editor"]}
SCREENS = {
    "editor": (
        "/admin/",
        "/admin/notices/",
        "/admin/stories/{desk}/read/",
        "/admin/stories/{desk}/changes/?since=look",
        "/admin/stories/{story}/changes/?since=live",
        "/admin/stories/{draft}/links/",
        "/admin/stories/{story}/record/",
        "/admin/stories/{story}/record/2/",
        "/admin/stories/{story}/fix/",
    ),
    "managing": (
        "/admin/stories/{fixed}/fix/sign/",
        "/admin/stories/{draft}/breaking/",
        "/admin/front/",
    ),
    "lawyer": ("/admin/stories/{legal}/hold/", "/admin/stories/{legal}/read/"),
    "admin": ("/admin/mails/", "/admin/settings/news/desksettings/1/"),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with newsroom(tmp_path_factory.mktemp("newsroom"), MAKE) as (server, printed):
        fixed, ids = printed.splitlines()[-2:]
        server.ids = {"fixed": int(fixed), **json.loads(ids)}
        yield server


@pytest.mark.parametrize("name", SCREENS)
def test_accessible_on_a_phone_and_a_desk_light_and_dark(
    server: Server, browser: Browser, name: str
) -> None:
    page = Colleague(browser, server.url, name, password="dateline").page
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    found = []
    for screen in SCREENS[name]:
        address = screen.format(**server.ids)
        answer = page.goto(f"{server.url}{address}")
        assert answer is not None and answer.status == 200, address
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            found += [f"{address} {width} {scheme}: {it}" for it in violations(page, OURS)]
            wide = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{address}: {wide} px on {width}"] if wide > width else []
    assert (found, complaints) == ([], [])
