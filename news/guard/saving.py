"""Saving a story changes nothing public."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Page

from news.editions.document import DOCUMENT_KEYS, digest, document
from news.editions.errors import Refused
from news.editions.models import Edition
from news.editions.signatures import newest_edition
from news.models import ArticlePage

GUARDED = {"live", "alias_of", "alias_of_id", *DOCUMENT_KEYS}
# Of the document, what stands in the row that every page has.
ON_PAGE = ("title", "slug", "seo_title", "search_description")


def refuse_unsigned_changes(
    sender: type, instance: Any, raw: bool, update_fields: Iterable[str] | None, **kwargs: Any
) -> None:
    """Saving a story passes if it changes nothing public, and is refused if it would."""
    if raw or not is_story(sender, instance):
        return
    if update_fields is not None and not GUARDED & set(update_fields):
        return
    if instance.alias_of_id:
        instance.live = bool(instance.alias_of.live)
        edition = newest_edition(instance.alias_of_id)
        if not instance.live or edition is None:
            return
        if sender is ArticlePage:
            refuse_if_other_text(instance, edition, ignore={"slug", "published_at"})
        else:
            refuse_if_other_words(instance, edition, ignore={"slug"})
        return
    if instance._state.adding:
        begin_as_draft(instance)
        return
    edition = newest_edition(instance.pk)
    if not instance.live:
        if edition is not None and edition.live:
            raise Refused(_("A public story is withdrawn with a reason, not saved away."), instance)
        return
    if edition is None or not edition.live:
        raise Refused(_("A story becomes public by being signed and published."), instance)
    if sender is ArticlePage:
        refuse_if_other_text(instance, edition)
    else:
        refuse_if_other_words(instance, edition)


def begin_as_draft(story: Page) -> None:
    """Whatever it says of itself: one that is created and published in one go, a copy."""
    if story.live:
        story.live, story.has_unpublished_changes = False, True
        story.live_revision = story.first_published_at = story.last_published_at = None


def is_story(sender: type, instance: Any) -> bool:
    if sender is not Page:
        return sender is ArticlePage
    story_type = ContentType.objects.get_for_model(ArticlePage)
    return bool(instance.content_type_id == story_type.pk)


def refuse_if_other_text(story: ArticlePage, edition: Edition, ignore: Iterable[str] = ()) -> None:
    now = document(story, edition.format)
    for name in ignore:
        now[name] = edition.document.get(name)
    if digest(now) != edition.digest:
        raise Refused(_("This would change a public story without anybody signing it."), story)


def refuse_if_other_words(story: Page, edition: Edition, ignore: Iterable[str] = ()) -> None:
    """The same for the base row alone, which holds a part of the document."""
    names = [name for name in ON_PAGE if name not in ignore]
    if any(getattr(story, name) != edition.document[DOCUMENT_KEYS[name]] for name in names):
        raise Refused(_("This would change a public story without anybody signing it."), story)
