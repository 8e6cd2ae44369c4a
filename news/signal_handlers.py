"""What the newsroom does when something happens elsewhere: one table, in the order of the calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import Signal
from wagtail.documents.models import Document
from wagtail.models import Comment, CommentReply, PageLogEntry, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    task_approved,
    task_cancelled,
    task_rejected,
    task_submitted,
    workflow_cancelled,
)

from cms.background.runner import register_job
from cms.background.schedule import DueWork, register_due_work
from cms.models import Image
from cms.patches import apply
from news.content import indexing
from news.desk import breaking, claims
from news.editions.models import Edition, Signature
from news.guard import protect, saving, visibility
from news.guard.wagtail_patches import PATCHES
from news.models import ArticlePage, AuthorPage, LiveFix
from news.notifications import events
from news.notifications.delivery import DELIVERY_JOB
from news.review import stages

HANDLERS: list[tuple[Signal, Callable[..., None], Any]] = [
    # Nothing public changes past the editions, and nothing that they name goes.
    (pre_save, saving.refuse_unsigned_changes, None),
    (pre_delete, protect.refuse_deletion, Image),
    (pre_delete, protect.refuse_deletion, Document),
    (pre_delete, protect.refuse_deletion, AuthorPage),
    (pre_save, protect.refuse_new_file, Image),
    (pre_save, protect.refuse_new_file, Document),
    # What everybody may see, and where.
    (post_page_move, visibility.record_the_move, None),
    (pre_delete, visibility.record_its_end, ArticlePage),
    (post_save, visibility.record_privacy, PageViewRestriction),
    (post_delete, visibility.record_privacy, PageViewRestriction),
    (post_page_move, visibility.record_move_visibility, None),
    (post_page_move, visibility.follow_the_move, None),
    (post_page_move, visibility.lead_nowhere_to_itself, None),
    (page_slug_changed, visibility.lead_nowhere_to_itself, None),
    (post_save, indexing.index_story, ArticlePage),
    (post_delete, indexing.remove_story_from_index, ArticlePage),
    # A claim ends with its stage.
    (task_submitted, claims.let_go_when_a_stage_ends, None),
    (task_approved, claims.let_go_when_a_stage_ends, None),
    (task_rejected, claims.let_go_when_a_stage_ends, None),
    (task_cancelled, claims.let_go_when_a_stage_ends, None),
    (page_published, claims.let_go_when_it_is_out, ArticlePage),
    (page_unpublished, claims.let_go_when_it_is_out, ArticlePage),
    # Who is told.
    (task_submitted, events.tell_the_next_reviewers, None),
    (task_rejected, events.tell_of_the_return, None),
    (workflow_cancelled, events.tell_of_the_withdrawal, None),
    (post_save, events.tell_of_the_publication, Edition),
    (post_save, events.tell_of_the_signature, Signature),
    (post_save, events.tell_of_the_time, PageLogEntry),
    (post_save, events.tell_of_the_fix, LiveFix),
    (post_save, events.tell_of_the_comment, Comment),
    (post_save, events.tell_of_the_comment, CommentReply),
    # The first of the two names on a text.
    (task_submitted, stages.writers_sign_by_submitting, None),
]

apply(PATCHES)
for signal, handler, sender in HANDLERS:
    signal.connect(handler, sender=sender, dispatch_uid=(handler.__module__, handler.__name__))

register_job(DELIVERY_JOB)
register_due_work(DueWork(breaking.labels_that_end, breaking.end_the_label))
register_due_work(DueWork(events.late_reviews, events.escalate))
