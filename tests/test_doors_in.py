"""Every door by which a story could become public, for every role: unsigned it stays closed and
says why, signed it publishes exactly the signed text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Page, PageLogEntry
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from cms.clock import PUBLISH_REFUSED, tick
from cms.models import User
from news.desk.signatures import contributors, sign
from news.kinds import Door as Way
from news.kinds import Role
from news.models import ArticlePage, Byline, Contribution, Edition
from tests.builders import a_user, an_author, feed, signed, withdraw
from tests.door_table import (
    DRAFT,
    PEOPLE,
    PUBLISHERS,
    REVIEW,
    REWRITE,
    STRANGERS,
    TIMED,
    a_story_in,
    bulk,
    dialog,
    editions_of,
    is_public,
    kept_text,
    live_digest,
    make_due,
    newest,
    press,
    published,
    readers_see,
    says_why,
    script,
    snapshot,
    told,
    until_the_end,
    visitor,
)
from tests.doors import (
    EDITORS,
    MANAGING,
    PAGES,
    REPORTERS,
    STORY,
    SUPERUSER,
    admin,
    fresh,
    person,
    signatures,
)

pytestmark = pytest.mark.django_db

JSON = "application/json"
TYPED = "Typed by hand"
SIGNERS = r"\bsign|somebody else"
Sentences = list[str]


@pytest.fixture(scope="module")
def stories(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, ArticlePage]]:
    """One in each state, all of one reporter."""
    yield from until_the_end(django_db_blocker, one_in_each_state)


def one_in_each_state() -> dict[str, ArticlePage]:
    owner = a_user(REPORTERS)
    return {state: a_story_in(state, owner) for state in (DRAFT, REVIEW, REWRITE, TIMED)}


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


def by_script(user: User, story: ArticlePage, action: str, data: dict) -> Sentences:
    client, address = script(user), f"/api/v3/pages/{story.pk}/actions/{action}/"
    return told(client, client.post(address, data, content_type=JSON))


def v3_publish(user: User, story: ArticlePage, words: str) -> Sentences:
    return by_script(user, story, "publish", {})


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
    return by_script(user, story, "copy", {"keep_live": True, "slug": "twin"})


def alias(user: User, story: ArticlePage, words: str) -> Sentences:
    return copy(user, story, words, alias="on")


def v3_alias(user: User, story: ArticlePage, words: str) -> Sentences:
    return by_script(user, story, "create_alias", {"slug": "twin"})


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
CASES = [(name, state) for name, door in DOORS.items() for state in door.states]
# Whose typed words are kept: who may edit in that state. Others find the form locked.
EDIT = {DRAFT: {REPORTERS, EDITORS, *PUBLISHERS}, REVIEW: {*PUBLISHERS}, REWRITE: {*PUBLISHERS}}


def refused(door: Door, user: User, story: ArticlePage, words: str) -> tuple[Sentences, str]:
    """Out: what the person was told, and the headline of the draft that was kept."""
    before, seen = snapshot(story), readers_see(story)
    sentences = door.go(user, fresh(story), words)
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
    door, story = DOORS[name], stories[state]
    user = visitor(role, story.owner)
    said, headline = refused(door, user, story, TYPED)
    if door.types and role in EDIT[state]:
        assert headline == TYPED, ["typed words are kept", said]
    if door.signs:
        # Who has typed into it is no signer any more: somebody else of their role comes.
        user = visitor(role, story.owner)
    else:
        signed(fresh(story))
    if door.opens and role in PUBLISHERS:
        publishes_exactly(door, user, fresh(story))
    else:
        said_again, _headline = refused(door, user, story, "")
        assert says_why(said_again, role, door.about), said_again
    # Last, so that a missing sentence hides nothing else.
    assert says_why(said, role, door.about), said


def publishes_exactly(door: Door, user: User, story: ArticlePage) -> None:
    text, number = story.draft_digest, editions_of(story)
    sentences = door.go(user, story, "")
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
@pytest.mark.parametrize("door", [create_view, v3_create], ids=lambda door: door.__name__)
def test_create_and_publish(door: Callable[[User], Sentences], role: str) -> None:
    user, editions = person(role), Edition.objects.count()
    made = ArticlePage.objects.filter(title=TYPED)
    said = door(user)
    assert not made.filter(live=True).exists() and Edition.objects.count() == editions
    if door is create_view and role not in STRANGERS:
        assert made.get().get_latest_revision_as_object().title == TYPED, "typed words are kept"
    made.delete()

    signatures(1)
    said_again = door(user)
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


# Doors of programs.


def revision_publish(story: ArticlePage, user: User | None) -> None:
    story.get_latest_revision().publish(user=user)


def revision_publish_unasked(story: ArticlePage, user: User | None) -> None:
    story.get_latest_revision().publish(user=user, skip_permission_checks=True)


def plain_publish_action(story: ArticlePage, user: User | None) -> None:
    """Wagtail's action for anything with drafts, not the one for pages."""
    PublishRevisionAction(story.get_latest_revision(), user=user).execute()


def workflow_finish(story: ArticlePage, user: User | None) -> None:
    story.current_workflow_state.finish(user=user)


def task_approve(story: ArticlePage, user: User | None) -> None:
    story.current_workflow_task_state.approve(user=user)


def clock_tick(story: ArticlePage, user: User | None) -> None:
    done = tick()
    entry = PageLogEntry.objects.filter(action=PUBLISH_REFUSED).last()
    assert bool(done) != bool(entry)
    if entry is not None:
        raise PermissionDenied(entry.data["reason"])


def stock_clock(story: ArticlePage, user: User | None) -> None:
    call_command("publish_scheduled")


WITHOUT_ROLE: dict[str, tuple[Callable[[ArticlePage, User | None], None], str, str]] = {
    "revision.publish()": (revision_publish, DRAFT, Way.CODE),
    "revision.publish() beside a schedule": (revision_publish, TIMED, Way.CODE),
    "publish() that asks nobody": (revision_publish_unasked, TIMED, Way.CODE),
    "action for anything with drafts": (plain_publish_action, REWRITE, Way.CODE),
    "workflow finish": (workflow_finish, REVIEW, Way.CODE),
    "workflow finish of a rewrite": (workflow_finish, TIMED, Way.CODE),
    "task approve": (task_approve, REVIEW, Way.CODE),
    "clock": (clock_tick, DRAFT, Way.SCHEDULE),
    "clock, rewrite": (clock_tick, REWRITE, Way.SCHEDULE),
    "publish_scheduled": (stock_clock, REVIEW, Way.SCHEDULE),
}


@pytest.mark.parametrize("by", ["nobody", SUPERUSER])
@pytest.mark.parametrize("name", WITHOUT_ROLE)
def test_a_door_of_programs(name: str, by: str, stories: dict[str, ArticlePage]) -> None:
    go, state, passage = WITHOUT_ROLE[name]
    story = fresh(stories[state])
    user = None if by == "nobody" else person(by)
    if passage == Way.SCHEDULE:
        make_due(story.get_latest_revision())
    before, seen = snapshot(story), readers_see(story)
    with pytest.raises(PermissionDenied, match=r"\bsign"):
        go(fresh(story), user)
    assert snapshot(story) == before
    assert readers_see(story) == seen
    PageLogEntry.objects.all().delete()
    signed(fresh(story))
    text, number = fresh(story).draft_digest, editions_of(story)
    go(fresh(story), user)
    edition = newest(story)
    assert fresh(story).live and edition.number == number + 1
    assert edition.digest == live_digest(story) == text
    assert edition.door == passage or user is not None


def save_story(story: ArticlePage, **fields: Any) -> None:
    save(ArticlePage.objects.get(pk=story.pk), fields)


def save_page(story: ArticlePage, **fields: Any) -> None:
    save(Page.objects.get(pk=story.pk), fields)


def save(page: Page, fields: dict[str, Any], **how: Any) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.save(**how)


def save_fields_of_story(story: ArticlePage, **fields: Any) -> None:
    save(ArticlePage.objects.get(pk=story.pk), fields, update_fields=[*fields])


def save_fields_of_page(story: ArticlePage, **fields: Any) -> None:
    save(Page.objects.get(pk=story.pk), fields, update_fields=[*fields])


def update_stories(story: ArticlePage, **fields: Any) -> None:
    ArticlePage.objects.filter(pk=story.pk).update(**fields)


def update_pages(story: ArticlePage, **fields: Any) -> None:
    Page.objects.filter(pk=story.pk).update(**fields)


def bulk_update_pages(story: ArticlePage, **fields: Any) -> None:
    page = Page.objects.get(pk=story.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    Page.objects.bulk_update([page], [*fields])


def sql(story: ArticlePage, **fields: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, story.pk])


SAVES = (save_story, save_page, save_fields_of_story, save_fields_of_page)
PAST_SAVE = (update_stories, update_pages, bulk_update_pages, sql)
NEVER = [
    *((go, DRAFT, {"live": True}) for go in (*SAVES, *PAST_SAVE)),
    *((go, REWRITE, {"title": "Slipped in"}) for go in SAVES),
    *((go, REWRITE, {"live": False}) for go in (*SAVES, *PAST_SAVE[:3])),
    *((go, REWRITE, {"summary": "Slipped in"}) for go in (save_story, save_fields_of_story)),
    (save_story, REWRITE, {"first_published_at": None, "title": "Slipped in"}),
]


def test_a_new_story_is_a_draft_whatever_it_says() -> None:
    born = ArticlePage(title="Born live", live=True, locale=feed().locale)
    feed().add_child(instance=born)
    born = fresh(born)
    assert not born.live and born.has_unpublished_changes and not born.first_published_at
    assert not born.editions.exists() and not is_public(born)


@pytest.mark.parametrize("sign", [False, True], ids=["unsigned", "signed"])
@pytest.mark.parametrize(
    ("go", "state", "fields"), NEVER, ids=lambda value: getattr(value, "__name__", str(value))
)
def test_saving_publishes_and_withdraws_nothing(
    go: Callable[..., None],
    state: str,
    fields: dict[str, Any],
    sign: bool,
    stories: dict[str, ArticlePage],
) -> None:
    story = fresh(stories[state])
    if sign:
        signed(story)
    before, seen = snapshot(story), readers_see(story)
    with pytest.raises((PermissionDenied, DatabaseError), match=r"sign|edition|withdrawn"):
        if go in PAST_SAVE:
            with transaction.atomic():
                go(story, **fields)
        else:
            go(story, **fields)
    assert snapshot(story) == before
    assert readers_see(story) == seen


def test_saving_what_is_not_public_passes() -> None:
    story = a_story_in(REWRITE, owner=a_user(REPORTERS))
    for save_again in SAVES:
        save_again(story, locked=True)
    save_story(story, expire_at=timezone.now() + timedelta(days=1), needs_legal_review=True)
    assert fresh(story).locked and newest(story).number == 1


def test_an_alias_is_live_exactly_when_its_source_is() -> None:
    story = a_story_in(DRAFT, owner=a_user(REPORTERS))
    alias_of = story.create_alias(update_slug="twin")
    story.go_live_at = timezone.now() + timedelta(hours=1)
    story.save_revision()
    published(story)
    fresh(story).update_aliases()
    for go in SAVES:
        with suppress(PermissionDenied):
            go(alias_of, live=True)
    for go in PAST_SAVE:
        with pytest.raises(DatabaseError, match="edition"), transaction.atomic():
            go(alias_of, live=True)
    assert not fresh(story).live and not fresh(alias_of).live and not is_public(alias_of)
    own = Edition.objects.filter(story__in=[story.pk, alias_of.pk])
    assert not own.exists()
    make_due(fresh(story).get_latest_revision())
    assert tick() == 1
    assert is_public(story) and is_public(alias_of)
    assert [edition.story_id for edition in own.all()] == [story.pk]
    withdraw(fresh(story))
    assert not is_public(story) and not is_public(alias_of)


@pytest.mark.parametrize("door", ["admin", "v3", "code"])
@pytest.mark.parametrize("role", [EDITORS, MANAGING, SUPERUSER])
def test_an_alias_made_a_story_of_its_own_is_not_public_unsigned(role: str, door: str) -> None:
    story, user = a_story_in(REWRITE, owner=a_user(REPORTERS)), person(role)
    twin = story.create_alias(update_slug="twin")
    before, seen = snapshot(twin), readers_see(story)
    if door == "admin":
        client = admin(user)
        address = reverse(f"{PAGES}:convert_alias", args=(twin.pk,))
        sentences = told(client, client.post(address))
    elif door == "v3":
        sentences = by_script(user, twin, "convert_alias", {})
    else:
        with pytest.raises((PermissionDenied, DatabaseError)) as error, transaction.atomic():
            ConvertAliasPageAction(fresh(twin), user=user).execute()
        sentences = [str(error.value)]
    assert says_why(sentences, MANAGING, r"\bsign|edition|alias"), sentences
    assert snapshot(twin) == before
    assert readers_see(story) == seen


# Two names on one text.


def nobody_signs(story: ArticlePage) -> None:
    pass


def only_the_writer_signs(story: ArticlePage) -> None:
    sign(story.get_latest_revision_as_object(), story.owner, Role.WRITER)


def the_writer_signs_alone(story: ArticlePage) -> None:
    only_the_writer_signs(story)
    sign(story.get_latest_revision_as_object(), story.owner, Role.SIGNER)


def a_contributor_signs(story: ArticlePage) -> None:
    editor = a_user(EDITORS)
    draft = story.get_latest_revision_as_object()
    draft.summary = "An editor's line"
    draft.save_revision(user=editor)
    only_the_writer_signs(fresh(story))
    sign(fresh(story).get_latest_revision_as_object(), editor, Role.SIGNER)


def somebody_in_the_byline_signs(story: ArticlePage) -> None:
    colleague = a_user(MANAGING)
    draft = story.get_latest_revision_as_object()
    draft.bylines = [Byline(author=an_author(user=colleague))]
    draft.save_revision(user=story.owner)
    only_the_writer_signs(fresh(story))
    sign(fresh(story).get_latest_revision_as_object(), colleague, Role.SIGNER)


def another_text_was_signed(story: ArticlePage) -> None:
    signed(story)
    draft = story.get_latest_revision_as_object()
    draft.title = "Changed since"
    draft.save_revision(user=story.owner)


def it_was_returned_since(story: ArticlePage) -> None:
    signed(story)
    sign(story.get_latest_revision_as_object(), a_user(MANAGING), Role.RETURN)


def somebody_signs_what_nobody_wrote(story: ArticlePage) -> None:
    ArticlePage.objects.filter(pk=story.pk).update(owner=None)
    Contribution.objects.filter(story=story.pk)._raw_delete(using="default")
    sign(fresh(story).get_latest_revision_as_object(), a_user(MANAGING), Role.SIGNER)


@pytest.mark.parametrize(
    "lacks",
    [
        nobody_signs,
        only_the_writer_signs,
        the_writer_signs_alone,
        a_contributor_signs,
        somebody_in_the_byline_signs,
        another_text_was_signed,
        it_was_returned_since,
        somebody_signs_what_nobody_wrote,
    ],
    ids=lambda lacks: lacks.__name__,
)
def test_one_name_is_not_enough(
    lacks: Callable[[ArticlePage], None], stories: dict[str, ArticlePage]
) -> None:
    story = fresh(stories[DRAFT])
    lacks(story)
    before = snapshot(story)
    for user in (None, person(SUPERUSER)):
        with pytest.raises(PermissionDenied, match=r"\bsign"):
            revision_publish_unasked(fresh(story), user)
    assert snapshot(story) == before


def test_the_same_text_again_is_signed_again() -> None:
    story = a_story_in(DRAFT, owner=a_user(REPORTERS))
    text = signed(story).title
    for title in ("Another", text):
        draft = fresh(story).get_latest_revision_as_object()
        draft.title = title
        draft.save_revision(user=story.owner)
    revision_publish(fresh(story), None)
    assert fresh(story).live


@pytest.mark.parametrize("state", [DRAFT, REVIEW, REWRITE])
def test_a_save_that_changes_no_word_makes_no_contributor(state: str) -> None:
    """Flags and comments do not count: whoever sets them may still sign."""
    editor = person(MANAGING)
    story = a_story_in(state, owner=a_user(REPORTERS))
    text = story.draft_digest
    press(editor, story, needs_legal_review="on")
    assert fresh(story).draft_digest == text
    assert fresh(story).get_latest_revision().user == editor
    assert editor.pk not in contributors(fresh(story).get_latest_revision_as_object())
