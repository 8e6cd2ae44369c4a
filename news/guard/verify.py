"""Is what is live what was signed? Reads everything again and compares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from wagtail.models import Page

from cms.models import Change, published
from news.content.bylines import Byline
from news.editions.document import digest, document
from news.editions.models import Edition
from news.models import ArticlePage

BATCH = 500


@dataclass(frozen=True)
class Finding:
    """A story whose public state differs from its record, and how."""

    story_id: int
    title: str
    problem: str


def findings() -> Iterator[Finding]:
    """Every story that differs from its newest edition, every edition that was tampered with."""
    yield from tampered_editions()
    stories = ArticlePage.objects.order_by("pk").select_related("alias_of")
    last = 0
    while batch := list(with_parts(stories.filter(pk__gt=last))[:BATCH]):
        last = batch[-1].pk
        newest = newest_editions({story.alias_of_id or story.pk for story in batch})
        open_to_all = set(
            published(Page.objects.filter(pk__in=[story.pk for story in batch])).values_list(
                "pk", flat=True
            )
        )
        for story in batch:
            edition = newest.get(story.alias_of_id or story.pk)
            problem = problem_of(story, edition, public=story.pk in open_to_all)
            if problem:
                yield Finding(story.pk, story.title, problem)
        yield from missing_editions(batch, newest)


def with_parts(stories: QuerySet) -> QuerySet:
    """What the document of a story is made of, in two queries for all."""
    return stories.prefetch_related(
        Prefetch("bylines", Byline.objects.order_by("sort_order", "pk")), "tagged_items"
    )


def newest_editions(ids: set[int]) -> dict[int, Edition]:
    editions = Edition.objects.filter(story_id__in=ids).order_by("story_id", "number")
    return {edition.story_id: edition for edition in editions}


def problem_of(story: ArticlePage, edition: Edition | None, *, public: bool) -> str:
    """Out: what is wrong, empty if nothing is."""
    if story.alias_of_id:
        return problem_of_alias(story, edition)
    if edition is None:
        return "is live without an edition" if story.live else ""
    if story.live != edition.live:
        return f"is {'' if story.live else 'not '}live, edition {edition.number} says otherwise"
    if not story.live:
        return ""
    if digest(document(story, edition.format)) != edition.digest:
        return f"shows another text than edition {edition.number}"
    if public != edition.public:
        return f"is {'' if public else 'not '}public, edition {edition.number} says otherwise"
    return ""


def problem_of_alias(alias: ArticlePage, edition: Edition | None) -> str:
    source = alias.alias_of
    if alias.live != source.live:
        return f"is {'' if alias.live else 'not '}live, its source {source.pk} says otherwise"
    if not alias.live or edition is None:
        return ""
    own = {name: edition.document[name] for name in ("slug", "published_at")}
    if digest(document(alias, edition.format) | own) != edition.digest:
        return f"shows another text than edition {edition.number} of its source {source.pk}"
    return ""


def tampered_editions() -> Iterator[Finding]:
    """Editions whose digest is not that of their document, or whose numbers have gaps."""
    expected: dict[int, int] = {}
    for edition in (
        Edition.objects.select_related("story").order_by("story_id", "number").iterator()
    ):
        title = edition.story.title
        number = expected.get(edition.story_id, 0) + 1
        expected[edition.story_id] = edition.number
        if edition.number != number:
            yield Finding(edition.story_id, title, f"has no edition {number}")
        if digest(edition.document) != edition.digest:
            yield Finding(edition.story_id, title, f"edition {edition.number} was changed")


def missing_editions(
    stories: Sequence[ArticlePage], newest: Mapping[int, Edition]
) -> Iterator[Finding]:
    """Stories of which the stream of changes reports an edition that is gone."""
    reported = Change.objects.filter(
        kind="edition",
        subject=ArticlePage._meta.label_lower,
        subject_id__in=[story.pk for story in stories],
        after__isnull=False,
    )
    numbers: dict[int, int] = {}
    for story_id, after in reported.order_by("number").values_list("subject_id", "after"):
        numbers[story_id] = after["number"] if after else 0
    for story in stories:
        kept = newest[story.pk].number if story.pk in newest else 0
        for number in range(kept + 1, numbers.get(story.pk, 0) + 1):
            yield Finding(story.pk, story.title, f"has no edition {number}")


def counts() -> dict[str, Any]:
    return {"editions": Edition.objects.count(), "live": ArticlePage.objects.live().count()}
