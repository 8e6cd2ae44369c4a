"""`fill_stock.py STORIES`: the content in the stock project. Prints the stories' ids."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.management import call_command
from fill import Fill, main
from stock import models
from wagtail.models import Page, Site

SIZES = ("width-960", "fill-720x480", "fill-240x160", "fill-240x240")


class StockFill(Fill):
    models = models
    show = staticmethod(lambda image: image.get_renditions(*SIZES))
    related = int

    def prepare(self) -> tuple[Page, Page]:
        migrations = settings.DATA_DIR / "stock_migrations"
        migrations.mkdir()
        (migrations / "__init__.py").touch()
        call_command("makemigrations", verbosity=0)
        call_command("migrate", verbosity=0)
        Page.objects.get(slug="home").delete()
        home = models.HomePage(title="Front page", slug="home")
        Page.objects.get(depth=1).add_child(instance=home)
        Site.objects.create(
            hostname="localhost", port=os.environ["PORT"], root_page=home, is_default_site=True
        )
        feed = models.NewsIndexPage(title="News", slug="news", show_in_menus=True)
        people = models.AuthorIndexPage(title="Authors", slug="authors", show_in_menus=True)
        home.add_child(instance=feed)
        home.add_child(instance=people)
        return feed, people


main(StockFill)
