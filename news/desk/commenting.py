"""Comments made outside the editor: Wagtail's own rows. They touch neither the text nor what was
signed, its review or its time, so they are taken on a locked story as well.
"""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply, PageSubscription

from cms.models import User
from news.comments import lock_comments
from news.desk.notices import tell
from news.desk.signatures import writers
from news.kinds import Event
from news.models import ArticlePage, Claim


@transaction.atomic
def comment_on(story: ArticlePage, user: User, path: str, text: str) -> Comment:
    """In: the story, and a place in its form (`Part.path`). Out: the comment."""
    lock_comments(story.pk)
    revision = story.get_latest_revision()
    comment = Comment.objects.create(
        page_id=story.pk, user=user, text=text, contentpath=path, revision_created=revision
    )
    comment.log_create(page_revision=revision, user=user)
    tell_those_concerned(story, comment, user, text, key=f"comment-{comment.pk}")
    return comment


@transaction.atomic
def reply_to(story: ArticlePage, comment: Comment, user: User, text: str) -> CommentReply:
    lock_comments(story.pk)
    reply = CommentReply.objects.create(comment=comment, user=user, text=text)
    reply.log_create(page_revision=story.get_latest_revision(), user=user)
    tell_those_concerned(story, comment, user, text, key=f"reply-{reply.pk}")
    return reply


@transaction.atomic
def resolve(story: ArticlePage, comment: Comment, user: User) -> None:
    """Whoever came first stays on record as the one who resolved it."""
    lock_comments(story.pk)
    still_open = Comment.objects.filter(pk=comment.pk, resolved_at=None)
    if still_open.update(resolved_at=timezone.now(), resolved_by=user):
        comment.log_resolve(page_revision=story.get_latest_revision(), user=user)


def tell_those_concerned(
    story: ArticlePage, comment: Comment, by: User, text: str, key: str
) -> None:
    """Who writes the story, who has it in hand, who is in the thread, who asked to be told."""
    ids = writers(story.get_latest_revision_as_object())
    ids |= {comment.user_id, *comment.replies.values_list("user_id", flat=True)}
    ids |= set(Claim.objects.filter(story_id=story.pk).values_list("person_id", flat=True))
    asked = PageSubscription.objects.filter(page_id=story.pk, comment_notifications=True)
    ids |= set(asked.values_list("user_id", flat=True))
    people = [
        person
        for person in User.objects.filter(pk__in=ids - {by.pk}, is_active=True)
        if story.permissions_for_user(person).can_read_draft()
    ]
    path = f"{reverse('read_story', args=(story.pk,))}#comment-{comment.pk}"
    tell(Event.COMMENTED, people, story, by=by, reason=text, path=path, key=key)
