"""The pictures of docs/editors.md, made anew: `make docs-images`.

In: a folder. A demo newsroom with one more day in it is made in a temporary place and served from
there. A screen that does not exist yet is left out and named.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browsing import chromium
from tests.screenshots import sign_in
from tests.server import Server, forget_prepared, prepared

LOOK = {"viewport": {"width": 1280, "height": 860}, "color_scheme": "light"}
COLOURS = 128
MOST_BYTES = 120_000


@dataclass(frozen=True)
class Screen:
    """`there`: what the page shows if it is the screen that is meant; `act`: what to do first."""

    person: str
    address: str
    there: str
    act: Callable[[Page], None] | None = None


def show_hints(page: Page) -> None:
    page.locator("#story-advice").evaluate("it => it.scrollIntoView({block: 'center'})")


def open_the_dialog(page: Page) -> None:
    footer = page.locator("footer")
    footer.get_by_role("button", name="Sign and Publish").click()
    page.locator(".modal-dialog .button-longrunning").wait_for()


SCREENS = {
    "board": Screen("editor", "/admin/", "#board"),
    "write": Screen("reporter", "/admin/pages/{draft}/edit/", "#story-advice", show_hints),
    "read": Screen("editor", "/admin/stories/{desk}/read/", ".reading-part"),
    "sign": Screen(
        "managing", "/admin/pages/{publication}/edit/", "#page-edit-form", open_the_dialog
    ),
    "front": Screen("managing", "/admin/front/", "main form"),
    "record": Screen("editor", "/admin/stories/{story}/record/", ".record"),
}


def shoot(browser: Browser, site: str, screen: Screen, address: str) -> Image.Image | None:
    """The picture of a screen; None where there is no such screen."""
    page = browser.new_context(**LOOK).new_page()
    sign_in(page, site, screen.person)
    answer = page.goto(site + address, wait_until="networkidle")
    if answer is None or not answer.ok or not page.locator(screen.there).first.is_visible():
        return None
    if screen.act:
        screen.act(page)
        page.wait_for_timeout(800)
    return Image.open(io.BytesIO(page.screenshot()))


def save(picture: Image.Image, file: Path) -> None:
    """A small PNG: a screen has few colours."""
    picture.convert("RGB").quantize(COLOURS).save(file, optimize=True)
    if file.stat().st_size > MOST_BYTES:
        raise ValueError(f"{file} is larger than {MOST_BYTES} bytes.")


def main(folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, chromium() as browser:
        shutil.copytree(prepared(), data, dirs_exist_ok=True)
        server = Server(Path(data))
        server.manage("seed_demo")
        server.start()
        printed = server.manage("shell", "-v0", "-c", "from tests.docs_day import make; make()")
        ids = json.loads(printed)
        try:
            for name in names or SCREENS:
                screen = SCREENS[name]
                picture = shoot(browser, server.url, screen, screen.address.format(**ids))
                if picture is None:
                    print(f"{name}: there is no such screen")
                    continue
                save(picture, folder / f"{name}.png")
                print(folder / f"{name}.png")
        finally:
            server.stop()
            forget_prepared()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
