"""Privacy and moves: whoever changes what everybody may see writes an edition for each story."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from news import editions
from news.kinds import Door
from news.models import ArticlePage, Edition

# Refused, they leave nothing behind.
MovePageAction.execute = transaction.atomic(MovePageAction.execute)
PageViewRestriction.save = transaction.atomic(PageViewRestriction.save)
PageViewRestriction.delete = transaction.atomic(PageViewRestriction.delete)


def settle(root: Page, door: str) -> None:
    """Make the record of the stories at and below a page say what everybody may see by now."""
    newest = Edition.objects.filter(story=OuterRef("pk")).order_by("-number")
    below = ArticlePage.objects.descendant_of(root, inclusive=True).filter(live=True, alias_of=None)
    recorded = below.annotate(was_public=Subquery(newest.values("public")[:1]))
    public = set(below.published().values_list("pk", flat=True))
    gone = [story for story in recorded if story.was_public and story.pk not in public]
    back = [story for story in recorded if story.was_public is False and story.pk in public]
    editions.close(gone, door=door, live=True)
    editions.reopen(back, door=door)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def settle_privacy(instance: PageViewRestriction, **kwargs: Any) -> None:
    settle(instance.page, Door.PRIVACY)


@receiver(post_page_move)
def settle_move(instance: Page, **kwargs: Any) -> None:
    settle(instance, Door.MOVE)
