"""Places empty themselves when their story goes."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.log_actions import log
from wagtail.models import Revision

from cms.changes.recording import recorded
from cms.changes.subjects import Subject
from home.front.history import EMPTIED
from home.models import FrontSlot, HomePage
from news.models import ArticlePage


def empty_places_of(story_id: int) -> None:
    """In: a story that is public no more, in the transaction in which it goes.

    It leaves the front pages as they stand and every draft that may yet be published: when it
    comes back, somebody has to choose it again. Its aliases go with it.
    """
    aliases = ArticlePage.objects.filter(alias_of=story_id).values_list("pk", flat=True)
    gone = {story_id, *aliases}
    for home in HomePage.objects.all():
        _forget_in_drafts(home, gone)
        stood = [at for at, pk in enumerate(home.places) if pk in gone]
        if not stood:
            continue
        with recorded(Subject(home)):
            HomePage.objects.filter(pk=home.pk, lead__in=gone).update(lead=None)
            FrontSlot.objects.filter(page=home.pk, story__in=gone).delete()
        headline = ArticlePage.objects.values_list("title", flat=True).get(pk=story_id)
        data = {"did": "gone", "at": stood[0], "headline": headline}
        log(instance=home, action=EMPTIED, data=data)


def _forget_in_drafts(home: HomePage, gone: set[int]) -> None:
    """The newest draft, the live one, from which an editor begins, and what has its time."""
    pointed_at = Q(pk__in=(home.latest_revision_id, home.live_revision_id))
    drafts = Revision.objects.for_instance(home)
    for draft in drafts.filter(pointed_at | Q(approved_go_live_at__isnull=False)):
        content = _without(draft.content, gone)
        if content != draft.content:
            draft.content = content
            draft.save(update_fields=["content"])


def _without(content: dict[str, Any], gone: set[int]) -> dict[str, Any]:
    slots = [slot for slot in content.get("slots", ()) if slot["story"] not in gone]
    lead = None if content.get("lead") in gone else content.get("lead")
    return content | {"lead": lead, "slots": slots}
