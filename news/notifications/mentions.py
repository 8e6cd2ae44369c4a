"""Comments are told to everyone who touched the story, and to whom they name with an @."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from wagtail.models import Comment, CommentReply

from cms.models import User
from news.models import ArticlePage
from news.notifications.models import Event
from news.notifications.notices import tell
from news.notifications.recipients import RECIPIENTS, colleagues

# The signs of a username, not in the middle of a word: an address of mail names nobody.
MENTION = re.compile(r"(?<![\w.@+-])@([\w.@+-]+)")


def tell_of_the_comment(instance: Comment, raw: bool, created: bool, **kwargs: Any) -> None:
    if not raw:
        tell_of_words(instance, instance, f"comment-{instance.pk}", new=created)


def tell_of_the_reply(instance: CommentReply, raw: bool, created: bool, **kwargs: Any) -> None:
    if not raw:
        tell_of_words(instance.comment, instance, f"reply-{instance.pk}", new=created)


def tell_of_words(thread: Comment, words: Comment | CommentReply, key: str, *, new: bool) -> None:
    """Each person once for each comment, as one who is named if they are. Autosave and later
    changes save it again: then only who is named anew is told.
    """
    names = MENTION.findall(words.text)
    if not (new or names):
        return
    story = ArticlePage.objects.filter(pk=thread.page_id).first()
    if story is None:
        return
    address = f"{reverse('read_story', args=(story.pk,))}#comment-{thread.pk}"
    touched = RECIPIENTS[Event.COMMENTED](story, thread)
    named = [person for person in mentioned(names) if person in touched or opens(person, story)]
    told = {"by": words.user, "reason": words.text, "path": address, "key": key}
    tell(Event.MENTIONED, named, story, **told)
    if new:
        tell(Event.COMMENTED, set(touched) - set(named), story, **told)


def mentioned(names: list[str]) -> list[User]:
    """Colleagues by username, in any case; a full stop after a name is not of it."""
    if not names:
        return []
    wanted = {*names, *(name.rstrip(".@+-") for name in names)}
    people = colleagues().annotate(lowered=Lower("username"))
    found = Q(username__in=wanted) | Q(lowered__in=[name.lower() for name in wanted])
    return list(people.filter(found))


def opens(person: User, story: ArticlePage) -> bool:
    """Whether somebody gets to see the story before it is public."""
    return bool(story.permissions_for_user(person).can_read_draft())
