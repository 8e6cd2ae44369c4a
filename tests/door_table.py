"""What the tests of the doors share: stories in each state, all that is on record of them, what
readers see, and what somebody at a channel was told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cms.models import User
from news.editions.document import digest, document
from news.models import ArticlePage, ArticleTag, Byline, Edition, Signature
from tests.builders import a_user, decide, feed, signed, submit
from tests.doors import (
    ADMINISTRATORS,
    EDITORS,
    LEGAL,
    MANAGING,
    REPORTERS,
    SUPERUSER,
    fresh,
    person,
)

Made = TypeVar("Made")
# Of the test client: it knows its request, its context and its JSON.
Answer = Any

DRAFT, REVIEW = "draft", "in review"
REWRITE, TIMED = "rewrite in review", "rewrite beside a schedule"
LIVE = (REWRITE, TIMED)

# Who may publish a signed text, and who has nothing to do with a story at all.
PUBLISHERS = (MANAGING, SUPERUSER)
STRANGERS = (LEGAL, ADMINISTRATORS)
PEOPLE = (REPORTERS, EDITORS, LEGAL, MANAGING, ADMINISTRATORS, SUPERUSER)

# Says no without saying why.
BARE = {
    "Sorry, you do not have permission to access this area.",
    "Permission denied",
    "403 Forbidden",
    "",
}


def a_story_in(state: str, owner: User, parent: Page | None = None) -> ArticlePage:
    """A story whose newest text nobody has signed; in review it waits for Publication."""
    parent = parent or feed()
    words = {"title": "As written", "body": [("heading", "Words")]}
    story = ArticlePage(**words, owner=owner, live=False, locale=parent.locale)
    parent.add_child(instance=story)
    story.save_revision(user=owner)
    if state in LIVE:
        story = published(story)
    if state == TIMED:
        story.title, story.go_live_at = "At its time", timezone.now() + timedelta(hours=1)
        story.save_revision(user=owner)
        story = published(story)
        story.go_live_at = None
    if state in LIVE:
        story.title = "Rewritten"
        story.save_revision(user=owner)
    if state != DRAFT:
        story = decide(submit(fresh(story), owner), a_user(EDITORS))
    return fresh(story)


def published(story: Page) -> ArticlePage:
    """Two people sign the newest text; it becomes public, now or at its time."""
    signed(fresh(story))
    fresh(story).get_latest_revision().publish(skip_permission_checks=True)
    return fresh(story)


def make_due(revision: Revision) -> None:
    """The time of a scheduled text has come."""
    past = timezone.now() - timedelta(seconds=1)
    content = {**revision.content, "go_live_at": past.isoformat()}
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)


def until_the_end(blocker: Any, build: Callable[[], Made]) -> Iterator[Made]:
    """For a fixture of a whole file: what `build` makes, around the transactions of its tests."""
    whole: Any = transaction.atomic()
    whole._from_testcase = True
    with blocker.unblock():
        whole.__enter__()
        made = build()
    yield made
    with blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def visitor(role: str, owner: User) -> User:
    """Somebody with a role. The reporter is the one whose stories they are."""
    return owner if role == REPORTERS else person(role)


def rows(model: type[Model], **which: Any) -> list[dict[str, Any]]:
    found = model._default_manager.filter(**which).order_by("pk").values()
    return [{name: plain(value) for name, value in row.items()} for row in found]


def plain(value: Any) -> Any:
    return list(value.raw_data) if isinstance(value, StreamValue) else value


def snapshot(story: Page) -> dict[str, list[dict[str, Any]]]:
    """Every row that says something of a story, as stored."""
    key = str(story.pk)
    return {
        "page": rows(Page, pk=story.pk),
        "story": rows(ArticlePage, pk=story.pk),
        "byline": rows(Byline, page_id=story.pk),
        "tags": rows(ArticleTag, content_object_id=story.pk),
        "revisions": rows(Revision, object_id=key),
        "reviews": rows(WorkflowState, object_id=key),
        "stages": rows(TaskState, workflow_state__object_id=key),
        "editions": rows(Edition, story_id=story.pk),
        "signatures": rows(Signature, story_id=story.pk),
        "live": list(ArticlePage.objects.live().order_by("pk").values("pk")),
        "all editions": [{"number": Edition.objects.count()}],
    }


# What a new draft revision says of itself in the rows of the page, and what a draft's own row
# takes over of its text.
OF_A_DRAFT = {
    *("latest_revision_id", "latest_revision_created_at", "draft_title"),
    "has_unpublished_changes",
}
TEXT_OF_A_DRAFT = {"title", "body", "word_count", "slug", "url_path"}


def kept_text(before: dict[str, Any], after: dict[str, Any]) -> Revision | None:
    """The one new draft revision, if there is one; nothing else may differ."""
    known = {row["id"] for row in before["revisions"]}
    new = [row for row in after["revisions"] if row["id"] not in known]
    if not new:
        assert after == before
        return None
    assert len(new) == 1, "one refusal, one new draft"
    assert new[0]["approved_go_live_at"] is None
    allowed = OF_A_DRAFT | (set() if before["page"][0]["live"] else TEXT_OF_A_DRAFT)
    for part, stored in before.items():
        now = [row for row in after[part] if row not in new]
        if part in ("page", "story"):
            changed = {name for name, value in now[0].items() if value != stored[0][name]}
            assert changed <= allowed, (part, changed - allowed)
        else:
            assert now == stored, part
    return Revision.objects.get(pk=new[0]["id"])


def readers_see(story: Page, word: str = "As written") -> list[Any]:
    """The answers of its address, the API and the search."""
    reader = Client()
    page = reader.get(Page.objects.get(pk=story.pk).url or "/nowhere/")
    data = reader.get(f"/api/v2/pages/{story.pk}/")
    found = reader.get("/search/", {"q": word})
    return [(answer.status_code, answer.content.decode()) for answer in (page, data, found)]


def is_public(story: Page) -> bool:
    page, data, _found = readers_see(story)
    assert (page[0] == 200) == (data[0] == 200), "page and API agree"
    return page[0] == 200


def live_digest(story: Page) -> str:
    return digest(document(fresh(story)))


def newest(story: Page) -> Edition:
    """Raises Edition.DoesNotExist for a story that was never public."""
    return Edition.objects.filter(story_id=story.pk).latest("number")


def editions_of(story: Page) -> int:
    return Edition.objects.filter(story_id=story.pk).count()
