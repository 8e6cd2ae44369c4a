"""Turning the demo's files into pages, through the same drafts and approvals that people use."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page, Workflow

from cms.models import Image, PublicationSettings, User
from home.demo.pictures import PICTURES, draw
from home.models import HomePage, StandardPage
from news.desk.roles import WORKFLOW
from news.models import (
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    Byline,
    NewsIndexPage,
    SectionPage,
)

HERE = Path(__file__).parent
STORY_LINK = re.compile(r"<a linktype=(['\"])story\1 slug=(['\"])([^'\"]+)\2>")

# How far through the review each state has come: the stages that approved it, in order.
PASSED = {
    "draft": None,
    "returned": [],
    "desk": [],
    "legal": ["desk"],
    "publication": ["desk", "legal"],
    "scheduled": ["desk", "legal", "publication"],
    "published": ["desk", "legal", "publication"],
}


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


class DemoLoader:
    """Loads the demo newsroom for the given people (one user for each role, by username)."""

    def __init__(self, people: dict[str, User], say: Callable[[str], None]) -> None:
        self.people = people
        self.say = say
        self.publication = read(HERE / "publication.toml")
        self.stories = [read(path) for path in sorted((HERE / "stories").glob("*.toml"))]
        self.images: dict[str, Image] = {}
        self.pages: dict[str, ArticlePage] = {}

    def load(self) -> None:
        self.sections = {data["slug"]: self.section(data) for data in self.publication["sections"]}
        self.authors = {data["slug"]: self.author(data) for data in self.publication["authors"]}
        for data in self.stories:
            self.pages[data["slug"]] = self.blank(data)
        for number, data in enumerate(self.stories, start=1):
            self.story(data)
            self.say(
                f"  story {number} of {len(self.stories)}: {data['state']}, {data['headline']}"
            )
        self.settings()

    def image(self, name: str) -> Image | None:
        if name and name not in self.images:
            picture = PICTURES[name]
            self.images[name] = Image.objects.create(
                title=picture.title,
                file=ContentFile(draw(name), name=f"{name}.jpg"),
                description=picture.alt,
                credit=picture.credit,
                uploaded_by_user=self.people["managing"],
            )
        return self.images.get(name)

    def publish(self, parent: Page, page: Page) -> Page:
        """A page that is published by permission, without review."""
        page.live = False
        parent.add_child(instance=page)
        page.save_revision(user=self.people["managing"]).publish(user=self.people["managing"])
        return type(page).objects.get(pk=page.pk)

    def section(self, data: dict[str, Any]) -> SectionPage:
        feed = NewsIndexPage.objects.get()
        page = SectionPage(
            title=data["title"], slug=data["slug"], introduction=data["introduction"]
        )
        return self.publish(feed, page)

    def author(self, data: dict[str, Any]) -> AuthorPage:
        page = AuthorPage(
            title=data["name"],
            slug=data["slug"],
            role=data["role"],
            location=data["location"],
            bio=data["bio_html"],
            photo=self.image(data["portrait"]),
            contact_links=[("link", link) for link in data.get("links", [])],
            user=self.people.get(data.get("login", "")),
        )
        return self.publish(AuthorIndexPage.objects.get(), page)

    def blank(self, data: dict[str, Any]) -> ArticlePage:
        """The page alone, so that stories can refer to each other."""
        page = ArticlePage(
            title=data["headline"], slug=data["slug"], owner=self.people["reporter"], live=False
        )
        self.sections[data["section"]].add_child(instance=page)
        return page

    def story(self, data: dict[str, Any]) -> None:
        page = self.pages[data["slug"]]
        for name in ("kicker", "genre", "dateline", "credit_line", "needs_legal_review"):
            setattr(page, name, data[name])
        page.summary = data["standfirst"]
        page.lead_image = self.image(data["picture"])
        page.lead_image_caption = data["caption"]
        page.body = [self.block(block) for block in data["body"]]
        page.bylines = [Byline(author=self.authors[slug]) for slug in data["authors"]]
        page.tags.set(data["tags"])
        if data["state"] == "published":
            page.published_at = timezone.now() - timedelta(hours=data["hours_ago"])
        if data["state"] == "scheduled":
            page.go_live_at = timezone.now() + timedelta(hours=data["hours_ahead"])
        page.save_revision(user=self.people["reporter"])
        passed = PASSED[data["state"]]
        if passed is not None:
            self.review(page, passed)
        if data["state"] == "returned":
            self.act(page, "reject", data["comment"])

    def block(self, data: dict[str, Any]) -> tuple[str, Any]:
        kind = data["type"]
        if kind in ("paragraph", "editors_note"):
            return kind, STORY_LINK.sub(self.link, data["html"])
        if kind == "heading":
            return kind, data["text"]
        value = {name: part for name, part in data.items() if name != "type"}
        if kind == "image":
            value["image"] = self.image(value.pop("picture"))
        if kind == "related_story":
            value["page"] = self.pages[value.pop("story")]
        return kind, value

    def link(self, match: re.Match[str]) -> str:
        return f'<a linktype="page" id="{self.pages[match[3]].pk}">'

    def review(self, page: ArticlePage, stages: Iterable[str]) -> None:
        Workflow.objects.get(name=WORKFLOW).start(page, self.people["reporter"])
        for stage in stages:
            page = ArticlePage.objects.get(pk=page.pk)
            state = page.current_workflow_task_state
            if state and state.task.specific.stage == stage:
                self.act(page, "approve")

    def act(self, page: ArticlePage, action: str, comment: str = "") -> None:
        """Let the first colleague who may do so decide on the story where it stands."""
        page = ArticlePage.objects.get(pk=page.pk)
        task = page.current_workflow_task
        reviewer = next(
            user
            for user in self.people.values()
            if action in {name for name, *_rest in task.get_actions(page, user)}
        )
        task.on_action(page.current_workflow_task_state, reviewer, action, comment=comment)

    def settings(self) -> None:
        home = HomePage.objects.get()
        pages = {}
        for name in ("about", "principles"):
            data = self.publication[name]
            page = StandardPage(title=data["title"], slug=name, body=data["html"])
            pages[name] = self.publish(HomePage.objects.get(pk=home.pk), page)
        settings = PublicationSettings.load()
        settings.name = self.publication["name"]
        settings.tagline = self.publication["tagline"]
        settings.publishing_principles = pages["principles"]
        menu = [*self.sections.values(), AuthorIndexPage.objects.get()]
        feed = NewsIndexPage.objects.get()
        settings.header_menu = [("entry", {"page": page}) for page in [feed, *menu]]
        settings.footer_menu = [("entry", {"page": pages["about"]})]
        settings.save()
