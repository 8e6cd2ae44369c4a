"""What a publication costs: queries, savepoints counted."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import ArticlePage
from news.review.roles import EDITORS, MANAGING_EDITORS, REPORTERS
from tests.builders import a_section, a_story, a_user, an_author, an_image, decide, signed, submit

pytestmark = pytest.mark.django_db

# Stock Wagtail asks 86 for the same story. Ours: the lock of the stream, the Change (4), the row's
# lock, the newest edition, its signatures and settings (5), whose work it is (4), the edition with
# what it refers to and its restrictions (4), who is told (3). Indexing once saves 50 of stock's.
PUBLICATION = 80
# The whole approval at Publication by a managing editor, its signature and the log included.
APPROVAL = 145


def test_a_publication() -> None:
    authors = (an_author(), an_author())
    body = [("paragraph", "<p>Words.</p>"), ("related_story", {"page": a_story()})]
    fields = {"authors": authors, "tags": ("a", "b", "c"), "lead_image": an_image(), "body": body}
    for _warm in range(2):
        story = a_story(live=False, parent=a_section(), **fields)
        signed(story)
        revision = ArticlePage.objects.get(pk=story.pk).get_latest_revision()
        with CaptureQueriesContext(connection) as captured:
            revision.publish()
    assert len(captured) <= PUBLICATION


def test_an_approval() -> None:
    reporter, editor, chief = a_user(REPORTERS), a_user(EDITORS), a_user(MANAGING_EDITORS)
    for _warm in range(2):
        story = a_story(live=False, authors=(an_author(),), owner=reporter)
        story = decide(submit(story, reporter), editor)
        state, digest = story.current_workflow_task_state, story.draft_digest
        with CaptureQueriesContext(connection) as captured:
            story.current_workflow_task.on_action(state, chief, "approve", digest=digest)
    assert ArticlePage.objects.get(pk=story.pk).live
    assert len(captured) <= APPROVAL
