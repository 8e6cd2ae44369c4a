"""Writing the content into a Wagtail project in bulk. To import this sets Django up.

Of the pages below one parent the Page rows go first, which gives their ids, then the rows of
their own model, a hundred at a time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import django

django.setup()

from content import PICTURES, SECTIONS, Content, Story, picture  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from wagtail.images import get_image_model  # noqa: E402
from wagtail.models import Locale, Page  # noqa: E402

ROWS = 100
COLUMNS = [field.attname for field in Page._meta.concrete_fields if field.name != "id"]


def place(parent: Page, children: list[Any], *, live: bool = True) -> None:
    """Insert the Page rows of pages below a parent that has none; sets their ids."""
    locale = Locale.get_default()
    for number, child in enumerate(children, start=1):
        child.depth = parent.depth + 1
        child.path = Page._get_path(parent.path, child.depth, number)
        child.url_path = f"{parent.url_path}{child.slug}/"
        child.locale, child.live, child.draft_title = locale, live, child.title
        child.last_published_at = child.first_published_at
    rows = [Page(**{name: getattr(child, name) for name in COLUMNS}) for child in children]
    Page.objects.bulk_create(rows, batch_size=ROWS)
    for child, row in zip(children, rows, strict=True):
        child.pk = child.id = row.pk
    Page.objects.filter(pk=parent.pk).update(numchild=len(children))


def store(children: list[Any]) -> None:
    """Insert the specific rows of pages that are placed."""
    model = type(children[0])
    model._base_manager.all()._batched_insert(children, model._meta.local_concrete_fields, ROWS)


class Fill:
    """Fills a project that has these models with the same fields. Subclasses say the rest."""

    models: Any  # ArticlePage, ArticleTag, AuthorPage, Byline, SectionPage, Tag
    show: Callable[[Any], Any]  # makes the sizes in which a picture is shown
    related: Callable[[int], Any]  # the value of a block that names a story
    stories_live = True  # at once, or after `publish`

    def prepare(self) -> tuple[Page, Page]:
        """Make the empty project. Out: the parents of all sections and of all authors."""
        raise NotImplementedError

    def facts(self, page: Any, story: Story) -> None:
        """Set what only this project keeps of a story."""

    def publish(self, pages: list[Any]) -> None:
        """Make stories live that are not."""

    def finish(self) -> None:
        """What is left to do when all pages are there."""

    def run(self, count: int) -> list[int]:
        """Store and index everything. Out: ids of the stories, the newest first."""
        self.content = Content(count)
        feed, people = self.prepare()
        self.images = [self.image(number) for number in range(PICTURES)]
        with transaction.atomic():
            self.tags = [self.models.Tag(name=name, slug=name) for name in self.content.tags]
            self.models.Tag.objects.bulk_create(self.tags)
            self.authors = [self.author(*pair) for pair in enumerate(self.content.authors)]
            section = partial(self.models.SectionPage, show_in_menus=True)
            self.sections = [section(title=name, slug=name.lower()) for name in SECTIONS]
            for parent, children in ((people, self.authors), (feed, self.sections)):
                place(parent, children)
                store(children)
            pages = self.stories()
            self.finish()
        call_command("update_index", verbosity=0)
        call_command("rebuild_references_index", verbosity=0)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # as it does by itself, but later
        return [page.pk for page in pages]

    def image(self, number: int) -> Any:
        file = ContentFile(picture(number), name=f"picture-{number}.jpg")
        image = get_image_model().objects.create(title=f"Ellipse {number}", file=file)
        self.show(image)
        return image

    def author(self, number: int, name: str) -> Any:
        page = self.models.AuthorPage(title=name, slug=f"author-{number}", role="Reporter")
        page.bio, page.photo = self.content.bios[number], self.images[number % PICTURES]
        return page

    def page(self, story: Story) -> Any:
        page = self.models.ArticlePage(title=story.headline, slug=story.slug, summary=story.summary)
        page.lead_image, page.first_published_at = self.images[story.lead], story.published
        return page

    def stories(self) -> list[Any]:
        stories = self.content.stories
        pages = [self.page(story) for story in stories]
        both = list(zip(pages, stories, strict=True))
        for number, section in enumerate(self.sections):
            inside = [page for page, story in both if story.section == number]
            place(section, inside, live=self.stories_live)
        bylines, tags = [], []
        for page, story in both:
            page.body = json.dumps(self.body(story, pages[story.related].pk))
            self.facts(page, story)
            for order, number in enumerate(story.authors):
                author = self.authors[number]
                bylines.append(self.models.Byline(page=page, author=author, sort_order=order))
            for number in story.tags:
                tags.append(self.models.ArticleTag(content_object=page, tag=self.tags[number]))
        store(pages)
        self.models.Byline.objects.bulk_create(bylines, batch_size=ROWS)
        self.models.ArticleTag.objects.bulk_create(tags, batch_size=ROWS)
        self.publish(pages)
        return pages

    def body(self, story: Story, related: int) -> list[dict[str, Any]]:
        """The stored form of a body: paragraphs with the other blocks between them."""
        blocks: list[tuple[str, Any]] = [("paragraph", text) for text in story.paragraphs]
        for number, position in zip(story.pictures, (3, 8), strict=True):
            value = {"image": self.images[number].pk, "caption": story.headline}
            blocks.insert(position, ("image", value))
        blocks.insert(5, ("heading", story.headline))
        blocks.insert(10, ("quote", {"text": story.summary, "attribution": "A witness"}))
        blocks.append(("related_story", self.related(related)))
        return [
            {"type": kind, "value": value, "id": f"b{n}"} for n, (kind, value) in enumerate(blocks)
        ]


def main(fill: type[Fill]) -> None:
    """In: the number of stories on the command line. Prints the ids as JSON."""
    print(json.dumps(fill().run(int(sys.argv[1]))))
