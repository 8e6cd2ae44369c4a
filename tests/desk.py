"""What people do in the admin, by hand, in a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

PASSWORD = "secret-pass-1"

# Counts presses of the pointer, not what a script clicks; kept from page to page.
COUNT = """addEventListener("pointerdown", (event) => {
    if (event.isTrusted) localStorage.setItem("pressed", 1 + Number(localStorage.pressed ?? 0));
}, true)"""


class Colleague:
    """One person signed in to the admin, in a browser of their own."""

    def __init__(
        self, browser: Browser, site: str, name: str, password: str = PASSWORD, **look: Any
    ) -> None:
        self.site = site
        look = {"viewport": {"width": 1280, "height": 1000}, **look}
        self.page: Page = browser.new_context(**look).new_page()
        self.page.add_init_script(COUNT)
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(f"{site}/admin/login/")
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page).to_have_url(f"{site}/admin/")

    @property
    def clicks(self) -> int:
        """How often this person has pressed the pointer since `count_from_here`."""
        return int(self.page.evaluate("Number(localStorage.pressed ?? 0)"))

    def count_from_here(self) -> None:
        self.page.evaluate("localStorage.removeItem('pressed')")

    def new(self, model: str, parent: str) -> None:
        """Open the form of a new page under the page at the address `parent`."""
        self.page.goto(f"{self.site}/admin/pages/{self.id_of(parent)}/add_subpage/")
        if not self.page.locator("#page-edit-form").is_visible():
            self.page.locator("main").get_by_role("link", name=model, exact=True).click()
        expect(self.page.locator("#page-edit-form")).to_be_visible()

    def edit(self, address: str) -> None:
        self.page.goto(f"{self.site}/admin/pages/{self.id_of(address)}/edit/")
        expect(self.page.locator("#page-edit-form")).to_be_visible()

    def id_of(self, address: str) -> int:
        """The id of the public page at an address."""
        found = self.page.goto(f"{self.site}/api/v2/pages/find/?html_path={address}&format=json")
        assert found is not None
        return int(found.json()["id"])

    def panel(self, name: str) -> Locator:
        return self.page.locator(f"#panel-child-content-{name}-section")

    def upload(self, where: Locator, title: str, alt: str, credit: str, file: Path) -> None:
        """Choose a picture that is not in the library yet."""
        where.get_by_role("button", name="Choose an image").click()
        modal = self.page.locator(".modal-dialog")
        modal.get_by_role("tab", name="Upload").click()
        form = modal.locator("#tab-upload")
        form.locator("input[type=file]").set_input_files(file)
        form.locator("[name$=title]").fill(title)
        form.locator("[name$=description]").fill(alt)
        form.locator("[name$=credit]").fill(credit)
        form.locator("button[type=submit]").click()
        expect(modal).to_be_hidden()

    def choose(self, title: str) -> None:
        """Pick a page in the chooser that is open, by searching for it."""
        modal = self.page.locator(".modal-dialog")
        modal.locator("input[name=q]").fill(title[:60])
        modal.get_by_role("link", name=title, exact=True).first.click()
        expect(modal).to_be_hidden()

    def block(self, kind: str) -> Locator:
        """Add a block at the end of the body. Out: its form."""
        body = self.panel("body")
        blocks = body.locator("[data-streamfield-child]")
        body.get_by_role("button", name="Insert a block").last.click()
        before = blocks.count()
        self.page.get_by_role("option", name=kind, exact=True).last.click()
        expect(blocks).not_to_have_count(before)
        return blocks.last

    def first_block(self) -> Locator:
        """A new story begins with a paragraph to write in."""
        return self.panel("body").locator("[data-streamfield-child]").first

    def write(self, editor: Locator, paragraphs: list[str]) -> None:
        """Type into a rich text field, a new paragraph for each."""
        editor.locator("[contenteditable=true]").click()
        for number, paragraph in enumerate(paragraphs):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.type(paragraph)
        # The editor hands its text to the form a moment after the last key.
        last = json.dumps(paragraphs[-1], ensure_ascii=False)[1:-1]
        stored = editor.locator(".w-field__input:has([contenteditable]) input[type=hidden]")
        expect(stored).to_have_value(re.compile(re.escape(last)))

    def start(self, label: str) -> None:
        """Press an entry of the editor's action menu."""
        footer = self.page.locator("footer")
        entry = footer.get_by_role("button", name=label, exact=True)
        if not entry.is_visible():
            footer.get_by_role("button", name="More actions").click()
        entry.click()

    def action(self, label: str) -> None:
        """The same, and see that it worked."""
        self.start(label)
        expect(self.page.locator(".messages .success").first).to_be_visible()

    def sign(self, public_from: str = "") -> None:
        """Give the last approval: read what it says, and sign."""
        footer = self.page.locator("footer")
        footer.get_by_role("button", name="Sign and Publish").click()
        modal = self.page.locator(".modal-dialog")
        expect(modal).to_contain_text("You sign exactly this text")
        if public_from:
            modal.locator("[name=public_from]").fill(public_from)
            modal.locator("[name=public_from]").press("Escape")
        modal.locator("button[type=submit]").click()
        expect(self.page.locator(".messages .success").first).to_be_visible()

    def open_waiting(self, headline: str) -> None:
        """From the first screen to the story that waits for this person."""
        self.page.goto(f"{self.site}/admin/")
        self.page.locator("main").get_by_role("link", name=headline).first.click()
        expect(self.page.locator("#page-edit-form")).to_be_visible()
