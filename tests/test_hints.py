"""Hints for writers, and stories offered to be related: what they say, to whom, at what cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.models import User
from news.editor.advice import ADD, advice, hints, suggestions
from news.models import ArticlePage, Contribution, Participant
from tests.builders import (
    a_page,
    a_section,
    a_story,
    a_user,
    an_author,
    an_image,
    erase,
    make_private,
    submit,
    withdraw,
)
from tests.doors import (
    EDITORS,
    LEGAL,
    MANAGING,
    PAGES,
    REPORTERS,
    SUPERUSER,
    a_desk,
    admin,
    draft_title,
    edit_form,
    fresh,
    person,
    waiting_at,
)

pytestmark = pytest.mark.django_db


def finished(title: str = "", **fields: Any) -> ArticlePage:
    """A story of which there is nothing to say."""
    whole = {"summary": "In short.", "lead_image": an_image(), "authors": (an_author(),)}
    return a_story(title, **{**whole, **fields})


def sentences(story: ArticlePage, user: User | None = None) -> list[str]:
    draft = fresh(story).get_latest_revision_as_object()
    return [hint.sentence for hint in hints(draft, user or a_user(EDITORS))]


def test_nothing_to_say() -> None:
    assert sentences(finished()) == []


def test_what_is_missing() -> None:
    assert sentences(a_story(live=False)) == [
        "The story has no standfirst.",
        "Nobody stands in the byline.",
        "The story has no lead image.",
    ]


@pytest.mark.parametrize(
    ("other", "close"),
    [
        ("The Ferry sails on Monday, at last", True),
        ("THE FERRY SAILS — ON MONDAY AT LAST!", True),
        ("The ferry sails on Monday at length", True),
        ("Why the ferry sails on Monday at last", True),
        ("The ferry sails on Tuesday at last", True),
        ("Ferry Monday sails", False),
        ("The ferry stays on Monday, they say", False),
        ("On the last ferry", False),
    ],
)
def test_the_same_headline(other: str, close: bool) -> None:
    finished(other)
    found = sentences(finished("The ferry sails on Monday at last"))
    assert found == ([f"Another story has almost the same headline: “{other}”."] if close else [])


HEADLINE = "A headline that two people had"


def test_whose_drafts_with_the_same_headline_are_named() -> None:
    """Public stories to everybody; drafts to whom they name, who wrote them or who edits them."""
    desk = a_desk("culture")
    owner, named, editor = a_user(REPORTERS), a_user(REPORTERS), a_user("Editors: culture")
    draft = finished(HEADLINE, live=False, owner=owner, parent=desk)
    Participant.objects.create(story=draft, person=named)
    mine = finished(HEADLINE, live=False)
    table = {
        owner: True,
        named: True,
        editor: True,
        a_user(EDITORS): True,
        a_user(MANAGING): True,
        a_user(superuser=True): True,
        a_user(REPORTERS): False,
        a_user(LEGAL): False,
        a_user("Editors: elsewhere"): False,
    }
    for user, told in table.items():
        assert bool(sentences(mine, user)) == told, user.groups.all()
    public = finished(HEADLINE, parent=desk)
    stranger = a_user(REPORTERS)
    [hint] = hints(fresh(mine).get_latest_revision_as_object(), stranger)
    assert hint.url == public.url
    make_private(public)
    assert not sentences(mine, stranger)


def test_pictures_by_name() -> None:
    lead = an_image("Lead", description="", credit="")
    said = an_image("Said here", description="")
    silent = an_image("Silent", description="")
    bare = an_image("Bare", credit="")
    gallery = [{"image": image, "caption": "", "alt": ""} for image in (silent, bare)]
    body = [("image", {"image": said, "caption": "", "alt": "A quay"}), ("gallery", gallery)]
    assert sentences(finished(lead_image=lead, body=body)) == [
        "The picture “Lead” lacks: alt text, credit.",
        "The picture “Silent” lacks: alt text.",
        "The picture “Bare” lacks: credit.",
    ]


def test_a_picture_with_an_alt_text_in_one_of_two_places() -> None:
    silent = an_image("Silent", description="")
    uses = [("image", {"image": silent, "caption": "", "alt": alt}) for alt in ("A quay", "")]
    assert sentences(finished(body=uses)) == ["The picture “Silent” lacks: alt text."]


def test_links_to_what_readers_cannot_see() -> None:
    draft, gone, about = a_story("A draft", live=False), a_story(live=False), a_page("About")
    links = "".join(f'<a linktype="page" id="{page.pk}">x</a>' for page in (draft, gone, about))
    body = [("paragraph", f"<p>{links}</p>"), ("related_story", {"page": withdrawn("Withdrawn")})]
    story = finished(body=body, live=False)
    erase(gone)
    assert sorted(sentences(story)) == [
        "The body leads to a page that is no more.",
        "The body leads to “A draft”, which is not public: readers see no link.",
        "The body leads to “Withdrawn”, which is not public: readers see no link.",
    ]


def withdrawn(title: str) -> ArticlePage:
    story = a_story(title)
    withdraw(story)
    return fresh(story)


def offered(story: ArticlePage) -> list[str]:
    draft = fresh(story).get_latest_revision_as_object()
    return [other.title for other in suggestions(draft)]


def test_offered_by_tags_then_section_then_time() -> None:
    here, there = a_section(), a_section()
    a_story("One tag, old", tags=("port",), parent=there, hours_ago=9)
    a_story("One tag, here", tags=("port",), parent=here, hours_ago=8)
    a_story("Two tags", tags=("port", "law"), parent=there, hours_ago=7)
    a_story("One tag, new", tags=("law",), parent=there, hours_ago=6)
    a_story("Another subject", tags=("music",), parent=here)
    a_story("A draft", tags=("port", "law"), live=False)
    make_private(a_story("Private", tags=("port", "law")))
    story = a_story("Mine", tags=("port", "law", "rain"), parent=here, live=False)
    assert offered(story) == ["Two tags", "One tag, here", "One tag, new", "One tag, old"]
    assert offered(a_story(live=False)) == []


def test_not_offered_what_the_body_names() -> None:
    first, second = (a_story(f"Fits {n}", tags=("port",)) for n in (1, 2))
    body = [("related_story", {"page": first})]
    assert offered(a_story(tags=("port",), body=body, live=False)) == [second.title]


def test_five_at_most() -> None:
    for _number in range(7):
        a_story(tags=("port",))
    assert len(offered(a_story(tags=("port",), live=False))) == 5


def test_queries_do_not_grow() -> None:
    user = a_user(EDITORS)
    counts = []
    for many in (3, 30):
        images = [an_image(credit="") for _n in range(many)]
        pages = [a_story(HEADLINE, live=False) for _n in range(many)]
        for _n in range(many):
            a_story(tags=("port", "law"))
        links = "".join(f'<a linktype="page" id="{page.pk}">x</a>' for page in pages)
        body = [("image", {"image": image, "caption": "", "alt": ""}) for image in images]
        story = a_story(
            HEADLINE, tags=("port", "law"), body=[*body, ("paragraph", links)], live=False
        )
        draft = fresh(story).get_latest_revision_as_object()
        reader = User.objects.get(pk=user.pk)
        with CaptureQueriesContext(connection) as captured:
            found = advice(draft, reader)
        assert len(found["hints"]) > many and found["suggestions"]
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12, counts


def add(user: User, story: ArticlePage, other: ArticlePage, **fields: str) -> str:
    """Type into the form and press the button beside an offered story. Out: what is said then."""
    client = admin(user)
    data = edit_form(client, story, **{ADD: str(other.pk), **fields})
    address = reverse(f"{PAGES}:edit", args=(story.pk,))
    return str(client.post(address, data, follow=True).content.decode())


def related_in(story: ArticlePage) -> list[int]:
    body = fresh(story).get_latest_revision_as_object().body.raw_data
    return [block["value"]["page"] for block in body if block["type"] == "related_story"]


def test_the_button_saves_what_was_typed_and_adds_the_story() -> None:
    other, writer = a_story("It fits", tags=("port",)), a_user(REPORTERS)
    story = a_story(tags=("port",), live=False, owner=writer)
    page = admin(writer).get(reverse(f"{PAGES}:edit", args=(story.pk,))).content.decode()
    assert f'name="{ADD}" value="{other.pk}"' in page
    said = add(writer, story, other, title="Typed a moment ago")
    assert "“It fits” stands at the end of the story now." in said
    assert (draft_title(story), related_in(story)) == ("Typed a moment ago", [other.pk])
    [contribution] = Contribution.objects.filter(story=story)
    assert contribution.person == writer


def test_what_is_not_public_is_not_added() -> None:
    other, writer = a_story("Hidden", live=False), a_user(REPORTERS)
    story = a_story(live=False, owner=writer)
    for asked in (other, story, ArticlePage(pk=999_999)):
        said = add(writer, story, asked, title="Typed")
        assert "Your text is saved. The other story is not public any more." in said
        assert "Hidden" not in said
        assert (draft_title(story), related_in(story)) == ("Typed", [])


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("owner", True),
        (EDITORS, True),
        (MANAGING, True),
        (SUPERUSER, True),
        (REPORTERS, False),
        (LEGAL, False),
        ("Administrators", False),
    ],
)
def test_who_may_add(who: str, may: bool) -> None:
    owner, other = a_user(REPORTERS), a_story(tags=("port",))
    story = a_story(tags=("port",), live=False, owner=owner)
    user = owner if who == "owner" else person(who)
    address = reverse(f"{PAGES}:edit", args=(story.pk,))
    form = edit_form(admin(owner), story, **{ADD: str(other.pk)})
    admin(user).post(address, form)
    assert related_in(story) == ([other.pk] if may else [])


def test_a_text_that_is_locked_or_stands_still_stays() -> None:
    other, owner = a_story(tags=("port",)), a_user(REPORTERS)
    form = edit_form(admin(owner), a_story(tags=("port",), live=False, owner=owner))
    form[ADD] = str(other.pk)
    in_review = submit(a_story(tags=("port",), live=False, owner=owner), owner)
    at_legal = waiting_at("legal", owner, tags=("port",))
    for story, user in ((in_review, owner), (at_legal, person(LEGAL))):
        address = reverse(f"{PAGES}:edit", args=(story.pk,))
        page = admin(user).get(address, follow=True).content.decode()
        assert page and f'name="{ADD}"' not in page
        assert ("Stories with the same tags" in page) == (story == in_review), "a lawyer reads"
        admin(user).post(address, form)
        assert related_in(story) == []


def test_hints_are_drawn_anew_when_the_form_saves_by_itself() -> None:
    writer = a_user(REPORTERS)
    story = a_story(live=False, owner=writer)
    client = admin(writer)
    data = edit_form(client, story, summary="In short.")
    address = reverse(f"{PAGES}:edit", args=(story.pk,))
    answer = client.post(address, data, headers={"Accept": "application/json"})
    html = answer.json()["html"]
    assert 'data-w-teleport-target-value="#story-advice"' in html
    assert "Nobody stands in the byline." in html and "no standfirst" not in html
    section = a_section()
    editor = admin(person(SUPERUSER))
    listing = reverse(f"{PAGES}:edit", args=(section.pk,))
    form = edit_form(editor, section, title="Renamed")
    answer = editor.post(listing, form, headers={"Accept": "application/json"})
    assert "story-advice" not in answer.json()["html"]
    page = client.get(address).content.decode()
    assert 'type="module"' in page and "news/js/add-related" in page
