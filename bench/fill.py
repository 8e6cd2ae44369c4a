"""Writing the content into a Wagtail project in bulk. Each project says what is its own.

Pages of one parent are inserted by the hundred: Page rows first, which gives their ids, then the
rows of the specific model. Needs Django set up.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from content import SECTIONS, Content, Story, picture
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from content import PICTURES  # isort: skip

ROWS = 100


def place(parent: Page, children: list[Any]) -> None:
    """Insert the Page rows of live pages below a parent without children; sets their ids."""
    locale = Locale.get_default()
    rows = []
    for number, child in enumerate(children, start=1):
        child.path = Page._get_path(parent.path, parent.depth + 1, parent.numchild + number)
        child.depth, child.locale, child.live = parent.depth + 1, locale, True
        child.url_path = f"{parent.url_path}{child.slug}/"
        child.draft_title = child.title
        child.last_published_at = child.latest_revision_created_at = child.first_published_at
        fields = [field.attname for field in Page._meta.concrete_fields if field.name != "id"]
        rows.append(Page(**{name: getattr(child, name) for name in fields}))
    Page.objects.bulk_create(rows, batch_size=ROWS)
    for child, row in zip(children, rows, strict=True):
        child.pk = child.id = child.page_ptr_id = row.pk
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(children))


def store(children: list[Any]) -> None:
    """Insert the specific rows of pages that are placed."""
    model = type(children[0])
    model._base_manager.all()._batched_insert(children, model._meta.local_concrete_fields, ROWS)


class Fill:
    """Fills a project whose models have these names and fields."""

    models: Any  # ArticlePage, ArticleTag, AuthorPage, Byline, SectionPage, Tag
    sizes: tuple[str, ...]  # of pictures

    def __init__(self, count: int) -> None:
        self.content = Content(count)

    def prepare(self) -> tuple[Page, Page]:
        """Make the empty project. Out: the page of all stories, the page of all authors."""
        raise NotImplementedError

    def facts(self, page: Any, story: Story) -> None:
        """Set what only this project keeps of a story."""

    def related(self, pk: int) -> Any:
        """The value of a block that names a story."""
        raise NotImplementedError

    def finish(self) -> None:
        """What is left to do when all pages are there."""

    def run(self) -> list[int]:
        """Ids of all stories, the newest first, after everything is stored and indexed."""
        feed, people = self.prepare()
        with transaction.atomic():
            self.images = [self.image(number) for number in range(PICTURES)]
        with transaction.atomic():
            self.tags = [self.models.Tag(name=name) for name in self.content.tags]
            for tag in self.tags:
                tag.slug = tag.name.replace(" ", "-")
            self.models.Tag.objects.bulk_create(self.tags)
            self.authors = self.make_authors(people)
            self.sections = [
                self.models.SectionPage(title=name, slug=name.lower(), show_in_menus=True)
                for name in SECTIONS
            ]
            place(feed, self.sections)
            store(self.sections)
            pages = self.make_stories()
            self.finish()
        call_command("update_index", verbosity=0)
        call_command("rebuild_references_index", verbosity=0)
        return [page.pk for page in pages]

    def image(self, number: int) -> Any:
        image = get_image_model().objects.create(
            title=f"Picture {number}",
            file=ContentFile(picture(number), name=f"picture-{number}.jpg"),
            description=f"An ellipse, number {number}",
        )
        image.get_renditions(*self.sizes)
        return image

    def make_authors(self, people: Page) -> list[Any]:
        authors = [
            self.models.AuthorPage(
                title=name,
                slug=f"author-{number}",
                role="Reporter",
                bio=self.content.bios[number],
                photo=self.images[number % PICTURES],
            )
            for number, name in enumerate(self.content.authors)
        ]
        place(people, authors)
        store(authors)
        return authors

    def make_stories(self) -> list[Any]:
        stories = self.content.stories
        pages = [
            self.models.ArticlePage(
                title=story.headline,
                slug=story.slug,
                summary=story.summary,
                lead_image=self.images[story.lead],
                first_published_at=story.published,
            )
            for story in stories
        ]
        for number, section in enumerate(self.sections):
            here = [
                page
                for page, story in zip(pages, stories, strict=True)
                if story.section == number
            ]
            place(section, here)
        bylines, tags = [], []
        for page, story in zip(pages, stories, strict=True):
            page.body = json.dumps(self.body(story, pages[story.related].pk))
            self.facts(page, story)
            bylines += [
                self.models.Byline(page=page, author=self.authors[author], sort_order=order)
                for order, author in enumerate(story.authors)
            ]
            tags += [
                self.models.ArticleTag(content_object=page, tag=self.tags[tag])
                for tag in story.tags
            ]
        store(pages)
        self.models.Byline.objects.bulk_create(bylines, batch_size=ROWS)
        self.models.ArticleTag.objects.bulk_create(tags, batch_size=ROWS)
        return pages

    def body(self, story: Story, related: int) -> list[dict[str, Any]]:
        first, second = (
            {"image": self.images[number].pk, "caption": story.heading}
            for number in story.pictures
        )
        text = [("paragraph", paragraph) for paragraph in story.paragraphs]
        blocks: list[tuple[str, Any]] = [
            *text[:3],
            ("image", first),
            *text[3:5],
            ("heading", story.heading),
            *text[5:8],
            ("quote", {"text": story.quote, "attribution": "A witness"}),
            ("image", second),
            *text[8:],
            ("related_story", self.related(related)),
        ]
        return [
            {"type": kind, "value": value, "id": f"{story.slug}-{number}"}
            for number, (kind, value) in enumerate(blocks)
        ]


def main(fill: type[Fill]) -> None:
    print(json.dumps(fill(int(sys.argv[1])).run()))
