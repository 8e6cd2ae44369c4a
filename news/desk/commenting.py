"""Comments made outside the editor: Wagtail's own rows. They touch neither the text nor what was
signed, its review or its time, so they are taken on a locked story as well.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from wagtail.models import Comment, CommentReply

from cms.models import User
from news.models import ArticlePage
from news.review.comments import lock_comments


@transaction.atomic
def comment_on(story: ArticlePage, user: User, path: str, text: str) -> Comment:
    """In: the story, and a place in its form (`Part.path`). Out: the comment."""
    lock_comments(story.pk)
    revision = story.get_latest_revision()
    comment = Comment.objects.create(
        page_id=story.pk, user=user, text=text, contentpath=path, revision_created=revision
    )
    comment.log_create(page_revision=revision, user=user)
    return comment


@transaction.atomic
def reply_to(story: ArticlePage, comment: Comment, user: User, text: str) -> CommentReply:
    lock_comments(story.pk)
    reply = CommentReply.objects.create(comment=comment, user=user, text=text)
    reply.log_create(page_revision=story.get_latest_revision(), user=user)
    return reply


@transaction.atomic
def resolve(story: ArticlePage, comment: Comment, user: User) -> None:
    """Whoever came first stays on record as the one who resolved it."""
    lock_comments(story.pk)
    still_open = Comment.objects.filter(pk=comment.pk, resolved_at=None)
    if still_open.update(resolved_at=timezone.now(), resolved_by=user):
        comment.log_resolve(page_revision=story.get_latest_revision(), user=user)
