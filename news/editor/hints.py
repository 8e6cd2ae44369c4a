"""What a writer may have overlooked. Hints, never refusals."""

from __future__ import annotations

import re
import unicodedata
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
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.search.query import PlainText

from cms.models import Image, User, published
from news.content.story import Story

WORD = re.compile(r"[^\W_]+")
# As many candidates for the same headline are compared, however many stories there are.
COMPARED = 20
# By these a headline is looked up: the longest say most.
TELLING_WORDS = 4
ALMOST = 0.8


@dataclass(frozen=True)
class Hint:
    """A sentence, and where to look, if somewhere."""

    sentence: str
    url: str = ""


def hints(draft: Story, user: User) -> list[Hint]:
    """In: a story as last saved, and who reads the hints. Out: what may be missing in it.

    Six queries at most, whatever is in the story and however many stories there are.
    """
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
    described: dict[int, bool] = {}
    for pk, alt in pictures_of(draft):
        described[pk] = described.get(pk, True) and bool(alt)
    silent = [pk for pk, alt in described.items() if not alt]
    wanting = Q(credit="") | Q(description="", pk__in=silent)
    for image in Image.objects.filter(wanting, pk__in=described).order_by("pk"):
        missing = [
            *([_("alt text")] if not image.description and image.pk in silent else []),
            *([_("credit")] if not image.credit else []),
        ]
        sentence = _("The picture “%(title)s” lacks: %(what)s.")
        yield Hint(
            sentence % {"title": image.title, "what": ", ".join(missing)},
            reverse("wagtailimages:edit", args=(image.pk,)),
        )


def pictures_of(draft: Story) -> Iterator[tuple[int, str]]:
    """Id and alt text for this use, of the lead image and those in the body."""
    if draft.lead_image_id:
        yield draft.lead_image_id, ""
    for block in draft.body.raw_data:
        uses = {
            "image": lambda value: [value],
            "gallery": lambda value: [item["value"] for item in value],
        }.get(block["type"], lambda value: [])(block["value"])
        for use in uses:
            if use.get("image"):
                yield use["image"], use.get("alt") or ""


def links_to_nothing(draft: Story) -> Iterator[Hint]:
    """Pages that the body links to or shows, and that readers cannot see."""
    named = draft.mentions()
    ids = named.pages | named.stories
    if not ids:
        return
    public = set(published(Page.objects.filter(pk__in=ids)).values_list("pk", flat=True))
    titles = dict(Page.objects.filter(pk__in=ids - public).values_list("pk", "draft_title"))
    for pk in sorted(ids - public):
        if pk in titles:
            sentence = _("The body leads to “%s”, which is not public: readers see no link.")
            yield Hint(sentence % titles[pk], reverse("wagtailadmin_pages:edit", args=(pk,)))
        else:
            yield Hint(_("The body leads to a page that is no more."))
