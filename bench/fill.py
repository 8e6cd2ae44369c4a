"""Writing the content into a Wagtail project in bulk; needs Django set up.

Of the pages below one parent the Page rows go first, which gives their ids, then the rows of
their own model, a hundred at a time.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from content import PICTURES, SECTIONS, Content, Story, picture
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

ROWS = 100
COLUMNS = [field.attname for field in Page._meta.concrete_fields if field.name != "id"]


def place(parent: Page, children: list[Any]) -> None:
    """Insert the Page rows of live pages below a parent that has none; sets their ids."""
    locale = Locale.get_default()
    for number, child in enumerate(children, start=1):
        child.depth = parent.depth + 1
        child.path = Page._get_path(parent.path, child.depth, number)
        child.url_path = f"{parent.url_path}{child.slug}/"
        child.locale, child.live, child.draft_title = locale, True, child.title
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
    sizes: tuple[str, ...]  # in which pictures are shown

    def prepare(self) -> tuple[Page, Page]:
        """Make the empty project. Out: the parents of all sections and of all authors."""
        raise NotImplementedError

    def related(self, pk: int) -> Any:
        """The value of a block that names a story."""
        raise NotImplementedError

    def facts(self, page: Any, story: Story) -> None:
        """Set what only this project keeps of a story."""

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
            self.authors = [self.author(number) for number in range(len(self.content.authors))]
            self.sections = [
                self.models.SectionPage(title=name, slug=name.lower(), show_in_menus=True)
                for name in SECTIONS
            ]
            for parent, children in ((people, self.authors), (feed, self.sections)):
                place(parent, children)
                store(children)
            pages = self.stories()
            self.finish()
        call_command("update_index", verbosity=0)
        call_command("rebuild_references_index", verbosity=0)
        return [page.pk for page in pages]

    def image(self, number: int) -> Any:
        file = ContentFile(picture(number), name=f"picture-{number}.jpg")
        image = get_image_model().objects.create(title=f"Ellipse {number}", file=file)
        image.get_renditions(*self.sizes)
        return image

    def author(self, number: int) -> Any:
        return self.models.AuthorPage(
            title=self.content.authors[number],
            slug=f"author-{number}",
            role="Reporter",
            bio=self.content.bios[number],
            photo=self.images[number % PICTURES],
        )

    def stories(self) -> list[Any]:
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
        both = list(zip(pages, stories, strict=True))
        for number, section in enumerate(self.sections):
            place(section, [page for page, story in both if story.section == number])
        bylines, tags = [], []
        for page, story in both:
            page.body = json.dumps(self.body(story, pages[story.related].pk))
            self.facts(page, story)
            for order, author in enumerate(story.authors):
                by = {"author": self.authors[author], "sort_order": order}
                bylines.append(self.models.Byline(page=page, **by))
            for tag in story.tags:
                tags.append(self.models.ArticleTag(content_object=page, tag=self.tags[tag]))
        store(pages)
        self.models.Byline.objects.bulk_create(bylines, batch_size=ROWS)
        self.models.ArticleTag.objects.bulk_create(tags, batch_size=ROWS)
        return pages

    def body(self, story: Story, related: int) -> list[dict[str, Any]]:
        """The stored form of a body: paragraphs with the other blocks between them."""
        blocks: list[tuple[str, Any]] = [("paragraph", text) for text in story.paragraphs]
        for place_in_body, number in zip((3, 8), story.pictures, strict=True):
            value = {"image": self.images[number].pk, "caption": story.heading}
            blocks.insert(place_in_body, ("image", value))
        blocks.insert(5, ("heading", story.heading))
        blocks.insert(10, ("quote", {"text": story.quote, "attribution": "A witness"}))
        blocks.append(("related_story", self.related(related)))
        return [
            {"type": kind, "value": value, "id": f"{story.slug}-{number}"}
            for number, (kind, value) in enumerate(blocks)
        ]


def main(fill: type[Fill]) -> None:
    """In: the number of stories on the command line. Prints the ids as JSON."""
    print(json.dumps(fill().run(int(sys.argv[1]))))
