"""The demo newsroom is tested by visiting every address that it makes."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from wagtail.models import Page

from cms.models import Image, User, published
from news.models import ArticlePage, Tag

pytestmark = pytest.mark.django_db


def test_every_address_of_the_demo(reader: Client) -> None:
    said = StringIO()
    call_command("seed_demo", stdout=said)
    assert "12 stories, 5 logins" in said.getvalue()

    addresses = [page.url for page in published(Page.objects.filter(depth__gt=1))]
    public_tags = Tag.objects.filter(
        tagged_items__content_object__in=ArticlePage.objects.published()
    ).distinct()
    addresses += [f"/news/tag/{tag.slug}/" for tag in public_tags]
    assert len(addresses) > 20
    for kind in ("pages", "images", "documents"):
        addresses.append(f"/api/v2/{kind}/?fields=*&limit=50")
    items = reader.get("/api/v2/pages/?limit=50").json()["items"]
    addresses += [item["meta"]["detail_url"] for item in items]
    for address in addresses:
        answer = reader.get(address)
        assert answer.status_code == 200, address
        assert answer.content

    states = Counter(
        str(story.current_workflow_task or ("live" if story.live else story.status_string))
        for story in ArticlePage.objects.all()
    )
    assert states == {
        "live": 6,
        "draft": 1,
        "scheduled": 1,
        # one waits at the desk, one was sent back from it
        "Desk review": 2,
        "Legal review": 1,
        "Publication": 1,
    }
    for image in Image.objects.all():
        assert image.description and image.credit, image
    people = {
        user.username: [group.name for group in user.groups.all()] for user in User.objects.all()
    }
    assert people["reporter"] == ["Reporters"]
    assert all(Client().login(username=name, password="dateline") for name in people)

    with pytest.raises(CommandError, match="stories already"):
        call_command("seed_demo")
