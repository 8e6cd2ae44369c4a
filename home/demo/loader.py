"""Turning the demo's files into pages, through the same drafts and approvals that people use."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Locale, Page, Workflow

from cms.models import Image, PublicationSettings, User
from home.demo.bodies import BodyReader
from home.demo.pictures import PICTURES, draw
from home.models import FrontSlot, HomePage, StandardPage
from news.models import (
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    Byline,
    NewsIndexPage,
    Notice,
    SectionPage,
)
from news.review.roles import WORKFLOW

HERE = Path(__file__).parent
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
        self.times: dict[int, datetime] = {}

    def load(self) -> None:
        self.sections = {data["slug"]: self.section(data) for data in self.publication["sections"]}
        self.authors = {data["slug"]: self.author(data) for data in self.publication["authors"]}
        self.translated = self.translate()
        for data in self.stories:
            self.pages[data["slug"]] = self.blank(data)
        for number, data in enumerate(self.stories, start=1):
            self.story(data)
            self.say(
                f"  story {number} of {len(self.stories)}: {data['state']}, {data['headline']}"
            )
        self.settings()
        self.front()
        # What was published long ago is no news: nobody is told, nor mailed.
        Notice.objects.filter(story__live=True).delete()

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

    def english(self, model: type[Page]) -> Page:
        return model.objects.get(locale__language_code="en")

    def section(self, data: dict[str, Any]) -> SectionPage:
        feed = self.english(NewsIndexPage)
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
        return self.publish(self.english(AuthorIndexPage), page)

    def translate(self) -> dict[str, SectionPage]:
        """The house in Ukrainian: front page, feed, authors, sections. Out: the sections."""
        words = read(HERE / "uk.toml")
        locale, _created = Locale.objects.get_or_create(language_code="uk")
        titles = {
            self.english(HomePage): {},
            self.english(NewsIndexPage): {"title": words["pages"]["news"]},
            self.english(AuthorIndexPage): {"title": words["pages"]["authors"]},
        } | {page: words["sections"][slug] for slug, page in self.sections.items()}
        for page, changes in titles.items():
            copy = type(page).objects.get(pk=page.copy_for_translation(locale).pk)
            for name, value in changes.items():
                setattr(copy, name, value)
            copy.save_revision(user=self.people["managing"]).publish(user=self.people["managing"])
        for author in self.authors.values():
            author.copy_for_translation(locale, alias=True)
        return {slug: page.get_translation(locale) for slug, page in self.sections.items()}

    def blank(self, data: dict[str, Any]) -> ArticlePage:
        """The page alone, so that stories can refer to each other."""
        page = ArticlePage(
            title=data["headline"], slug=data["slug"], owner=self.people["reporter"], live=False
        )
        sections = self.translated if data.get("language") == "uk" else self.sections
        sections[data["section"]].add_child(instance=page)
        return page

    def story(self, data: dict[str, Any]) -> None:
        page = self.pages[data["slug"]]
        for name in ("kicker", "genre", "dateline", "credit_line", "needs_legal_review"):
            setattr(page, name, data[name])
        page.summary = data["standfirst"]
        page.canonical_url = data.get("canonical_url", "")
        page.lead_image = self.image(data["picture"])
        page.lead_image_caption = data["caption"]
        reader = BodyReader(self.image, self.pages)
        page.body = [reader.block(block) for block in data["body"]]
        page.bylines = [Byline(author=self.authors[slug]) for slug in data["authors"]]
        page.tags.set(data["tags"])
        if data["state"] == "published":
            page.published_at = timezone.now() - timedelta(hours=data["hours_ago"])
        if data["state"] == "scheduled":
            hours = timedelta(hours=data["hours_ahead"])
            self.times[page.pk] = timezone.now() + hours
        page.save_revision(user=self.people["reporter"])
        passed = PASSED[data["state"]]
        if passed is not None:
            self.review(page, passed)
        if data["state"] == "returned":
            self.act(page, "reject", data["comment"])

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
        at = self.times.get(page.pk)
        signed = {"digest": page.draft_digest, "public_from": at and at.isoformat()}
        task.on_action(
            page.current_workflow_task_state, reviewer, action, comment=comment, **signed
        )

    def settings(self) -> None:
        home = self.english(HomePage)
        pages = {}
        for name in ("about", "principles"):
            data = self.publication[name]
            page = StandardPage(title=data["title"], slug=name, body=data["html"])
            pages[name] = self.publish(HomePage.objects.get(pk=home.pk), page)
        settings = PublicationSettings.load()
        settings.name = self.publication["name"]
        settings.tagline = self.publication["tagline"]
        settings.publishing_principles = pages["principles"]
        menu = [*self.sections.values(), self.english(AuthorIndexPage)]
        feed = self.english(NewsIndexPage)
        settings.header_menu = [("entry", {"page": page}) for page in [feed, *menu]]
        settings.footer_menu = [("entry", {"page": pages["about"]})]
        settings.save()

    def front(self) -> None:
        """The curated front page."""
        chosen = self.publication.get("front", {})
        home = self.english(HomePage)
        home.lead = self.pages.get(chosen.get("lead"))
        home.slots = [FrontSlot(story=self.pages[slug]) for slug in chosen.get("slots", ())]
        home.save_revision(user=self.people["managing"]).publish(user=self.people["managing"])
