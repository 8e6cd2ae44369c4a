from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page, TaskState
from wagtail.signals import post_page_move, task_submitted

from cms.models import User
from news.desk import answers, guard, keep, ways_out
from news.desk.signatures import sign
from news.kinds import Role
from news.models import ArticlePage, ReviewTask, SectionPage
from news.models.desk import Stage

__all__ = ["answers", "guard", "keep", "ways_out"]


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
