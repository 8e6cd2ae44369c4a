"""Turning the demo's files into pages, through the same drafts and approvals that people use."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Locale, Page, Workflow

from cms.models import Image, PublicationSettings, User
from home.demo.bodies import BodyReader
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
            words = self.publication["pictures"][name]
            path = HERE / "pictures" / f"{name}.webp"
            self.images[name] = Image.objects.create(
                title=words["title"],
                file=ContentFile(path.read_bytes(), name=path.name),
                description=words["alt"],
                credit=words["credit"],
                uploaded_by_user=self.people["managing"],
            )
        return self.images.get(name)

    def release(self, page: Page) -> None:
        """Publish by permission, without review."""
        managing = self.people["managing"]
        page.save_revision(user=managing).publish(user=managing)

    def add(self, parent: Page, page: Page) -> Page:
        page.live = False
        parent.add_child(instance=page)
        self.release(page)
        return type(page).objects.get(pk=page.pk)

    def english(self, model: type[Page]) -> Page:
        return model.objects.get(locale__language_code="en")

    def section(self, data: dict[str, Any]) -> SectionPage:
        return self.add(self.english(NewsIndexPage), SectionPage(**data))

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
        return self.add(self.english(AuthorIndexPage), page)

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
            self.release(copy)
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
        page.body = [reader.block(block) for block in data["body"]]  # type: ignore[assignment]
        page.bylines = [Byline(author=self.authors[slug]) for slug in data["authors"]]
        page.tags.set(data["tags"])
        if data["state"] == "published":
            page.published_at = timezone.now() - timedelta(hours=data["hours_ago"])
        page.save_revision(user=self.people["reporter"])
        if data["state"] != "draft":
            self.review(page, data)

    def review(self, page: ArticlePage, data: dict[str, Any]) -> None:
        """Approve up to the stage that the story's state names, or all stages."""
        Workflow.objects.get(name=WORKFLOW).start(page, self.people["reporter"])
        returned = data["state"] == "returned"
        stop = "desk" if returned else data["state"]
        public_from = None
        if data["state"] == "scheduled":
            public_from = (timezone.now() + timedelta(hours=data["hours_ahead"])).isoformat()
        while (task := page.current_workflow_task) and task.stage != stop:
            self.act(page, "approve", public_from=public_from)
        if returned:
            self.act(page, "reject", comment=data["comment"])

    def act(self, page: ArticlePage, action: str, **values: Any) -> None:
        """Let the first colleague who may do so decide on the story where it stands."""
        page = ArticlePage.objects.get(pk=page.pk)
        task = page.current_workflow_task
        reviewer = next(
            user
            for user in self.people.values()
            if action in {name for name, *_rest in task.get_actions(page, user)}
        )
        state = page.current_workflow_task_state
        task.on_action(state, reviewer, action, digest=page.draft_digest, **values)

    def settings(self) -> None:
        pages = {}
        for name in ("about", "principles"):
            data = self.publication[name]
            page = StandardPage(title=data["title"], slug=name, body=data["html"])
            pages[name] = self.add(self.english(HomePage), page)
        settings = PublicationSettings.load()
        settings.name = self.publication["name"]
        settings.tagline = self.publication["tagline"]
        settings.publishing_principles = pages["principles"]
        feed, authors = self.english(NewsIndexPage), self.english(AuthorIndexPage)
        menu = [feed, *self.sections.values(), authors]
        settings.header_menu = [("entry", {"page": page}) for page in menu]
        settings.footer_menu = [("entry", {"page": pages["about"]})]
        settings.save()

    def front(self) -> None:
        """The curated front page."""
        chosen = self.publication["front"]
        home = self.english(HomePage)
        home.lead = self.pages[chosen["lead"]]
        home.slots = [FrontSlot(story=self.pages[slug]) for slug in chosen["slots"]]
        self.release(home)
