"""Which colleagues the newest draft names: kept as rows, so that lists need not read drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from news.models import ArticlePage


def named_by(draft: ArticlePage) -> set[int]:
    """Ids of the users who stand in the byline, or with whom the draft is shared."""
    authors = [byline.author_id for byline in draft.bylines.all()]
    pages = apps.get_model("news", "AuthorPage").objects.filter(pk__in=authors)
    users = set(pages.exclude(user=None).values_list("user_id", flat=True))
    return users | {user.pk for user in draft.shared_with.all()}


def note_involved(draft: ArticlePage) -> None:
    """Make the rows say what the draft says, autosaved or not."""
    rows = apps.get_model("news", "Involved").objects
    wanted = named_by(draft)
    known = set(rows.filter(story_id=draft.pk).values_list("person_id", flat=True))
    if known - wanted:
        rows.filter(story_id=draft.pk, person_id__in=known - wanted).delete()
    new = [rows.model(story_id=draft.pk, person_id=person) for person in sorted(wanted - known)]
    if new:
        rows.bulk_create(new, ignore_conflicts=True)
