"""Where a story stands: its moves, and what becomes of its aliases, are on the stream as well."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page
from wagtail.signals import post_page_move

from cms.models.changes import Facts, hold, record
from news.desk.guard import instead_of
from news.desk.signatures import newest_edition
from news.models import ArticlePage
from news.reports import STORY, facts_of


def facts_at(story: Page) -> Facts | None:
    """The public facts of a story or an alias at its address; None while nobody sees it there."""
    seen = ArticlePage.objects.filter(pk=story.pk).published().first()
    edition = newest_edition(seen.alias_of_id or seen.pk) if seen else None
    return facts_of(edition, seen.url_path) if seen and edition else None


@receiver(post_page_move)
def record_the_move(
    instance: Page,
    url_path_before: str,
    url_path_after: str,
    parent_page_before: Page,
    **kwargs: Any,
) -> None:
    """A public story has another address. Under private pages, `ways_out` has its say."""
    after = facts_at(instance)
    if after is None or url_path_before == url_path_after:
        return
    if parent_page_before.get_view_restrictions().exists():
        if instance.alias_of_id:
            record("created", STORY, instance.pk, None, after)
        return
    record("moved", STORY, instance.pk, {**after, "path": url_path_before}, after)


@instead_of(CreatePageAliasAction, "_create_alias")
def record_the_alias(stock: Any, action: Any, page: Page, **kwargs: Any) -> Page:
    with transaction.atomic():
        hold()
        alias: Page = stock(action, page, **kwargs)
        if after := facts_at(alias):
            record("created", STORY, alias.pk, None, after)
        return alias


@receiver(pre_delete, sender=ArticlePage)
def record_its_end(instance: ArticlePage, **kwargs: Any) -> None:
    """Only aliases: a story that was public is not deleted."""
    if instance.alias_of_id and (before := facts_at(instance)):
        record("removed", STORY, instance.pk, before, None)
