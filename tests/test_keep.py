"""What an edition names stays: pictures, documents, authors, tags, and the people behind a text."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.tests.utils import get_test_image_file

from cms.models import Image, User
from news.editions.errors import Refused
from news.models import ArticlePage, AuthorPage, Tag
from tests.builders import a_story, a_user, an_author, an_image, publish_again, signed, withdraw
from tests.doors import SUPERUSER, admin, person

pytestmark = pytest.mark.django_db


def a_document() -> Document:
    return Document.objects.create(title="Paper", file=ContentFile(b"x", name="paper.txt"))


def test_media_and_authors_of_an_earlier_edition() -> None:
    """Also once the story shows others, or is withdrawn."""
    lead, inside, paper, ada = an_image("Lead"), an_image("Inside"), a_document(), an_author("Ada")
    body = [
        ("image", {"image": inside, "caption": "", "alt": ""}),
        ("document", {"document": paper, "title": ""}),
    ]
    story = a_story(lead_image=lead, body=body, authors=(ada,))
    story = ArticlePage.objects.get(pk=story.pk)
    story.lead_image, story.body, story.bylines = None, [("heading", "Other")], []
    withdraw(publish_again(story))
    for row in (lead, inside, paper, AuthorPage.objects.get(pk=ada.pk)):
        with pytest.raises(Refused, match="cannot be deleted"), transaction.atomic():
            row.delete()
    lead.file = get_test_image_file(filename="other.png")
    with pytest.raises(Refused, match="cannot be replaced"), transaction.atomic():
        lead.save()
    lead.refresh_from_db()
    lead.description = "A better description"
    lead.save()
    unused = an_image("Unused")
    unused.file = get_test_image_file(filename="another.png")
    unused.save()
    unused.delete()
    assert not Image.objects.filter(title="Unused").exists()


def test_the_admin_says_why_a_picture_stays() -> None:
    lead = an_image("Lead")
    a_story(lead_image=lead)
    client = admin(person(SUPERUSER))
    answer = client.post(reverse("wagtailimages:delete", args=(lead.pk,)), follow=True)
    assert "“Lead” cannot be deleted: a story that was public names it." in answer.content.decode()
    assert Image.objects.filter(pk=lead.pk).exists()


def test_tags_in_use() -> None:
    a_story(tags=("Harbour",))
    tag = Tag.objects.get(name="Harbour")
    with pytest.raises(ProtectedError), transaction.atomic():
        tag.delete()
    client = admin(person(SUPERUSER))
    answer = client.post(reverse(f"{TAGS}:delete", args=(tag.pk,)), follow=True)
    assert "Stories carry these tags, so they cannot go: Harbour" in answer.content.decode()
    spare = Tag.objects.create(name="Spare", slug="spare")
    client.post(reverse(f"{TAGS}:delete", args=(spare.pk,)), follow=True)
    assert list(Tag.objects.values_list("name", flat=True)) == ["Harbour"]


TAGS = Tag.snippet_viewset.url_namespace


def test_people_who_wrote_or_signed_are_deactivated() -> None:
    writer, other = a_user("Reporters"), a_user("Reporters")
    story = a_story(live=False)
    story.title = "Changed by the writer"
    story.save_revision(user=writer)
    signed(story)
    client = admin(person(SUPERUSER))
    for user, kept in (
        (writer, True),
        (other, False),
        (User.objects.get(username="second-name"), True),
    ):
        answer = client.post(reverse("wagtailusers_users:delete", args=(user.pk,)), follow=True)
        assert ("deactivate them instead" in answer.content.decode()) == kept
        assert User.objects.filter(pk=user.pk).exists() == kept
