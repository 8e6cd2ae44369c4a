"""Stories that would fit into a body: those that share its tags."""

from __future__ import annotations

from collections import Counter
from typing import Any

from wagtail.blocks import StreamValue

from cms.ids import id_from
from news.content.story import Story

OFFERED = 5
# How many tags of the newest stories are looked at, however many stories carry them.
LOOKED_AT = 300
# The button beside an offered story saves the form; its value is the id of that story.
ADD = "add-related-story"


def suggestions(draft: Story) -> list[Story]:
    """In: a draft. Out: at most five public stories that its body does not name yet: those that
    share most tags with it first, then those of its section, then the newest. Two queries.
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
    """Ids of the stories that a body refers to."""
    ids: set[int] = body.stream_block.mentions(body.raw_data).stories
    return ids


def with_related(body: StreamValue, draft: Story, asked: Any) -> StreamValue:
    """In: the body of a form, the story, and the value of the button that saved it, if any.
    Out: the body, with that story at its end if it is public and not in it already.
    """
    pk = id_from(asked)
    if pk and pk != draft.pk and pk not in stories_in(body):
        story = type(draft)._default_manager.published().filter(pk=pk, alias_of=None).first()
        if story is not None:
            body.append(("related_story", {"page": story}))
    return body
