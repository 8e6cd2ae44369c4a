"""Many plausible stories at once, to see how the house carries them.

They are put together from the sentences of the demo's own stories, and written to the tables
directly: no drafts, no review, no index of references (`rebuild_references_index` makes it).
Their first editions are of the demo, signed by its managing editor.
"""

from __future__ import annotations

import json
import random
import re
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count, islice

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.models import Image, User
from news.editions.choices import Channel
from news.editions.publishing import publish_many
from news.models import ArticlePage, ArticleTag, AuthorPage, Byline, Genre, SectionPage, Tag

BATCH = 500
DAYS = 5 * 365
PAGE_FIELDS = [field for field in Page._meta.local_concrete_fields if not field.primary_key]

WHO = (
    *("The harbour board", "The council", "A court", "The tram drivers", "The river patrol"),
    *("Residents of Linden Hill", "The grain traders", "Two inspectors", "The school", "A jury"),
)
DOES = (
    *("asks for", "puts off", "publishes", "questions", "pays for", "withdraws", "measures"),
    *("defends", "reopens", "counts"),
)
WHAT = (
    *("the ferry tender", "a winter timetable", "the ice records", "the new rent index"),
    *("a second bridge", "the fuel reserve", "its own budget", "the dyke repairs"),
    *("a bus line to the delta", "the fish quota"),
)
WHEN = (
    *("after a long night", "for the third time", "before the thaw", "without a vote"),
    *("as prices rise", "despite objections", "for one more year", "in a hurry"),
)


class BulkLoader:
    """Writes `count` stories in batches, spread over five years, newest first."""

    def __init__(self, count: int, operator: User, say: Callable[[str], None]) -> None:
        self.count = count
        self.operator = operator
        self.say = say
        self.first = ArticlePage.objects.count() + 1
        self.dice = random.Random(self.first)  # noqa: S311 - the same stories each time
        self.sections = list(SectionPage.objects.filter(live=True, locale__language_code="en"))
        self.authors = list(AuthorPage.objects.filter(live=True, locale__language_code="en"))
        self.images = list(Image.objects.filter(width__gt=1000).values_list("pk", flat=True))
        self.tags = list(Tag.objects.values_list("pk", flat=True))
        self.paragraphs = self.sentences_of_the_demo()
        self.type = ContentType.objects.get_for_model(ArticlePage)
        self.index = get_search_backend().get_index_for_model(ArticlePage)
        self.now = timezone.now()

    def sentences_of_the_demo(self) -> list[str]:
        stories = ArticlePage.objects.filter(locale__language_code="en")
        raw = [block for story in stories for block in story.body.raw_data]
        return [strip_tags(block["value"]) for block in raw if block["type"] == "paragraph"]

    def load(self) -> None:
        made = 0
        stories = self.stories()
        while batch := list(islice(stories, BATCH)):
            with transaction.atomic():
                self.write(batch)
            made += len(batch)
            if made % (BATCH * 10) == 0 or made == self.count:
                self.say(f"  {made:,} of {self.count:,} stories")

    def stories(self) -> Iterator[ArticlePage]:
        places = {section.pk: count(self.free_place(section)) for section in self.sections}
        for number in range(self.count):
            section = self.dice.choice(self.sections)
            yield self.story(number, section, next(places[section.pk]))

    def free_place(self, section: SectionPage) -> int:
        """The number of the first unused path below a section."""
        last = section.get_last_child()
        return 1 + (Page._str2int(last.path[-Page.steplen :]) if last else 0)

    def story(self, number: int, section: SectionPage, place: int) -> ArticlePage:
        headline = " ".join(self.dice.choice(part) for part in (WHO, DOES, WHAT, WHEN))
        slug = f"{re.sub('[^a-z]+', '-', headline.lower())}-{self.first + number}"
        age = timedelta(days=DAYS * (number + self.dice.random()) / self.count)
        published_at = self.now - age
        paragraphs = self.dice.choices(self.paragraphs, k=self.dice.randint(5, 11))
        body = [
            {"type": "paragraph", "value": f"<p>{text}</p>", "id": str(uuid.UUID(int=n))}
            for n, text in enumerate(paragraphs)
        ]
        return ArticlePage(
            path=Page._get_path(section.path, section.depth + 1, place),
            depth=section.depth + 1,
            numchild=0,
            title=headline,
            draft_title=headline,
            slug=slug,
            url_path=f"{section.url_path}{slug}/",
            content_type=self.type,
            locale_id=section.locale_id,
            language_id=section.locale_id,
            translation_key=uuid.UUID(int=self.dice.getrandbits(128), version=4),
            live=False,
            has_unpublished_changes=True,
            first_published_at=published_at,
            last_published_at=published_at,
            published_at=published_at,
            section=section,
            summary=paragraphs[0].split(". ")[0][:300] + ".",
            kicker=section.title[:60],
            genre=self.dice.choice([Genre.NEWS] * 6 + [Genre.ANALYSIS, Genre.EXPLAINER]),
            lead_image_id=self.dice.choice([*self.images, None]) if self.images else None,
            body=json.dumps(body),
            word_count=sum(len(text.split()) for text in paragraphs),
        )

    def write(self, stories: list[ArticlePage]) -> None:
        """One batch: the two rows of each story, its byline and tags, and the search index."""
        bases = [
            Page(**{field.attname: getattr(story, field.attname) for field in PAGE_FIELDS})
            for story in stories
        ]
        for story, base in zip(stories, Page.objects.bulk_create(bases), strict=True):
            story.pk = story.page_ptr_id = story.id = base.pk
        # Django's bulk_create refuses models with a parent; the rows of the parent are there now.
        fields = ArticlePage._meta.local_concrete_fields
        ArticlePage._base_manager.all()._batched_insert(stories, fields, BATCH)
        Byline.objects.bulk_create(
            Byline(page=story, author=self.dice.choice(self.authors)) for story in stories
        )
        ArticleTag.objects.bulk_create(
            ArticleTag(content_object=story, tag_id=tag)
            for story in stories
            for tag in self.dice.sample(self.tags, min(2, len(self.tags)))
        )
        for section in self.sections:
            children = sum(story.section_id == section.pk for story in stories)
            Page.objects.filter(pk=section.pk).update(numchild=F("numchild") + children)
        written = ArticlePage.objects.filter(pk__in=[story.pk for story in stories])
        whole = list(written.prefetch_related("bylines__author", "tagged_items__tag"))
        publish_many(whole, operator=self.operator, channel=Channel.DEMO)
        self.index.add_items(ArticlePage, whole)
