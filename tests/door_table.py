"""What the tests of the doors share: stories in each state, all that is on record of them, what
readers see, and what somebody at a door was told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, TypeVar

from django.contrib.messages import get_messages
from django.contrib.messages.constants import SUCCESS
from django.db import transaction
from django.db.models import Model
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.blocks import StreamValue
from wagtail.models import APIToken, Page, Revision, TaskState, WorkflowState

from cms.models import User
from news.document import digest, document
from news.models import ArticlePage, ArticleTag, Byline, Edition, Signature
from tests.builders import a_user, decide, feed, signed, submit
from tests.doors import (
    ADMINISTRATORS,
    EDITORS,
    LEGAL,
    MANAGING,
    PAGES,
    REPORTERS,
    SUPERUSER,
    admin,
    edit_form,
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


# Stories.


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


# What is on record.


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


# What somebody was told.


def told(client: Client, answer: Answer) -> list[str]:
    """Every sentence of an answer but those of success: errors, a dialog's text, and the messages
    that the next page will show.
    """
    assert answer.status_code < 500, answer.content[:300]
    if "json" not in answer["Content-Type"]:
        messages = get_messages(answer.wsgi_request)
        found = [strip_tags(str(m)) for m in messages if m.level != SUCCESS]
        return [*found, *form_errors(answer), *without_access(answer)]
    data = answer.json()
    if "redirect" in data:
        return told(client, client.get(data["redirect"]))
    found = [str(data.get(name, "")) for name in ("detail", "error_message")]
    found += [str(error.get("msg", "")) for error in data.get("errors", [])]
    return [*found, " ".join(strip_tags(data.get("html", "")).split())]


def form_errors(answer: Answer) -> Iterator[str]:
    form = (answer.context or {}).get("form")
    for errors in getattr(form, "errors", {}).values():
        yield from (str(error) for error in errors)


def without_access(answer: Answer) -> list[str]:
    """What the page before a bulk action says of the pages that it will leave out."""
    found = r"You don(?:'|&#x27;|’)t have permission to [^<]+|A story becomes public by being [^<]+"
    return re.findall(found, answer.content.decode())


def says_why(sentences: list[str], role: str, about: str) -> bool:
    """Whether somebody was told why. Who holds every right is told what the text lacks."""
    if role in STRANGERS:
        return True
    reasons = [sentence for sentence in sentences if sentence not in BARE]
    if role in PUBLISHERS:
        return any(re.search(about, sentence, re.IGNORECASE) for sentence in reasons)
    return bool(reasons)


# Ways through.


def script(user: User) -> Client:
    """A program of somebody's, with their token."""
    _token, text = APIToken.create_token(user=user, name="script")
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {text}"})


def dialog(user: User) -> Client:
    """Somebody in a dialog of the admin."""
    client = admin(user)
    client.defaults["HTTP_X_REQUESTED_WITH"] = "XMLHttpRequest"
    return client


_forms: dict[bool, QueryDict] = {}


def form_of(story: ArticlePage) -> QueryDict:
    """What a browser sends from the story's editor. But for the headline the stories here differ
    in nothing that can be typed, so the editor is asked once for drafts, once for live stories.
    """
    if story.live not in _forms:
        _forms[story.live] = edit_form(admin(a_user(superuser=True)), story)
    form = _forms[story.live].copy()
    # A list from which nothing is chosen is read as its first line; a browser sends none.
    form.pop("shared_with", None)
    draft = story.get_latest_revision_as_object()
    form.update({"title": draft.title, "slug": draft.slug})
    return form


def press(user: User, story: ArticlePage, **fields: str) -> list[str]:
    """Fill in the story's form and press a button. Out: what the next page says."""
    data = form_of(story)
    data.update(fields)
    client = admin(user)
    return told(client, client.post(reverse(f"{PAGES}:edit", args=(story.pk,)), data))


def bulk(user: User, action: str, story: Page, **fields: str) -> list[str]:
    """Choose a page in a list, read what the action will do, do it."""
    client = admin(user)
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
    address = f"{address}?id={story.pk}&next=/admin/"
    before = told(client, client.get(address))
    return before + told(client, client.post(address, fields))
