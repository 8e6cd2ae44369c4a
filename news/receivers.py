from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import post_page_move

from news.models import ArticlePage, SectionPage


@receiver(post_page_move)
def follow_the_move(instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """A story that moves belongs to the section it moved to."""
    section = SectionPage.objects.filter(pk=parent_page_after.pk).first()
    ArticlePage.objects.filter(pk=instance.pk).update(section=section)
