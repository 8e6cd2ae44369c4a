"""What a Change says of a story: the public facts of an edition at an address."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from cms.changes.models import record_change
from news.editions.models import Edition

STORY = "news.articlepage"


def public_facts(edition: Edition | None, story_id: int) -> dict[str, Any] | None:
    """What a Change says of a story: None while it is not public."""
    if edition is None or not edition.public:
        return None
    path = Page.objects.filter(pk=story_id).values_list("url_path", flat=True).first()
    return facts_of(edition, path)


def facts_of(edition: Edition, path: str | None) -> dict[str, Any]:
    """In: an edition and the story's path in the tree. Out: what a Change says of it."""
    return {
        "headline": edition.document["headline"],
        "path": path,
        "number": edition.number,
        "kind": edition.kind,
    }


def report(story_id: int, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    """Write the Change, unless readers saw nothing before and see nothing now."""
    if before or after:
        record_change("edition", STORY, story_id, before, after)
