"""Comments on a story: rows of their own, kept whatever is saved beside them.

Wagtail keeps a draft's comments in its form and in its revision, and deletes with a save every
comment that the saved copy does not hold: those resolved before, and those made elsewhere after
it was loaded. Here a save deletes what its form deleted, and nothing else.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.admin.forms.comments import CommentForm, CommentFormSet
from wagtail.admin.panels import CommentPanel
from wagtail.models import COMMENTS_RELATION_NAME, Comment, Page


def lock_comments(page_id: int) -> None:
    """Until the end of the transaction nobody else changes the comments of a page."""
    Page.objects.select_for_update().only("pk").get(pk=page_id)


class CommentedPage:
    """A page that keeps its comments. Stands before `Page` among the bases of its class."""

    # Ids of the open comments when a draft was loaded.
    comments_at_hand: set[int] | None = None

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Of its copy of the comments a revision knows better only where in a field they stand."""
        stored = {row["pk"]: row["position"] for row in content.get(COMMENTS_RELATION_NAME, ())}
        content = {**content, COMMENTS_RELATION_NAME: []}
        draft = super().with_content_json(content)  # type: ignore[misc]
        comments = list(getattr(draft, COMMENTS_RELATION_NAME).all())
        for comment in comments:
            if comment.pk in stored:
                comment.position = stored[comment.pk]
        draft.comments_at_hand = {comment.pk for comment in comments}
        return draft

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        with transaction.atomic():
            if fields is None or COMMENTS_RELATION_NAME in fields:
                self.save_comments()
            super().save(*args, **kwargs)  # type: ignore[misc]

    def save_comments(self) -> None:
        """In the place of what the relation itself would do with the comments in memory."""
        in_memory = getattr(self, "_cluster_related_objects", {})
        if self.comments_at_hand is None or COMMENTS_RELATION_NAME not in in_memory:
            return
        comments = in_memory.pop(COMMENTS_RELATION_NAME)
        lock_comments(self.pk)  # type: ignore[attr-defined]
        rows = Comment.objects.filter(pk__in=self.comments_at_hand)
        kept = [comment.pk for comment in comments if comment.pk]
        rows.exclude(pk__in=kept).delete()
        stored = rows.in_bulk()
        for comment in comments:
            row = stored.get(comment.pk)
            if row is None and comment.pk in self.comments_at_hand:
                continue
            if row is not None and row.resolved_at:
                comment.resolved_at, comment.resolved_by_id = row.resolved_at, row.resolved_by_id
            comment.save()


class StoryCommentForm(CommentForm):
    """In a form that was opened before somebody resolved a comment only an answer to it counts:
    it opens the comment again.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_resolved = self.instance.resolved_at is not None

    def has_changed(self) -> bool:
        if self.was_resolved:
            return bool(self.formsets["replies"].has_changed())
        return bool(super().has_changed())

    def serialize(self, bound: bool) -> Any:
        data, people = super().serialize(bound)
        data["resolved"] = data["resolved"] or self.instance.resolved_at is not None
        return data, people


class StoryCommentFormSet(CommentFormSet):
    def _existing_object(self, pk: int) -> Comment | None:
        """Also one that was resolved meanwhile: Wagtail would make a new comment of it."""
        at_hand = super()._existing_object(pk)
        return at_hand or Comment.objects.filter(page_id=self.instance.pk, pk=pk).first()


class StoryCommentPanel(CommentPanel):
    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        comments = options["formsets"][COMMENTS_RELATION_NAME]
        comments.update(form=StoryCommentForm, formset=StoryCommentFormSet)
        return options
