"""Who has a story in hand: taken by one person at a time, and let go when its stage ends."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState
from wagtail.models.content_types import get_default_page_content_type

from cms.models import User
from news.desk.models import Claim
from news.editions.choices import Channel
from news.editions.context import current_context
from news.editions.errors import Refused
from news.models import ArticlePage
from news.review.stages import ReviewTask


def may_claim(story: ArticlePage, user: User) -> bool:
    """Who holds the stage where a story stands; of a draft, who may edit it."""
    if not story.workflow_in_progress:
        return bool(story.permissions_for_user(user).can_edit())
    task = story.current_workflow_task
    return isinstance(task, ReviewTask) and task.is_held_by(user, story)


@transaction.atomic
def claim(story: ArticlePage, user: User, instead_of: int | None = None) -> None:
    """Take a story in hand. From somebody who has it only by naming them. Raises Refused."""
    if not may_claim(story, user):
        raise Refused(_("Somebody else works on this story at this stage."), story)
    taken, created = Claim.objects.get_or_create(story=story, defaults={"person": user})
    if created or taken.person_id == user.pk:
        return
    over = Claim.objects.filter(story=story, person_id=instead_of)
    if not instead_of or not over.delete()[0]:
        sentence = _("%(name)s has this story in hand already.") % {"name": taken.person}
        raise Refused(sentence, story)
    Claim.objects.create(story=story, person=user)


def release(story: ArticlePage, user: User) -> None:
    Claim.objects.filter(story=story, person=user).delete()


def let_go_when_a_stage_ends(instance: TaskState, **kwargs: Any) -> None:
    state = instance.workflow_state
    if state.base_content_type_id == get_default_page_content_type().pk:
        Claim.objects.filter(story_id=int(state.object_id)).delete()


def let_go_when_it_is_out(instance: ArticlePage, **kwargs: Any) -> None:
    """A fix of the live text ends no work on the draft beside it."""
    way = current_context()
    if way is None or way.channel != Channel.FIX:
        Claim.objects.filter(story_id=instance.pk).delete()
