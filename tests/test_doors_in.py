"""Every channel by which a story could become public, for every role: unsigned it stays closed and
says why, signed it publishes exactly the signed text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from cms.models import User
from news.models import ArticlePage, Edition
from tests.builders import a_user, feed, signed
from tests.door_table import (
    DRAFT,
    PEOPLE,
    PUBLISHERS,
    REVIEW,
    REWRITE,
    STRANGERS,
    TIMED,
    editions_of,
    kept_text,
    live_digest,
    newest,
    readers_see,
    snapshot,
    visitor,
)
from tests.door_ways import bulk, by_script, dialog, press, says_why, script, told
from tests.doors import EDITORS, MANAGING, PAGES, REPORTERS, STORY, admin, fresh, person, signatures

pytestmark = pytest.mark.django_db

JSON = "application/json"
TYPED = "Typed by hand"
SIGNERS = r"\bsign|somebody else"
Sentences = list[str]


def edit_view(user: User, story: ArticlePage, words: str) -> Sentences:
    typed = {"title": words} if words else {}
    return press(user, story, **{"action-publish": "action-publish", **typed})


def edit_view_with_a_time(user: User, story: ArticlePage, words: str) -> Sentences:
    typed = {"title": words} if words else {}
    at = {"go_live_at": "2099-01-01 00:00"}
    return press(user, story, **{"action-publish": "action-publish", **at, **typed})


def shown_digest(user: User, story: ArticlePage, name: str) -> str:
    """The digest in the dialog of the approval; whoever gets no dialog makes it up."""
    state = story.current_workflow_task_state
    answer = dialog(user).get(reverse(f"{PAGES}:{name}", args=(story.pk, "approve", state.pk)))
    found = re.search(r'name=\\"digest\\" value=\\"(\w+)', answer.content.decode())
    return found[1] if found else story.draft_digest


def approve_dialog(user: User, story: ArticlePage, words: str) -> Sentences:
    """The button in the editor: the dialog collects, the form saves and approves."""
    name, state = "collect_workflow_action_data", story.current_workflow_task_state
    data = {"digest": shown_digest(user, story, name)}
    address = reverse(f"{PAGES}:{name}", args=(story.pk, "approve", state.pk))
    answer = dialog(user).post(address, data)
    if answer["Content-Type"].startswith(JSON):
        data = answer.json()["cleaned_data"]
    fields = {
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": json.dumps(data),
    }
    return press(user, story, **fields, **({"title": words} if words else {}))


def approve_address(user: User, story: ArticlePage, words: str) -> Sentences:
    """The address behind the dialog; meanwhile the writer changes the text."""
    state = story.current_workflow_task_state
    data = {"digest": shown_digest(user, story, "workflow_action")}
    if words:
        draft = story.get_latest_revision_as_object()
        draft.title = words
        draft.save_revision(user=story.owner)
    address = reverse(f"{PAGES}:workflow_action", args=(story.pk, "approve", state.pk))
    client = admin(user)
    return told(client, client.post(address, data))


def bulk_publish(user: User, story: ArticlePage, words: str) -> Sentences:
    return bulk(user, "publish", story)


def bulk_publish_below(user: User, story: ArticlePage, words: str) -> Sentences:
    return bulk(user, "publish", feed(), include_descendants="on")


def v3_publish(user: User, story: ArticlePage, words: str) -> Sentences:
    return told(*by_script(user, story, "publish", {}))


def v3_edit(user: User, story: ArticlePage, words: str) -> Sentences:
    client = script(user)
    title = words or story.get_latest_revision_as_object().title
    data = {"title": title, "meta": {"action": "publish"}}
    answer = client.patch(f"/api/v3/pages/{story.pk}/", data, content_type=JSON)
    return told(client, answer)


def copy(user: User, story: ArticlePage, words: str, **boxes: str) -> Sentences:
    client = admin(user)
    fields = {"new_title": "Twin", "new_slug": "twin", "new_parent_page": feed().pk, **boxes}
    address = reverse(f"{PAGES}:copy", args=(story.pk,))
    return told(client, client.post(address, fields))


def copy_kept_live(user: User, story: ArticlePage, words: str) -> Sentences:
    return copy(user, story, words, publish_copies="on")


def v3_copy(user: User, story: ArticlePage, words: str) -> Sentences:
    return told(*by_script(user, story, "copy", {"keep_live": True, "slug": "twin"}))


def alias(user: User, story: ArticlePage, words: str) -> Sentences:
    return copy(user, story, words, alias="on")


def v3_alias(user: User, story: ArticlePage, words: str) -> Sentences:
    return told(*by_script(user, story, "create_alias", {"slug": "twin"}))


@dataclass(frozen=True)
class Door:
    go: Callable[[User, ArticlePage, str], Sentences]
    states: tuple[str, ...]
    # Whether words are typed on the way, whether going through is itself the signature, and
    # whether a signed text comes through at all.
    types: bool = False
    signs: bool = False
    opens: bool = True
    about: str = r"\bsign"


DOORS = {
    "edit view": Door(edit_view, (DRAFT, REWRITE), types=True),
    "edit view with a time": Door(edit_view_with_a_time, (DRAFT,), types=True),
    "approve dialog": Door(
        approve_dialog, (REVIEW, REWRITE), types=True, signs=True, about=SIGNERS
    ),
    "approve address": Door(approve_address, (REVIEW, TIMED), signs=True, about=SIGNERS),
    "bulk publish": Door(bulk_publish, (DRAFT, TIMED)),
    "bulk publish of the page above": Door(bulk_publish_below, (DRAFT,)),
    "v3 publish": Door(v3_publish, (REVIEW, TIMED)),
    "v3 meta.action=publish": Door(v3_edit, (DRAFT, REWRITE)),
    "copy kept live": Door(copy_kept_live, (TIMED,), opens=False, about="publish|sign|draft"),
    "v3 copy kept live": Door(v3_copy, (REWRITE,), opens=False, about="publish|sign|draft"),
    "alias": Door(alias, (DRAFT,), opens=False, about="publish|sign|draft"),
    "v3 alias": Door(v3_alias, (DRAFT,), opens=False, about="publish|sign|draft"),
}
CASES = [(name, state) for name, channel in DOORS.items() for state in channel.states]
# Whose typed words are kept: who may edit in that state. Others find the form locked.
EDIT = {DRAFT: {REPORTERS, EDITORS, *PUBLISHERS}, REVIEW: {*PUBLISHERS}, REWRITE: {*PUBLISHERS}}


def refused(channel: Door, user: User, story: ArticlePage, words: str) -> tuple[Sentences, str]:
    """Out: what the person was told, and the headline of the draft that was kept."""
    before, seen = snapshot(story), readers_see(story)
    sentences = channel.go(user, fresh(story), words)
    kept = kept_text(before, snapshot(story))
    assert readers_see(story) == seen
    twins = ArticlePage.objects.filter(slug="twin")
    if twins.exists():
        sentences = ["It is a draft, which nobody has to sign."]
        twins.delete()
    return sentences, kept.content["title"] if kept else ""


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize(("name", "state"), CASES, ids=lambda value: value.replace(" ", "-"))
def test_a_door_in(name: str, state: str, role: str, stories: dict[str, ArticlePage]) -> None:
    channel, story = DOORS[name], stories[state]
    user = visitor(role, story.owner)
    said, headline = refused(channel, user, story, TYPED)
    if channel.types and role in EDIT[state]:
        assert headline == TYPED, ["typed words are kept", said]
    if channel.signs:
        # Who has typed into it is no signer any more: somebody else of their role comes.
        user = visitor(role, story.owner)
    else:
        signed(fresh(story))
    if channel.opens and role in PUBLISHERS:
        publishes_exactly(channel, user, fresh(story))
    else:
        said_again, _headline = refused(channel, user, story, "")
        assert says_why(said_again, role, channel.about), said_again
    # Last, so that a missing sentence hides nothing else.
    assert says_why(said, role, channel.about), said


def publishes_exactly(channel: Door, user: User, story: ArticlePage) -> None:
    text, number = story.draft_digest, editions_of(story)
    sentences = channel.go(user, story, "")
    assert editions_of(story) == number + 1, sentences
    edition = newest(story)
    assert edition.number == number + 1
    assert edition.digest == live_digest(story) == text
    assert edition.live and edition.public and edition.by == user and fresh(story).live
    assert {name["role"] for name in edition.signatures} == {"writer", "signer"}


def test_who_signs_a_text_that_changed_is_led_to_the_comparison(
    stories: dict[str, ArticlePage],
) -> None:
    story, client = fresh(stories[REWRITE]), admin(person(MANAGING))
    where = (story.pk, "approve", story.current_workflow_task_state.pk)
    address = reverse(f"{PAGES}:workflow_action", args=where)
    answer = client.post(address, {"digest": "0" * 64})
    [message] = get_messages(answer.wsgi_request)
    assert "look again" in message.message
    assert f"/admin/pages/{story.pk}/revisions/compare/" in message.message


def create_view(user: User) -> Sentences:
    client = admin(user)
    address = reverse(f"{PAGES}:add", args=(*STORY, feed().pk))
    form = admin(a_user(superuser=True)).get(address).content.decode()
    data = querydict_from_html(form, form_id="page-edit-form")
    data.update(nested_form_data({"body": streamfield([("heading", "Words")])}))
    data.update({"title": TYPED, "slug": "at-once", "action-publish": "action-publish"})
    return told(client, client.post(address, data))


def v3_create(user: User) -> Sentences:
    client = script(user)
    meta = {"parent_id": feed().pk, "type": "news.ArticlePage", "action": "publish"}
    data = {"title": TYPED, "slug": "at-once", "meta": meta}
    return told(client, client.post("/api/v3/pages/", data, content_type=JSON))


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("channel", [create_view, v3_create], ids=lambda channel: channel.__name__)
def test_create_and_publish(channel: Callable[[User], Sentences], role: str) -> None:
    user, editions = person(role), Edition.objects.count()
    made = ArticlePage.objects.filter(title=TYPED)
    said = channel(user)
    assert not made.filter(live=True).exists() and Edition.objects.count() == editions
    if channel is create_view and role not in STRANGERS:
        assert made.get().get_latest_revision_as_object().title == TYPED, "typed words are kept"
    made.delete()

    signatures(1)
    said_again = channel(user)
    if role in PUBLISHERS:
        story = made.get()
        edition = newest(story)
        assert story.live
        assert edition.digest == live_digest(story) == story.draft_digest
        assert edition.signatures_asked == 1 and edition.by == user
    else:
        assert not made.filter(live=True).exists() and Edition.objects.count() == editions
        assert says_why(said_again, role, ""), said_again
    # Last, so that a missing sentence hides nothing else.
    assert says_why(said, role, r"\bsign"), said
