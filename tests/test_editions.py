"""The record of a story: who wrote what became public, beside which draft, as what change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from cms.background.schedule import run_due
from news.editions.choices import Role
from news.editions.context import publication_context
from news.editions.errors import Refused
from news.editions.signatures import Work, sign, signed_text
from news.models import ArticlePage, Edition
from tests.builders import (
    a_section,
    a_story,
    a_user,
    decide,
    publish_again,
    signed,
    submit,
    withdraw,
)
from tests.doors import EDITORS, MANAGING, REPORTERS, draft_title, fresh, stage, waiting_at
from tests.signing import LATER, fixed, pass_time, rewritten, sign_at_the_end

pytestmark = pytest.mark.django_db


def test_who_wrote_stays_known_when_autosave_overwrites_their_words() -> None:
    writer = a_user(MANAGING)
    story = rewritten(a_story("Begun", live=False, owner=a_user(REPORTERS)), writer)
    story = rewritten(story, writer, "Begun", overwrite_revision=story.get_latest_revision())
    draft = story.get_latest_revision_as_object()
    assert (draft.title, story.revisions.count()) == ("Begun", 2)
    assert writer.pk in Work(draft).contributors


def made_private_and_public(story: ArticlePage) -> None:
    with publication_context("", "A lawyer asks"):
        held = PageViewRestriction.objects.create(page=Page.objects.get(pk=story.pk))
    held.delete()


def older_text_published(story: ArticlePage) -> None:
    """What was signed before the rewrite began comes at its time."""
    story.get_latest_revision().get_previous().publish()


MEANWHILE: dict[str, Callable[[ArticlePage], None]] = {
    "nothing": lambda story: None,
    "private and public again": made_private_and_public,
    "withdrawn": withdraw,
    "the live text was fixed": fixed,
    "an older text became public": older_text_published,
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_the_writer_of_a_waiting_text_does_not_sign_it(what: str) -> None:
    """Whatever became public, or ceased to be, beside it."""
    writer = a_user(MANAGING)
    story = a_story("Live", owner=a_user(REPORTERS))
    if what == "an older text became public":
        story = rewritten(story, a_user(EDITORS), "Signed before")
        signed(story)
    story = rewritten(story, writer)
    MEANWHILE[what](story)
    draft = fresh(story).get_latest_revision_as_object()
    assert draft.title == "Rewritten"
    sign(draft, writer, Role.SIGNER)
    missing = signed_text(draft).missing
    assert missing
    sign(draft, a_user(MANAGING), Role.SIGNER)
    missing = signed_text(draft).missing
    assert not missing


@pytest.mark.parametrize("where", ["draft", "in review", "scheduled"])
def test_a_typo_is_fixed_while_a_rewrite_waits(where: str) -> None:
    chief = a_user(MANAGING)
    story = rewritten(a_story("Live", summary="Teh typo"), a_user(EDITORS))
    if where == "draft":
        signed(story)
    else:
        story = decide(submit(story, a_user(REPORTERS)), a_user(EDITORS))
        signed(story)
    if where == "scheduled":
        story = sign_at_the_end(story, chief, **LATER)
        assert story.approved_schedule
    before = waiting(story)
    fixed(story)

    story = fresh(story)
    assert (story.title, story.summary) == ("Live", "The typo is gone")
    edition = story.editions.last()
    assert (edition.number, edition.channel, edition.kind) == (2, "fix", "typo")
    assert waiting(story) == before
    assert before["title"] == "Rewritten"

    pass_time(story)
    run_due()
    with pytest.raises(Refused):
        story.get_latest_revision().publish()
    story = fresh(story)
    assert (story.title, story.summary) == ("Live", "The typo is gone")
    assert waiting(story)["schedule"] == before["schedule"]

    if where == "in review":
        sign_at_the_end(story, chief)
    else:
        signed(story)
        if where == "draft":
            story.get_latest_revision().publish()
        run_due()
    story = fresh(story)
    assert (story.title, story.editions.last().number) == ("Rewritten", 3)


def waiting(story: ArticlePage) -> dict[str, Any]:
    """The draft that waits, its place in the review, and which revision has a time."""
    story = fresh(story)
    approved = story.revisions.filter(approved_go_live_at__isnull=False)
    return {
        "title": draft_title(story),
        "latest": story.latest_revision_id,
        "text": story.draft_digest,
        "stage": stage(story),
        "schedule": list(approved.values_list("pk", flat=True)),
    }


def test_an_update_moves_the_date_of_the_update_and_a_typo_does_not() -> None:
    story = a_story("First")
    assert (story.updated_at, story.editions.get().kind) == (None, "first")
    story.title = "Second"
    story = publish_again(story, kind="typo")
    assert story.updated_at is None
    story.title = "Third"
    story = publish_again(story, kind="update")
    updated = story.updated_at
    assert updated == story.editions.last().at
    for kind in ("typo", "clarification", "correction"):
        story.title = f"With a {kind}"
        story = publish_again(story, kind=kind)
        assert story.updated_at == updated or kind != "typo"
        assert story.editions.last().kind == kind
    assert [edition.number for edition in story.editions.all()] == [1, 2, 3, 4, 5, 6]


def test_an_alias_is_live_when_its_source_is() -> None:
    story = waiting_at("publication", a_user(REPORTERS), title="Before")
    alias = story.create_alias(parent=a_section(), update_slug="second")
    third = alias.create_alias(parent=a_section(), update_slug="third")

    def shown() -> set[tuple[bool, str]]:
        return {(page.live, page.title) for page in map(fresh, (story, alias, third))}

    assert shown() == {(False, "Before")}
    sign_at_the_end(story, a_user(MANAGING), **LATER)
    assert shown() == {(False, "Before")}
    pass_time(story)
    run_due()
    assert shown() == {(True, "Before")}
    after = fresh(story)
    after.title = "After"
    publish_again(after)
    assert shown() == {(True, "After")}
    with publication_context("", "Not here"), pytest.raises(Refused):
        fresh(alias).unpublish()
    withdraw(fresh(story))
    assert shown() == {(False, "After")}
    assert not Edition.objects.filter(story_id__in=[alias.pk, third.pk]).exists()


def test_no_alias_gets_words_of_its_own() -> None:
    story = a_story("As signed")
    alias = story.create_alias(parent=a_section(), update_slug="second")
    for model in (ArticlePage, Page):
        row = model.objects.get(pk=alias.pk)
        row.title = "Unsigned"
        with pytest.raises(Refused):
            row.save()
    assert fresh(alias).title == "As signed"


def test_an_alias_of_an_alias_is_as_private_as_the_story(reader: Client) -> None:
    story = a_story("Private")
    alias = story.create_alias(parent=a_section(), update_slug="second")
    third = alias.create_alias(parent=a_section(), update_slug="third")
    with publication_context("", "A lawyer asks"):
        PageViewRestriction.objects.create(page=story, restriction_type="login")
    for page in (story, alias, third):
        assert reader.get(page.url).status_code == 302, page.url
        assert not ArticlePage.objects.published().filter(pk=page.pk).exists()


def test_a_translation_and_a_copy_are_stories_of_their_own() -> None:
    story = a_story("Source")
    locale = Locale.objects.create(language_code="uk")
    translated = story.copy_for_translation(locale, copy_parents=True)
    copied = story.copy(update_attrs={"slug": "copy"}, keep_live=False)
    for other in (translated, copied):
        other = fresh(other)
        assert not other.live and not other.editions.exists()
        with pytest.raises(Refused):
            other.get_latest_revision().publish()
        other = publish_again(other)
        assert (other.live, other.editions.get().number) == (True, 1)
    withdraw(fresh(story))
    assert fresh(translated).live and fresh(copied).live
    kept = fresh(translated).copy(update_attrs={"slug": "live-copy"}, keep_live=True)
    assert not fresh(kept).live and not fresh(kept).editions.exists()


def test_a_withdrawn_story_that_moved_away_and_back_is_not_found(reader: Client) -> None:
    world, culture = a_section("World"), a_section("Culture")
    story = a_story(parent=world)
    address = story.url
    for section in (culture, world):
        fresh(story).move(section, pos="last-child")
    withdraw(fresh(story))
    assert fresh(story).url == address
    assert reader.get(address).status_code == 404
