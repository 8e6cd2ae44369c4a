"""`fill_dateline.py STORIES`: the content in this checkout of Dateline. Prints the stories' ids."""

from __future__ import annotations

import django

django.setup()

from typing import Any  # noqa: E402

from content import Story  # noqa: E402
from django.core.management import call_command  # noqa: E402
from fill import Fill, main  # noqa: E402
from wagtail.models import Page  # noqa: E402

from cms.media import RENDITIONS  # noqa: E402
from cms.models import PublicationSettings  # noqa: E402
from news import models  # noqa: E402
from news.models.articles import BODY  # noqa: E402


class DatelineFill(Fill):
    models = models
    sizes = tuple(RENDITIONS.values())

    def prepare(self) -> tuple[Page, Page]:
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        call_command("setup_newsroom", verbosity=0, stdout=open("/dev/null", "w"))
        return models.NewsIndexPage.objects.get(), models.AuthorIndexPage.objects.get()

    def facts(self, page: Any, story: Story) -> None:
        page.published_at = story.published
        page.section = self.sections[story.section]
        page.word_count = len(BODY.words(page.body.raw_data).split())

    def related(self, pk: int) -> dict[str, Any]:
        return {"page": pk}

    def finish(self) -> None:
        """The menu that the stock project shows: feed, sections, authors."""
        pages = [models.NewsIndexPage.objects.get(), *self.sections]
        settings = PublicationSettings.load()
        settings.header_menu = [
            ("entry", {"page": page}) for page in [*pages, models.AuthorIndexPage.objects.get()]
        ]
        settings.save()


main(DatelineFill)
