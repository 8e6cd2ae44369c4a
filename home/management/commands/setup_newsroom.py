from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from wagtail.models import Page, Site

from cms.models import PublicationSettings, User
from home.models import HomePage
from news.desk.setup import add_desk, give_every_role, set_up_desk
from news.models import AuthorIndexPage, NewsIndexPage, SectionPage


class Command(BaseCommand):
    help = (
        "Make the newsroom: front page, feed and authors where they are missing, roles and "
        "their rights, review stages, workflow. Changes nothing that is already right."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--desk",
            action="append",
            default=[],
            metavar="SLUG",
            help="make reporters and editors of their own for this section (may be repeated)",
        )
        parser.add_argument(
            "--owner", metavar="NAME", help="give this user, made by createsuperuser, every role"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        home = self.front_page()
        self.child(home, NewsIndexPage(title="News", slug="news"))
        self.child(home, AuthorIndexPage(title="Authors", slug="authors"))
        self.site(home)
        PublicationSettings.load()
        set_up_desk()
        for slug in options["desk"]:
            self.desk(slug)
        if options["owner"]:
            self.owner(options["owner"])
        self.stdout.write("The newsroom is set up.")

    def front_page(self) -> HomePage:
        home = HomePage.objects.first()
        if home is not None:
            return home
        root = Page.objects.get(depth=1)
        stock = root.get_children().filter(slug="home").first()
        if stock is not None:
            # Wagtail's welcome page stands where the front page belongs.
            stock.slug = "welcome"
            stock.save()
        home = HomePage(title="Front page", slug="home", live=False)
        root.add_child(instance=home)
        home.save_revision().publish()
        Site.objects.filter(is_default_site=True).update(root_page=home)
        if stock is not None:
            Page.objects.get(pk=stock.pk).delete()
        return HomePage.objects.get(pk=home.pk)

    def child(self, home: HomePage, page: Page) -> None:
        if not type(page).objects.child_of(home).exists():
            page.live = False
            HomePage.objects.get(pk=home.pk).add_child(instance=page)
            page.save_revision().publish()

    def site(self, home: HomePage) -> None:
        """The site answers at BASE_URL."""
        address = urlsplit(settings.BASE_URL)
        port = address.port or (443 if address.scheme == "https" else 80)
        site = Site.objects.filter(is_default_site=True).first() or Site(
            is_default_site=True, root_page=home
        )
        if (site.hostname, site.port) != (address.hostname, port):
            site.hostname, site.port = address.hostname, port
            site.save()

    def desk(self, slug: str) -> None:
        sections = SectionPage.objects.filter(slug=slug)
        if not sections:
            raise CommandError(f"There is no section with the slug {slug!r}. Create it first.")
        for section in sections:
            names = ", ".join(group.name for group in add_desk(section))
            self.stdout.write(f"Desk of {section.title}: {names}.")

    def owner(self, name: str) -> None:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(
                f"There is no user {name!r}. Create one first: manage.py createsuperuser"
            )
        give_every_role(user)
        self.stdout.write(f"{name} has every role.")
