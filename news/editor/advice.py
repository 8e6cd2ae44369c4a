"""Advice beside the text, anew after every save: hints, never refusals, and fitting stories."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import reduce
from itertools import combinations
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.search.query import PlainText

from cms.ids import id_from
from cms.models import Image, User, published
from news.content.story import Story
from news.review.permissions import is_unlocked

WORD = re.compile(r"[^\W_]+")
# As many candidates for the same headline are compared, however many stories there are.
COMPARED = 20
# By these a headline is looked up: the longest say most.
TELLING_WORDS = 4
ALMOST = 0.8
OFFERED = 5
# How many tags of the newest stories are looked at, however many stories carry them.
LOOKED_AT = 300
# The button beside an offered story saves the form; its value is the id of that story.
ADD = "add-related-story"


@dataclass(frozen=True)
class Hint:
    """A sentence, and where to look, if somewhere."""

    sentence: str
    url: str = ""


def advice(draft: Story, user: User) -> dict[str, Any]:
    """The context of `news/admin/advice.html`: length, hints and fitting stories, as last saved."""
    if not draft.pk:
        return {}
    return {
        "words": draft.word_count,
        "minutes": draft.read_time,
        "hints": hints(draft, user),
        "suggestions": suggestions(draft),
        "may_add": is_unlocked(draft, user),
        "add": ADD,
    }


def hints(draft: Story, user: User) -> list[Hint]:
    """Six queries at most, whatever is in the story and however many stories there are."""
    return [
        *what_is_missing(draft),
        *same_headlines(draft, user),
        *pictures_without_words(draft),
        *links_to_nothing(draft),
    ]


def what_is_missing(draft: Story) -> Iterator[Hint]:
    if not draft.summary:
        yield Hint(_("The story has no standfirst."))
    if not draft.bylines.all():
        yield Hint(_("Nobody stands in the byline."))
    if draft.lead_image_id is None:
        yield Hint(_("The story has no lead image."))


def words_of(headline: str) -> list[str]:
    """Case, punctuation and the form of letters make no other headline."""
    return WORD.findall(unicodedata.normalize("NFKC", headline).casefold())


def same_headlines(draft: Story, user: User) -> Iterator[Hint]:
    """Other stories under the same or almost the same headline, of those that the user may see.

    The search index finds the headlines that hold two of its longest words.
    """
    words = words_of(draft.title)
    telling = sorted(set(words), key=lambda word: (-len(word), word))[:TELLING_WORDS]
    if not telling:
        return
    pairs = [PlainText(" ".join(pair), operator="and") for pair in combinations(telling, 2)]
    stories = type(draft)._default_manager.all()
    asked = reduce(or_, pairs or [PlainText(telling[0])])
    found = stories.only("title").search(asked, fields=["title"])[:COMPARED]
    close = [
        story.pk
        for story in found
        if story.pk != draft.pk
        and SequenceMatcher(None, words, words_of(story.title), autojunk=False).ratio() >= ALMOST
    ]
    for story in seen_by(user, stories.filter(pk__in=close, alias_of=None)) if close else ():
        url = story.url if story.live else reverse("wagtailadmin_pages:edit", args=(story.pk,))
        yield Hint(_("Another story has almost the same headline: “%s”.") % story.title, url or "")


def seen_by(user: User, stories: Any) -> Any:
    """Of some stories those that are public, that the user may edit, or that name them."""
    ids = stories.values("pk")
    editable = page_permission_policy.instances_user_has_permission_for(user, "change")
    return stories.filter(
        Q(pk__in=published(stories).values("pk"))
        | Q(pk__in=editable.filter(pk__in=ids).values("pk"))
        | Q(pk__in=user.participations.filter(story__in=ids).values("story"))
    ).order_by("-latest_revision_created_at", "-pk")


def pictures_without_words(draft: Story) -> Iterator[Hint]:
    """Pictures without a credit, and without an alt text of their own or of this use."""
    uses = list(pictures_of(draft))
    silent = {pk for pk, alt in uses if not alt}
    wanting = Q(credit="") | Q(description="", pk__in=silent)
    for image in Image.objects.filter(wanting, pk__in={pk for pk, _alt in uses}).order_by("pk"):
        lacks = {
            _("alt text"): not image.description and image.pk in silent,
            _("credit"): not image.credit,
        }
        what = ", ".join(name for name, missing in lacks.items() if missing)
        sentence = _("The picture “%(title)s” lacks: %(what)s.")
        url = reverse("wagtailimages:edit", args=(image.pk,))
        yield Hint(sentence % {"title": image.title, "what": what}, url)


def pictures_of(draft: Story) -> Iterator[tuple[int, str]]:
    """Id and alt text for this use, of the lead image and those in the body."""
    if draft.lead_image_id:
        yield draft.lead_image_id, ""
    for block in draft.body.raw_data:
        items = {"image": [block], "gallery": block["value"]}.get(block["type"], [])
        for use in (item["value"] for item in items):
            if use.get("image"):
                yield use["image"], use.get("alt") or ""


def links_to_nothing(draft: Story) -> Iterator[Hint]:
    """Pages that the body links to or shows, and that readers cannot see."""
    named = draft.mentions()
    ids = named.pages | named.stories
    if not ids:
        return
    ids -= set(published(Page.objects.filter(pk__in=ids)).values_list("pk", flat=True))
    titles = dict(Page.objects.filter(pk__in=ids).values_list("pk", "draft_title"))
    for pk in sorted(ids):
        if pk in titles:
            sentence = _("The body leads to “%s”, which is not public: readers see no link.")
            yield Hint(sentence % titles[pk], reverse("wagtailadmin_pages:edit", args=(pk,)))
        else:
            yield Hint(_("The body leads to a page that is no more."))


def suggestions(draft: Story) -> list[Story]:
    """Public stories that the body does not name yet, in two queries: most tags shared first, then
    those of its section, then the newest.
    """
    tags = {item.tag_id for item in draft.tagged_items.all()}
    if not tags:
        return []
    stories = type(draft)._default_manager.published()
    rows = list(
        stories.filter(language_id=draft.locale_id, tagged_items__tag__in=tags, alias_of=None)
        .exclude(pk__in=stories_in(draft.body) | {draft.pk})
        .order_by("-published_at", "-pk")
        .values_list("pk", "section_id")[:LOOKED_AT]
    )
    shared = Counter(pk for pk, _section in rows)
    section = dict(rows)
    best = sorted(shared, key=lambda pk: (-shared[pk], section[pk] != draft.section_id))[:OFFERED]
    found = stories.without_bodies().in_bulk(best)
    return [found[pk] for pk in best if pk in found]


def stories_in(body: StreamValue) -> set[int]:
    ids: set[int] = body.stream_block.mentions(body.raw_data).stories
    return ids


def with_related(body: StreamValue, draft: Story, asked: Any) -> StreamValue:
    """The body, at its end the story `asked` for, if that is public and not in it already."""
    pk = id_from(asked)
    if pk and pk != draft.pk and pk not in stories_in(body):
        story = type(draft)._default_manager.published().filter(pk=pk, alias_of=None).first()
        if story is not None:
            body.append(("related_story", {"page": story}))
    return body
