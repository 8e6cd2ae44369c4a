"""Privacy and moves: whoever changes what everybody may see writes an edition for each story."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from cms.changes.models import Facts, record_change
from news.editions.choices import Channel
from news.editions.closing import close, reopen
from news.editions.facts import STORY, facts_of
from news.editions.models import Edition
from news.editions.signatures import newest_edition
from news.models import ArticlePage, SectionPage


def record_visibility(root: Page, channel: str) -> None:
    """Make the record of the stories at and below a page say what everybody may see by now."""
    newest = Edition.objects.filter(story=OuterRef("pk")).order_by("-number")
    below = ArticlePage.objects.descendant_of(root, inclusive=True).filter(live=True, alias_of=None)
    recorded = below.annotate(was_public=Subquery(newest.values("public")[:1]))
    public = set(below.published().values_list("pk", flat=True))
    gone = [story for story in recorded if story.was_public and story.pk not in public]
    back = [story for story in recorded if story.was_public is False and story.pk in public]
    close(gone, channel=channel, live=True)
    reopen(back, channel=channel)


def record_privacy(instance: PageViewRestriction, **kwargs: Any) -> None:
    record_visibility(instance.page, Channel.PRIVACY)


def record_move_visibility(instance: Page, **kwargs: Any) -> None:
    record_visibility(instance, Channel.MOVE)


def facts_at(story: Page) -> Facts | None:
    """The public facts of a story or an alias at its address; None while nobody sees it there."""
    seen = ArticlePage.objects.filter(pk=story.pk).published().first()
    edition = newest_edition(seen.alias_of_id or seen.pk) if seen else None
    return facts_of(edition, seen.url_path) if seen and edition else None


def record_the_move(
    instance: Page,
    url_path_before: str,
    url_path_after: str,
    parent_page_before: Page,
    **kwargs: Any,
) -> None:
    """A public story has another address. Under private pages, `record_visibility()` writes it."""
    after = facts_at(instance)
    if after is None or url_path_before == url_path_after:
        return
    if parent_page_before.get_view_restrictions().exists():
        if instance.alias_of_id:
            record_change("created", STORY, instance.pk, None, after)
        return
    record_change("moved", STORY, instance.pk, {**after, "path": url_path_before}, after)


def record_its_end(instance: ArticlePage, **kwargs: Any) -> None:
    """Only aliases: a story that was public is not deleted."""
    if instance.alias_of_id and (before := facts_at(instance)):
        record_change("removed", STORY, instance.pk, before, None)


def follow_the_move(instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """A story that moves belongs to the section it moved to."""
    section = SectionPage.objects.filter(pk=parent_page_after.pk).first()
    ArticlePage.objects.filter(pk=instance.pk).update(section=section)


def lead_nowhere_to_itself(instance: Page, **kwargs: Any) -> None:
    """Back at an old address, a page has no redirect from there: withdrawn, it would circle."""
    moved = Page.objects.filter(pk=instance.pk).first()
    if moved is None:
        return
    redirects = Redirect.objects.filter(redirect_page__path__startswith=moved.path)
    for redirect in redirects.select_related("redirect_page"):
        if redirect.old_path == Redirect.normalise_path(redirect.redirect_page.url or ""):
            redirect.delete()
