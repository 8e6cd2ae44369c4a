from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet
from wagtail.documents.models import Document
from wagtail.models import Locale, Page

from cms.changes.models import lock_stream
from cms.models import Image, PublicationSettings, User
from home.management.commands.seed_demo import LOGINS
from home.models import HomePage, StandardPage
from news.editions.choices import Channel
from news.editions.context import publication_context
from news.editions.facts import public_facts, report
from news.guard.verify import newest_editions
from news.models import ArticlePage, AuthorPage, Edition, SectionPage, Tag


class Command(BaseCommand):
    help = (
        "Remove the demo newsroom with its editions. Refused once anything else was ever public,"
        " or somebody else has a story."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not Edition.objects.filter(channel=Channel.DEMO).exists():
            raise CommandError("There is no demo here.")
        self.refuse_work_of_others()
        with transaction.atomic(), publication_context(Channel.DEMO, "The demo was cleared."):
            lock_stream()
            stories = ArticlePage.objects.count()
            self.clear()
        self.stdout.write(f"The demo is gone: {stories} stories, its logins and its pictures.")

    def refuse_work_of_others(self) -> None:
        others = Edition.objects.exclude(channel=Channel.DEMO).count()
        if others:
            raise CommandError(f"{others} editions are not of the demo: what was public stays.")
        own = ArticlePage.objects.exclude(
            Q(owner__username__in=LOGINS)
            | Q(editions__channel=Channel.DEMO)
            | Q(alias_of__isnull=False)
        )
        if own.exists():
            raise CommandError(
                f"{own.count()} stories are not of the demo, “{own[0].title}” first."
            )

    def clear(self) -> None:
        before = newest_editions(set(ArticlePage.objects.values_list("pk", flat=True)))
        facts = {pk: public_facts(edition, pk) for pk, edition in before.items()}
        # The one place where editions go: nobody but the demo stood behind them.
        QuerySet(Edition).delete()
        default = Locale.get_default()
        translations = HomePage.objects.exclude(locale=default)
        # Stories first: they hold authors and sections.
        for pages in (ArticlePage, AuthorPage, SectionPage, StandardPage):
            for page in pages.objects.order_by("-alias_of_id"):
                Page.objects.filter(pk=page.pk).delete()
        for home in translations:
            Page.objects.get(pk=home.pk).delete()
        Locale.objects.exclude(pk=default.pk).delete()
        for pk, shown in facts.items():
            report(pk, shown, None)
        Tag.objects.filter(tagged_items=None).delete()
        PublicationSettings.objects.all().delete()
        for media in (Image, Document):
            for item in media.objects.all():
                item.delete()
        for user in User.objects.filter(username__in=LOGINS):
            try:
                user.delete()
            except ProtectedError:
                user.is_active = False
                user.save()
