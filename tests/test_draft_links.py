"""A draft shared by a link: who may, what the reader sees, and when it ends."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.models import User
from news.desk.draft_links import make_link, may_share, revoke
from news.editions.choices import Kind, Role
from news.editions.errors import Refused
from news.editions.signatures import sign
from news.models import ArticlePage, AuthorPage, Byline, DraftLink, Edition
from tests.builders import a_story, a_user, an_author, an_image, decide, publish_again, withdraw
from tests.doors import (
    ADMINISTRATORS,
    EDITORS,
    LEGAL,
    MANAGING,
    REPORTERS,
    SUPERUSER,
    a_desk,
    admin,
    fresh,
    person,
    waiting_at,
)

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r"http://testserver(/draft/[\w-]{43}/)")


def links_screen(story: ArticlePage) -> str:
    return reverse("draft_links", args=(story.pk,))


def a_draft(**fields: object) -> ArticlePage:
    return a_story("A draft to show", live=False, **fields)


def an_address(story: ArticlePage, user: User | None = None, days: int = 3) -> str:
    _link, token = make_link(story, user or person(EDITORS), days)
    return reverse("shared_draft", args=(token,))


def see(address: str) -> HttpResponse:
    return Client().get(address)


def test_who_makes_sees_and_revokes_links() -> None:
    desk = a_desk("culture")
    owner, named, shared = (a_user(REPORTERS) for _n in range(3))
    author = AuthorPage.objects.get(pk=an_author(user=named).pk)
    story = a_draft(parent=desk, owner=owner, authors=(author,), needs_legal_review=True)
    draft = fresh(story).get_latest_revision_as_object()
    draft.shared_with = [shared]
    draft.save_revision(user=owner)
    table = {
        owner: True,
        named: True,
        shared: True,
        a_user("Editors: culture"): True,
        person(EDITORS): True,
        person(MANAGING): True,
        person(SUPERUSER): True,
        person(REPORTERS): False,
        person(LEGAL): False,
        person(ADMINISTRATORS): False,
        a_user("Editors: elsewhere"): False,
    }
    for user, may in table.items():
        link, _token = make_link(story, owner, 1)
        client = admin(user)
        shown = client.get(links_screen(story))
        assert (shown.status_code == 200) == may, user
        made = client.post(links_screen(story), {"days": "7"})
        assert bool(ADDRESS.search(made.content.decode())) == may
        client.post(reverse("revoke_link", args=(story.pk, link.pk)))
        link.refresh_from_db()
        assert (link.revoked_at is not None) == may
        editor = client.get(reverse("wagtailadmin_pages:edit", args=(story.pk,)), follow=True)
        assert (links_screen(story) in editor.content.decode()) == may
        if not may:
            refused = client.get(links_screen(story), follow=True).content.decode()
            if user.has_perm("wagtailadmin.access_admin"):
                assert "A draft is shared by its writers" in refused
            with pytest.raises(Refused):
                make_link(story, user, 1)
            with pytest.raises(Refused):
                revoke(link, user)


def test_a_lawyer_who_holds_the_stage_may_not() -> None:
    story = waiting_at("legal", a_user(REPORTERS))
    lawyer = person(LEGAL)
    assert story.permissions_for_user(lawyer).can_edit() and not may_share(lawyer, story)


def test_strangers_and_other_stories() -> None:
    story, other = a_draft(), a_draft()
    link, _token = make_link(story, person(EDITORS), 1)
    assert Client().get(links_screen(story)).status_code == 302
    wrong = admin(person(EDITORS)).post(reverse("revoke_link", args=(other.pk, link.pk)))
    assert wrong.status_code == 404
    assert admin(person(EDITORS)).get(reverse("draft_links", args=(999_999,))).status_code == 404
    got = admin(person(EDITORS)).get(reverse("revoke_link", args=(story.pk, link.pk)))
    assert got.status_code == 405
    link.refresh_from_db()
    assert link.revoked_at is None


def test_the_address_is_shown_once_and_only_its_hash_is_kept() -> None:
    story, client = a_draft(), admin(person(EDITORS))
    made = client.post(links_screen(story), {"days": "7"})
    found = ADDRESS.search(made.content.decode())
    assert found is not None and "no-store" in made["Cache-Control"]
    assert see(found[1]).status_code == 200
    token = found[1].split("/")[2]
    [link] = DraftLink.objects.filter(story=story)
    assert link.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert abs(link.expires_at - timezone.now() - timedelta(days=7)) < timedelta(minutes=1)
    again = client.get(links_screen(story)).content.decode()
    assert token not in again and link.token_hash not in again
    kept = [entry.data for entry in PageLogEntry.objects.filter(page=story.pk)]
    assert token not in str(kept)


@pytest.mark.parametrize("days", ["", "2", "30", "-1", "x", "1.5"])
def test_other_spans_make_no_link(days: str) -> None:
    story = a_draft()
    answer = admin(person(EDITORS)).post(links_screen(story), {"days": days})
    assert answer.status_code == 200 and not DraftLink.objects.exists()


def test_what_is_on_record() -> None:
    story, editor = a_draft(), person(EDITORS)
    link, _token = make_link(story, editor, 1)
    revoke(link, editor)
    revoke(link, editor)
    entries = PageLogEntry.objects.filter(page=story.pk, action__startswith="news.draft_link")
    actions = [entry.action for entry in entries.order_by("pk")]
    assert actions == ["news.draft_link.make", "news.draft_link.revoke"]
    assert all(entry.user == editor for entry in entries)
    history = admin(editor).get(reverse("wagtailadmin_pages:history", args=(story.pk,)))
    assert "Shared the draft by a link, until" in history.content.decode()


def test_the_newest_draft_as_readers_would_see_it() -> None:
    ada, ben = an_author("Ada"), an_author("Ben")
    story = a_story("As it was", authors=(ada,), lead_image=an_image(credit="A. Name"))
    address = an_address(story, a_user(EDITORS, name="maria"))
    draft = fresh(story).get_latest_revision_as_object()
    draft.title, draft.bylines = "As it will be", [Byline(author=ben)]
    draft.save_revision()
    page = see(address).content.decode()
    assert "As it will be" in page and "As it was" not in page.split("more-from")[0]
    assert ">Ben</a>" in page and "Ada" not in page and "A. Name" in page
    assert "Draft, not published." in page and "Shared by Maria, until" in page
    assert 'name="robots" content="noindex, nofollow"' in page
    live = Client().get(fresh(story).url).content.decode()
    assert "As it was" in live and "Draft, not published" not in live


def test_nothing_keeps_or_names_the_address() -> None:
    address = an_address(a_draft())
    response = see(address)
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert address.split("/")[2] not in response.content.decode()
    assert "Set-Cookie" not in response


def test_a_colleague_gets_no_bar_to_edit_with() -> None:
    story, editor = a_draft(), person(SUPERUSER)
    address = an_address(story, editor)
    page = admin(editor).get(address).content.decode()
    assert "wagtail-userbar" not in page and f"/pages/{story.pk}/edit" not in page
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)(address).status_code == 405
    assert Client().head(address).status_code == 200


def test_others_drafts_stay_hidden_in_it() -> None:
    hidden = a_story("Zanzibar", live=False)
    body = [
        ("related_story", {"page": hidden}),
        ("paragraph", f'<p><a linktype="page" id="{hidden.pk}">words</a></p>'),
    ]
    page = see(an_address(a_draft(body=body))).content.decode()
    assert "Zanzibar" not in page and hidden.slug not in page and "words" in page


def test_the_language_of_the_story() -> None:
    address = an_address(a_draft())
    page = Client().get(address, headers={"Accept-Language": "uk"}).content.decode()
    assert '<html lang="en"' in page


def test_what_ends_a_link() -> None:
    story, editor = a_draft(), a_user(EDITORS)
    unknown = reverse("shared_draft", args=("x" * 43,))
    assert see(unknown).status_code == 404
    expired, revoked, left = (an_address(story, editor) for _n in range(3))
    first, second, _third = DraftLink.objects.order_by("pk")
    DraftLink.objects.filter(pk=first.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    revoke(second, editor)
    for address, status in ((expired, 410), (revoked, 410), (left, 200)):
        response = see(address)
        assert response.status_code == status
        assert ("This link has ended." in response.content.decode()) == (status == 410)
        assert ("A draft to show" in response.content.decode()) == (status == 200)
        assert response["Cache-Control"] == "private, no-store"
    editor.is_active = False
    editor.save()
    assert see(left).status_code == 410
    assert "None." in admin(person(EDITORS)).get(links_screen(story)).content.decode()


def test_a_legal_hold_shows_nothing_until_it_is_lifted() -> None:
    story, lawyer = a_draft(), person(LEGAL)
    address = an_address(story)
    for role, status in ((Role.HOLD, 410), (Role.RELEASE, 200), (Role.HOLD, 410)):
        sign(fresh(story).get_latest_revision_as_object(), lawyer, role)
        assert see(address).status_code == status
    client = admin(person(EDITORS))
    assert "Legal holds this story" in client.get(links_screen(story)).content.decode()
    client.post(links_screen(story), {"days": "1"})
    assert DraftLink.objects.filter(story=story).count() == 1


def test_a_story_that_was_taken_down_shows_nothing() -> None:
    story = a_story("Taken down")
    address = an_address(story)
    withdraw(story)
    assert see(address).status_code == 200  # withdrawn: the desk works on it
    edition = Edition.objects.filter(story=story).order_by("-number")[0]
    edition.pk, edition.number, edition.kind = None, edition.number + 1, Kind.TAKEDOWN
    Edition.objects.bulk_create([edition])
    assert see(address).status_code == 410


def test_it_goes_on_when_the_story_is_public() -> None:
    story = a_draft()
    address = an_address(story)
    draft = fresh(story).get_latest_revision_as_object()
    publish_again(draft)
    assert see(address).status_code == 200


def test_in_review_it_shows_the_text_in_review() -> None:
    owner = a_user(REPORTERS)
    story = waiting_at("desk", owner, title="In review")
    address = an_address(story, owner)
    decide(story, person(EDITORS), "reject", "Shorter")
    assert "In review" in see(address).content.decode()


def test_the_screen_asks_the_same_number_of_queries() -> None:
    story, editor = a_draft(), person(EDITORS)
    counts = []
    for many in (3, 27):
        for _n in range(many):
            make_link(story, a_user(EDITORS), 1)
        counts.append(queries(editor, links_screen(story)))
    assert counts[0] == counts[1]


def queries(user: User, address: str) -> int:
    client = admin(user)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
