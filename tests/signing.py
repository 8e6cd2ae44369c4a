"""What people do with a text that is to become public, at the admin's own addresses or by code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.models import User
from news.desk.live_text import propose, publish_fix
from news.editions.signatures import digest_of
from news.models import ArticlePage
from tests.builders import a_user
from tests.doors import EDITORS, MANAGING, PAGES, admin, fresh

LATER = {"public_from": (timezone.now() + timedelta(hours=2)).isoformat()}


def sign_at_the_end(story: ArticlePage, user: User, **form: Any) -> ArticlePage:
    """The last approval, at the admin's address for it."""
    data = {"comment": "", "digest": fresh(story).draft_digest, **form}
    state = fresh(story).current_workflow_task_state
    address = reverse(f"{PAGES}:workflow_action", args=(story.pk, "approve", state.pk))
    assert admin(user).post(address, data).status_code in (200, 302, 403)
    return fresh(story)


def autosave(user: User, story: ArticlePage, form: Any, revision: Revision, title: str) -> None:
    """What the open form of a story sends by itself, to overwrite its last revision."""
    form["title"], form["overwrite_revision_id"] = title, str(revision.pk)
    address = reverse(f"{PAGES}:edit", args=(story.pk,))
    answer = admin(user).post(address, form, headers={"Accept": "application/json"})
    assert answer.status_code in (200, 302, 400, 403), answer.status_code


def pass_time(story: Page) -> None:
    """The time that was set for a story comes."""
    past = timezone.now() - timedelta(seconds=1)
    for revision in fresh(story).revisions.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save(update_fields=["content", "approved_go_live_at"])


def rewritten(story: ArticlePage, user: User, title: str = "Rewritten", **way: Any) -> ArticlePage:
    """A newer draft of the story with another headline, saved by somebody."""
    draft = fresh(story).get_latest_revision_as_object()
    draft.title = title
    draft.save_revision(user=user, **way)
    return fresh(story)


def fixed(story: ArticlePage) -> None:
    """An editor takes a typo out of the live text, and a managing editor signs that."""
    text = fresh(story)
    text.summary = "The typo is gone"
    fix = propose(text, a_user(EDITORS), kind="typo", note="", reason="")
    shown = digest_of(Revision.objects.get(pk=fix.revision_id).as_object())
    publish_fix(fix, a_user(MANAGING), shown)
