"""What changes with a page: its state, its address, its slots, the media that it shows."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Locale, Page, PageViewRestriction

from cms.changes.models import changes_since, newest_number
from cms.changes.subjects import Subject
from cms.models import Image, PublicationSettings
from home.models import FrontSlot
from news.models import Tag
from tests.builders import a_page, a_section, a_story, an_author, an_image, home
from tests.following import a_used_image, fresh, publish, slots, written

pytestmark = pytest.mark.django_db


def test_a_page_is_public_while_it_is_published() -> None:
    page = a_section("World", live=False)
    assert written(fresh(page).save_revision) == []
    assert written(fresh(page).save) == []
    [created] = written(lambda: publish(fresh(page)))
    assert created.kind == "created" and created.before is None
    assert created.after is not None and created.after["title"] == "World"
    assert written(lambda: publish(fresh(page))) == []
    draft = fresh(page)
    draft.title = "Another title"
    assert written(draft.save_revision) == []
    [removed] = written(fresh(page).unpublish)
    assert (removed.kind, removed.before, removed.after) == ("removed", created.after, None)


def test_what_happens_under_a_restriction() -> None:
    page = a_section()
    [closed] = written(
        lambda: PageViewRestriction.objects.create(
            page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN
        )
    )
    assert closed.subject == "wagtailcore.pageviewrestriction"
    assert closed.after == {"page": page.get_parent().pk, "restriction_type": "login"}
    page = fresh(page)
    page.title = "A secret"
    assert written(page.save) == []


def test_the_row_of_the_tree_alone() -> None:
    """`Page.objects.get().save()` calls no save of the page's own class."""
    author = an_author("Ada")
    page = Page.objects.get(pk=author.pk)
    page.title = "Ada Writer"
    [change] = written(page.save)
    assert (change.kind, change.subject) == ("changed", "news.authorpage")


def test_moves() -> None:
    first, second = a_page("First"), a_page("Second")
    redirected, moved = written(lambda: fresh(second).move(first, pos="last-child"))
    assert redirected.subject == "wagtailredirects.redirect"
    assert (moved.kind, moved.subject_id) == ("moved", second.pk)
    assert moved.before is not None and moved.before["url_path"] == second.url_path
    assert moved.after is not None
    assert moved.after["url_path"] == f"{first.url_path}{second.slug}/"
    third = a_page("Third")
    [reordered] = written(lambda: fresh(third).move(fresh(first), pos="left"))
    assert (reordered.kind, reordered.before) == ("moved", reordered.after)


def test_a_move_under_a_private_page() -> None:
    vault, page = a_page("Vault"), a_page("Page")
    PageViewRestriction.objects.create(page=vault, restriction_type=PageViewRestriction.LOGIN)
    changes = written(lambda: fresh(page).move(vault, pos="last-child"))
    kinds = [(c.kind, c.subject_id) for c in changes if c.subject == "home.standardpage"]
    assert kinds == [("removed", page.pk)]


def test_a_new_address_and_its_redirects(django_capture_on_commit_callbacks: Any) -> None:
    page = a_page(slug="old")
    child = a_page()
    child.move(page, pos="last-child")
    page = fresh(page)
    page.slug = "new"
    start = newest_number()
    with django_capture_on_commit_callbacks(execute=True):
        page.save()
    moved, redirected = changes_since(start)
    assert (moved.kind, moved.subject_id) == ("moved", page.pk)
    assert (redirected.kind, redirected.subject) == ("created", "wagtailredirects.redirect")
    assert redirected.after is not None and redirected.after["old_path"] == "/old"


def test_front_slots() -> None:
    one, two = a_story(), a_story()
    front = home()
    slots(front, one, two)
    [filled] = written(lambda: publish(front))
    assert (filled.kind, filled.subject) == ("changed", "home.homepage")
    assert filled.after is not None and filled.after["slots__story"] == [one.pk, two.pk]
    assert written(lambda: publish(home())) == []
    front = home()
    slots(front, two)
    [emptied] = written(front.save)
    assert emptied.before == filled.after
    fewer = {"slots__story": [two.pk], "slots__sort_order": [None]}
    assert emptied.after == filled.after | fewer
    slot = FrontSlot.objects.get()
    slot.story = one
    [alone] = written(slot.save)
    assert alone.subject == "home.homepage" and alone.before == emptied.after
    [gone] = written(slot.delete)
    assert gone.after == filled.after | {"slots__story": [], "slots__sort_order": []}


def test_a_front_page_goes_with_its_slots() -> None:
    story = a_story()
    front = home().copy_for_translation(Locale.objects.create(language_code="uk"))
    slots(front, story, story)
    publish(front)
    changes = written(lambda: Page.objects.filter(pk=front.pk).delete())
    assert [(change.kind, change.subject_id) for change in changes] == [("removed", front.pk)]
    assert changes[0].before is not None
    assert changes[0].before["slots__story"] == [story.pk, story.pk]


def test_pictures_nobody_sees() -> None:
    def edit() -> None:
        image = an_image()
        image.credit = "Somebody else"
        image.tags.add("boats")
        image.save()
        image.delete()

    assert written(edit) == []
    an_author(live=False, photo=an_image())
    image = Image.objects.latest("pk")
    image.credit = "Somebody else"
    assert written(image.save) == []


def test_what_a_page_uses_is_noted_in_the_same_transaction() -> None:
    """Else a follower could see the page and miss its picture in the API."""
    author = an_author()
    author.photo = an_image()
    assert Subject(author.photo).facts() is None
    [change] = written(lambda: publish(author))
    assert change.subject == "news.authorpage"
    photo = Subject(author.photo).facts()
    assert photo is not None and photo["credit"] == "A. Photographer"


def test_tags_of_a_picture() -> None:
    image = a_used_image()
    [added] = written(lambda: image.tags.add("boats"))
    assert added.after is not None and added.before is not None
    assert (added.subject, added.subject_id) == ("cms.image", image.pk)
    assert (added.before["tags__name"], added.after["tags__name"]) == ([], ["boats"])
    changes = written(image.delete)
    assert [change.kind for change in changes] == ["removed"]


def test_tags_nobody_sees() -> None:
    def draft() -> None:
        story = a_story(tags=("secret",), live=False)
        tag = Tag.objects.get(name="secret")
        tag.name = "secrets"
        tag.save()
        story.delete()
        tag.delete()

    assert written(draft) == []


def test_settings_keep_their_menus_as_stored() -> None:
    settings = PublicationSettings.load()
    page = a_page()
    settings.header_menu = [("entry", {"label": "About", "page": page, "url": ""})]
    [change] = written(settings.save)
    assert change.after is not None
    [entry] = change.after["header_menu"]
    assert entry["value"] == {"label": "About", "page": page.pk, "url": ""}
