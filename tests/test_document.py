"""What people sign: the document of a story has all of its words, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Prefetch
from django.utils import timezone
from modelcluster.models import get_all_child_relations

from news.editions.document import digest, document
from news.editions.signatures import digest_of
from news.models import ArticlePage, Byline, Tag
from tests.builders import a_section, a_story, a_user, an_author, an_image
from tests.doors import fresh

pytestmark = pytest.mark.django_db

# Fields that nobody signs. A new field of the story goes here with a reason, or into WORDS.
TECHNICAL = {
    "id": "number in the tree",
    "page_ptr": "number in the tree",
    "path": "place in the tree",
    "depth": "place in the tree",
    "numchild": "place in the tree",
    "url_path": "place in the tree; the slug is signed",
    "section": "copy of the place in the tree",
    "locale": "place in the tree: a translation stands in another branch",
    "language": "copy of locale",
    "translation_key": "ties translations together",
    "content_type": "what class a page is",
    "alias_of": "an alias shows the text of its source",
    "show_in_menus": "menus are shared facts",
    "draft_title": "title of the draft, for lists of the admin",
    "latest_revision": "pointer of the system",
    "live_revision": "pointer of the system",
    "latest_revision_created_at": "time of the system",
    "first_published_at": "time of the system",
    "last_published_at": "time of the system",
    "updated_at": "time of the system, moved by the kind of an edition",
    "live": "state; the edition says it",
    "expired": "state; the edition says it",
    "has_unpublished_changes": "state of the draft",
    "go_live_at": "schedule: a time is not signed as text",
    "expire_at": "schedule",
    "expiry_reason": "reason of the edition that expiry writes",
    "locked": "lock",
    "locked_at": "lock",
    "locked_by": "lock",
    "owner": "who began it: known to the desk",
    "shared_with": "who else may edit the draft",
    "needs_legal_review": "legal flag",
    "deadline": "when the desk wants it",
    "breaking_until": "label; the edition says it",
    "word_count": "follows from the body",
    "wagtail_admin_comments": "talk of the desk",
    "_revisions": "drafts",
    "_workflow_states": "review",
    "_specific_workflow_states": "review",
    "index_entries": "search index",
}


def set_to(name: str, value: Any) -> Callable[[ArticlePage], None]:
    return lambda story: setattr(story, name, value)


def other_byline(story: ArticlePage) -> None:
    story.bylines = [Byline(author=an_author())]


def other_tags(story: ArticlePage) -> None:
    story.tags.add("another")


def other_tag_row(story: ArticlePage) -> None:
    tag = Tag.objects.create(name="Row", slug="row")
    story.tagged_items.add(story.tagged_items.model(tag=tag))


# What readers see of a story: another value is another text.
WORDS: dict[str, Callable[[ArticlePage], None]] = {
    **{
        name: set_to(name, "Other")
        for name in (
            *("title", "slug", "summary", "kicker", "dateline", "lead_image_caption"),
            *("credit_line", "canonical_url", "seo_title", "search_description"),
            *("social_title", "social_description"),
        )
    },
    "genre": set_to("genre", "opinion"),
    "lead_image": lambda story: setattr(story, "lead_image", an_image()),
    "social_image": lambda story: setattr(story, "social_image", an_image()),
    "body": set_to("body", [("heading", "Other")]),
    "published_at": set_to("published_at", timezone.now() - timedelta(days=9)),
    "bylines": other_byline,
    "tags": other_tags,
    "tagged_items": other_tag_row,
}


def test_every_field_is_signed_or_technical() -> None:
    meta = ArticlePage._meta
    fields = [*meta.concrete_fields, *meta.many_to_many, *meta.private_fields]
    names = {field.name for field in fields}
    names |= {relation.get_accessor_name() for relation in get_all_child_relations(ArticlePage)}
    assert names == WORDS.keys() | TECHNICAL.keys()
    assert not WORDS.keys() & TECHNICAL.keys()


@pytest.mark.parametrize("name", WORDS)
def test_another_word_is_another_text(name: str) -> None:
    story = a_story(live=False).get_latest_revision_as_object()
    before = digest_of(story)
    WORDS[name](story)
    assert digest_of(story) != before


def test_what_is_technical_leaves_the_text_as_it_was() -> None:
    story = a_story("Live", authors=(an_author(), an_author()), tags=("one", "two"))
    text = digest_of(story)
    later = timezone.now() + timedelta(days=1)
    technical = {"go_live_at": later, "expire_at": later, "needs_legal_review": True}
    for name, value in {**technical, "locked": True, "owner": a_user(), "live": False}.items():
        setattr(story, name, value)
    assert digest_of(story) == text
    story = fresh(story)
    revision = story.save_revision()
    assert digest_of(revision.as_object()) == text, "a draft of the same text is the same text"
    story.move(a_section(), pos="last-child")
    assert digest_of(fresh(story)) == text


def test_document_and_digest_ask_the_database_nothing(django_assert_num_queries: Any) -> None:
    body = [("paragraph", "<p>Words.</p>"), ("image", {"image": an_image(), "caption": ""})]
    parts: dict[str, Any] = {"authors": (an_author(),), "tags": ("one",), "lead_image": an_image()}
    pk = a_story(body=body, **parts).pk
    in_order = Prefetch("bylines", Byline.objects.order_by("sort_order"))
    [story] = ArticlePage.objects.filter(pk=pk).prefetch_related(in_order, "tagged_items")
    draft = fresh(story).get_latest_revision().as_object()
    with django_assert_num_queries(0):
        assert digest(document(story))
        assert digest(document(draft)) == digest(document(story))
