"""`fill_dateline.py STORIES`: the content in this checkout of Dateline. Prints the stories' ids."""

from __future__ import annotations

import sys
from typing import Any

from content import Story
from django.core.management import call_command
from fill import Fill, main
from wagtail.models import Locale, Page

from cms.media.renditions import make_renditions
from cms.models import PublicationSettings, User
from news import models
from news.blocks import BODY
from news.editions.choices import Channel
from news.editions.publishing import publish_many
from news.models import ArticlePage, AuthorIndexPage, NewsIndexPage


class DatelineFill(Fill):
    models = models
    show = staticmethod(make_renditions)
    stories_live = False
    related = staticmethod(lambda pk: {"page": pk})

    def prepare(self) -> tuple[Page, Page]:
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        call_command("setup_newsroom", verbosity=0, stdout=sys.stderr)
        return NewsIndexPage.objects.get(), AuthorIndexPage.objects.get()

    def facts(self, page: Any, story: Story) -> None:
        page.published_at = story.published
        page.section = self.sections[story.section]
        page.language = Locale.get_default()
        page.word_count = len(BODY.words(page.body.raw_data).split())

    def publish(self, pages: list[Any]) -> None:
        operator = User.objects.create_user("bench")
        stories = ArticlePage.objects.filter(pk__in=[page.pk for page in pages])
        whole = list(stories.prefetch_related("bylines", "tagged_items"))
        publish_many(whole, operator=operator, channel=Channel.IMPORT)

    def finish(self) -> None:
        """The menu that the stock project shows: feed, sections, authors."""
        around = NewsIndexPage.objects.get(), AuthorIndexPage.objects.get()
        pages = [around[0], *self.sections, around[1]]
        settings = PublicationSettings.load()
        settings.header_menu = [("entry", {"page": page}) for page in pages]
        settings.save()


main(DatelineFill)
