from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cms.models import User
from home.demo.bulk import BulkLoader
from home.demo.loader import DemoLoader
from news.editions.choices import Channel
from news.editions.context import publication_context
from news.models import ArticlePage
from news.review.roles import ADMINISTRATORS, EDITORS, LEGAL_REVIEWERS, MANAGING_EDITORS, REPORTERS

PASSWORD = "dateline"  # noqa: S105 - a demo login, refused by production settings

# username: first name, last name, group
LOGINS = {
    "reporter": ("Robin", "Reporter", REPORTERS),
    "editor": ("Edda", "Editor", EDITORS),
    "lawyer": ("Laurie", "Lawyer", LEGAL_REVIEWERS),
    "managing": ("Mara", "Managing", MANAGING_EDITORS),
    "admin": ("Ada", "Admin", ADMINISTRATORS),
}


class Command(BaseCommand):
    help = "Load the demo newsroom: a login for every role, sections, authors, stories."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--articles",
            type=int,
            metavar="N",
            help="make N plausible stories in bulk, beside the demo (which is loaded if missing)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count = options["articles"]
        if count is not None and count < 1:
            raise CommandError("--articles takes a number of at least 1.")
        if count is None or not ArticlePage.objects.exists():
            self.load_demo()
        if count is not None:
            BulkLoader(count, self.operator(), say=self.stdout.write).load()
            self.stdout.write(f"{ArticlePage.objects.count():,} stories in all.")

    def load_demo(self) -> None:
        if not settings.DEMO_LOGINS:
            raise CommandError(
                "Demo logins have known passwords, so these settings refuse to make them."
            )
        if ArticlePage.objects.exists():
            raise CommandError("There are stories already. The demo is for an empty newsroom.")
        taken = User.objects.filter(username__in=LOGINS).values_list("username", flat=True)
        if taken:
            raise CommandError(f"There are users with these names already: {', '.join(taken)}.")
        with transaction.atomic():
            call_command("setup_newsroom", stdout=self.stdout)
            self.stdout.write("Loading the demo newsroom …")
            people = {name: self.login(name, *who) for name, who in LOGINS.items()}
            with publication_context(Channel.DEMO):
                DemoLoader(people, say=self.stdout.write).load()
        self.stdout.write(
            f"{ArticlePage.objects.count()} stories, {len(LOGINS)} logins: "
            f"{', '.join(LOGINS)}; the password of each is {PASSWORD}"
        )

    def operator(self) -> User:
        """Who stands for stories made in bulk."""
        managing = User.objects.filter(username="managing").first()
        if managing is None:
            raise CommandError("There is no user “managing”, who signs the stories of the demo.")
        return managing

    def login(self, username: str, first: str, last: str, group: str) -> User:
        user = User.objects.create_user(
            username,
            email=f"{username}@example.org",
            password=PASSWORD,
            first_name=first,
            last_name=last,
        )
        user.groups.add(Group.objects.get(name=group))
        return user
