"""The related story block: public targets are shown, others show nothing and break nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from news.models import ArticlePage
from tests.builders import (
    a_section,
    a_story,
    a_user,
    an_image,
    decide,
    erase,
    make_private,
    move,
    publish_again,
    submit,
    withdraw,
)

pytestmark = pytest.mark.django_db

OWN = {"headline": "Own words above", "text": "Own words below", "note": "Read this first"}
STORIES = "/api/v2/pages/?type=news.ArticlePage&fields=*&limit=50"


def the_target(**fields: Any) -> ArticlePage:
    picture = an_image("Targetpicture", credit="Targetcredit")
    fields = {"summary": "Targetstandfirst", "lead_image": picture, **fields}
    return a_story("Targetheadline", slug="targetslug", **fields)


def host_of(target: Page, **own: str) -> ArticlePage:
    """A story that recommends the target between two paragraphs."""
    block = {"page": target, "headline": "", "text": "", "note": "", **own}
    body = [
        ("paragraph", "<p>Words before.</p>"),
        ("related_story", block),
        ("paragraph", "<p>Words after.</p>"),
    ]
    return a_story("The host", slug="the-host", body=body)


def answers(reader: Client, host: ArticlePage) -> dict[str, Any]:
    """The host as its page, and its body as v2 has it alone and in the list."""
    page = reader.get(host.url)
    assert page.status_code == 200
    alone = reader.get(f"/api/v2/pages/{host.pk}/").json()
    items = reader.get(STORIES).json()["items"]
    listed = next(item for item in items if item["id"] == host.pk)
    return {"page": page.content.decode(), "alone": alone["body"], "list": listed["body"]}


def related(body: list[dict[str, Any]]) -> list[Any]:
    return [block["value"] for block in body if block["type"] == "related_story"]


def deleted(target: ArticlePage) -> None:
    erase(target)


def unpublished(target: ArticlePage) -> None:
    withdraw(target)


def restricted(kind: str) -> Callable[[ArticlePage], None]:
    def restrict(target: ArticlePage) -> None:
        make_private(target, kind, "sesame")

    return restrict


def moved_under(kind: str) -> Callable[[ArticlePage], None]:
    def hide(target: ArticlePage) -> None:
        vault = a_section("Vault", slug="vault")
        restricted(kind)(vault)
        move(target, vault)

    return hide


def section_unpublished_with_it(target: ArticlePage) -> None:
    section = a_section("Attic", slug="attic")
    target.move(section, pos="last-child")
    section = type(section).objects.get(pk=section.pk)
    withdraw(section)
    target.refresh_from_db()
    withdraw(target)


GONE = {
    "deleted": deleted,
    "unpublished": unpublished,
    "login": restricted(PageViewRestriction.LOGIN),
    "password": restricted(PageViewRestriction.PASSWORD),
    "groups": restricted(PageViewRestriction.GROUPS),
    "moved under a login": moved_under(PageViewRestriction.LOGIN),
    "moved under a password": moved_under(PageViewRestriction.PASSWORD),
    "unpublished with its section": section_unpublished_with_it,
}


@pytest.mark.parametrize("own", [{}, OWN], ids=["plain", "own words"])
@pytest.mark.parametrize("go", GONE.values(), ids=GONE.keys())
def test_a_target_that_is_no_longer_public(
    reader: Client, go: Callable[[ArticlePage], None], own: dict[str, str]
) -> None:
    target = the_target()
    host = host_of(target, **own)
    before = answers(reader, host)
    assert len(related(before["alone"])) == len(related(before["list"])) == 1
    go(target)
    shows_nothing(reader, host)


@pytest.mark.parametrize("state", ["draft", "in review", "scheduled", "scheduled again"])
def test_a_target_that_is_not_public_yet(reader: Client, state: str) -> None:
    go_live_at = timezone.now() + timedelta(hours=2) if "scheduled" in state else None
    target = the_target(live=False, go_live_at=go_live_at)
    if state != "draft":
        target = submit(target, a_user("Reporters"))
    if state == "scheduled":
        target = decide(target, a_user("Editors"))
        target = decide(target, a_user("Managing editors"))
        assert target.approved_schedule
    assert not target.live
    shows_nothing(reader, host_of(target, **OWN))


def shows_nothing(reader: Client, host: ArticlePage) -> None:
    seen = answers(reader, host)
    for body in (seen["alone"], seen["list"]):
        assert [block["type"] for block in body] == ["paragraph", "paragraph"]
        assert "Own words" not in str(body)
    article = seen["page"].split('<section class="more-from"')[0]
    assert article.index("Words before.") < article.index("Words after.")
    for word in ("Targetheadline", "targetslug", "Targetstandfirst", *OWN.values()):
        assert word not in article, word
    between = article.split("Words before.</p>")[1].split("<p>Words after.")[0]
    assert "<a" not in between
    assert "<aside" not in between


SHOWN = {
    # What the block says itself, and what readers see.
    "nothing": ({}, ("Targetheadline", "Targetstandfirst", "")),
    "headline": ({"headline": OWN["headline"]}, (OWN["headline"], "Targetstandfirst", "")),
    "text": ({"text": OWN["text"]}, ("Targetheadline", OWN["text"], "")),
    "note": ({"note": OWN["note"]}, ("Targetheadline", "Targetstandfirst", OWN["note"])),
    "everything": (OWN, tuple(OWN.values())),
}


@pytest.mark.parametrize(("own", "expected"), SHOWN.values(), ids=SHOWN.keys())
def test_own_words_come_before_those_of_the_target(
    reader: Client, own: dict[str, str], expected: tuple[str, str, str]
) -> None:
    target = the_target()
    seen = answers(reader, host_of(target, **own))
    article = seen["page"].split('<section class="more-from"')[0]
    hidden = {"Targetheadline", "Targetstandfirst", *OWN.values()} - set(expected)
    for text in filter(None, expected):
        assert text in article
    for text in hidden:
        assert text not in article
    assert f'href="{target.url}"' in article
    assert "<img" in article
    for body in (seen["alone"], seen["list"]):
        (value,) = related(body)
        assert (value["headline"], value["text"], value["note"]) == expected
        assert value["id"] == target.pk
        assert value["url"].endswith("/news/targetslug/")
        assert value["image"]["credit"] == "Targetcredit"


def test_a_target_that_moved_has_its_new_address(reader: Client) -> None:
    target = the_target()
    host = host_of(target)
    target.move(a_section("Culture", slug="culture"), pos="last-child")
    seen = answers(reader, host)
    article = seen["page"].split('<section class="more-from"')[0]
    assert 'href="/news/culture/targetslug/"' in article
    assert 'href="/news/targetslug/"' not in article
    for body in (seen["alone"], seen["list"]):
        assert related(body)[0]["url"].endswith("/news/culture/targetslug/")


def test_a_target_whose_section_moved_its_slug(reader: Client) -> None:
    section = a_section("Culture", slug="culture")
    host = host_of(the_target(parent=section))
    section.slug = "arts"
    section.save_revision().publish()
    assert 'href="/news/arts/targetslug/"' in answers(reader, host)["page"]


def test_a_target_that_comes_back_is_shown_again(reader: Client) -> None:
    target = the_target()
    host = host_of(target)
    withdraw(target)
    shows_nothing(reader, host)
    target = ArticlePage.objects.get(pk=target.pk)
    publish_again(target)
    assert "Targetheadline" in answers(reader, host)["page"]


def test_the_waiting_draft_of_a_target_is_not_shown(reader: Client) -> None:
    target = the_target()
    host = host_of(target)
    target.title, target.summary, target.slug = "Unread headline", "Unread words", "unread"
    target.save_revision()
    seen = answers(reader, host)
    assert related(seen["alone"])[0]["headline"] == "Targetheadline"
    assert "nread" not in str(seen)


def test_a_story_that_recommends_itself(reader: Client) -> None:
    host = a_story("Mirror", slug="mirror")
    host.body = [("related_story", {"page": host, "headline": "", "text": "", "note": ""})]
    publish_again(host)
    assert (
        related(answers(reader, ArticlePage.objects.get(pk=host.pk))["alone"])[0]["id"] == host.pk
    )


def test_a_target_without_anything(reader: Client) -> None:
    """Neither picture nor standfirst: the headline alone."""
    seen = answers(reader, host_of(a_story("Bare", slug="bare")))
    (value,) = related(seen["alone"])
    assert (value["headline"], value["text"], value["image"]) == ("Bare", "", None)
    assert 'href="/news/bare/"' in seen["page"]
