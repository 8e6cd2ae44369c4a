"""Every page and admin screen that matters, as pictures: `make screenshots`.

In: a folder. The demo newsroom is made anew in a temporary place and served from there.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browsing import chromium
from tests.server import Server, forget_prepared

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")

PAGES = {
    "front": "/",
    "feed": "/news/",
    "section": "/news/city/",
    "tag": "/news/tag/city-council/",
    "story": "/news/coast-and-delta/old-mole-dredging-halted/",
    "story-interview": "/news/culture-and-ideas/school-of-sound/",
    "story-boxes": "/news/city/nineteen-weeks-without-a-lift/",
    "opinion": "/news/culture-and-ideas/praise-of-the-timetable/",
    "authors": "/authors/",
    "author": "/authors/maren-holubets/",
    "standard": "/principles/",
    "search": "/search/?q=harbour",
    "search-empty": "/search/?q=nosuchword",
    "not-found": "/nothing-here/",
    "bad-request": "/news/?before=abc",
    "front-uk": "/uk/",
}

SCREENS = {
    "reporter": {"home": "/admin/", "new-story": "/admin/pages/add/news/articlepage/{news}/"},
    "editor": {
        "home": "/admin/",
        "stories": "/admin/pages/{news}/",
        "draft-links": "/admin/stories/{story}/links/",
        "record": "/admin/stories/{story}/record/",
    },
    "managing": {
        "home": "/admin/",
        "front-page": "/admin/pages/{home}/edit/",
        "publication": "/admin/settings/cms/publicationsettings/1/",
        "tags": "/admin/snippets/news/tag/",
        "images": "/admin/images/",
    },
    "admin": {"people": "/admin/users/", "desk": "/admin/settings/news/desksettings/1/"},
}


def shoot(page: Page, address: str, file: Path) -> None:
    page.goto(address, wait_until="networkidle")
    # Pictures further down load when they come near.
    page.evaluate(
        "async () => { for (let y = 0; y < document.body.scrollHeight; y += 500) {"
        " scrollTo(0, y); await new Promise((done) => setTimeout(done, 40)) } scrollTo(0, 0) }"
    )
    page.screenshot(path=file, full_page=True)
    print(file)


def sign_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", "dateline")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site}/admin/")


def shoot_all(browser: Browser, server: Server, folder: Path) -> None:
    ids = {}
    for name, path in {"home": "/", "news": "/news/", "story": PAGES["story"]}.items():
        page = browser.new_page()
        found = page.goto(f"{server.url}/api/v2/pages/find/?html_path={path}&format=json")
        ids[name] = found.json()["id"] if found else ""
    for width in WIDTHS:
        for scheme in SCHEMES:
            look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
            page = browser.new_context(**look).new_page()
            for name, path in PAGES.items():
                shoot(page, server.url + path, folder / f"{name}-{width}-{scheme}.png")
            for person, screens in SCREENS.items():
                page = browser.new_context(**look).new_page()
                sign_in(page, server.url, person)
                for name, path in screens.items():
                    file = folder / f"admin-{person}-{name}-{width}-{scheme}.png"
                    shoot(page, server.url + path.format(**ids), file)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, chromium() as browser:
        server = Server(Path(data))
        server.start("--demo")
        try:
            shoot_all(browser, server, folder)
        finally:
            server.stop()
            forget_prepared()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
