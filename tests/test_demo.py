"""The demo newsroom is tested by visiting every address that it makes."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from wagtail.models import Page, WorkflowState

from cms.models import Image, User, published
from news.models import ArticlePage, Tag

pytestmark = pytest.mark.django_db

DEMO = Path(__file__).parent.parent / "home/demo"
PICTURES = DEMO / "pictures"
MAX_BYTES = 3 * 1024 * 1024


def test_every_address_of_the_demo(reader: Client) -> None:
    said = StringIO()
    call_command("seed_demo", stdout=said)
    assert "26 stories, 5 logins" in said.getvalue()

    addresses = [page.url for page in published(Page.objects.filter(depth__gt=1))]
    public_tags = Tag.objects.filter(
        tagged_items__content_object__in=ArticlePage.objects.published()
    ).distinct()
    addresses += [
        f"{'/uk' if uk else ''}/news/tag/{tag.slug}/"
        for tag in public_tags
        for uk in {
            item.content_object.locale.language_code == "uk"
            for item in tag.tagged_items.filter(content_object__live=True)
        }
    ]
    assert len(addresses) > 80
    assert {"/uk/", "/uk/news/", "/uk/authors/"} < set(addresses)
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
        "live": 20,
        # one was sent back to its writer
        "draft": 2,
        "scheduled": 1,
        "Desk review": 1,
        "Legal review": 1,
        "Publication": 1,
    }
    for image in Image.objects.all():
        assert image.description and image.credit, image
    [returned] = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
    assert returned.current_task_state.comment
    for user in User.objects.all():
        assert user.groups.count() == 1
        assert Client().login(username=user.username, password="dateline")

    with pytest.raises(CommandError, match="stories already"):
        call_command("seed_demo")


def test_pictures_are_files() -> None:
    """Every picture that the files of the demo name is there, and none is unused."""
    words = tomllib.loads((DEMO / "publication.toml").read_text(encoding="utf-8"))
    files = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert files.keys() == {f"{name}.webp" for name in words["pictures"]}
    assert sum(files.values()) <= MAX_BYTES
    texts = "".join(path.read_text(encoding="utf-8") for path in DEMO.rglob("*.toml"))
    assert set(re.findall(r'\b(?:picture|portrait) = "([^"]+)"', texts)) == words["pictures"].keys()


def test_stories_in_bulk(reader: Client) -> None:
    call_command("seed_demo", articles=700, stdout=StringIO())
    call_command("seed_demo", articles=40, stdout=StringIO())
    assert ArticlePage.objects.count() == 26 + 740
    assert not any(Page.find_problems())
    newest = ArticlePage.objects.published().order_by("-pk").first()
    assert newest is not None
    assert reader.get(newest.url).status_code == 200
    assert newest.bylines.count() == 1
    word = newest.title.split()[-1]
    assert reader.get(f"/search/?q={word}").context_data["count"] > 0
    api = reader.get("/api/v2/pages/?type=news.ArticlePage&fields=*").json()
    assert api["meta"]["total_count"] == 20 + 740
    for wrong in (0, -5):
        with pytest.raises(CommandError, match="at least 1"):
            call_command("seed_demo", articles=wrong)
