from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, TaskState
from wagtail.signals import page_slug_changed, post_page_move, task_submitted

from cms import rounds
from cms.models import User
from news import addresses
from news.desk import (
    answers,
    breaking,
    claims,
    courier,
    guard,
    keep,
    mentions,
    stock_mails,
    telling,
    ways_out,
)
from news.desk.signatures import sign
from news.kinds import Role
from news.models import ArticlePage, ReviewTask, SectionPage
from news.models.desk import Stage

__all__ = [
    "addresses",
    "answers",
    "breaking",
    "claims",
    "guard",
    "keep",
    "mentions",
    "stock_mails",
    "telling",
    "ways_out",
]

rounds.register(courier.ROUNDS)


@receiver(post_page_move)
def follow_the_move(instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """A story that moves belongs to the section it moved to."""
    section = SectionPage.objects.filter(pk=parent_page_after.pk).first()
    ArticlePage.objects.filter(pk=instance.pk).update(section=section)


@receiver(task_submitted)
def writers_sign_by_submitting(instance: TaskState, user: User | None, **kwargs: Any) -> None:
    """The first of the two names on a text."""
    task = instance.task.specific
    if isinstance(task, ReviewTask) and task.stage == Stage.DESK and user is not None:
        story = instance.workflow_state.content_object
        sign(story.get_latest_revision_as_object(), user, Role.WRITER)


@receiver(post_page_move)
@receiver(page_slug_changed)
def lead_nowhere_to_itself(instance: Page, **kwargs: Any) -> None:
    """Back at an old address, a page has no redirect from there: withdrawn, it would circle."""
    moved = Page.objects.filter(pk=instance.pk).first()
    if moved is None:
        return
    redirects = Redirect.objects.filter(redirect_page__path__startswith=moved.path)
    for redirect in redirects.select_related("redirect_page"):
        if redirect.old_path == Redirect.normalise_path(redirect.redirect_page.url or ""):
            redirect.delete()
